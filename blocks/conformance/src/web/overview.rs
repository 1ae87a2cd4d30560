//! All sets of requirements.

use super::elsewhere;
use crate::Conformance;
use axum::extract::State;
use kernel::{Ctx, Result};
use maud::{Markup, html};
use ports::conformance::SetSummary;
use ui::{Column, Shell, Table, format, lead, link_button, title};

pub(super) async fn page(State(conformance): State<Conformance>, ctx: Ctx, shell: Shell) -> Result<Markup> {
    let sets = conformance.all_sets(&ctx).await?;
    let heading = shell.t("Anforderungen", "Requirements");
    let body = html! {
        (title(heading))
        (lead(shell.t(
            "Was Bausteine und Unterlagen erfüllen müssen, sollen und können: jede Anforderung mit Quelle und Datum, und womit sie geprüft wird.",
            "What building blocks and documents must, should and may fulfil: every requirement with source and date, and how it is checked.",
        )))
        (elsewhere(&shell))
        (table(&shell, &sets))
        p.kern-body {
            (shell.t(
                "Ein Satz kann von anderen erben und sie ergänzen oder verschärfen, nie stillschweigend lockern. Auf der Kommandozeile prüft ",
                "A set can inherit from others and add to them or tighten them, never loosen them silently. On the command line, ",
            ))
            (ui::code("fachwerk check"))
            (shell.t(" gegen dieselben Sätze, auch ohne Knoten und ohne Netz.", " checks against the same sets, without a node and without network."))
        }
        @if shell.is_clerk() {
            (ui::row(html! {
                (link_button("/conformance/check", shell.t("Datei prüfen", "Check a file")).primary())
                (link_button("/conformance/sets/new", shell.t("Eigenen Satz einlesen", "Bring a set of your own")))
            }))
        }
    };
    Ok(shell.draw(heading).wide().body(body))
}

fn table<'a>(shell: &'a Shell, sets: &'a [SetSummary]) -> Table<'a> {
    let columns = [
        Column::new(shell.t("Satz", "Set")),
        Column::new(shell.t("Fassung", "Version")),
        Column::new(shell.t("Stand", "As of")),
        Column::new(shell.t("Quelle", "Source")),
        Column::new(shell.t("Anforderungen", "Requirements")).numeric(),
    ];
    Table::new(shell.t("Anforderungssätze", "Sets of requirements"), columns).rows(sets.iter().map(|it| {
        vec![
            html! {
                a.kern-link href=(format!("/conformance/sets/{}", it.id)) { (it.title) }
                @if !it.shipped { " " (ui::badge(ui::Tone::Info, shell.t("eigener Satz", "own set"))) }
            },
            html! { (it.version.as_deref().unwrap_or("–")) },
            html! { span.app-nowrap { (it.date.as_deref().unwrap_or("–")) } },
            html! {
                (super::source(it))
            },
            html! { (format::number(shell.lang(), i64::try_from(it.requirements).unwrap_or(i64::MAX))) },
        ]
    }))
}
