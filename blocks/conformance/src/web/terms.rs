//! What the words of the requirements mean.

use super::elsewhere;
use crate::Conformance;
use axum::extract::State;
use kernel::{Ctx, Result};
use maud::{Markup, html};
use ui::{Column, Shell, Table, empty_state, lead, title};

pub(super) async fn page(State(conformance): State<Conformance>, ctx: Ctx, shell: Shell) -> Result<Markup> {
    let terms = conformance.terms(&ctx).await?;
    let heading = shell.t("Begriffe der Anforderungen", "Terms of the requirements");
    let columns = [
        Column::new(shell.t("Begriff", "Term")),
        Column::new(shell.t("Bedeutung", "Meaning")),
        Column::new(shell.t("Quelle", "Source")),
    ];
    let body = html! {
        (title(heading))
        (lead(shell.t("Was ein Wort in den Anforderungen bedeutet, und wer es so festlegt.", "What a word means in the requirements, and who says so.")))
        (elsewhere(&shell))
        @if terms.is_empty() {
            (empty_state(shell.t("Keine Begriffe", "No terms"), shell.t("Kein Satz legt Begriffe fest.", "No set defines terms."), None))
        } @else {
            (Table::new(heading, columns).quiet_caption().rows(terms.iter().map(|it| vec![
                html! { (it.title) },
                html! { (it.meaning) },
                html! { (it.source.as_deref().unwrap_or("–")) },
            ])))
        }
    };
    Ok(shell.draw(heading).wide().body(body))
}
