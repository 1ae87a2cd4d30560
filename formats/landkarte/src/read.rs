//! Reading a map: the head, the sections, their entries and facts.

mod nearest;
mod places;
mod shapes;

use crate::{
    Entry, Fact, FactKind, Fault, Key, Map, Section, UNKNOWN,
    comments::Comments,
    vocabulary::{self, vocabulary},
};
use nearest::nearest;
use places::Places;
use serde_json::Value;
use std::collections::HashSet;
use tree::{Kind, Limits, Node, Tree};

/// The version of the format.
pub(crate) const VERSION: &str = "1";
/// The key that says that a file is a map, and of which version of the format.
pub(crate) const MARK: &str = "landkarte";
/// How keys begin that others may add.
pub(crate) const OWN: &str = "x_";

pub(crate) const LIMITS: Limits = Limits { depth: 64, nodes: 5_000_000, bytes: 256 * 1024 * 1024 };
const MOST_FAULTS: usize = 1000;
const LONGEST_NAME: usize = 200;

pub(crate) fn map(text: &[u8]) -> Result<Map, Vec<Fault>> {
    let (_, tree) = Tree::read(text, &LIMITS).map_err(|it| vec![it.into()])?;
    map_of(&tree)
}

pub(crate) fn map_of(tree: &Tree<'_>) -> Result<Map, Vec<Fault>> {
    let root = tree.root();
    let mut reader = Reader { faults: Vec::new(), places: Places::of(tree.source()) };
    reader.check_mark(root);
    if reader.faults.is_empty() {
        for it in tree.doubles() {
            let (key, first) = (&it.key, it.lost);
            reader.faults.push(Fault {
                place: it.kept,
                pointer: it.pointer.clone(),
                de: format!("Der Schlüssel „{key}“ steht zweimal da; zum ersten Mal bei {first}."),
                en: format!("The key `{key}` stands twice; the first one is at {first}."),
            });
        }
        let mut map = reader.root(root);
        if reader.faults.is_empty() {
            map.comments = Comments::of(tree);
            return Ok(map);
        }
    }
    reader.faults.sort_by_key(|it| it.place);
    Err(reader.faults)
}

struct Reader<'t> {
    faults: Vec<Fault>,
    places: Places<'t>,
}

