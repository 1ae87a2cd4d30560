//! What can be set.

use serde::Deserialize;

/// Settings of the block `directory`.
#[derive(Debug, Clone, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Config {
    /// How many days before the end of a certificate to warn, largest first.
    pub warn_days: Vec<i64>,
    /// The largest file of regions that can be loaded, bytes.
    pub largest_file: u64,
}

impl Default for Config {
    fn default() -> Self {
        Self { warn_days: vec![90, 30, 7], largest_file: 64 * 1024 * 1024 }
    }
}
