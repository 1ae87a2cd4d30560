//! What can be set.

use serde::Deserialize;

/// Settings of the block.
#[derive(Debug, Clone, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Config {
    /// How long a session lasts at most, hours.
    pub session_hours: i64,
    /// How long a session lasts without being used, minutes.
    pub idle_minutes: i64,
    /// Whether somebody unknown who arrives by a way in gets an account of their own (without any right beyond it).
    pub open_accounts: bool,
    /// How long an access token is valid, seconds (FIT-Connect: at most 1,800).
    pub token_seconds: i64,
}

impl Default for Config {
    fn default() -> Self {
        Self { session_hours: 12, idle_minutes: 120, open_accounts: true, token_seconds: 1800 }
    }
}
