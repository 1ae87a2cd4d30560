//! What assistants ask and are told.
//!
//! These are shapes of their own, beside those of the ports, because each record carries its address and its provenance,
//! and because their comments are the published descriptions of the schemas.

mod arguments;
mod catalogue;
mod conformance;

pub(crate) use arguments::{
    ElementArguments, EntryArguments, PageArguments, RequirementArguments, SearchArguments, SetArguments,
};
pub(crate) use catalogue::{EntryRecord, FactRecord, LineRecord, MapRecord, RelationRecord};
pub(crate) use conformance::{
    Counts, ElementRecord, EvidenceRecord, FindingRecord, MaturityRecord, RequirementRecord, SetDetail,
    SetRecord,
};

use rmcp::schemars::{self, JsonSchema};
use serde::Serialize;

/// Where a record comes from. What is null is not known; nothing is guessed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub(crate) struct Provenance {
    /// The title of the source.
    pub source: Option<String>,
    /// The address of the source.
    pub url: Option<String>,
    /// Who published it.
    pub publisher: Option<String>,
    /// Under which licence.
    pub licence: Option<String>,
    /// As of which day.
    pub date: Option<String>,
    /// official (published by the body responsible), statement (somebody's own), checked (somebody else looked) or
    /// derived (worked out by this node).
    pub kind: Option<String>,
    /// SHA-256, hexadecimal, of the entry, set or file that the record was taken from.
    pub sha256: Option<String>,
    /// When it was fetched or kept, RFC 3339.
    pub retrieved_at: Option<String>,
}

/// A page of a list, in an order that does not change.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub(crate) struct Page<T> {
    /// How many records there are in all.
    pub total: usize,
    /// The `offset` of the next page; null on the last one.
    pub next_offset: Option<usize>,
    /// The records of this page.
    pub records: Vec<T>,
}

/// A record that can be cited.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Citation {
    /// Its address.
    pub uri: String,
    /// Its id.
    pub name: String,
    /// Its name in the reader's language.
    pub title: String,
}

impl Citation {
    pub(crate) fn new(uri: &str, name: &str, title: &str) -> Self {
        Self { uri: uri.to_owned(), name: name.to_owned(), title: title.to_owned() }
    }
}

/// An answer to a tool call.
pub(crate) trait Told: Serialize + JsonSchema + 'static {
    /// What can be cited from it, the most important first.
    fn citations(&self) -> Vec<Citation>;
}

impl<T: Told> Told for Page<T> {
    fn citations(&self) -> Vec<Citation> {
        self.records.iter().flat_map(Told::citations).collect()
    }
}
