//! Tokens: OAuth client credentials as FIT-Connect uses them.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Prefix of the current scopes: `send-submissions`, `subscribe-destinations`, `manage-destinations`.
pub const SCOPE_PREFIX: &str = "https://schema.fitko.de/fit-connect/oauth/scopes/";

/// Form body of `POST /token`. Missing members are empty: the error answers say which is which.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct TokenRequest {
    #[serde(default)]
    pub grant_type: String,
    #[serde(default)]
    pub client_id: String,
    #[serde(default)]
    pub client_secret: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scope: Option<String>,
}

impl std::fmt::Debug for TokenRequest {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("TokenRequest").field("client_id", &self.client_id).finish_non_exhaustive()
    }
}

/// Answer of `POST /token` (200).
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct TokenAnswer {
    pub access_token: String,
    /// `Bearer`.
    pub token_type: String,
    /// Seconds; at most 1800.
    pub expires_in: i64,
    /// Granted scopes, separated by spaces.
    #[serde(default)]
    pub scope: String,
}

impl std::fmt::Debug for TokenAnswer {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("TokenAnswer").field("scope", &self.scope).finish_non_exhaustive()
    }
}

/// Error answer of `POST /token` (RFC 6749 section 5.2).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct TokenFault {
    /// `invalid_client` (401), `unsupported_grant_type`, `invalid_scope`, `invalid_request` (400).
    pub error: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub error_description: Option<String>,
}
