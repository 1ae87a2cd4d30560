//! What can be set.

use serde::Deserialize;
use std::path::PathBuf;

/// Settings of the adapter.
#[derive(Debug, Clone, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Config {
    /// What the button says; "EUDI-Wallet" where nothing is said.
    pub label: Option<String>,
    /// For one tenant only.
    pub tenant: Option<String>,
    /// A file with the access certificate and what is between it and the authority (PEM), the own one first. Without it there
    /// is no sign-in by wallet.
    pub access_certificate: Option<PathBuf>,
    /// A file with its private key (PKCS#8, PEM, P-256).
    pub access_key_file: Option<PathBuf>,
    /// A file with the registration certificate (`rc-wrp+jwt`), sent along with each request.
    pub registration_certificate: Option<PathBuf>,
    /// A file with the registered intended use (JSON, TS5 v1.3); otherwise name, birth and issuing country of the identity data.
    pub intended_use: Option<PathBuf>,
    /// Registered claims that a wallet may leave out.
    pub optional_claims: Vec<String>,
    /// Files with the certificates of those who may issue identity data (PEM).
    pub issuer_anchors: Vec<PathBuf>,
    /// Files with their revocation lists; where there are some, each issuer needs a current one.
    pub issuer_revocation_lists: Vec<PathBuf>,
    /// What happens when the status list of a credential cannot be had: `refuse`, or `accept` with a line in the log.
    pub status: StatusPolicy,
    /// Whether a wallet on another device may answer (QR code). Off: the code can be passed on to somebody else.
    pub other_device: bool,
}

/// What happens when nobody can say whether a credential was revoked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum StatusPolicy {
    /// The sign-in is refused.
    #[default]
    Refuse,
    /// It goes on, and the log says so.
    Accept,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            label: None,
            tenant: None,
            access_certificate: None,
            access_key_file: None,
            registration_certificate: None,
            intended_use: None,
            optional_claims: vec!["personal_administrative_number".to_owned()],
            issuer_anchors: Vec::new(),
            issuer_revocation_lists: Vec::new(),
            status: StatusPolicy::Refuse,
            other_device: false,
        }
    }
}

impl Config {
    /// Whether there is a sign-in by wallet at all.
    pub fn is_on(&self) -> bool {
        self.access_certificate.is_some()
    }
}
