//! One entry as text, to be changed.

use super::{exchange::faults, frame::View, versions::reason_fields};
use crate::{
    model::Reason,
    names::fault,
    operations::{Catalogue, Edit, Opened, entry_text},
    rules,
};
use axum::{
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use kernel::{
    Ctx, Error, Result,
    http::{Form, Path},
};
use landkarte::{Entry, Section};
use serde::Deserialize;
use ui::{Markup, Shell, button, html, lead, link_button, row, textarea};

/// What the form sends.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Sent {
    text: String,
    note: String,
    decision: String,
    version: Option<i64>,
}

/// The form with the entry as it is.
pub(super) async fn form(
    State(catalogue): State<Catalogue>,
    ctx: Ctx,
    shell: Shell,
    Path((map, section, id)): Path<(String, String, String)>,
) -> Result<Markup> {
    let opened = catalogue.editable(&ctx, &map).await?;
    let (section, entry) = opened.entry(&section, &id)?;
    let sent =
        Sent { text: entry_text(section, entry), version: Some(opened.index().version), ..Sent::default() };
    Ok(page(&View { shell: &shell, opened: &opened }, section, entry, &sent, None))
}

fn page(view: &View<'_>, of: Section, entry: &Entry, sent: &Sent, error: Option<&Error>) -> Markup {
    let name = entry.title(view.german());
    let heading =
        if view.german() { format!("„{name}“ bearbeiten") } else { format!("Edit “{name}”") };
    let back = rules::path_of(&view.opened.address, of, &entry.id);
    let rows = u8::try_from(sent.text.lines().count()).unwrap_or(u8::MAX).clamp(8, 40);
    view.page(&heading, Some((name, back.clone())), &html! {
        (lead(view.t(
            "Der Eintrag steht hier als Text (YAML), so wie in der Datei der Karte. Sie sehen zuerst, was sich ändert; dann entsteht eine neue Fassung.",
            "The entry stands here as text (YAML), as in the file of the map. You first see what changes; then a new version is made.",
        )))
        @if let Some(error) = error { (faults(view.shell, error)) }
        form.app-form method="post" action={ (back) "/edit" } {
            @if let Some(version) = sent.version { input type="hidden" name="version" value=(version); }
            (textarea("text", view.t("Eintrag", "Entry")).rows(rows).value(sent.text.as_str()).attribute("spellcheck", "false"))
            (reason_fields(view.shell, &Reason::new(&sent.note, &sent.decision)))
            (row(html! {
                (button(view.t("Prüfen und Vorschau zeigen", "Check and preview")))
                (link_button(back, view.t("Abbrechen", "Cancel")).tertiary())
            }))
        }
    })
}

/// Reads the changed entry, and leads to the preview; or shows the text again with every fault and its place.
pub(super) async fn send(
    State(catalogue): State<Catalogue>,
    ctx: Ctx,
    shell: Shell,
    Path((map, section, id)): Path<(String, String, String)>,
    Form(sent): Form<Sent>,
) -> Result<Response> {
    let opened: Opened = catalogue.editable(&ctx, &map).await?;
    let (of, entry) = opened.entry(&section, &id)?;
    let edit = Edit {
        map,
        section: of.name().to_owned(),
        id: id.clone(),
        // Browsers send CRLF.
        text: sent.text.replace("\r\n", "\n"),
        reason: Reason::new(&sent.note, &sent.decision),
        version: sent.version,
    };
    let shown = [fault::BAD_MAP, fault::BAD_ENTRY, fault::CHANGED_MEANWHILE];
    match catalogue.preview_edit(&ctx, edit).await {
        Ok(preview) => Ok(Redirect::to(&format!("/catalogue/import/{preview}")).into_response()),
        Err(error) if shown.contains(&error.code()) => {
            let view = View { shell: &shell, opened: &opened };
            let markup = page(&view, of, entry, &sent, Some(&error));
            Ok((StatusCode::UNPROCESSABLE_ENTITY, markup).into_response())
        }
        Err(error) => Err(error),
    }
}
