//! How clients speak OpenID Connect.

use super::Client;
use oidc::Jwks;
use ports::identity::ClientRole;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// How a client proves who it is; the names of OpenID Connect (RFC 7591, section 2).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum AuthMethod {
    /// By signing with its key (RFC 7523).
    #[default]
    PrivateKeyJwt,
    /// By a certificate of a trusted authority (RFC 8705, section 2.1).
    TlsClientAuth,
    /// By the very certificate that is registered (RFC 8705, section 2.2).
    SelfSignedTlsClientAuth,
    /// By a secret, in the form or as Basic: only for programs that know nothing better.
    ClientSecretPost,
    /// Not at all: programs on people's own devices.
    None,
}

/// How a client speaks OpenID Connect.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(default, deny_unknown_fields, rename_all = "camelCase")]
pub struct Registration {
    /// Whether it is held to FAPI 2.0: pushed requests, bound tokens, no secret.
    pub fapi: bool,
    /// Its public keys, a JWK set.
    #[schema(value_type = Option<Object>)]
    pub jwks: Option<Value>,
    /// Its certificate: the subject as RFC 4514 text for `tls_client_auth`, the SHA-256 thumbprint (base64url) otherwise.
    pub certificate: Option<String>,
    /// The authorities that may vouch for that subject, PEM; only for `tls_client_auth`.
    pub authorities: Option<String>,
    /// Where browsers may be sent back to.
    pub redirect_uris: Vec<String>,
    /// Where browsers may be sent to after signing out.
    pub logout_uris: Vec<String>,
    /// Where it wants to hear that a session is over.
    pub backchannel_logout_uri: Option<String>,
    /// Scopes that it may ask for in a person's name, and permissions (`block.verb`) that it may use.
    pub scopes: Vec<String>,
    /// Whether its requests must be signed (JAR).
    pub signed_requests: bool,
    /// Whether people who work for the tenant are not asked: a casework system of their own employer.
    pub trusted: bool,
    /// The sector for pseudonyms; the host of its redirect addresses where nothing is said.
    pub sector: Option<String>,
    /// The least level of assurance of whoever signs in to it: `normal`, `substantial`, `high`.
    pub level: Option<String>,
}

impl Registration {
    /// Its keys; none if they are not readable.
    pub fn keys(&self) -> Jwks {
        self.jwks.as_ref().and_then(|it| Jwks::read(it).ok()).unwrap_or_default()
    }
}

/// A client that is known and proved who it is, or needs not.
#[derive(Debug, Clone)]
pub struct Party {
    pub client: Client,
    pub method: AuthMethod,
    pub registration: Registration,
}

impl Party {
    /// A client with how it speaks OpenID Connect; none if that cannot be read.
    pub fn of(client: Client) -> Option<Self> {
        let method = serde_json::from_value(client.auth_method.clone().into()).ok()?;
        let registration: Registration = serde_json::from_value(client.settings.clone()).ok()?;
        Some(Self { client, method, registration })
    }
}

/// A client to be registered.
#[derive(Debug, Clone, Default)]
pub struct NewParty {
    pub id: Option<String>,
    pub tenant: String,
    pub name: String,
    pub roles: Vec<ClientRole>,
    pub method: AuthMethod,
    pub registration: Registration,
}
