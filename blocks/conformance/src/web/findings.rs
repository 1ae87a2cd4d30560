//! Findings as a page shows them: by level, equal ones folded.

use super::{level, result};
use check::{Finding, Outcome, Report};
use kernel::Lang;
use maud::{Markup, html};
use requirements::Level;
use std::collections::BTreeMap;
use ui::{Column, Shell, Table, details, format, section};

/// How many subjects of one finding are named before the rest is counted.
const NAMED: usize = 5;

/// The counts of a report.
pub(super) fn summary<'a>(shell: &'a Shell, report: &Report) -> Table<'a> {
    let columns = [
        Column::new(shell.t("Verbindlichkeit", "Level")),
        Column::new(shell.t("erfüllt", "met")).numeric(),
        Column::new(shell.t("nicht erfüllt", "not met")).numeric(),
        Column::new(shell.t("unbekannt", "unknown")).numeric(),
    ];
    let count = |wanted: Level, outcome: Outcome| {
        let found = report.findings.iter().filter(|it| it.level() == wanted && it.outcome == outcome).count();
        html! { (format::number(shell.lang(), i64::try_from(found).unwrap_or(i64::MAX))) }
    };
    Table::new(shell.t("Ergebnis", "Result"), columns).rows([Level::Muss, Level::Soll, Level::Kann].map(
        |it| {
            vec![
                html! { (level(shell, it.name())) },
                count(it, Outcome::Met),
                count(it, Outcome::Unmet),
                count(it, Outcome::Unknown),
            ]
        },
    ))
}

/// Everything that is not met or not known, then what is met, folded away.
pub(super) fn all(shell: &Shell, report: &Report) -> Markup {
    let is_open = |it: &&Finding| matches!(it.outcome, Outcome::Unmet | Outcome::Unknown);
    let open: Vec<&Finding> = report.findings.iter().filter(is_open).collect();
    let met: Vec<&Finding> = report.findings.iter().filter(|it| it.outcome == Outcome::Met).collect();
    html! {
        @if open.is_empty() {
            (ui::alert(ui::Tone::Success, shell.t("Alles erfüllt", "Everything is met"), html! {
                p.kern-body { (shell.t("Zu keiner Anforderung fehlt etwas.", "Nothing is missing for any requirement.")) }
            }))
        } @else {
            (section(shell.t("Was fehlt oder nicht bekannt ist", "What is missing or not known"), grouped(shell, &open)))
        }
        @if !met.is_empty() { (details(shell.t("Was erfüllt ist", "What is met"), grouped(shell, &met))) }
    }
}

fn grouped(shell: &Shell, findings: &[&Finding]) -> Markup {
    let german = shell.lang() == Lang::De;
    let mut groups: BTreeMap<(std::cmp::Reverse<Level>, &str, &'static str, &str), Vec<&Finding>> =
        BTreeMap::new();
    for it in findings {
        let key = (
            std::cmp::Reverse(it.level()),
            it.requirement.id.as_str(),
            it.outcome.name(),
            it.reason.get(german),
        );
        groups.entry(key).or_default().push(it);
    }
    let columns = [
        Column::new(shell.t("Anforderung", "Requirement")),
        Column::new(shell.t("Ergebnis", "Result")),
        Column::new(shell.t("Warum", "Why")),
        Column::new(shell.t("Wo", "Where")),
        Column::new(shell.t("So lässt es sich beheben", "How to mend it")),
    ];
    let rows = groups.into_iter().filter_map(|((at, id, outcome, reason), found)| {
        let requirement = &found.first()?.requirement;
        let missing = found.iter().find_map(|it| it.missing.as_ref());
        Some(vec![
            html! {
                strong { (level(shell, at.0.name())) ": " } (requirement.text.get(german)) br;
                a.kern-link href=(format!("/conformance/requirements/{id}")) { (ui::code(id)) } br;
                small { (requirement.source) }
            },
            result(shell, outcome),
            html! { (reason) @if let Some(it) = missing { br; (shell.t("Es fehlt: ", "Missing: ")) (it.get(german)) } },
            places(shell, &found),
            html! { @if outcome == "met" { "–" } @else { (requirement.repair.get(german)) } },
        ])
    });
    html! { (Table::new(shell.t("Befunde", "Findings"), columns).quiet_caption().rows(rows)) }
}

fn places(shell: &Shell, found: &[&Finding]) -> Markup {
    let more = found.len().saturating_sub(NAMED);
    html! {
        @for (index, it) in found.iter().take(NAMED).enumerate() {
            @if index > 0 { br; }
            @if it.subject.name.is_empty() { (ui::code(&it.subject.to_string())) } @else { (it.subject.name) }
            @if it.subject.line > 0 { " (" (shell.t("Zeile ", "line ")) (it.subject.line) ")" }
        }
        @if more > 0 { br; (shell.t("und weitere: ", "and more: ")) (format::number(shell.lang(), i64::try_from(more).unwrap_or(i64::MAX))) }
    }
}
