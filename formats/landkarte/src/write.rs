//! Writing a map in canonical order.

mod yaml;

use crate::{
    Entry, Fact, Key, Map, Section, Shape,
    read::{MARK, PROVENANCE},
    vocabulary::{self, vocabulary},
};
use serde_json::{Map as Object, Value};

pub(crate) fn json(map: &Map) -> String {
    // A tree of texts, numbers and truths can always be written.
    let text = serde_json::to_string_pretty(&document(map)).unwrap_or_default();
    text + "\n"
}

pub(crate) fn yaml(map: &Map) -> String {
    yaml::write(&document(map), &map.comments)
}

/// The whole map as one value, everything in its order.
fn document(map: &Map) -> Value {
    let mut document = Object::new();
    document.insert(MARK.into(), Value::from(1));
    document.insert("id".into(), Value::from(map.head.id.as_str()));
    add_facts(&mut document, &map.head, vocabulary::head());
    for section in Section::ALL {
        let entries = map.entries(section);
        if !entries.is_empty() {
            document.insert(section.name().into(), entries.iter().map(|it| entry(section, it)).collect());
        }
    }
    Value::Object(document)
}

fn entry(section: Section, entry: &Entry) -> Value {
    let mut to = Object::new();
    to.insert("id".into(), Value::from(entry.id.as_str()));
    add_facts(&mut to, entry, vocabulary(section));
    Value::Object(to)
}

/// What the vocabulary knows in its order, then the rest as it stands.
fn add_facts(to: &mut Object<String, Value>, entry: &Entry, keys: &'static [Key]) {
    for key in keys {
        if let Some(it) = entry.fact(key.name) {
            to.insert(it.key.clone(), fact(it, ordered(&key.shape, &it.value)));
        }
    }
    for it in &entry.facts {
        if !keys.iter().any(|key| key.name == it.key) {
            to.insert(it.key.clone(), fact(it, it.value.clone()));
        }
    }
}

/// A bare value where nothing is said about its provenance.
fn fact(fact: &Fact, value: Value) -> Value {
    let text = |it: &Option<String>| it.as_deref().map(Value::from);
    let kind = fact.kind.map(|it| Value::from(it.name()));
    let said = [
        text(&fact.source),
        text(&fact.date),
        text(&fact.until),
        kind,
        fact.note.as_ref().map(ordered_words),
    ];
    if said.iter().all(Option::is_none) && !looks_wrapped(&value) {
        return value;
    }
    let mut wrapped = Object::new();
    wrapped.insert("value".into(), value);
    for (name, it) in PROVENANCE.into_iter().zip(said) {
        it.and_then(|it| wrapped.insert(name.into(), it));
    }
    Value::Object(wrapped)
}

/// Whether a value would be taken for one with its provenance when it is read again.
fn looks_wrapped(value: &Value) -> bool {
    value.as_object().is_some_and(|it| {
        it.contains_key("value") && it.keys().all(|key| key == "value" || PROVENANCE.contains(&key.as_str()))
    })
}

fn ordered(shape: &Shape, value: &Value) -> Value {
    match (shape, value) {
        (Shape::Words, _) => ordered_words(value),
        (Shape::WordsList, Value::Array(items)) => items.iter().map(ordered_words).collect(),
        (Shape::Record(parts), Value::Object(record)) => ordered_parts(parts, record),
        (Shape::Records(parts), Value::Array(items)) => {
            let record =
                |it: &Value| it.as_object().map_or_else(|| it.clone(), |it| ordered_parts(parts, it));
            items.iter().map(record).collect()
        }
        _ => value.clone(),
    }
}

fn ordered_parts(parts: &'static [Key], record: &Object<String, Value>) -> Value {
    let known = parts
        .iter()
        .filter_map(|it| record.get(it.name).map(|value| (it.name.to_owned(), ordered(&it.shape, value))));
    let other = record.iter().filter(|(name, _)| !parts.iter().any(|it| it.name == name.as_str()));
    known.chain(other.map(|(name, value)| (name.clone(), value.clone()))).collect()
}

fn ordered_words(value: &Value) -> Value {
    let Value::Object(words) = value else { return value.clone() };
    let languages = ["de", "en"].into_iter();
    languages.filter_map(|it| words.get(it).map(|text| (it.to_owned(), text.clone()))).collect()
}
