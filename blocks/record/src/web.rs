//! Pages for auditors: the rows, a row with its proof, checkpoints, witnesses.

mod checkpoints;
mod entry;
mod list;
mod witnesses;

use crate::Record;
use axum::{Router, routing::get};
use maud::Markup;
use ui::Shell;

pub(crate) fn router(record: &Record) -> Router {
    Router::new()
        .route("/record", get(list::page))
        .route("/record/entries/{id}", get(entry::page))
        .route("/record/checkpoints", get(checkpoints::page))
        .route("/record/witnesses", get(witnesses::page))
        .with_state(record.clone())
}

/// A hash or token, broken where it has to.
fn long(text: &str) -> Markup {
    ui::code(text)
}

/// Where else to look.
fn elsewhere(shell: &Shell) -> Markup {
    ui::tabs(
        shell,
        shell.t("Protokoll", "Record"),
        &[
            ("/record", shell.t("Alle Einträge", "All entries")),
            ("/record/checkpoints", shell.t("Prüfpunkte", "Checkpoints")),
            ("/record/witnesses", shell.t("Zeugen", "Witnesses")),
        ],
    )
}
