//! The nouns of this block.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A set of requirements that a tenant brought.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct BroughtSet {
    pub tenant: String,
    pub id: String,
    pub text: String,
    pub sha256: String,
}

/// Evidence as it is kept. The file and the report of its day lie in the content store, under [`Evidence::file`] and
/// [`Evidence::report`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Evidence {
    pub id: String,
    pub tenant: String,
    pub map: String,
    pub element: String,
    pub name: String,
    pub kind: String,
    pub sha256: String,
    /// Bytes of the file.
    pub size: i64,
    /// Where it comes from: `upload`, or the address that was probed.
    pub origin: String,
    /// The keys of the facts that it proves; for documents that a person reads.
    pub about: Vec<String>,
    /// How each requirement ended (JSON: id, level, result); the worst, where it was found more than once.
    pub answers: String,
    pub met: i64,
    pub unmet: i64,
    pub unknown: i64,
    /// The highest level that is unmet: `muss`, `soll`, `kann` or nothing.
    pub worst: String,
    pub kept_at: i64,
    pub removed: bool,
}

impl Evidence {
    /// Where the file lies in the content store.
    pub fn file(id: &str) -> String {
        format!("conformance/{id}/file")
    }

    /// Where the report lies (JSON as `fachwerk check --format json` writes it).
    pub fn report(id: &str) -> String {
        format!("conformance/{id}/report")
    }
}

/// What evidence is to be kept for.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub(crate) struct For {
    /// The map's id.
    pub map: String,
    /// The element's id.
    pub element: String,
    /// Keys of facts that the evidence proves, separated by blanks; for documents that a person reads.
    pub about: String,
}

/// A term of the requirements' glossary.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct TermView {
    /// Its id.
    pub id: String,
    /// The word, in the reader's language.
    pub title: String,
    /// What it means.
    pub meaning: String,
    /// Who says so, where that is said.
    pub source: Option<String>,
}

/// What differs between two sets, in sentences.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct DifferenceView {
    /// The requirement, or nothing where the set itself differs.
    pub requirement: String,
    /// What differs, in a word.
    pub change: String,
    /// The whole sentence.
    pub sentence: String,
}
