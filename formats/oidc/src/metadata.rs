//! What a provider says about itself (RFC 8414; OpenID Connect Discovery 1.0), and how a relying party reads it.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use url::Url;

/// Where the document lies below an issuer (Discovery, section 4).
pub const PATH: &str = "/.well-known/openid-configuration";

/// The document; fields have their names on the wire.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
#[expect(missing_docs, reason = "each field is the member of the same name in RFC 8414 and its registry")]
#[expect(clippy::struct_excessive_bools, reason = "the standard has them")]
pub struct Metadata {
    pub issuer: String,
    pub authorization_endpoint: String,
    pub token_endpoint: String,
    pub jwks_uri: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub userinfo_endpoint: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pushed_authorization_request_endpoint: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub introspection_endpoint: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub revocation_endpoint: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub end_session_endpoint: Option<String>,
    pub scopes_supported: Vec<String>,
    pub response_types_supported: Vec<String>,
    pub response_modes_supported: Vec<String>,
    pub grant_types_supported: Vec<String>,
    pub acr_values_supported: Vec<String>,
    pub subject_types_supported: Vec<String>,
    pub claims_supported: Vec<String>,
    pub claim_types_supported: Vec<String>,
    pub prompt_values_supported: Vec<String>,
    pub ui_locales_supported: Vec<String>,
    pub id_token_signing_alg_values_supported: Vec<String>,
    pub token_endpoint_auth_methods_supported: Vec<String>,
    pub token_endpoint_auth_signing_alg_values_supported: Vec<String>,
    pub introspection_endpoint_auth_methods_supported: Vec<String>,
    pub introspection_endpoint_auth_signing_alg_values_supported: Vec<String>,
    pub revocation_endpoint_auth_methods_supported: Vec<String>,
    pub revocation_endpoint_auth_signing_alg_values_supported: Vec<String>,
    pub request_object_signing_alg_values_supported: Vec<String>,
    pub code_challenge_methods_supported: Vec<String>,
    pub dpop_signing_alg_values_supported: Vec<String>,
    pub claims_parameter_supported: bool,
    pub request_parameter_supported: bool,
    pub request_uri_parameter_supported: bool,
    pub require_pushed_authorization_requests: bool,
    pub authorization_response_iss_parameter_supported: bool,
    pub tls_client_certificate_bound_access_tokens: bool,
    pub backchannel_logout_supported: bool,
    pub backchannel_logout_session_supported: bool,
    #[serde(skip_serializing_if = "Map::is_empty")]
    pub mtls_endpoint_aliases: Map<String, Value>,
}

/// Why a provider's document is not followed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum MetadataFault {
    /// Not the document of this issuer (Discovery, section 4.3): another provider's.
    #[error("the document is not of the issuer that was asked")]
    Issuer,
    /// An endpoint is missing or not https (http only on loopback).
    #[error("an endpoint is missing or not https")]
    Endpoint,
}

impl Metadata {
    /// That a fetched document is of this issuer and names endpoints that may be used.
    /// `loopback`: plain http to this machine is let through.
    pub fn check(&self, issuer: &str, loopback: bool) -> Result<(), MetadataFault> {
        if self.issuer != issuer {
            return Err(MetadataFault::Issuer);
        }
        let optional = [
            &self.userinfo_endpoint,
            &self.pushed_authorization_request_endpoint,
            &self.end_session_endpoint,
            &self.revocation_endpoint,
        ];
        let all = [&self.authorization_endpoint, &self.token_endpoint, &self.jwks_uri];
        let usable = |it: &&String| is_usable(it, loopback);
        if all.iter().all(usable) && optional.into_iter().flatten().all(|it| is_usable(it, loopback)) {
            Ok(())
        } else {
            Err(MetadataFault::Endpoint)
        }
    }
}

fn is_usable(address: &str, loopback: bool) -> bool {
    Url::parse(address).is_ok_and(|url| match url.scheme() {
        "https" => url.host().is_some(),
        "http" => loopback && matches!(url.host_str(), Some("localhost" | "127.0.0.1" | "[::1]")),
        _ => false,
    })
}
