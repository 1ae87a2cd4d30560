//! What a map says of an element, with its source, ready to be compared and shown.

use crate::{Sentence, matching::Element};
use landkarte::{Choice, Entry, Fact, Map, Section, Shape, UNKNOWN};
use serde::Serialize;
use serde_json::Value;

/// What one map says of an element under one key.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Statement {
    /// The map, as an index of the picture's maps.
    pub map: usize,
    /// The element's id.
    pub element: String,
    /// The key, by the vocabulary of the format.
    pub key: &'static str,
    /// The value, in words.
    pub value: Sentence,
    /// The title of the source, else its id; nothing where none is named.
    pub source: Option<String>,
    /// As of when, where it is said.
    pub date: Option<String>,
}

impl Statement {
    /// What an element's map says under a key; nothing where it says nothing or that it is unknown.
    pub(crate) fn of(element: &Element<'_>, key: &'static str) -> Option<Self> {
        let fact = element.entry.fact(key)?;
        let value = shown(element.map_read, key, deciding(key, &fact.value)?)?;
        Some(Self::with(element, fact, key, value))
    }

    pub(crate) fn with(element: &Element<'_>, fact: &Fact, key: &'static str, value: Sentence) -> Self {
        let origin = element.map_read.origin(element.entry, fact);
        let source = origin.source.map(|it| it.title(true)).or(origin.source_id);
        Self {
            map: element.map,
            element: element.entry.id.clone(),
            key,
            value,
            source: source.map(str::to_owned),
            date: origin.date.map(str::to_owned),
        }
    }

    /// The title of the key.
    pub fn title(&self, german: bool) -> &'static str {
        landkarte::key(Section::Elements, self.key).map_or(self.key, |it| it.title(german))
    }
}

/// The part of a record that is compared; the value itself where it is no record.
pub(crate) fn deciding<'v>(key: &str, value: &'v Value) -> Option<&'v Value> {
    let part = match key {
        "lifecycle" | "exit_plan" => "state",
        "obligation" => "level",
        _ => return Some(value),
    };
    value.get(part)
}

/// A value in words; nothing where it is unknown or empty.
fn shown(map: &Map, key: &str, value: &Value) -> Option<Sentence> {
    match value {
        Value::Bool(true) => Some(Sentence::new("ja", "yes")),
        Value::Bool(false) => Some(Sentence::new("nein", "no")),
        Value::Number(number) => Some(Sentence::plain(number.to_string())),
        Value::String(text) if text == UNKNOWN || text.trim().is_empty() => None,
        Value::String(text) => Some(text_shown(map, key, text)),
        Value::Array(items) => {
            let items: Vec<Sentence> = items.iter().filter_map(|it| shown(map, key, it)).collect();
            let join = |german: bool| items.iter().map(|it| it.get(german)).collect::<Vec<_>>().join(", ");
            (!items.is_empty()).then(|| Sentence::new(join(true), join(false)))
        }
        other => Sentence::of(other),
    }
}

fn text_shown(map: &Map, key: &str, text: &str) -> Sentence {
    let of = |section: Section| map.entry(section, text).map(Sentence::title);
    let chosen = |name: &str| choice(key, name).map(|it| Sentence::new(it.de, it.en));
    let found = match landkarte::key(Section::Elements, key).map(|it| &it.shape) {
        Some(
            Shape::ReferenceOrText(section)
            | Shape::ReferencesOrTexts(section)
            | Shape::Reference(section)
            | Shape::References(section),
        ) => of(*section),
        _ => chosen(text),
    };
    found.unwrap_or_else(|| Sentence::plain(text))
}

/// The word of a closed list under a key, or under the part of it that is compared.
fn choice(key: &str, name: &str) -> Option<&'static Choice> {
    let mut shape = &landkarte::key(Section::Elements, key)?.shape;
    if let Shape::Record(parts) = shape {
        let part = if key == "obligation" { "level" } else { "state" };
        shape = &parts.iter().find(|it| it.name == part)?.shape;
    }
    match shape {
        Shape::OneOf(choices) | Shape::SomeOf(choices) => choices.iter().find(|it| it.name == name),
        _ => None,
    }
}

/// What two maps' words for the same thing have in common: letters and digits, small.
pub(crate) fn folded(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for it in text.chars().filter(|it| it.is_alphanumeric()) {
        if it.is_ascii() { folded.push(it.to_ascii_lowercase()) } else { folded.extend(it.to_lowercase()) }
    }
    folded
}

/// The party that a text names: the party of the map, where it is one.
pub(crate) fn party<'m>(map: &'m Map, text: &str) -> Option<&'m Entry> {
    map.entry(Section::Parties, text)
}
