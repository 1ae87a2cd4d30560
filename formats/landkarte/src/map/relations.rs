//! References between entries, found by the shapes of the vocabulary.

use super::Map;
use crate::{Entry, Key, Section, Shape, UNKNOWN, vocabulary};
use serde_json::Value;

/// A reference from one entry to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Relation<'a> {
    /// Whose reference it is.
    pub from: (Section, &'a str),
    /// The fact that holds it.
    pub key: &'static str,
    /// The part of the fact that holds it, where the fact has parts.
    pub part: Option<&'static str>,
    /// What it refers to.
    pub to: (Section, &'a str),
    /// Whether the map has that entry.
    pub known: bool,
}

pub(super) fn of(map: &Map) -> Vec<Relation<'_>> {
    let mut found = Vec::new();
    for section in Section::ALL {
        for entry in map.entries(section) {
            for fact in &entry.facts {
                let Some(key) = vocabulary::key(section, &fact.key) else { continue };
                let mut finder = Finder { map, section, entry, key, found: &mut found };
                finder.search(&key.shape, None, &fact.value);
                if let Some(source) = &fact.source {
                    finder.add(Section::Sources, Some("source"), source);
                }
            }
        }
    }
    found
}

struct Finder<'a, 'f> {
    map: &'a Map,
    section: Section,
    entry: &'a Entry,
    key: &'static Key,
    found: &'f mut Vec<Relation<'a>>,
}

impl<'a> Finder<'a, '_> {
    fn search(&mut self, shape: &'static Shape, part: Option<&'static str>, value: &'a Value) {
        match shape {
            Shape::Reference(to) | Shape::References(to) => {
                texts(value).for_each(|it| self.add(*to, part, it));
            }
            // What is no id of the map is a plain text here.
            Shape::ReferenceOrText(to) | Shape::ReferencesOrTexts(to) => texts(value)
                .filter(|it| self.map.entry(*to, it).is_some())
                .for_each(|it| self.add(*to, part, it)),
            Shape::Record(keys) => self.search_parts(keys, value),
            Shape::Records(keys) => {
                value.as_array().into_iter().flatten().for_each(|it| self.search_parts(keys, it));
            }
            _ => {}
        }
    }

    fn search_parts(&mut self, keys: &'static [Key], value: &'a Value) {
        for key in keys {
            if let Some(it) = value.get(key.name) {
                self.search(&key.shape, Some(key.name), it);
            }
        }
    }

    fn add(&mut self, section: Section, part: Option<&'static str>, id: &'a str) {
        if id != UNKNOWN {
            let (from, to) = ((self.section, self.entry.id.as_str()), (section, id));
            let known = self.map.entry(section, id).is_some();
            self.found.push(Relation { from, key: self.key.name, part, to, known });
        }
    }
}

fn texts(value: &Value) -> impl Iterator<Item = &str> {
    let items = value.as_array().map_or(std::slice::from_ref(value), Vec::as_slice);
    items.iter().filter_map(Value::as_str)
}
