//! Figures that others published, as they published them.

use crate::{names::may, operations::Rollout};
use axum::extract::State;
use kernel::{Ctx, Result, http::Query};
use rates::{Figure, Measure, PublishedService, PublishedSet, compare_published};
use serde::Deserialize;
use ui::{
    Alert, Choice, Column, Markup, Shell, Table, Tone, button, html, lead, note, row, section, select, title,
};

/// Two of them.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Pair {
    one: String,
    other: String,
}

/// The page.
pub(super) async fn show(
    State(rollout): State<Rollout>,
    ctx: Ctx,
    shell: Shell,
    Query(pair): Query<Pair>,
) -> Result<Markup> {
    ctx.require(may::READ)?;
    let world = rollout.world().await?;
    let set = &world.published;
    let heading = shell.t("Von anderen veröffentlicht", "Published by others");
    let page = shell.draw(heading).trail(shell.t("Rollout", "Roll-out"), "/rollout").wide();
    Ok(page.body(html! {
        (title(heading))
        (lead(shell.t(
            "Zahlen, wie sie veröffentlicht wurden, jede mit ihrer Basis. Sie werden nie mit den Quoten verrechnet, die dieser Knoten bildet.",
            "Figures as they were published, each with its base. They are never mixed with the rates that this node computes.",
        )))
        (table(&shell, set))
        (note(html! { (set.source) " (" (set.publisher) ", " (set.date) "). " (shell.t(&set.note_de, &set.note_en)) }))
        (comparison(&shell, set, &pair))
    }))
}

fn figure(it: &PublishedService, measure: Measure, base: Option<&str>) -> String {
    let fits =
        |figure: &&Figure| figure.measure == measure && (base.is_none() || figure.base.as_deref() == base);
    it.figures.iter().find(fits).map_or_else(|| "–".to_owned(), |it| it.as_published.clone())
}

fn table(shell: &Shell, set: &PublishedSet) -> Markup {
    let columns = [
        Column::new(shell.t("Leistung und LeiKa-Schlüssel", "Public service and LeiKa keys")),
        Column::new(shell.t("Betreiber", "Operator")),
        Column::new(shell.t("Angeschlossen, Basis: Stellen", "Connected, base: authorities")).numeric(),
        Column::new(shell.t("Angeschlossen, Basis: Bevölkerung", "Connected, base: population")).numeric(),
        Column::new(shell.t("Angeschlossen, Basis: Fahrzeuge", "Connected, base: vehicles")).numeric(),
        Column::new(shell.t("In Bearbeitung (Basis nicht genannt)", "In progress (base not named)"))
            .numeric(),
        Column::new(shell.t("Anträge", "Submissions")).numeric(),
    ];
    let rows = set.public_services.iter().map(|it| {
        let connected = |base| html! { (figure(it, Measure::Connected, Some(base))) };
        vec![
            html! {
                (it.name)
                @if !it.keys.is_empty() { br; (note(html! { (it.keys.join(", ")) })) }
                @if !it.keys_note.is_empty() { (note(html! { (it.keys_note) })) }
            },
            html! { (it.operator) },
            connected("authorities"),
            connected("population"),
            connected("vehicles"),
            html! { (figure(it, Measure::InProgress, None)) },
            html! { (figure(it, Measure::Submissions, None)) },
        ]
    });
    let caption = match shell.lang() {
        kernel::Lang::De => format!("Sechs Leistungen, {} am {}", set.publisher, set.date),
        kernel::Lang::En => format!("Six public services, {} on {}", set.publisher, set.date),
    };
    html! { (Table::new(&caption, columns).rows(rows.collect::<Vec<_>>())) }
}

fn comparison(shell: &Shell, set: &PublishedSet, pair: &Pair) -> Markup {
    let all: Vec<Choice<'_>> = set.public_services.iter().map(|it| Choice::new(&it.id, &it.name)).collect();
    let find = |id: &str| set.public_services.iter().find(|it| it.id == id);
    let said = match (find(&pair.one), find(&pair.other)) {
        (Some(one), Some(other)) if one.id != other.id => compare_published(one, other),
        _ => Vec::new(),
    };
    let choose = shell.t("bitte wählen", "please choose");
    section(
        shell.t("Sind zwei davon vergleichbar?", "Can two of them be compared?"),
        html! {
            form.app-form action="/rollout/published" method="get" {
                (select("one", shell.t("Erste Leistung", "First public service"), &all).empty_choice(choose).value(pair.one.as_str()))
                (select("other", shell.t("Zweite Leistung", "Second public service"), &all).empty_choice(choose).value(pair.other.as_str()))
                (row(button(shell.t("Prüfen", "Check")).secondary()))
            }
            @for it in &said { (Alert::new(Tone::Warning, shell.t(&it.de, &it.en)).live()) }
        },
    )
}
