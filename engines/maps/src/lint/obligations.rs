//! What is ruled: decisions, successors, and elements for binding standards.

use super::{Severity, remarks::Remarks};
use landkarte::{Entry, Map, Section};
use serde_json::Value;

pub(super) fn check(map: &Map, remarks: &mut Remarks) {
    for section in [Section::Elements, Section::Standards] {
        for entry in map.entries(section) {
            obligation(section, entry, remarks);
        }
    }
    for element in map.entries(Section::Elements) {
        successor(element, remarks);
        leika(element, remarks);
    }
    for standard in map.entries(Section::Standards) {
        binding(standard, remarks);
    }
}

fn part<'e>(entry: &'e Entry, key: &str, part: &str) -> Option<&'e str> {
    let value = entry.fact(key)?.value.get(part)?;
    value.as_str().filter(|it| *it != landkarte::UNKNOWN)
}

fn obligation(section: Section, entry: &Entry, remarks: &mut Remarks) {
    let (de, en) = match part(entry, "obligation", "level") {
        Some("mandatory") => ("verbindlich", "mandatory"),
        Some("recommended") => ("empfohlen", "recommended"),
        _ => return,
    };
    if part(entry, "obligation", "decision").is_none() {
        let said = (
            "obligation-without-decision",
            Severity::Warning,
            format!("„{}“ ist {de}, aber kein Beschluss ist genannt.", entry.title(true)),
            format!("\"{}\" is {en}, but no decision is named.", entry.title(false)),
        );
        remarks.on(section, entry, "obligation", said);
    }
    if part(entry, "obligation", "since").is_none() {
        let said = (
            "obligation-without-since",
            Severity::Warning,
            format!("„{}“ ist {de}, aber es steht nicht da, seit wann.", entry.title(true)),
            format!("\"{}\" is {en}, but it is not said since when.", entry.title(false)),
        );
        remarks.on(section, entry, "obligation", said);
    }
}

fn successor(element: &Entry, remarks: &mut Remarks) {
    let leaving = part(element, "lifecycle", "state") == Some("phase_out");
    if leaving && element.text("successor").is_none() && element.words("migration", true).is_none() {
        let said = (
            "no-successor",
            Severity::Warning,
            format!(
                "„{}“ läuft aus, aber weder Nachfolger noch Weg der Umstellung sind genannt.",
                element.title(true)
            ),
            format!(
                "\"{}\" is phased out, but neither a successor nor a migration path is named.",
                element.title(false)
            ),
        );
        remarks.on(Section::Elements, element, "lifecycle", said);
    }
}

fn leika(element: &Entry, remarks: &mut Remarks) {
    let schemes = element
        .list("identifiers")
        .into_iter()
        .filter(|it| it.get("scheme").and_then(Value::as_str) == Some("leika"));
    let identifiers = schemes.filter_map(|it| it.get("value")?.as_str()).map(|it| ("identifiers", it));
    let services = element.references("public_services").into_iter().map(|it| ("public_services", it));
    for (key, service) in services.chain(identifiers) {
        if service.len() != 14 || !service.starts_with("99") || !service.bytes().all(|it| it.is_ascii_digit())
        {
            let said = (
                "leika-key",
                Severity::Error,
                format!(
                    "„{}“: „{service}“ ist kein LeiKa-Schlüssel (14 Ziffern, am Anfang 99).",
                    element.title(true)
                ),
                format!(
                    "\"{}\": \"{service}\" is no LeiKa key (14 digits, beginning with 99).",
                    element.title(false)
                ),
            );
            remarks.on(Section::Elements, element, key, said);
        }
    }
}

fn binding(standard: &Entry, remarks: &mut Remarks) {
    let binding = standard.text("status") == Some("binding")
        || part(standard, "obligation", "level") == Some("mandatory");
    if binding && standard.text("element").is_none() {
        let said = (
            "binding-without-element",
            Severity::Hint,
            format!(
                "Der verbindliche Standard „{}“ hat keinen Baustein auf der Karte.",
                standard.title(true)
            ),
            format!("The binding standard \"{}\" has no element on the map.", standard.title(false)),
        );
        remarks.on(Section::Standards, standard, "element", said);
    }
}
