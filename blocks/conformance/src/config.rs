//! What can be set.

use serde::Deserialize;

/// The settings of `[blocks.conformance]`.
#[derive(Debug, Clone, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Config {
    /// The largest file that is checked, bytes.
    pub largest_file: u64,
    /// Whether addresses in private networks may be probed; loopback addresses only on a demo node.
    pub probe_private: bool,
    /// How long an address may take to answer a probe, seconds.
    pub probe_seconds: u64,
    /// How many probes a tenant may ask for within a minute.
    pub probes_per_minute: u32,
    /// How much evidence a tenant may keep, bytes; what was taken back counts as well, for it can count again.
    pub most_evidence: i64,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            largest_file: 128 * 1024 * 1024,
            probe_private: false,
            probe_seconds: 10,
            probes_per_minute: 30,
            most_evidence: 20 * 1024 * 1024 * 1024,
        }
    }
}
