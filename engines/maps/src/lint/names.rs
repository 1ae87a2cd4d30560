//! Names: twice in a section, or with white space that nobody sees.

use super::{Severity, remarks::Remarks};
use landkarte::{Entry, Map, Section};
use serde_json::Value;
use std::collections::HashMap;

pub(super) fn check(map: &Map, remarks: &mut Remarks) {
    for section in Section::ALL {
        let mut names: HashMap<String, &Entry> = HashMap::new();
        for entry in map.entries(section) {
            spaces(section, entry, remarks);
            // Sources are often cited under the same title, at different addresses or dates.
            if section == Section::Sources {
                continue;
            }
            let name = entry.title(true).split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
            // Groups of different layers may bear the same name, and so may principles of different sets.
            let scope = entry.text("part_of").or_else(|| entry.words("set", true)).unwrap_or_default();
            match names.get(&format!("{scope}\n{name}")) {
                Some(first) => duplicate(section, entry, first, remarks),
                None => drop(names.insert(format!("{scope}\n{name}"), entry)),
            }
        }
    }
}

fn duplicate(section: Section, entry: &Entry, first: &Entry, remarks: &mut Remarks) {
    // Layers of different taxonomies, and words, are often called the same; things should not be.
    let things = [Section::Elements, Section::Standards, Section::Capabilities, Section::Parties];
    let severity = if things.contains(&section) { Severity::Warning } else { Severity::Hint };
    remarks.on(
        section,
        entry,
        "name",
        (
            "duplicate-name",
            severity,
            format!(
                "„{}“ heißt wie der Eintrag {} in Zeile {}.",
                entry.title(true),
                first.id,
                first.place.line
            ),
            format!(
                "\"{}\" has the name of the entry {} in line {}.",
                entry.title(false),
                first.id,
                first.place.line
            ),
        ),
    );
}

fn spaces(section: Section, entry: &Entry, remarks: &mut Remarks) {
    for key in ["name", "title"] {
        let Some(fact) = entry.fact(key) else { continue };
        let texts: Vec<&str> = match &fact.value {
            Value::Object(words) => words.values().filter_map(Value::as_str).collect(),
            other => other.as_str().into_iter().collect(),
        };
        if texts.iter().any(|it| it.trim() != *it || it.contains("  ")) {
            remarks.on(
                section,
                entry,
                key,
                (
                    "spaces",
                    Severity::Hint,
                    format!("Im Namen „{}“ stehen überzählige Leerzeichen.", entry.title(true)),
                    format!("There is superfluous white space in the name \"{}\".", entry.title(false)),
                ),
            );
        }
    }
}
