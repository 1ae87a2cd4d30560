//! One entry of the policy: what it covers.

use serde::{Deserialize, Serialize};
use std::fmt;

/// What cryptography is used for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Use {
    /// Signing and verifying.
    Signature,
    /// An authority's signature under a certificate or revocation list.
    Certificate,
    /// Agreeing on a key.
    KeyAgreement,
    /// Encrypting a key.
    KeyTransport,
    /// Encrypting content.
    Encryption,
    /// Hashing.
    Hash,
    /// Message authentication.
    Mac,
    /// Deriving keys.
    KeyDerivation,
    /// Keeping passwords and codes.
    Password,
    /// A version of TLS.
    TlsVersion,
    /// A cipher suite of TLS.
    TlsSuite,
    /// A group for the key exchange of TLS.
    TlsGroup,
    /// A signature in SAML.
    SamlSignature,
    /// Encryption in SAML.
    SamlEncryption,
}

impl fmt::Display for Use {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.serialize(to)
    }
}

/// One entry of the policy, as it stands in the file.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// The mechanism, as BSI writes it; for TLS the registered name.
    pub mechanism: String,
    /// A fixed text, `>=NUMBER`, or `*` for any.
    pub parameter: String,
    /// What it may be used for.
    #[serde(rename = "use")]
    pub usage: Use,
    /// The last day; without it no end was published.
    pub valid_until: Option<toml::value::Datetime>,
    /// When else it holds, for people.
    pub condition: Option<String>,
    /// Who says so, and when.
    pub source: String,
}

impl Entry {
    /// Whether this entry speaks of a mechanism with a parameter for a use.
    pub(super) fn covers(&self, mechanism: &str, parameter: &str, usage: Use) -> bool {
        self.usage == usage && self.mechanism == mechanism && self.fits(parameter)
    }

    fn fits(&self, parameter: &str) -> bool {
        if self.parameter == "*" {
            return true;
        }
        match self.parameter.strip_prefix(">=") {
            Some(least) => match (least.parse::<u32>(), parameter.parse::<u32>()) {
                (Ok(least), Ok(given)) => given >= least,
                _ => false,
            },
            None => self.parameter == parameter,
        }
    }

    pub(super) fn parameter_makes_sense(&self) -> bool {
        match self.parameter.strip_prefix(">=") {
            Some(least) => least.parse::<u32>().is_ok(),
            None => !self.parameter.is_empty(),
        }
    }
}
