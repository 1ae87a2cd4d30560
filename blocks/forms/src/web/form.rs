//! The page of a form. What is typed into it never reaches the node unencrypted.

use super::{competence, layout, list};
use crate::{Forms, operations::Routed};
use ::form::Form;
use axum::extract::State;
use kernel::{
    Ctx, Result,
    http::{Path, Query},
};
use maud::{Markup, html};
use ports::directory::Competence;
use serde::Deserialize;
use ui::{Page, Shell, Tone};

#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Where {
    region: String,
}

/// The form for a region; without one the page asks for the place.
pub(super) async fn page(
    State(forms): State<Forms>,
    ctx: Ctx,
    shell: Shell,
    Path(id): Path<String>,
    Query(asked): Query<Where>,
) -> Result<Markup> {
    let form = forms.form(&id)?;
    let title = list::title(&shell, &form);
    let page = shell.draw(title).trail(shell.t("Formulare", "Forms"), "/forms");
    if asked.region.is_empty() {
        let body = html! {
            (ui::title(title))
            (ui::lead(form.summary.get(shell.lang().tag())))
            (competence::place_search(&shell, &format!("/forms/{id}"), &html! {}))
        };
        return Ok(page.script("places").body(body));
    }
    let routed = forms.routed(&ctx, &form.competence_key(), &asked.region).await?;
    Ok(match &routed.competence {
        Ok(found) if found.destination_id.is_some() => {
            about(page, &ctx, &form, &routed, found).body(body(&shell, &form, &routed))
        }
        _ => page.body(html! { (ui::title(title)) (competence::view(&shell, &routed)) }),
    })
}

/// What the script has to know; see the contract between pages and scripts.
fn about<'p>(page: Page<'p>, ctx: &Ctx, form: &Form, routed: &Routed, found: &Competence) -> Page<'p> {
    let destination = found.destination_id.as_ref().map(ToString::to_string).unwrap_or_default();
    let public_service =
        if form.public_service.is_empty() { String::new() } else { form.public_service_urn() };
    let page = page
        .script("form")
        .main_id("form-app")
        .data("data-form", form.form.clone())
        .data("data-form-version", form.version.to_string())
        .data("data-form-title", form.title.get(ctx.lang().tag()).to_owned())
        .data("data-region", routed.region.ars.clone())
        .data("data-destination-url", format!("/submission-api/v2/destinations/{destination}"))
        .data("data-destination-id", destination)
        .data("data-office-name", found.office.clone())
        .data("data-public-service", public_service)
        .data("data-public-service-name", form.title.de.clone())
        .data("data-schema-url", form.schema_address(""))
        .data("data-schema-uri", form.schema_address(ctx.base_url()))
        .data("data-submissions-url", "/api/v1/forms/submissions")
        .data("data-case-page", "/mailbox/case/{caseId}")
        .data("data-case-url", "/api/v1/mailbox/cases/{caseId}")
        .data("data-product-name", "Fachwerk")
        .data("data-product-version", env!("CARGO_PKG_VERSION"))
        .data("data-product-manufacturer", "Fachwerk");
    if ctx.demo() { page.data("data-allow-self-signed", "") } else { page }
}

fn body(shell: &Shell, form: &Form, routed: &Routed) -> Markup {
    let tag = shell.lang().tag();
    html! {
        (ui::title(form.title.get(tag)))
        (competence::view(shell, routed))
        @for text in &form.intro { p.kern-body { (text.get(tag)) } }
        @for notice in &form.notices {
            (ui::Alert::new(Tone::Info, notice.title.get(tag)).text(notice.text.get(tag)))
        }
        (ui::needs_script(shell.lang(), shell.t(
            "Dieses Formular verschlüsselt Ihre Angaben in Ihrem Browser, bevor sie ihn verlassen. Dafür ist JavaScript nötig. Unverschlüsselt nimmt diese Seite nichts an. Schalten Sie JavaScript für diese Seite ein, oder wenden Sie sich direkt an die zuständige Stelle.",
            "This form encrypts your entries in your browser before they leave it. That takes JavaScript. This page takes nothing unencrypted. Switch JavaScript on for this page, or contact the competent office directly.",
        )))
        p data-loading { (shell.t("Das Formular wird vorbereitet …", "The form is being prepared …")) }
        form data-form-steps hidden novalidate { (layout::steps(shell, form)) }
    }
}
