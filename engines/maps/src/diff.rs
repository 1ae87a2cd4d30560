//! What is different between two editions of a map, each difference in a sentence.

mod sentences;

use landkarte::{Entry, Fact, Map, Section};
use serde_json::Value;
use std::collections::{HashMap, HashSet};

/// One difference between two editions.
#[derive(Debug, Clone, PartialEq)]
pub struct Difference {
    /// The section; nothing for the head of the map.
    pub section: Option<Section>,
    /// The id of the entry.
    pub id: String,
    /// What the entry is called, in German.
    pub title: String,
    /// The fact that is different; nothing where the whole entry came or went.
    pub key: Option<String>,
    /// What was said before; of an entry that was renamed, its old id.
    pub from: Option<Value>,
    /// What is said now; of an entry that was renamed, its new id.
    pub to: Option<Value>,
    /// What happened.
    pub change: Change,
    /// The difference as a sentence in German.
    pub de: String,
    /// The difference as a sentence in English.
    pub en: String,
}

/// What happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {
    /// The entry is new, or the fact is.
    Added,
    /// The entry is gone, or the fact is.
    Removed,
    /// The value of the fact is another one.
    Changed,
    /// An entry is gone and a new one in the same section has the same name: probably the same under another id.
    Renamed,
    /// The value is the same, but its source, date, end, kind or note is another one.
    Sourced,
}

/// What is different. Entries are the same if they have the same section and id; the order of entries, facts and lists of
/// references does not count. Differences come in the order of the new map; what is gone comes last in its section.
pub fn differences(old: &Map, new: &Map) -> Vec<Difference> {
    let mut found = Vec::new();
    facts(&mut found, None, &old.head, &new.head);
    for section in Section::ALL {
        let renamed = renamed(old, new, section);
        for entry in new.entries(section) {
            match (old.entry(section, &entry.id), renamed.get(entry.id.as_str())) {
                (Some(before), _) => facts(&mut found, Some(section), before, entry),
                (None, Some(before)) => {
                    found.push(sentences::renamed(section, before, entry));
                    facts(&mut found, Some(section), before, entry);
                }
                (None, None) => found.push(sentences::entry(section, entry, Change::Added)),
            }
        }
        let moved: HashSet<&str> = renamed.values().map(|it| it.id.as_str()).collect();
        let gone = old.entries(section).iter().filter(|it| new.entry(section, &it.id).is_none());
        for entry in gone.filter(|it| !moved.contains(it.id.as_str())) {
            found.push(sentences::entry(section, entry, Change::Removed));
        }
    }
    found
}

/// New entries by id, with the old entry of the same name that is gone. Names that stand several times prove nothing.
fn renamed<'m>(old: &'m Map, new: &'m Map, section: Section) -> HashMap<&'m str, &'m Entry> {
    let gone = by_name(old, section, new);
    let came = by_name(new, section, old);
    let pairs = came.into_iter().filter_map(|(name, new)| {
        let (Some(new), Some(Some(old))) = (new, gone.get(&name)) else { return None };
        Some((new.id.as_str(), *old))
    });
    pairs.collect()
}

/// Entries that the other map does not have, by their name in small letters; nothing for a name that stands twice.
fn by_name<'m>(map: &'m Map, section: Section, other: &Map) -> HashMap<String, Option<&'m Entry>> {
    let mut names: HashMap<String, Option<&Entry>> = HashMap::new();
    for entry in map.entries(section).iter().filter(|it| other.entry(section, &it.id).is_none()) {
        let name = entry.title(true).trim().to_lowercase();
        names.entry(name).and_modify(|it| *it = None).or_insert(Some(entry));
    }
    names
}

fn facts(found: &mut Vec<Difference>, section: Option<Section>, before: &Entry, after: &Entry) {
    for fact in &after.facts {
        match before.fact(&fact.key) {
            None => found.push(sentences::fact(section, after, &fact.key, None, Some(fact))),
            Some(old) if !same(&old.value, &fact.value) => {
                found.push(sentences::fact(section, after, &fact.key, Some(old), Some(fact)));
            }
            Some(old) if provenance(old) != provenance(fact) => {
                found.push(sentences::sourced(section, after, old, fact));
            }
            Some(_) => {}
        }
    }
    for fact in before.facts.iter().filter(|it| after.fact(&it.key).is_none()) {
        found.push(sentences::fact(section, after, &fact.key, Some(fact), None));
    }
}

/// Source, date, end, kind and note.
type Provenance<'f> =
    (Option<&'f str>, Option<&'f str>, Option<&'f str>, Option<landkarte::FactKind>, Option<&'f Value>);

fn provenance(fact: &Fact) -> Provenance<'_> {
    (fact.source.as_deref(), fact.date.as_deref(), fact.until.as_deref(), fact.kind, fact.note.as_ref())
}

/// Whether two values say the same: the order of texts in a list does not count, nor that of the keys of a record.
fn same(old: &Value, new: &Value) -> bool {
    match (old, new) {
        _ if old == new => true,
        (Value::Array(old), Value::Array(new)) if old.len() == new.len() => {
            if let (Some(old), Some(new)) = (sorted(old), sorted(new)) {
                return old == new;
            }
            let mut left: Vec<&Value> = new.iter().collect();
            old.iter().all(|it| {
                let at = left.iter().position(|other| same(it, other));
                at.map(|at| left.swap_remove(at)).is_some()
            })
        }
        (Value::Object(old), Value::Object(new)) => {
            old.len() == new.len()
                && old.iter().all(|(key, it)| new.get(key).is_some_and(|other| same(it, other)))
        }
        (Value::Number(old), Value::Number(new)) => old.as_f64() == new.as_f64(),
        _ => false,
    }
}

/// The texts of a list in their order; nothing where it holds anything else.
fn sorted(list: &[Value]) -> Option<Vec<&str>> {
    let mut texts: Vec<&str> = list.iter().map(Value::as_str).collect::<Option<_>>()?;
    texts.sort_unstable();
    Some(texts)
}
