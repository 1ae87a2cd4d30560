//! The forms on offer, by search or by public service.

use super::competence;
use crate::Forms;
use ::form::Form;
use axum::extract::State;
use kernel::{Ctx, Result, http::Query};
use maud::{Markup, html};
use serde::Deserialize;
use std::sync::Arc;
use ui::Shell;

#[derive(Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(super) struct Wanted {
    q: String,
    public_service: String,
    region: String,
}

/// The forms on offer; with `publicService` those for it, and with `region` who is competent there.
pub(super) async fn page(
    State(forms): State<Forms>,
    ctx: Ctx,
    shell: Shell,
    Query(wanted): Query<Wanted>,
) -> Result<Markup> {
    if wanted.public_service.is_empty() {
        return Ok(all(&shell, &wanted.q, &forms.found(&wanted.q)?));
    }
    let found = forms.for_public_service(&wanted.public_service);
    if wanted.region.is_empty() {
        return Ok(where_to(&shell, &wanted.public_service, &found));
    }
    let routed = forms.routed(&ctx, &wanted.public_service, &wanted.region).await?;
    let takes = routed.competence.as_ref().is_ok_and(|it| it.destination_id.is_some());
    let title =
        found.first().map_or(shell.t("Zuständige Stelle", "Competent office"), |it| title(&shell, it));
    let body = html! {
        (ui::title(title))
        (competence::view(&shell, &routed))
        @if found.is_empty() {
            (ui::Alert::new(ui::Tone::Info, shell.t("Kein Formular vorhanden", "No form here")).text(shell.t(
                "Für diese Leistung gibt es hier kein Online-Formular. Wenden Sie sich direkt an die zuständige Stelle.",
                "There is no online form for this public service here. Please contact the competent office directly.",
            )))
        } @else if takes {
            div.app-stack { @for form in &found { (chosen(&shell, form, &routed.region.ars)) } }
        }
        p { (ui::link(&shell.here_with(&[("region", "")]), shell.t("Einen anderen Ort wählen", "Choose another place"))) }
    };
    Ok(shell.draw(title).trail(shell.t("Formulare", "Forms"), "/forms").body(body))
}

pub(super) fn title<'f>(shell: &Shell, form: &'f Form) -> &'f str {
    form.title.get(shell.lang().tag())
}

fn chosen(shell: &Shell, form: &Form, region: &str) -> Markup {
    let label = shell.t("Formular ausfüllen", "Fill in the form");
    html! {
        p.kern-body { (form.summary.get(shell.lang().tag())) }
        div { (ui::link_button(format!("/forms/{}?region={region}", form.form), label).primary()) }
    }
}

fn all(shell: &Shell, search: &str, found: &[Arc<Form>]) -> Markup {
    let heading = shell.t("Formulare", "Forms");
    let field = ui::search_field("q", shell.t("Formular suchen", "Search for a form")).value(search);
    let button = ui::button(shell.t("Suchen", "Search"));
    let body = html! {
        (ui::title(heading))
        (ui::lead(shell.t(
            "Stellen Sie Ihren Antrag online. Was Sie eingeben, wird in Ihrem Browser für die zuständige Stelle verschlüsselt.",
            "Make your submission online. What you enter is encrypted in your browser for the competent office.",
        )))
        (ui::search_form("/forms", field, button, html! {}))
        @if found.is_empty() {
            (ui::empty_state(
                shell.t("Kein Formular gefunden", "No form found"),
                shell.t("Versuchen Sie ein anderes Wort, zum Beispiel „Umzug“.", "Try another word, for example “moving”."),
                Some(ui::link_button("/forms", shell.t("Alle Formulare zeigen", "Show all forms"))),
            ))
        } @else {
            (ui::grid(html! {
                @for form in found {
                    (ui::card(title(shell, form)).text(form.summary.get(shell.lang().tag())).link(&format!("/forms/{}", form.form)).level(2))
                }
            }))
        }
    };
    shell.draw(heading).body(body)
}

/// Asks for the place where there is a public service, but no region yet.
fn where_to(shell: &Shell, public_service: &str, found: &[Arc<Form>]) -> Markup {
    let title =
        found.first().map_or(shell.t("Zuständige Stelle", "Competent office"), |it| title(shell, it));
    let hidden = html! { input type="hidden" name="publicService" value=(public_service); };
    let body = html! {
        (ui::title(title))
        (competence::place_search(shell, "/forms", &hidden))
    };
    shell.draw(title).trail(shell.t("Formulare", "Forms"), "/forms").script("places").body(body)
}
