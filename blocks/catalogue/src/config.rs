//! What can be set.

use serde::Deserialize;

/// Settings of the block `catalogue`.
#[derive(Debug, Clone, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Config {
    /// The largest file that can be imported, bytes.
    pub largest_map: u64,
    /// The most entries that one section of an imported map may have.
    pub most_elements: usize,
    /// How many versions of a map are kept; the oldest go first.
    pub kept_versions: i64,
    /// How many maps are held ready in memory at once.
    pub maps_in_memory: usize,
}

impl Default for Config {
    fn default() -> Self {
        Self { largest_map: 32 * 1024 * 1024, most_elements: 50_000, kept_versions: 100, maps_in_memory: 8 }
    }
}
