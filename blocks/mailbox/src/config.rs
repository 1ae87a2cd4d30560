//! What can be set.

use serde::Deserialize;

/// Settings of the block `mailbox`.
#[derive(Debug, Clone, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Config {
    /// How many readers may wait for news at the same time.
    pub waiting: usize,
    /// For how many days a mailbox is kept after delivery stopped knowing its case.
    pub days_after_case: i64,
}

impl Default for Config {
    fn default() -> Self {
        Self { waiting: 1000, days_after_case: 30 }
    }
}
