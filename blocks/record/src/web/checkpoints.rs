//! The checkpoints, the newest first.

use super::{elsewhere, long};
use crate::{Record, names::may};
use axum::extract::State;
use kernel::{Ctx, Result, http::Query};
use maud::{Markup, html};
use serde::Deserialize;
use ui::{Column, Shell, Table, empty_state, format, lead, link_button, title};

const PAGE: i64 = 50;

#[derive(Deserialize)]
pub(super) struct Below {
    below: Option<i64>,
}

pub(super) async fn page(
    State(record): State<Record>,
    ctx: Ctx,
    shell: Shell,
    Query(asked): Query<Below>,
) -> Result<Markup> {
    ctx.require(may::READ)?;
    let found = record.checkpoints(&ctx, asked.below.unwrap_or(i64::MAX), PAGE).await?;
    let heading = shell.t("Prüfpunkte", "Checkpoints");
    let columns = [
        Column::new(shell.t("Zeit", "Time")),
        Column::new(shell.t("Einträge", "Entries")).numeric(),
        Column::new(shell.t("Wurzel", "Root")),
    ];
    let full = i64::try_from(found.len()).is_ok_and(|it| it == PAGE);
    let next = found.last().filter(|_| full).map(|it| it.size);
    let rows = found.iter().map(|it| {
        vec![
            format::time(shell.lang(), it.at),
            html! { (format::number(shell.lang(), it.size)) },
            long(&it.root),
        ]
    });
    let body = html! {
        (title(heading))
        (lead(shell.t(
            "Ein Prüfpunkt hält fest, wie viele Einträge es gab und welche Wurzel ihr Hashbaum hatte, signiert von diesem Knoten. Nach einer Stunde bleibt einer je Stunde.",
            "A checkpoint says how many entries there were and which root their hash tree had, signed by this node. After an hour one an hour is kept.",
        )))
        (elsewhere(&shell))
        @if found.is_empty() {
            (empty_state(shell.t("Noch kein Prüfpunkt", "No checkpoint yet"), shell.t("Der erste entsteht mit dem ersten Eintrag.", "The first one is made with the first entry."), None))
        } @else {
            (Table::new(heading, columns).quiet_caption().rows(rows))
            @if let Some(next) = next { (link_button(shell.here_with(&[("below", &next.to_string())]), shell.t("Ältere", "Older")).secondary()) }
        }
    };
    Ok(shell.draw(heading).wide().trail(shell.t("Protokoll", "Record"), "/record").body(body))
}
