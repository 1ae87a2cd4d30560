//! What the catalogue keeps.

use serde::{Deserialize, Serialize};

/// A map that a tenant keeps, with what lists show of its current version.
#[derive(Debug, Clone)]
pub struct KeptMap {
    pub tenant: String,
    pub id: String,
    pub version: i64,
    /// Microseconds since the epoch.
    pub changed_at: i64,
    /// Since when everyone may read it, microseconds since the epoch.
    pub published_at: Option<i64>,
    /// When it was deleted, microseconds since the epoch.
    pub deleted_at: Option<i64>,
    pub face: Face,
}

/// What is shown of a map without reading it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Face {
    /// SHA-256 of the canonical text, hexadecimal.
    pub sha256: String,
    pub title_de: String,
    pub title_en: String,
    pub publisher: Option<String>,
    pub licence: Option<String>,
    pub as_of: Option<String>,
    pub elements: i64,
    pub standards: i64,
}

/// A version of a map, without its text.
#[derive(Debug, Clone)]
pub struct Version {
    /// Counts from 1; the shipped map has 0.
    pub number: i64,
    /// SHA-256 of the canonical text, hexadecimal.
    pub sha256: String,
    pub elements: i64,
    pub standards: i64,
    /// Microseconds since the epoch.
    pub made_at: i64,
    /// The actor's name in the record; never a person's name.
    pub made_by: String,
    pub reason: Reason,
    /// What it changed against the version before; nothing where that is not known, or not for the reader.
    pub changes: Option<Changes>,
}

/// Why a version is made.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Reason {
    /// In the words of whoever makes it.
    pub note: String,
    /// On which decision: its number or title. Empty where none is named.
    pub decision: String,
}

impl Reason {
    /// How long each of the two may be, in characters.
    const LONGEST: usize = 500;

    /// Both in one line each, no longer than is kept.
    pub fn new(note: &str, decision: &str) -> Self {
        let line = |it: &str| -> String {
            it.trim().chars().filter(|it| !it.is_control()).take(Self::LONGEST).collect()
        };
        Self { note: line(note), decision: line(decision) }
    }
}

/// What a version changed, in short.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Changes {
    /// How many differences there are.
    pub count: usize,
    /// The first of them: a German and an English sentence each.
    pub first: Vec<(String, String)>,
}

/// A file that was read and is not in force.
#[derive(Debug, Clone)]
pub struct Preview {
    pub id: String,
    pub tenant: String,
    pub file_name: String,
    /// The map in canonical text.
    pub content: String,
    /// What could not be carried over: JSON, pairs of a German and an English sentence.
    pub notes: String,
    pub reason: Reason,
    /// The version that it was made against; 0 where there was none.
    pub against: i64,
    pub made_at: i64,
    pub made_by: String,
}
