//! A map that is being made, with what could not be carried over.

use super::Note;
use crate::slug::slug;
use landkarte::{Entry, Fact, Map, Section};
use serde_json::{Value, json};
use std::collections::{BTreeMap, HashMap, HashSet};
use tree::Node;

pub(super) struct Draft {
    map: Map,
    notes: Vec<Note>,
    taken: HashSet<(Section, String)>,
    /// The next number for a name that is taken.
    numbers: HashMap<(Section, String), usize>,
    /// What stands for a name or path in its section.
    known: HashMap<(Section, String), String>,
    /// Fields that were not carried over, with how often they stood there.
    left: BTreeMap<String, usize>,
}

impl Draft {
    /// A map with one source, the file it is made from.
    pub(super) fn new(id: &str, title: Value, file: &str) -> Self {
        let mut map = Map::new(slug(id));
        map.head.set("title", title);
        let mut draft = Self {
            map,
            notes: Vec::new(),
            taken: HashSet::new(),
            numbers: HashMap::new(),
            known: HashMap::new(),
            left: BTreeMap::new(),
        };
        let mut source = draft.entry(Section::Sources, file);
        source.set("title", file);
        let id = source.id.clone();
        draft.push(Section::Sources, source);
        draft.map.head.set("source", id);
        draft
    }

    /// Says something about the map itself, where there is something to say.
    pub(super) fn head(&mut self, key: &str, value: Option<impl Into<Value>>) {
        if let Some(value) = value {
            self.map.head.set(key, value);
        }
    }

    /// A new entry, with an id of its own made from a name.
    pub(super) fn entry(&mut self, section: Section, name: &str) -> Entry {
        let wished = slug(name);
        let mut id = wished.clone();
        while !self.taken.insert((section, id.clone())) {
            let number = self.numbers.entry((section, wished.clone())).or_insert(1);
            *number += 1;
            id = format!("{wished}-{number}");
        }
        Entry::new(id)
    }

    pub(super) fn push(&mut self, section: Section, entry: Entry) {
        self.map.push(section, entry);
    }

    /// The id of the entry that was made for this key, made by the function if there is none yet.
    pub(super) fn once(
        &mut self,
        section: Section,
        key: &str,
        name: &str,
        fill: impl FnOnce(&mut Entry),
    ) -> String {
        if let Some(id) = self.known.get(&(section, key.to_owned())) {
            return id.clone();
        }
        let mut entry = self.entry(section, name);
        fill(&mut entry);
        let id = entry.id.clone();
        self.known.insert((section, key.to_owned()), id.clone());
        self.push(section, entry);
        id
    }

    /// A layer, or a group within one.
    pub(super) fn layer(&mut self, title: &str, part_of: Option<&str>) -> String {
        let key = format!("{}/{title}", part_of.unwrap_or_default());
        let name = part_of.map_or_else(|| title.to_owned(), |it| format!("{it}-{title}"));
        self.once(Section::Layers, &key, &name, |it| {
            it.set("title", title);
            if let Some(layer) = part_of {
                it.set("part_of", layer);
            }
        })
    }

    /// Somebody, by name.
    pub(super) fn party(&mut self, name: &str) -> String {
        self.once(Section::Parties, name, name, |it| it.set("name", name))
    }

    /// Takes an id as it is; false where it is taken.
    pub(super) fn claim(&mut self, section: Section, id: &str) -> bool {
        self.taken.insert((section, id.to_owned()))
    }

    pub(super) fn note(&mut self, de: impl Into<String>, en: impl Into<String>) {
        self.notes.push(Note { de: de.into(), en: en.into() });
    }

    /// A field was not carried over.
    pub(super) fn left(&mut self, field: &str) {
        *self.left.entry(field.to_owned()).or_default() += 1;
    }

    /// Says what could be read of a field, or notes that nothing could, unless there was nothing. Words in languages that
    /// a map does not have are noted as well.
    pub(super) fn carry(
        &mut self,
        entry: &mut Entry,
        key: &str,
        value: Option<impl Into<Value>>,
        (field, node): (&str, Node<'_>),
    ) {
        let others =
            node.entries().filter(|(language, it)| !matches!(*language, "de" | "en") && !is_blank(*it));
        match value {
            Some(value) => {
                entry.say(Fact::new(key, value));
                for (language, _) in others {
                    self.left(&format!("{field}/{language}"));
                }
            }
            None if !is_blank(node) => self.left(field),
            None => {}
        }
    }

    pub(super) fn finish(mut self) -> (Map, Vec<Note>) {
        if !self.left.is_empty() {
            let list = self.left.iter().map(|(field, count)| format!("{field} ({count}×)"));
            let list = list.collect::<Vec<_>>().join(", ");
            self.notes.push(Note {
                de: format!("Diese Felder wurden nicht übernommen: {list}."),
                en: format!("These fields were not carried over: {list}."),
            });
        }
        (self.map, self.notes)
    }
}

/// Says something where there is something to say.
pub(super) fn say(entry: &mut Entry, key: &str, value: Option<impl Into<Value>>) {
    if let Some(value) = value {
        entry.say(Fact::new(key, value));
    }
}

/// Says a list, unless it is empty.
pub(super) fn say_list(entry: &mut Entry, key: &str, values: Vec<Value>) {
    if !values.is_empty() {
        entry.say(Fact::new(key, values));
    }
}

/// Whether a node says nothing: null, blank, empty, or a list or map of such.
fn is_blank(node: Node<'_>) -> bool {
    match node.scalar() {
        Some(text) => text.trim().is_empty(),
        None => node.items().chain(node.entries().map(|it| it.1)).all(is_blank),
    }
}

/// German and English words of a node `{de, en, …}`, or its plain text; blank ones count as not there.
pub(super) fn words(node: Node<'_>) -> Option<Value> {
    if let Some(plain) = super::plain(node) {
        return Some(json!(plain));
    }
    let mut words = serde_json::Map::new();
    for language in ["de", "en"] {
        if let Some(text) = super::text(node, language) {
            words.insert(language.to_owned(), json!(text));
        }
    }
    (!words.is_empty()).then_some(Value::Object(words))
}

/// The key under which something is kept that the vocabulary does not know.
pub(super) fn own_key(name: &str) -> String {
    format!("x_{}", slug(name).replace('-', "_"))
}
