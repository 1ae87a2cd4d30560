//! Two sets beside each other: what differs, in sentences.

use super::elsewhere;
use crate::Conformance;
use axum::extract::State;
use kernel::{Ctx, Result, http::Query};
use maud::{Markup, html};
use serde::Deserialize;
use ui::{Choice, Column, Shell, Table, button, empty_state, lead, row, select, title};

/// Which sets.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Pair {
    old: String,
    new: String,
}

pub(super) async fn page(
    State(conformance): State<Conformance>,
    ctx: Ctx,
    shell: Shell,
    Query(pair): Query<Pair>,
) -> Result<Markup> {
    let sets = conformance.all_sets(&ctx).await?;
    let choices: Vec<Choice<'_>> = sets.iter().map(|it| Choice::new(&it.id, &it.title)).collect();
    let chosen = !pair.old.is_empty() && !pair.new.is_empty();
    let found = if chosen { conformance.differences(&ctx, &pair.old, &pair.new).await? } else { Vec::new() };
    let heading = shell.t("Anforderungssätze vergleichen", "Compare sets of requirements");
    let columns = [
        Column::new(shell.t("Anforderung", "Requirement")),
        Column::new(shell.t("Änderung", "Change")),
        Column::new(shell.t("Was anders ist", "What is different")),
    ];
    let body = html! {
        (title(heading))
        (lead(shell.t("Was im neueren Satz anders ist als im älteren.", "What is different in the newer set from the older one.")))
        (elsewhere(&shell))
        form.app-form method="get" action="/conformance/differences" {
            (ui::grid(html! {
                (select("old", shell.t("Älterer Satz", "Older set"), &choices).value(pair.old.as_str()))
                (select("new", shell.t("Neuerer Satz", "Newer set"), &choices).value(pair.new.as_str()))
            }))
            (row(button(shell.t("Vergleichen", "Compare"))))
        }
        @if chosen && found.is_empty() {
            (empty_state(shell.t("Kein Unterschied", "No difference"), shell.t("Beide Sätze verlangen dasselbe.", "Both sets require the same."), None))
        } @else if chosen {
            (Table::new(shell.t("Unterschiede", "Differences"), columns).rows(found.iter().map(|it| vec![
                html! { a.kern-link href=(format!("/conformance/requirements/{}", it.requirement)) { (ui::code(&it.requirement)) } },
                html! { (it.change) },
                html! { (it.sentence) },
            ])))
        }
    };
    Ok(shell.draw(heading).wide().body(body))
}
