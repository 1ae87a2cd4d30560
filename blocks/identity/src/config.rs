//! What can be set.

use serde::Deserialize;
use std::path::PathBuf;

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
    /// Authorities whose client certificates let people in, each a file with certificates (PEM or DER).
    pub certificate_anchors: Vec<Anchor>,
    /// Where the page to sign in by certificate is reached over TLS; `https://HOST:8443` of the base address where nothing is said.
    pub certificate_url: Option<String>,
    /// Makers of authenticators whose devices are taken, each a file with the root certificate of their attestation (PEM). Where
    /// there are some, a new passkey must be attested by one of them; where there are none, nobody is asked for attestation.
    pub passkey_makers: Vec<PathBuf>,
    /// How long an access token is valid, seconds (FIT-Connect: at most 1,800).
    pub token_seconds: i64,
}

/// An authority whose client certificates let people in.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Anchor {
    /// The file with its certificate (PEM or DER).
    pub file: PathBuf,
    /// Files with revocation lists; where there is none, nobody asks whether a certificate was revoked.
    #[serde(default)]
    pub revocation_lists: Vec<PathBuf>,
    /// The level of assurance of its certificates: normal, substantial or high.
    #[serde(default = "substantial")]
    pub level: String,
    /// For one tenant only; for all where nothing is said.
    pub tenant: Option<String>,
}

fn substantial() -> String {
    "substantial".to_owned()
}

impl Default for Config {
    fn default() -> Self {
        Self {
            session_hours: 12,
            idle_minutes: 120,
            open_accounts: true,
            certificate_anchors: Vec::new(),
            certificate_url: None,
            passkey_makers: Vec::new(),
            token_seconds: 1800,
        }
    }
}
