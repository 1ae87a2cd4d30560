//! What can be set.

use serde::Deserialize;

/// Settings of the block `rollout`.
#[derive(Debug, Clone, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Config {
    /// The largest file that the interface takes, bytes.
    pub largest_file: u64,
    /// The largest file that a form takes, bytes.
    pub largest_form: u64,
    /// The most changes of state that one roll-out may have; each takes eight bytes of memory.
    pub most_changes: u64,
    /// How many roll-outs are held ready in memory at once.
    pub tenants_in_memory: usize,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            largest_file: 1024 * 1024 * 1024,
            largest_form: 64 * 1024 * 1024,
            most_changes: 12_000_000,
            tenants_in_memory: 4,
        }
    }
}
