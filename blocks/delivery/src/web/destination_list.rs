//! The destinations of a tenant.

use super::{Asked, home};
use crate::{Delivery, model::Status, names::may};
use axum::extract::State;
use kernel::{Ctx, Result, http::Query};
use ui::{
    Alert, Column, Markup, Shell, Table, Tone, badge, button, code, empty_state, format, html, link,
    link_button, pagination, row, search_field, search_form, title,
};

/// Destinations, searched.
pub(super) async fn show(
    State(delivery): State<Delivery>,
    ctx: Ctx,
    shell: Shell,
    Query(asked): Query<Asked>,
) -> Result<Markup> {
    ctx.require(may::ADMINISTER)?;
    let (offset, limit) = asked.part();
    let (total, found) = delivery.list_destinations(&ctx, asked.q.trim(), offset, limit).await?;
    let heading = shell.t("Zustellpunkte", "Destinations");
    let columns = [
        Column::new(shell.t("Name", "Name")),
        Column::new("Status"),
        Column::new(shell.t("Leistungen", "Public services")).numeric(),
        Column::new(shell.t("Kennung", "Id")),
        Column::new(shell.t("Geändert", "Changed")),
    ];
    let rows = found.iter().map(|it| {
        vec![
            link(&format!("/delivery/destinations/{}", it.id), &it.name),
            status_badge(&shell, it.status),
            html! { (it.public_services.len()) },
            code(it.id.as_str()),
            format::time(shell.lang(), it.changed_at),
        ]
    });
    let (up, path) = home(&shell);
    let new =
        || link_button("/delivery/destinations/new", shell.t("Zustellpunkt anlegen", "Make a destination"));
    Ok(shell.draw(heading).trail(up, path).wide().body(html! {
        (title(heading))
        @if asked.done == "deleted" {
            (Alert::new(Tone::Success, shell.t("Der Zustellpunkt wurde gelöscht.", "The destination was deleted.")).live())
        }
        @if total == 0 && asked.q.is_empty() {
            (empty_state(
                shell.t("Noch kein Zustellpunkt", "No destination yet"),
                shell.t("Ein Zustellpunkt nimmt verschlüsselte Einreichungen für Leistungen und Regionen entgegen.", "A destination takes encrypted submissions for public services and regions."),
                Some(new()),
            ))
        } @else {
            (search_form(
                "/delivery/destinations",
                search_field("q", shell.t("Name oder Kennung", "Name or id")).value(asked.q.as_str()),
                button(shell.t("Suchen", "Search")).icon("search"),
                html! {},
            ))
            (row(new()))
            @if found.is_empty() {
                (empty_state(shell.t("Nichts gefunden", "Nothing found"), shell.t("Suchen Sie mit weniger Wörtern.", "Search with fewer words."), None))
            } @else {
                (Table::new(heading, columns).quiet_caption().rows(rows))
                (pagination(&shell, asked.paging(total)))
            }
        }
    }))
}

/// The status in a word.
pub(super) fn status_badge(shell: &Shell, status: Status) -> Markup {
    let tone = match status {
        Status::Active => Tone::Success,
        Status::Created => Tone::Info,
        Status::Inactive => Tone::Warning,
        Status::Decommissioned | Status::Deleted => Tone::Danger,
    };
    badge(tone, shell.text(status.title()))
}
