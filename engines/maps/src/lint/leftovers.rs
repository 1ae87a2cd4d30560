//! Leftovers of templates: placeholders, and values that list all choices instead of making one.

use super::{Severity, remarks::Remarks};
use landkarte::{Entry, Map, Section};
use serde_json::Value;
use std::collections::{HashMap, HashSet};

/// Values that stand in templates and say nothing.
const PLACEHOLDERS: [&str; 14] = [
    "text",
    "string",
    "todo",
    "tbd",
    "tba",
    "fixme",
    "xxx",
    "…",
    "...",
    "lorem ipsum",
    "placeholder",
    "platzhalter",
    "beispiel",
    "example",
];

pub(super) fn check(map: &Map, remarks: &mut Remarks) {
    for section in Section::ALL {
        let values = values(map, section);
        for entry in map.entries(section) {
            for fact in &entry.facts {
                let texts = texts(&fact.value);
                let left = texts.iter().find(|it| is_placeholder(it, &fact.key));
                if let Some(text) = left {
                    placeholder(section, entry, &fact.key, text, remarks);
                } else if let Some(text) =
                    fact.value.as_str().filter(|it| lists_choices(it, values.get(fact.key.as_str())))
                {
                    choices(section, entry, &fact.key, text, remarks);
                }
            }
        }
    }
}

/// For each key the plain texts that any entry of the section has there.
fn values(map: &Map, section: Section) -> HashMap<&str, HashSet<&str>> {
    let mut values: HashMap<&str, HashSet<&str>> = HashMap::new();
    for fact in map.entries(section).iter().flat_map(|it| &it.facts) {
        if let Some(text) = fact.value.as_str() {
            values.entry(&fact.key).or_default().insert(text.trim());
        }
    }
    values
}

/// All texts in a value, whatever its parts.
fn texts(value: &Value) -> Vec<&str> {
    match value {
        Value::String(text) => vec![text],
        Value::Array(items) => items.iter().flat_map(texts).collect(),
        Value::Object(parts) => parts.values().flat_map(texts).collect(),
        _ => Vec::new(),
    }
}

fn is_placeholder(text: &str, key: &str) -> bool {
    let text = text.trim().to_lowercase();
    let bracketed = |open: &str, close: &str| {
        text.strip_prefix(open)
            .and_then(|it| it.strip_suffix(close))
            .is_some_and(|it| !it.contains(['<', '>', '{', '}']))
    };
    // The name of an entry may be any word, also one of these.
    let named = matches!(key, "name" | "title" | "other_names" | "tags" | "other");
    (!named && (PLACEHOLDERS.contains(&text.as_str()) || text == key))
        || text.starts_with("todo:")
        || text.contains("lorem ipsum")
        || bracketed("<", ">")
        || bracketed("{{", "}}")
        || bracketed("${", "}")
}

/// "Start/ Pilot/ Verfügbar", where other entries have one of these words under the same key.
fn lists_choices(text: &str, others: Option<&HashSet<&str>>) -> bool {
    let parts: Vec<&str> = text.split('/').map(str::trim).collect();
    let known = |it: &&str| others.is_some_and(|others| others.contains(*it));
    !text.contains("//") && parts.len() > 1 && parts.iter().all(|it| !it.is_empty() && known(it))
}

fn placeholder(section: Section, entry: &Entry, key: &str, text: &str, remarks: &mut Remarks) {
    let title = |german| landkarte::key(section, key).map_or(key, |it| it.title(german));
    let said = (
        "leftover",
        Severity::Warning,
        format!(
            "„{}“: „{text}“ unter „{}“ sieht nach dem Rest einer Vorlage aus.",
            entry.title(true),
            title(true)
        ),
        format!(
            "\"{}\": \"{text}\" under \"{}\" looks like the leftover of a template.",
            entry.title(false),
            title(false)
        ),
    );
    remarks.on(section, entry, key, said);
}

fn choices(section: Section, entry: &Entry, key: &str, text: &str, remarks: &mut Remarks) {
    let title = |german| landkarte::key(section, key).map_or(key, |it| it.title(german));
    let said = (
        "leftover",
        Severity::Warning,
        format!(
            "„{}“: „{text}“ unter „{}“ zählt die Möglichkeiten auf, statt eine zu nennen.",
            entry.title(true),
            title(true)
        ),
        format!(
            "\"{}\": \"{text}\" under \"{}\" lists the choices instead of making one.",
            entry.title(false),
            title(false)
        ),
    );
    remarks.on(section, entry, key, said);
}
