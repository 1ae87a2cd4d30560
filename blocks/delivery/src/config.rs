//! Settings of the block.

use serde::Deserialize;

/// Settings of the block; every one has a default.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Config {
    /// How many attachments (fragments included) a submission may announce. FIT-Connect publishes 100; large files
    /// cut into fragments of 8 MB need more.
    pub announced_attachments: usize,
    /// How large one encrypted attachment may be, bytes (FIT-Connect: 500 MB).
    pub attachment_bytes: u64,
    /// How large all attachments of a submission may be together, bytes (FIT-Connect: 2 GB).
    pub submission_bytes: u64,
    /// How large encrypted metadata and data may be together, bytes.
    pub content_bytes: u64,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            announced_attachments: 1000,
            attachment_bytes: 500_000_000,
            submission_bytes: 2_000_000_000,
            content_bytes: 64 * 1024 * 1024,
        }
    }
}
