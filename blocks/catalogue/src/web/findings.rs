//! What an element must fulfil and whether it does, as found by whoever judges.

use super::frame::View;
use crate::rules::encode;
use ports::conformance::{ElementFindings, EvidenceView, FindingView, MaturityView};
use ui::{
    Column, Markup, Table, Tone, badge, code, format, html, link, link_button, note, row, section, subheading,
};

/// The findings by level, the maturity and the evidence; that nobody judges, where it is so.
pub(super) fn findings(view: &View<'_>, element: &str, found: Option<&ElementFindings>) -> Markup {
    let heading = view.t("Was gilt, und ob es erfüllt ist", "What holds, and whether it is met");
    section(
        heading,
        html! {
            @match found {
                None => p.kern-body { (view.t(
                    "Auf diesem Knoten prüft niemand Bausteine; deshalb steht hier kein Befund.",
                    "Nobody judges elements on this node; so there is no finding here.",
                )) },
                Some(found) => {
                    @if found.findings.is_empty() {
                        p.kern-body { (view.t("Für diesen Baustein gilt keine der bekannten Anforderungen.", "None of the known requirements applies to this element.")) }
                    }
                    @for (level, title) in levels(view) {
                        @let all: Vec<&FindingView> = found.findings.iter().filter(|it| it.level == level).collect();
                        @if !all.is_empty() { (table(view, title, &all)) }
                    }
                    (maturity(view, &found.maturity))
                    (evidence(view, element, &found.evidence))
                }
            }
        },
    )
}

fn levels<'t>(view: &View<'t>) -> [(&'static str, &'t str); 3] {
    [("muss", view.t("Muss", "Must")), ("soll", view.t("Soll", "Should")), ("kann", view.t("Kann", "May"))]
}

fn table(view: &View<'_>, title: &str, findings: &[&FindingView]) -> Markup {
    let count = |result: &str| findings.iter().filter(|it| it.result == result).count();
    let caption = format!(
        "{title}: {} {}, {} {}, {} {}",
        count("met"),
        view.t("erfüllt", "met"),
        count("unmet"),
        view.t("nicht erfüllt", "unmet"),
        count("unknown"),
        view.t("unbekannt", "unknown"),
    );
    let columns = [
        Column::new(view.t("Anforderung", "Requirement")),
        Column::new(view.t("Befund", "Finding")),
        Column::new(view.t("Begründung", "Reason")),
        Column::new(view.t("Wer das fordert", "Who requires it")),
        Column::new(view.t("Abhilfe", "Repair")),
    ];
    let rows = findings.iter().map(|it| {
        vec![
            html! { (it.text) br; (requirement(&it.requirement)) },
            html! { (result(view, &it.result)) @if let Some(date) = &it.date { br; (date) } },
            html! {
                (it.reason)
                @if let Some(missing) = &it.missing { br; strong { (view.t("Es fehlt: ", "Missing: ")) } (missing) }
                @if let Some(evidence) = &it.evidence { br; (view.t("Beleg: ", "Evidence: ")) (code(evidence)) }
            },
            html! { (it.source) },
            html! { (it.repair.as_deref().unwrap_or_default()) },
        ]
    });
    let table = Table::new(&caption, columns).rows(rows.collect::<Vec<_>>());
    html! { (table) }
}

/// A requirement's id, which leads to all that is known of it.
fn requirement(id: &str) -> Markup {
    html! { a.kern-link href=(format!("/conformance/requirements/{}", encode(id))) { (code(id)) } }
}

/// A result in colour and in a word.
fn result(view: &View<'_>, result: &str) -> Markup {
    match result {
        "met" => badge(Tone::Success, view.t("erfüllt", "met")),
        "unmet" => badge(Tone::Danger, view.t("nicht erfüllt", "unmet")),
        "not-applicable" => badge(Tone::Info, view.t("trifft nicht zu", "does not apply")),
        _ => badge(Tone::Warning, view.t("unbekannt", "unknown")),
    }
}

fn maturity(view: &View<'_>, models: &[MaturityView]) -> Markup {
    html! {
        @if !models.is_empty() { (subheading(view.t("Reifegrad", "Maturity"))) }
        @for it in models {
            p.kern-body {
                strong { (it.title) ": " }
                @match it.level {
                    Some(level) => { (view.t("Stufe ", "level ")) (level) @if let Some(name) = &it.name { " (" (name) ")" } }
                    None => (view.t("keine Stufe erreicht", "no level reached")),
                }
                @if !it.missing.is_empty() {
                    ". " (view.t("Für die nächste Stufe fehlt: ", "Missing for the next level: "))
                    (it.missing.join(", "))
                }
                "."
            }
        }
    }
}

/// The files kept for the element; who may, opens them and adds to them.
fn evidence(view: &View<'_>, element: &str, kept: &[EvidenceView]) -> Markup {
    let place = format!("map={}&element={}", encode(&view.opened.address), encode(element));
    html! {
        (subheading(view.t("Nachweise", "Evidence")))
        @if kept.is_empty() {
            (note(view.t("Zu diesem Baustein liegen keine Nachweise vor.", "No evidence is kept for this element.")))
        } @else { (kept_files(view, kept)) }
        @if view.shell.is_clerk() {
            (row(link_button(format!("/conformance/evidence?{place}"), view.t("Nachweise ansehen und hinzufügen", "See and add evidence"))))
        }
    }
}

fn kept_files<'v>(view: &'v View<'_>, kept: &[EvidenceView]) -> Table<'v> {
    let columns = [
        Column::new(view.t("Datei", "File")),
        Column::new(view.t("Art", "Kind")),
        Column::new(view.t("Aufbewahrt", "Kept")),
        Column::new("SHA-256"),
        Column::new(view.t("Erfüllt / nicht / unbekannt", "Met / unmet / unknown")),
    ];
    let rows = kept.iter().map(|it| {
        let [met, unmet, unknown] = it.counts;
        vec![
            html! {
                @if view.shell.is_clerk() { (link(&format!("/conformance/evidence/{}", it.id), &it.name)) }
                @else { (it.name) }
            },
            html! { (it.kind) },
            format::time(view.shell.lang(), it.kept_at),
            html! { (code(it.sha256.get(..16).unwrap_or(&it.sha256))) "…" },
            html! { (met) " / " (unmet) " / " (unknown) },
        ]
    });
    Table::new(view.t("Nachweise", "Evidence"), columns).quiet_caption().rows(rows.collect::<Vec<_>>())
}
