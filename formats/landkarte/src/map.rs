//! A map: its head and its sections.

mod relations;
mod shelf;

pub use relations::Relation;

use crate::{Entry, FACT_KIND, Fact, FactKind, Fault, Section, comments::Comments, read, write};
use serde_json::Value;
use shelf::Shelf;
use tree::{Limits, Tree};

/// A map of building blocks. Two are equal when they say the same, wherever it stands in their files; comments do not
/// count.
#[derive(Debug, Clone)]
pub struct Map {
    /// What is said about the map itself: its id, title, publisher, licence and the provenance of all that says nothing
    /// else.
    pub head: Entry,
    shelves: [Shelf; Section::ALL.len()],
    pub(crate) comments: Comments,
}

impl PartialEq for Map {
    fn eq(&self, other: &Self) -> bool {
        self.head == other.head && Section::ALL.into_iter().all(|it| self.entries(it) == other.entries(it))
    }
}

/// Where a fact comes from, after inheritance: the fact's own word, else the entry's, else the map's.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Origin<'a> {
    /// The id of the source.
    pub source_id: Option<&'a str>,
    /// The source, where the map has it: its title, address and licence.
    pub source: Option<&'a Entry>,
    /// As of when.
    pub date: Option<&'a str>,
    /// Until when it holds; only the fact itself says so.
    pub until: Option<&'a str>,
    /// How sure it is.
    pub kind: Option<FactKind>,
    /// The fact's own remark.
    pub note: Option<&'a Value>,
}

impl Map {
    /// An empty map.
    pub fn new(id: impl Into<String>) -> Self {
        Self { head: Entry::new(id), shelves: Default::default(), comments: Comments::default() }
    }

    /// Reads a map, YAML or JSON.
    ///
    /// # Errors
    /// Everything that is wrong with the file, in its order, at most 1,000 faults: what cannot be read at all, keys that
    /// the vocabulary does not know, values of another shape, ids that are missing or stand twice. References to what the
    /// map does not have are no faults: see [`Map::relations`].
    pub fn read(text: &[u8]) -> Result<Self, Vec<Fault>> {
        read::map(text)
    }

    /// What a file with a map may have at most.
    pub const LIMITS: Limits = read::LIMITS;

    /// Reads a map from a text that was parsed already, within [`Map::LIMITS`].
    ///
    /// # Errors
    /// As [`Map::read`], but for what cannot be parsed.
    pub fn of(tree: &Tree<'_>) -> Result<Self, Vec<Fault>> {
        read::map_of(tree)
    }

    /// The entries of a section, in the order of the file.
    pub fn entries(&self, section: Section) -> &[Entry] {
        self.shelves.get(section as usize).map_or(&[], Shelf::entries)
    }

    /// The entries of a section, to be changed.
    pub fn entries_mut(&mut self, section: Section) -> &mut Vec<Entry> {
        self.shelf_mut(section).entries_mut()
    }

    /// One entry, by an index that is made when it is first asked for.
    pub fn entry(&self, section: Section, id: &str) -> Option<&Entry> {
        self.shelves.get(section as usize)?.entry(id)
    }

    /// Adds an entry at the end of its section.
    pub fn push(&mut self, section: Section, entry: Entry) {
        self.shelf_mut(section).push(entry);
    }

    /// Where a fact of an entry comes from. Where nobody says as of when, the date of the source counts before that of
    /// the map.
    pub fn origin<'a>(&'a self, entry: &'a Entry, fact: &'a Fact) -> Origin<'a> {
        let said = |key: &str| entry.text(key).or_else(|| self.head.text(key));
        let kind_of = |it: &Entry, key: &str| it.text(key).and_then(FactKind::named);
        let source_id = fact.source.as_deref().or_else(|| said("source"));
        let source = source_id.and_then(|it| self.entry(Section::Sources, it));
        let of_source = || source.and_then(|it| it.text("date"));
        // A fact of another source is not as of the date of the entry's.
        let of_entry = || entry.text("date").filter(|_| fact.source.is_none());
        Origin {
            source_id,
            source,
            date: fact
                .date
                .as_deref()
                .or_else(of_entry)
                .or_else(of_source)
                .or_else(|| self.head.text("date")),
            until: fact.until.as_deref(),
            // Of an element or a party, `kind` is what it is; no such kind has the name of a kind of facts.
            kind: fact
                .kind
                .or_else(|| kind_of(entry, FACT_KIND))
                .or_else(|| kind_of(entry, "kind"))
                .or_else(|| kind_of(&self.head, "kind")),
            note: fact.note.as_ref(),
        }
    }

    /// All references from one entry to another, known or not, in the order of the file.
    pub fn relations(&self) -> Vec<Relation<'_>> {
        relations::of(self)
    }

    /// The map as YAML, in canonical order, with the comments of the file it was read from.
    pub fn to_yaml(&self) -> String {
        write::yaml(self)
    }

    /// The map as JSON, in canonical order, indented by two.
    pub fn to_json(&self) -> String {
        write::json(self)
    }

    fn shelf_mut(&mut self, section: Section) -> &mut Shelf {
        let [
            sources,
            layers,
            fields,
            criteria,
            capabilities,
            parties,
            decisions,
            principles,
            terms,
            standards,
            elements,
        ] = &mut self.shelves;
        match section {
            Section::Sources => sources,
            Section::Layers => layers,
            Section::Fields => fields,
            Section::Criteria => criteria,
            Section::Capabilities => capabilities,
            Section::Parties => parties,
            Section::Decisions => decisions,
            Section::Principles => principles,
            Section::Terms => terms,
            Section::Standards => standards,
            Section::Elements => elements,
        }
    }
}
