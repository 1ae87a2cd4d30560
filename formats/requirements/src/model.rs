//! What a set of requirements says.

mod level;
mod source;
mod words;

pub use level::Level;
pub use source::Source;
pub use words::Words;

use crate::Fault;
use std::collections::HashMap;
use tree::Place;

/// Kinds of artefacts that a requirement can speak of.
///
/// `repository` is a folder of sources as a whole, `element` an entry of a map, `map` the map itself, and `licence`
/// the licences of a repository.
pub const ARTEFACTS: [&str; 10] = [
    "sbom",
    "cbom",
    "certificate",
    "publiccode",
    "openapi",
    "model-card",
    "map",
    "licence",
    "repository",
    "element",
];

/// How a requirement is checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum How {
    /// By code: the names of the checks, all of which must be met.
    Automatic(Vec<String>),
    /// By asking a running system: the name of the probe.
    Probe(String),
    /// By a person who reads a document: what is asked for.
    Document(Words),
    /// By a fact of the map: its key. A statement without evidence stays unknown.
    Statement(String),
}

/// To what a requirement applies. An empty list means no restriction.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Applies {
    /// Kinds of artefacts, from [`ARTEFACTS`]. An entry that names none takes those of its set.
    pub artefacts: Vec<String>,
    /// Kinds of elements: component, service, standard, platform, product.
    pub kinds: Vec<String>,
    /// Ids of layers of the map.
    pub layers: Vec<String>,
    /// Ids of fields of the map (Standardbereiche).
    pub fields: Vec<String>,
    /// Ids of capabilities of the map.
    pub capabilities: Vec<String>,
}

impl Applies {
    /// Whether it applies to this kind of artefact.
    pub fn to_artefact(&self, artefact: &str) -> bool {
        self.artefacts.is_empty() || self.artefacts.iter().any(|it| it == artefact)
    }
}

/// One requirement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Requirement {
    /// Unique over all sets: the id of the set, a dot, a name.
    pub id: String,
    /// The id of the set that it stands in.
    pub set: String,
    /// What is required.
    pub text: Words,
    /// How strongly.
    pub level: Level,
    /// "To be given if it exists": where it is missing, the outcome is unknown with a hint, never unmet.
    pub conditional: bool,
    /// To what it applies.
    pub applies: Applies,
    /// Ids of standards of the map that it speaks of. An element that names none of them is not concerned.
    pub standards: Vec<String>,
    /// The first day on which it holds, `2025-08-20`.
    pub since: Option<String>,
    /// The last day on which it holds.
    pub until: Option<String>,
    /// Where it is written: the source of the set, completed by the entry.
    pub source: Source,
    /// How it is checked.
    pub how: How,
    /// What to do where it is not met, in plain words.
    pub repair: Words,
    /// What else a reader must know: what is not known, what was decided here.
    pub note: Option<Words>,
    /// Ids of terms that explain it.
    pub terms: Vec<String>,
}

impl Requirement {
    /// Whether it holds on this day (`2026-11-28`).
    pub fn holds_on(&self, day: &str) -> bool {
        self.since.as_deref().is_none_or(|it| it <= day) && self.until.as_deref().is_none_or(|it| day <= it)
    }
}

/// A word that needs explaining.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Term {
    pub id: String,
    pub title: Words,
    pub meaning: Words,
    /// Where the meaning is written, if it is not our own.
    pub source: Option<String>,
}

/// Values that a check compares with, such as the licences that are allowed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct List {
    /// Unique over all sets.
    pub id: String,
    pub title: Words,
    pub source: Source,
    /// What else a reader must know.
    pub note: Option<Words>,
    pub values: Vec<String>,
}

/// A maturity model.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Model {
    pub id: String,
    pub title: Words,
    pub source: Source,
    /// What else a reader must know.
    pub note: Option<Words>,
    /// From the lowest to the highest. A level includes what the levels below it ask.
    pub levels: Vec<ModelLevel>,
}

/// One level of a maturity model.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ModelLevel {
    pub number: u32,
    /// Nothing where the name is not known.
    pub name: Option<Words>,
    /// Ids of the requirements that it asks beyond the level below. Where there are none, what it asks is not known
    /// and nobody can reach it.
    pub requirements: Vec<String>,
}

/// A requirement of an inherited set, made stricter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tightening {
    /// Id of the inherited requirement.
    pub id: String,
    /// The new level; only upwards.
    pub level: Option<Level>,
    /// The new first day; only earlier.
    pub since: Option<String>,
    /// Why.
    pub because: Words,
    /// The place in the file.
    pub place: Place,
    /// The place in the file as a JSON pointer.
    pub pointer: String,
}

/// A set of requirements: one file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Set {
    pub id: String,
    pub title: Words,
    /// The version of what it describes, as its publisher writes it.
    pub version: String,
    /// The day of that version, or its month or year where no more is known.
    pub date: String,
    pub source: Source,
    /// What else a reader must know.
    pub note: Option<Words>,
    /// Ids of the sets that it inherits from.
    pub extends: Vec<String>,
    /// Kinds of artefacts that it speaks of; empty means any. The choice of sets for a file goes by this.
    pub artefacts: Vec<String>,
    /// Its own entries, without the inherited ones.
    pub entries: Vec<Requirement>,
    pub tighten: Vec<Tightening>,
    pub terms: Vec<Term>,
    pub lists: Vec<List>,
    pub maturity: Vec<Model>,
    /// The name of its file, for faults.
    pub file: String,
    /// Where things stand in the file, by a word for their kind and their id.
    pub(crate) places: HashMap<String, (Place, String)>,
}

impl Set {
    /// A fault of this set, at the place of the thing with this kind and id.
    pub(crate) fn fault(&self, thing: &str, de: impl Into<String>, en: impl Into<String>) -> Fault {
        let start = (Place { line: 1, column: 1 }, String::new());
        let (place, pointer) = self.places.get(thing).cloned().unwrap_or(start);
        Fault { file: self.file.clone(), place, pointer, de: de.into(), en: en.into() }
    }
}
