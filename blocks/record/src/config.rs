//! What can be set.

use serde::Deserialize;
use std::path::PathBuf;

/// Settings of the block `record`.
#[derive(Debug, Clone, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Config {
    /// After how many days actor and subject of a row are deleted; 0 is never. Hashes and proofs stay.
    pub retention_days: i64,
    /// Other nodes that witness this record, and whose record this node witnesses: `[{ url = "https://…" }]`.
    pub witnesses: Vec<Peer>,
    /// Minutes between two visits to the witnesses.
    pub visit_minutes: i64,
    /// Where confirmations of witnesses are kept as files; `witness` in the data directory where nothing is said.
    pub folder: Option<PathBuf>,
}

/// Another node.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Peer {
    /// Its address, without a slash at the end.
    pub url: String,
}

impl Default for Config {
    fn default() -> Self {
        Self { retention_days: 730, witnesses: Vec::new(), visit_minutes: 5, folder: None }
    }
}
