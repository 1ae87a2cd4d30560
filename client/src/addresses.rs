//! Where the interfaces of a delivery service are.

use crate::{Error, Result};
use url::Url;

/// Which version of the Submission API is spoken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Version {
    /// Submission API 1.1.3.
    V1,
    /// Submission API 2, as observed.
    #[default]
    V2,
}

/// The addresses of one delivery service, each without a slash at the end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Addresses {
    /// The token endpoint of the OAuth server.
    pub token: String,
    /// The Submission API, with its version.
    pub submission: String,
    /// The Destination API, with its version; for version 1 the same as `submission`.
    pub destination: String,
    /// The service's public keys (JWK set).
    pub jwks: String,
    /// What `submission` speaks.
    pub version: Version,
}

impl Addresses {
    /// The addresses below the base URL of a Fachwerk node.
    ///
    /// # Errors
    /// When `base_url` is not an absolute http or https URL.
    pub fn of_node(base_url: &str, version: Version) -> Result<Self> {
        let base = base_url.trim_end_matches('/');
        let parsed =
            Url::parse(base).map_err(|it| Error::Setting(format!("{base_url} is not a URL: {it}")))?;
        if !matches!(parsed.scheme(), "http" | "https") || parsed.host().is_none() {
            return Err(Error::Setting(format!(
                "{base_url} must begin with https:// or http:// and name a host"
            )));
        }
        Ok(match version {
            Version::V1 => Self {
                token: format!("{base}/token"),
                submission: format!("{base}/v1"),
                destination: format!("{base}/v1"),
                jwks: format!("{base}/.well-known/jwks.json"),
                version,
            },
            Version::V2 => Self {
                token: format!("{base}/token"),
                submission: format!("{base}/submission-api/v2"),
                destination: format!("{base}/destination-api/v2"),
                jwks: format!("{base}/submission-api/.well-known/jwks.json"),
                version,
            },
        })
    }
}
