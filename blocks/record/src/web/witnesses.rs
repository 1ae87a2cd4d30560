//! Other nodes: what they confirmed of this record, and what this node saw of theirs.

use super::elsewhere;
use crate::{Record, names::may};
use axum::extract::State;
use kernel::{Ctx, Result};
use maud::{Markup, html};
use ui::{Column, Shell, Table, Tone, badge, empty_state, format, lead, title};

pub(super) async fn page(State(record): State<Record>, ctx: Ctx, shell: Shell) -> Result<Markup> {
    ctx.require(may::READ)?;
    let (receipts, witnessed) = record.witnesses(&ctx).await?;
    let heading = shell.t("Zeugen", "Witnesses");
    let columns = || {
        [
            Column::new(shell.t("Knoten", "Node")),
            Column::new(shell.t("Einträge", "Entries")).numeric(),
            Column::new(shell.t("Gesehen", "Seen")),
            Column::new(shell.t("Stand", "State")),
        ]
    };
    let row = |peer: &str, size: i64, seen_at: i64, fault: &str| {
        vec![
            html! { (peer) },
            html! { (format::number(shell.lang(), size)) },
            html! { @if seen_at > 0 { (format::time(shell.lang(), seen_at)) } },
            html! {
                @if fault.is_empty() { (badge(Tone::Success, shell.t("in Ordnung", "in order"))) }
                @else { (badge(Tone::Danger, shell.t("Fehler", "fault"))) " " (fault) }
            },
        ]
    };
    let ours = receipts.iter().map(|it| row(&it.peer, it.size, it.seen_at, &it.fault));
    let theirs = witnessed.iter().map(|it| row(&it.peer, it.size, it.seen_at, &it.fault));
    let body = html! {
        (title(heading))
        (lead(shell.t(
            "Wer die Datenbank und die Schlüssel hat, könnte das Ende des Protokolls abschneiden. Ein Zeuge auf einem anderen Knoten würde es merken.",
            "Whoever has database and keys could cut off the end of the record. A witness on another node would notice.",
        )))
        (elsewhere(&shell))
        @if receipts.is_empty() && witnessed.is_empty() {
            (empty_state(
                shell.t("Noch kein Zeuge", "No witness yet"),
                shell.t("Tragen Sie einen anderen Knoten in der Konfiguration ein: [blocks.record] witnesses = [{ url = \"https://…\" }]. Der andere Knoten trägt diesen ein.", "Enter another node in the configuration: [blocks.record] witnesses = [{ url = \"https://…\" }]. The other node enters this one."),
                None,
            ))
        } @else {
            (Table::new(shell.t("Was andere von diesem Protokoll bezeugen", "What others witness of this record"), columns()).rows(ours))
            (Table::new(shell.t("Was dieser Knoten von anderen bezeugt", "What this node witnesses of others"), columns()).rows(theirs))
        }
    };
    Ok(shell.draw(heading).wide().trail(shell.t("Protokoll", "Record"), "/record").body(body))
}
