//! What can be set.

use serde::Deserialize;
use std::path::PathBuf;

/// Settings of the block `forms`.
#[derive(Debug, Clone, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Config {
    /// A folder with form files (`*.json`) of the operator; `forms` in the data directory where nothing is said.
    pub folder: Option<PathBuf>,
    /// Whether the forms that the product ships are offered.
    pub shipped: bool,
    /// The largest encrypted attachment or fragment, bytes. Browsers send fragments of 8 MB, about 11 MB as a JWE.
    pub largest_attachment: u64,
    /// How many attachments and fragments a submission may announce.
    pub most_attachments: usize,
}

impl Default for Config {
    fn default() -> Self {
        Self { folder: None, shipped: true, largest_attachment: 16_000_000, most_attachments: 100 }
    }
}
