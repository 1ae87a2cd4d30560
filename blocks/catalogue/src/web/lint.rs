//! What is odd about a map, as its own facts show.

use super::{
    element::severity,
    frame::{View, count},
};
use crate::operations::{Catalogue, Counts};
use axum::extract::State;
use kernel::{
    Ctx, Result,
    http::{Path, Query},
};
use landkarte::key;
use maps::Remark;
use serde::Deserialize;
use ui::{
    Alert, Choice, Column, Markup, Paging, Shell, Table, Tone, button, code, html, lead, pagination, row,
    select,
};

/// Which remarks.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    severity: String,
    rule: String,
    offset: usize,
}

/// How many remarks stand on a page.
const PAGE: usize = 100;

/// The remarks, the gravest first.
pub(super) async fn show(
    State(catalogue): State<Catalogue>,
    ctx: Ctx,
    shell: Shell,
    Path(map): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Markup> {
    let opened = catalogue.open(&ctx, &map).await?;
    let view = View { shell: &shell, opened: &opened };
    let remarks = catalogue.remarks(&ctx, &opened).await?;
    let counts = Counts::of(&remarks);
    let fits = |it: &&Remark| {
        (asked.severity.is_empty() || it.severity.name() == asked.severity)
            && (asked.rule.is_empty() || it.rule == asked.rule)
    };
    let found: Vec<&Remark> = remarks.iter().filter(fits).collect();
    let wide = |it: usize| u64::try_from(it).unwrap_or(u64::MAX);
    let paging = Paging { offset: wide(asked.offset), limit: wide(PAGE), total: wide(found.len()) };
    Ok(view.page(shell.t("Prüfung der Karte", "Check of the map"), None, &html! {
        (lead(shell.t(
            "Was an dieser Karte nicht stimmen kann, sich widerspricht oder fehlt. Geprüft wird nur, was in ihr steht.",
            "What cannot be right in this map, contradicts itself or is missing. Only what stands in it is checked.",
        )))
        p.kern-body role="status" {
            (count(&shell, counts.errors)) " " (shell.t("Fehler", "errors")) ", "
            (count(&shell, counts.warnings)) " " (shell.t("Warnungen", "warnings")) ", "
            (count(&shell, counts.hints)) " " (shell.t("Hinweise", "hints"))
        }
        (filter(&view, &asked))
        @if found.is_empty() { (Alert::new(Tone::Success, shell.t("Nichts zu bemerken", "Nothing to remark"))) }
        @else { (table(&view, found.iter().skip(asked.offset).take(PAGE))) (pagination(&shell, paging)) }
    }))
}

fn filter(view: &View<'_>, asked: &Asked) -> Markup {
    let grades = [
        Choice::new("error", view.t("Fehler", "errors")),
        Choice::new("warning", view.t("Warnungen", "warnings")),
        Choice::new("hint", view.t("Hinweise", "hints")),
    ];
    let rules: Vec<Choice<'_>> =
        maps::RULES.iter().map(|it| Choice::new(it.name, view.t(it.de, it.en))).collect();
    html! {
        form.app-stack method="get" action=(view.opened.path("/lint")) {
            (select("severity", view.t("Wie schwer", "How grave"), &grades).value(asked.severity.as_str()).empty_choice(view.t("alle", "all")))
            (select("rule", view.t("Regel", "Rule"), &rules).value(asked.rule.as_str()).empty_choice(view.t("alle", "all")))
            (row(button(view.t("Filtern", "Filter"))))
        }
    }
}

fn table<'r>(view: &View<'_>, remarks: impl Iterator<Item = &'r &'r Remark>) -> Markup {
    let columns = [
        Column::new(view.t("Eintrag", "Entry")),
        Column::new(view.t("Angabe", "Fact")),
        Column::new(view.t("Wie schwer", "How grave")),
        Column::new(view.t("Was auffällt", "What is odd")),
        Column::new(view.t("Regel", "Rule")),
    ];
    let rows = remarks.map(|it| {
        let fact = it.entry.as_ref().zip(it.key.as_deref()).map(|((section, _), name)| {
            key(*section, name).map_or(name, |it| it.title(view.german()))
        });
        vec![
            html! { @match &it.entry { Some((section, id)) => (view.link(*section, id)), None => (view.t("die ganze Karte", "the whole map")) } },
            html! { (fact.unwrap_or_default()) },
            severity(view, it),
            html! { (it.wording(view.german())) },
            code(it.rule),
        ]
    });
    let heading = view.t("Auffälligkeiten", "Oddities");
    let table = Table::new(heading, columns).quiet_caption().rows(rows.collect::<Vec<_>>());
    html! { (table) }
}
