//! What is missing: sources, layers, kinds, relations; and how much is unknown.

use super::{Severity, remarks::Remarks};
use landkarte::{Entry, Map, Section};
use std::collections::HashSet;

pub(super) fn check(map: &Map, remarks: &mut Remarks) {
    for section in [Section::Elements, Section::Standards] {
        for entry in map.entries(section) {
            source(map, section, entry, remarks);
        }
    }
    for element in map.entries(Section::Elements) {
        missing(element, "layer", ("no-layer", "keine Schicht", "no layer"), remarks);
        missing(
            element,
            "kind",
            (
                "no-kind",
                "keine Art (Komponente, Dienst, Standard …)",
                "no kind (component, service, standard …)",
            ),
            remarks,
        );
        unknown(element, remarks);
    }
    serves_nothing(map, remarks);
    unserved(map, remarks);
}

/// A source of the entry or the map counts for all facts; else every fact needs its own.
fn source(map: &Map, section: Section, entry: &Entry, remarks: &mut Remarks) {
    let covered = entry.text("source").or(map.head.text("source")).is_some();
    let each = || entry.facts.iter().all(|it| it.source.is_some());
    if !covered && (entry.facts.is_empty() || !each()) {
        remarks.on(
            section,
            entry,
            "source",
            (
                "no-source",
                Severity::Warning,
                format!("Zu „{}“ fehlt die Quelle.", entry.title(true)),
                format!("\"{}\" has no source.", entry.title(false)),
            ),
        );
    }
}

fn missing(element: &Entry, key: &str, (rule, de, en): (&'static str, &str, &str), remarks: &mut Remarks) {
    if element.fact(key).is_none() {
        let said = (
            rule,
            Severity::Warning,
            format!("„{}“ hat {de}. Ist sie nicht bekannt, gehört „unknown“ hin.", element.title(true)),
            format!("\"{}\" has {en}. If it is not known, write `unknown`.", element.title(false)),
        );
        remarks.on(Section::Elements, element, key, said);
    }
}

fn unknown(element: &Entry, remarks: &mut Remarks) {
    let unknown: Vec<&str> =
        element.facts.iter().filter(|it| it.is_unknown()).map(|it| it.key.as_str()).collect();
    if unknown.is_empty() {
        return;
    }
    let count = unknown.len();
    let titles = |german: bool| {
        let titles = unknown
            .iter()
            .map(|it| landkarte::key(Section::Elements, it).map_or(*it, |key| key.title(german)));
        titles.collect::<Vec<_>>().join(", ")
    };
    remarks.on(
        Section::Elements,
        element,
        "",
        (
            "unknown-facts",
            Severity::Hint,
            format!("Zu „{}“ ist unbekannt ({count}): {}.", element.title(true), titles(true)),
            format!("Unknown about \"{}\" ({count}): {}.", element.title(false), titles(false)),
        ),
    );
}

/// An element that serves no capability, standard, public service or other element, and that no other entry names.
fn serves_nothing(map: &Map, remarks: &mut Remarks) {
    let counts =
        |key: &str| !matches!(key, "layer" | "field" | "owner" | "operators" | "roles" | "source" | "claims");
    let mut related: HashSet<&str> = HashSet::new();
    for relation in map.relations().into_iter().filter(|it| it.known && counts(it.key)) {
        let sourced = relation.to.0 == Section::Sources;
        for (section, id) in [relation.from, relation.to] {
            if section == Section::Elements && !sourced {
                related.insert(id);
            }
        }
    }
    for element in map.entries(Section::Elements) {
        let alone = !related.contains(element.id.as_str())
            && element.list("public_services").is_empty()
            && element.list("offers").is_empty()
            && element.list("needs").is_empty();
        if alone {
            remarks.on(
                Section::Elements,
                element,
                "",
                (
                    "serves-nothing",
                    Severity::Hint,
                    format!(
                        "„{}“ dient laut Karte nichts und hat keine Beziehung zu anderen Einträgen.",
                        element.title(true)
                    ),
                    format!(
                        "By the map, \"{}\" serves nothing and has no relation to other entries.",
                        element.title(false)
                    ),
                ),
            );
        }
    }
}

/// Capabilities without parts that no element serves.
fn unserved(map: &Map, remarks: &mut Remarks) {
    let capabilities = map.entries(Section::Capabilities);
    let inner: HashSet<&str> = capabilities.iter().filter_map(|it| it.text("part_of")).collect();
    let elements = map.entries(Section::Elements);
    let served: HashSet<&str> = elements.iter().flat_map(|it| it.references("capabilities")).collect();
    for capability in capabilities {
        let id = capability.id.as_str();
        if !inner.contains(id) && !served.contains(id) {
            remarks.on(
                Section::Capabilities,
                capability,
                "",
                (
                    "capability-unserved",
                    Severity::Hint,
                    format!("Der Fähigkeit „{}“ dient kein Baustein.", capability.title(true)),
                    format!("No element serves the capability \"{}\".", capability.title(false)),
                ),
            );
        }
    }
}
