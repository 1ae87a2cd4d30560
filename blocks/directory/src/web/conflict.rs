//! Rules that contradict each other, and offers that nobody can place.

use crate::{
    names::may,
    operations::{Directory, Index},
    rules,
};
use axum::extract::State;
use kernel::{Ctx, Result};
use places::{Conflict, Rule};
use ui::{Alert, Markup, Shell, Tone, code, html, lead, link, section, title};

/// All conflicts.
pub(super) async fn show(State(directory): State<Directory>, ctx: Ctx, shell: Shell) -> Result<Markup> {
    ctx.require(may::SUPERVISE)?;
    let index = directory.index();
    let conflicts = index.competences.conflicts();
    let unplaced = unplaced(&index);
    let heading = shell.t("Konflikte", "Conflicts");
    Ok(shell.draw(heading).trail(shell.t("Zuständigkeiten", "Competences"), "/directory/admin").body(html! {
        (title(heading))
        (lead(shell.t(
            "Gelten für dieselbe Leistung und Region mehrere Regeln zugleich, entscheidet das Verzeichnis nicht: Die Frage nach der Zuständigkeit bleibt offen, bis Sie eine Regel ändern.",
            "Where several rules hold for the same public service and region at once, the directory does not decide: the question of competence stays open until you change a rule.",
        )))
        @if conflicts.is_empty() {
            (Alert::new(Tone::Success, shell.t("Keine Konflikte", "No conflicts")).text(shell.t("Jede Zuständigkeit ist eindeutig.", "Every competence is unambiguous.")))
        }
        @for conflict in &conflicts { (one(&shell, &index, conflict)) }
        @if !unplaced.is_empty() {
            (section(shell.t("Unbekannte Regionen", "Unknown regions"), html! {
                p.kern-body { (shell.t("Diese Zustellpunkte nennen Regionen, die es im geltenden Stand nicht gibt; dort sind sie nicht zuständig.", "These destinations name regions that the edition in force does not have; they are not competent there.")) }
                ul.kern-list { @for (name, region) in &unplaced { li { (name) ": " (code(region)) } } }
            }))
        }
    }))
}

fn one(shell: &Shell, index: &Index, conflict: &Conflict<'_>) -> Markup {
    let key = conflict.rules.first().map_or("", |it| &it.public_service);
    let heading =
        format!("{}, {}", index.public_service_label(shell.lang(), key), index.region_name(conflict.region));
    section(
        &heading,
        html! {
            ul.kern-list { @for rule in &conflict.rules { li { (named(shell, index, rule)) } } }
        },
    )
}

fn named(shell: &Shell, index: &Index, rule: &Rule) -> Markup {
    let (office, ..) = index.named_by(rule);
    html! {
        (office) " ("
        @if crate::operations::is_learnt(rule) {
            (shell.t("Zustellpunkt ", "destination ")) (code(&rule.target))
        } @else {
            (link(&format!("/directory/admin/entries/rules/edit/{}", rule.id), shell.t("Regel ändern", "change the rule")))
        }
        ")"
    }
}

/// Name of the destination, and the region it offers that does not exist.
fn unplaced(index: &Index) -> Vec<(String, String)> {
    let active = index.destinations.iter().filter(|it| it.is_active());
    let mut found: Vec<(String, String)> = active
        .flat_map(|it| {
            let offers = it.public_services.iter();
            let unknown =
                offers.flat_map(|offer| rules::destination_regions(&offer.regions, &index.places).1);
            unknown.map(|region| (it.name.clone(), region))
        })
        .collect();
    found.sort();
    found.dedup();
    found
}
