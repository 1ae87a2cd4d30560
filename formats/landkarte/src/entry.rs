//! An entry of a map and its facts.

use crate::FactKind;
use serde_json::Value;
use tree::Place;

/// The value of a fact that nobody knows.
pub const UNKNOWN: &str = "unknown";

/// The key of an entry that says how sure its facts are, where `kind` already means something else.
pub const FACT_KIND: &str = "fact_kind";

/// One thing that is said about an entry. Where it stood in the file does not count when two are compared.
#[derive(Debug, Clone)]
pub struct Fact {
    /// What is said, by the vocabulary of the section.
    pub key: String,
    /// The value; the text `unknown` where nobody knows it.
    pub value: Value,
    /// The id of the source.
    pub source: Option<String>,
    /// Since when, or as of when, as written in the file (ISO 8601 date).
    pub date: Option<String>,
    /// The last day, month or year for which it holds, as written in the file: a contract ends, a test grows old.
    pub until: Option<String>,
    /// How sure it is.
    pub kind: Option<FactKind>,
    /// A remark: a text or `{de, en}`.
    pub note: Option<Value>,
    /// Where it stands in the file; line 0 where it was not read from one.
    pub place: Place,
}

impl PartialEq for Fact {
    fn eq(&self, other: &Self) -> bool {
        (&self.key, &self.value, &self.source, &self.date, &self.until, self.kind, &self.note)
            == (&other.key, &other.value, &other.source, &other.date, &other.until, other.kind, &other.note)
    }
}

impl Fact {
    /// A fact without provenance of its own.
    pub fn new(key: impl Into<String>, value: impl Into<Value>) -> Self {
        let (key, value) = (key.into(), value.into());
        Self { key, value, source: None, date: None, until: None, kind: None, note: None, place: nowhere() }
    }

    /// The same fact with its source.
    #[must_use]
    pub fn by(self, source: impl Into<String>) -> Self {
        Self { source: Some(source.into()), ..self }
    }

    /// The same fact with its kind.
    #[must_use]
    pub fn of(self, kind: FactKind) -> Self {
        Self { kind: Some(kind), ..self }
    }

    /// The same fact with its date.
    #[must_use]
    pub fn on(self, date: impl Into<String>) -> Self {
        Self { date: Some(date.into()), ..self }
    }

    /// The same fact with its last day.
    #[must_use]
    pub fn until(self, until: impl Into<String>) -> Self {
        Self { until: Some(until.into()), ..self }
    }

    /// The same fact with a remark.
    #[must_use]
    pub fn noted(self, note: impl Into<Value>) -> Self {
        Self { note: Some(note.into()), ..self }
    }

    /// Whether the value is the text `unknown`.
    pub fn is_unknown(&self) -> bool {
        self.value.as_str() == Some(UNKNOWN)
    }
}

/// An entry of a section, or the head of the map. Where it stood in the file and in which order its facts stand do not
/// count when two are compared.
#[derive(Debug, Clone)]
pub struct Entry {
    /// Its id, unique within its section.
    pub id: String,
    /// What is said about it, in the order of the file. Provenance of the whole entry is among it; the id is not.
    pub facts: Vec<Fact>,
    /// Where it stands in the file; line 0 where it was not read from one.
    pub place: Place,
}

impl PartialEq for Entry {
    fn eq(&self, other: &Self) -> bool {
        let same = |it: &Fact| other.fact(&it.key) == Some(it);
        self.id == other.id && self.facts.len() == other.facts.len() && self.facts.iter().all(same)
    }
}

impl Entry {
    /// An entry about which nothing is said.
    pub fn new(id: impl Into<String>) -> Self {
        Self { id: id.into(), facts: Vec::new(), place: nowhere() }
    }

    /// What is said under a key.
    pub fn fact(&self, key: &str) -> Option<&Fact> {
        self.facts.iter().find(|it| it.key == key)
    }

    /// The text under a key. Nothing where it is no plain text, or unknown.
    pub fn text(&self, key: &str) -> Option<&str> {
        self.fact(key).and_then(|it| it.value.as_str()).filter(|it| *it != UNKNOWN)
    }

    /// The words under a key in one language; in the other one where there are none. Nothing where they are unknown.
    pub fn words(&self, key: &str, german: bool) -> Option<&str> {
        self.fact(key).and_then(|it| words(&it.value, german))
    }

    /// The items under a key; a single value counts as a list of one, an unknown one as none.
    pub fn list(&self, key: &str) -> Vec<&Value> {
        match self.fact(key).map(|it| &it.value) {
            Some(Value::Array(items)) => items.iter().collect(),
            Some(Value::String(text)) if text == UNKNOWN => Vec::new(),
            Some(value) => vec![value],
            None => Vec::new(),
        }
    }

    /// The texts under a key: one, or those of a list.
    pub fn references(&self, key: &str) -> Vec<&str> {
        self.list(key).into_iter().filter_map(Value::as_str).filter(|it| *it != UNKNOWN).collect()
    }

    /// Whether the file says that nobody knows this. A key that is not there is not said to be unknown.
    pub fn is_unknown(&self, key: &str) -> bool {
        self.fact(key).is_some_and(Fact::is_unknown)
    }

    /// What to call it: its name or title; its id where it has none.
    pub fn title(&self, german: bool) -> &str {
        ["name", "title"].into_iter().find_map(|it| self.words(it, german)).unwrap_or(&self.id)
    }

    /// Says something, in the place of what was said under this key. What was said about the old value's provenance
    /// is no longer true and goes with it.
    pub fn set(&mut self, key: &str, value: impl Into<Value>) {
        self.say(Fact::new(key, value));
    }

    /// Says something with its provenance, in the place of what was said under this key.
    pub fn say(&mut self, fact: Fact) {
        match self.facts.iter_mut().find(|it| it.key == fact.key) {
            Some(old) => *old = fact,
            None => self.facts.push(fact),
        }
    }

    /// No longer says anything under this key.
    pub fn remove(&mut self, key: &str) -> Option<Fact> {
        let index = self.facts.iter().position(|it| it.key == key)?;
        Some(self.facts.remove(index))
    }
}

/// Words in one language; in the other one where there are none. A plain text is in both. Nothing where unknown.
pub fn words(value: &Value, german: bool) -> Option<&str> {
    let plain = || value.as_str().filter(|it| *it != UNKNOWN);
    let order = if german { ["de", "en"] } else { ["en", "de"] };
    order.into_iter().find_map(|it| value.get(it).and_then(Value::as_str)).or_else(plain)
}

/// The place of what was not read.
pub(crate) fn nowhere() -> Place {
    Place { line: 0, column: 0 }
}