impl Reader<'_> {
    /// Refuses what is no map of building blocks or of a version that we do not know.
    fn check_mark(&mut self, root: Node<'_>) {
        let Some(mark) = root.get(MARK) else {
            return self.fault(
                root,
                "Das ist keine Landkarte: „landkarte: 1“ fehlt.".into(),
                "This is no map: `landkarte: 1` is missing.".into(),
            );
        };
        if mark.scalar() != Some(VERSION) {
            self.fault(
                mark,
                format!("Diese Fassung des Formats ist nicht bekannt; bekannt ist {VERSION}."),
                format!("This version of the format is not known; known is {VERSION}."),
            );
        }
    }

    fn root(&mut self, root: Node<'_>) -> Map {
        let id = root.get("id").and_then(|it| self.id(it));
        if root.get("id").is_none() {
            self.fault(root, "Der Landkarte fehlt „id“.".into(), "The map has no `id`.".into());
        }
        let mut map = Map::new(id.unwrap_or_default());
        map.head.place = self.places.key(root);
        for (name, node) in root.entries() {
            if name == MARK || name == "id" {
                continue;
            }
            if let Some(section) = Section::named(name) {
                *map.entries_mut(section) = self.section(section, node);
            } else if let Some(fact) = self.fact(name, node, vocabulary::head(), "landkarte") {
                map.head.facts.push(fact);
            }
        }
        map
    }

    fn section(&mut self, section: Section, node: Node<'_>) -> Vec<Entry> {
        if node.kind() != Kind::List {
            self.fault(
                node,
                format!("„{section}“ ist eine Liste von Einträgen mit „id“."),
                format!("`{section}` is a list of entries with an `id`."),
            );
        }
        let mut ids = HashSet::new();
        let mut entries = Vec::with_capacity(node.len());
        for item in node.items() {
            let Some(entry) = self.entry(section, item) else { continue };
            if !ids.insert(item.get("id").and_then(Node::scalar)) {
                let id = &entry.id;
                self.fault(
                    item,
                    format!("Die Kennung „{id}“ gibt es in „{section}“ schon."),
                    format!("The id `{id}` already stands in `{section}`."),
                );
            }
            entries.push(entry);
        }
        entries
    }

    fn entry(&mut self, section: Section, node: Node<'_>) -> Option<Entry> {
        let Some(id) = node.get("id") else {
            self.fault(
                node,
                format!("Jeder Eintrag von „{section}“ braucht eine „id“."),
                format!("Every entry of `{section}` needs an `id`."),
            );
            return None;
        };
        let place = self.places.key(node);
        let mut facts = Vec::with_capacity(node.len());
        for (name, it) in node.entries().filter(|(name, _)| *name != "id") {
            facts.extend(self.fact(name, it, vocabulary(section), section.name()));
        }
        Some(Entry { id: self.id(id)?, facts, place })
    }

    fn id(&mut self, node: Node<'_>) -> Option<String> {
        let text = node.scalar().unwrap_or_default();
        let plain = !text.contains(char::is_control) && text.trim() == text && text.len() <= LONGEST_NAME;
        if plain && !text.is_empty() && text != UNKNOWN {
            return Some(text.to_owned());
        }
        self.fault(
            node,
            format!("Eine Kennung ist ein Text in einer Zeile, höchstens {LONGEST_NAME} Bytes lang."),
            format!("An id is a text in one line, at most {LONGEST_NAME} bytes long."),
        );
        None
    }

    fn fact(&mut self, name: &str, node: Node<'_>, keys: &'static [Key], owner: &str) -> Option<Fact> {
        let place = self.places.key(node);
        let known = keys.iter().find(|it| it.name == name);
        let read: &dyn Fn(&mut Self, Node<'_>) -> Option<Value> = match known {
            Some(key) => &|reader, it| reader.value(key, it),
            None if name.starts_with(OWN) && !self.is_provenance(node) => {
                let value = self.anything(node)?;
                return Some(Fact { place, ..Fact::new(name, value) });
            }
            None if name.starts_with(OWN) => &|reader, it| reader.anything(it),
            None => {
                self.unknown_key(name, node, keys, owner);
                return None;
            }
        };
        if !is_wrapped(node) {
            return Some(Fact { place, ..Fact::new(name, read(self, node)?) });
        }
        let value = node.get("value").and_then(|it| read(self, it));
        let mut fact = Fact { place, ..Fact::new(name, value.unwrap_or_default()) };
        for (part, it) in node.entries() {
            match part {
                "source" => fact.source = self.plain(it),
                "date" => fact.date = self.plain(it),
                "until" => fact.until = self.plain(it),
                "kind" => fact.kind = self.fact_kind(it),
                "note" => fact.note = self.words(part, it),
                _ => {}
            }
        }
        Some(fact)
    }

    /// Whether a group of somebody's own is a value with its provenance, and not something that looks like it.
    fn is_provenance(&mut self, node: Node<'_>) -> bool {
        let before = self.faults.len();
        for (part, it) in node.entries() {
            match part {
                "source" | "date" | "until" => drop(self.plain(it)),
                "kind" => drop(self.fact_kind(it)),
                "note" => drop(self.words(part, it)),
                _ => {}
            }
        }
        let fits = self.faults.len() == before;
        self.faults.truncate(before);
        fits && is_wrapped(node)
    }

    fn plain(&mut self, node: Node<'_>) -> Option<String> {
        let text = node.scalar().map(str::to_owned);
        if text.is_none() {
            self.fault(node, "Hier steht ein Text.".into(), "This is a text.".into());
        }
        text
    }

    fn fact_kind(&mut self, node: Node<'_>) -> Option<FactKind> {
        let kind = node.scalar().and_then(FactKind::named);
        if kind.is_none() {
            let known = FactKind::ALL.map(FactKind::name).join(", ");
            self.fault(
                node,
                format!("Die Art einer Angabe ist eine von: {known}."),
                format!("The kind of a fact is one of: {known}."),
            );
        }
        kind
    }

    fn unknown_key(&mut self, name: &str, node: Node<'_>, keys: &'static [Key], owner: &str) {
        let sections = Section::ALL.into_iter().map(Section::name).filter(|_| owner == MARK);
        let known = keys.iter().map(|it| it.name).chain(["id"]).chain(sections);
        let (mut de, mut en) = (String::new(), String::new());
        if let Some(it) = nearest(name, known) {
            de = format!(" Gemeint ist vielleicht „{it}“.");
            en = format!(" Perhaps `{it}` is meant.");
        }
        let shown: String = name.chars().take(LONGEST_NAME).collect();
        self.faults_at(
            node.key_place(),
            node,
            format!("„{owner}“ kennt keinen Schlüssel „{shown}“.{de} Eigene Schlüssel beginnen mit „{OWN}“."),
            format!("`{owner}` has no key `{shown}`.{en} Keys of your own begin with `{OWN}`."),
        );
    }

    fn fault(&mut self, node: Node<'_>, de: String, en: String) {
        self.faults_at(node.place(), node, de, en);
    }

    fn faults_at(&mut self, place: tree::Place, node: Node<'_>, de: String, en: String) {
        if self.faults.len() < MOST_FAULTS {
            self.faults.push(Fault { place, pointer: node.pointer(), de, en });
        }
    }
}

/// What may stand beside the value of a fact.
pub(crate) const PROVENANCE: [&str; 5] = ["source", "date", "until", "kind", "note"];

/// Whether a map is a value with its provenance.
fn is_wrapped(node: Node<'_>) -> bool {
    node.get("value").is_some() && node.entries().all(|(it, _)| it == "value" || PROVENANCE.contains(&it))
}
