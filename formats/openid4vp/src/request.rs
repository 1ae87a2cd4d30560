//! The signed request object (OpenID4VP 1.0, section 5; RFC 9101; HAIP 1.0).

use aws_lc_rs::digest::{SHA256, digest};
use base64::Engine as _;
use base64::prelude::{BASE64_STANDARD, BASE64_URL_SAFE_NO_PAD as BASE64URL};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::dcql::{Query, QueryFault};
use crate::encryption::{Encryption, PublicEncryptionKey};
pub use crate::signature::RequestKey;
use crate::signature::{is_self_issued, verifies};

/// The type of the token.
pub const TYPE: &str = "oauth-authz-req+jwt";
/// What is answered at the address of a request.
pub const MEDIA_TYPE: &str = "application/oauth-authz-req+jwt";
/// To whom a request is addressed when the wallet is not known yet.
pub const ANY_WALLET: &str = "https://self-issued.me/v2";
/// How the response comes back.
pub const RESPONSE_MODE: &str = "direct_post.jwt";
const PREFIX: &str = "x509_hash:";
const MAX_LENGTH: usize = 256 * 1024;

/// Why a request cannot be made or is refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum RequestFault {
    #[error("the request is no signed token that can be read: {0}")]
    Shape(String),
    #[error("the request is longer than {MAX_LENGTH} bytes")]
    TooLong,
    #[error("typ must be {TYPE} and alg ES256, without crit")]
    Header,
    #[error("x5c must have the certificate of the verifier, and none that signed itself")]
    Certificates,
    #[error("the client id is not the hash of the first certificate, or another than announced")]
    ClientId,
    #[error("the signature does not fit the request and its certificate")]
    Signature,
    #[error("{0} is not as HAIP 1.0 wants it")]
    Profile(&'static str),
    #[error("wallet_nonce is another than the one sent")]
    WalletNonce,
    #[error(transparent)]
    Query(#[from] QueryFault),
    #[error("the random source or the signature failed")]
    Signing,
}

/// A request for credentials.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RequestObject {
    /// `x509_hash:` and SHA-256 of the certificate; see [`client_id`].
    pub client_id: String,
    pub response_type: String,
    pub response_mode: String,
    /// Where the response is posted to.
    pub response_uri: String,
    pub aud: String,
    pub nonce: String,
    pub state: String,
    pub dcql_query: Query,
    pub client_metadata: ClientMetadata,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub verifier_info: Option<Vec<VerifierInfo>>,
    /// Repeats what the wallet sent when it fetched the request by POST.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub wallet_nonce: Option<String>,
    /// When it was made, seconds since the epoch.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub iat: Option<i64>,
}

/// What a wallet has to know about the verifier.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ClientMetadata {
    /// One key for encrypting the response.
    pub jwks: Jwks,
    pub encrypted_response_enc_values_supported: Vec<String>,
    pub vp_formats_supported: Value,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub client_name: Option<String>,
}

/// A set of keys.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Jwks {
    pub keys: Vec<Value>,
}

/// What others attest about the verifier.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct VerifierInfo {
    pub format: String,
    pub data: String,
}

impl VerifierInfo {
    /// A registration certificate (`rc-wrp+jwt`).
    pub fn registration(certificate: String) -> Self {
        Self { format: "registration_cert".to_owned(), data: certificate }
    }
}

/// The client id of a verifier: the hash of its certificate (DER), with the prefix `x509_hash:`.
pub fn client_id(certificate: &[u8]) -> String {
    format!("{PREFIX}{}", BASE64URL.encode(digest(&SHA256, certificate)))
}

impl ClientMetadata {
    /// What this verifier can do: one key, both ways of encrypting, ES256 (and ES384 in credentials).
    pub fn new(key: &PublicEncryptionKey) -> Self {
        Self {
            jwks: Jwks { keys: vec![key.to_jwk()] },
            encrypted_response_enc_values_supported: Encryption::ALL
                .iter()
                .map(|it| it.name().to_owned())
                .collect(),
            vp_formats_supported: json!({
                "dc+sd-jwt": {"sd-jwt_alg_values": ["ES256", "ES384"], "kb-jwt_alg_values": ["ES256", "ES384"]},
                "mso_mdoc": {"issuerauth_alg_values": [-7, -9], "deviceauth_alg_values": [-7, -9]},
            }),
            client_name: None,
        }
    }

    /// The key for the response, and how it is to be encrypted: the strongest of what both can do.
    pub fn encryption(&self) -> Result<(PublicEncryptionKey, Encryption), RequestFault> {
        let key = self.jwks.keys.iter().find_map(|it| PublicEncryptionKey::from_jwk(it).ok());
        let offered = &self.encrypted_response_enc_values_supported;
        let encryption = Encryption::ALL.iter().rev().find(|it| offered.iter().any(|name| name == it.name()));
        match (key, encryption) {
            (Some(key), Some(encryption)) => Ok((key, *encryption)),
            _ => Err(RequestFault::Profile("client_metadata")),
        }
    }
}

impl RequestObject {
    /// Signs with the key of the first certificate (DER); none of them may have signed itself.
    pub fn sign(&self, chain: &[Vec<u8>], key: &RequestKey) -> Result<String, RequestFault> {
        check_chain(chain, &self.client_id)?;
        if !chain.first().is_some_and(|it| key.belongs_to(it)) {
            return Err(RequestFault::Certificates);
        }
        let x5c: Vec<String> = chain.iter().map(|it| BASE64_STANDARD.encode(it)).collect();
        let header = json!({"alg": "ES256", "typ": TYPE, "x5c": x5c}).to_string();
        let payload = serde_json::to_string(self).map_err(|_| RequestFault::Signing)?;
        key.sign(&header, &payload).ok_or(RequestFault::Signing)
    }

    /// The wallet's side: checks a request against the announced client id, and answers it with the verifier's
    /// certificates (DER), which are to be judged next.
    pub fn verify(compact: &str, announced: &str) -> Result<(Self, Vec<Vec<u8>>), RequestFault> {
        if compact.len() > MAX_LENGTH {
            return Err(RequestFault::TooLong);
        }
        let mut segments = compact.split('.').map(|it| BASE64URL.decode(it).ok());
        let (Some(Some(header)), Some(Some(payload)), Some(Some(_)), None) =
            (segments.next(), segments.next(), segments.next(), segments.next())
        else {
            return Err(RequestFault::Shape("expected are three base64url segments".to_owned()));
        };
        let shape = |it: serde_json::Error| RequestFault::Shape(it.to_string());
        let header: Header = serde_json::from_slice(&header).map_err(shape)?;
        if header.typ != TYPE || header.alg != "ES256" || header.crit.is_some() {
            return Err(RequestFault::Header);
        }
        let chain: Option<Vec<Vec<u8>>> =
            header.x5c.iter().map(|it| BASE64_STANDARD.decode(it).ok()).collect();
        let chain = chain.ok_or(RequestFault::Certificates)?;
        check_chain(&chain, announced)?;
        if !chain.first().is_some_and(|it| verifies(compact, it)) {
            return Err(RequestFault::Signature);
        }
        let request: Self = serde_json::from_slice(&payload).map_err(shape)?;
        if request.client_id != announced {
            return Err(RequestFault::ClientId);
        }
        request.check()?;
        Ok((request, chain))
    }

    fn check(&self) -> Result<(), RequestFault> {
        let wrong = |what| Err(RequestFault::Profile(what));
        match self {
            it if it.response_type != "vp_token" => wrong("response_type"),
            it if it.response_mode != RESPONSE_MODE => wrong("response_mode"),
            it if it.aud != ANY_WALLET => wrong("aud"),
            it if it.nonce.is_empty() => wrong("nonce"),
            it if !it.response_uri.starts_with("http") => wrong("response_uri"),
            it => {
                it.dcql_query.check()?;
                it.client_metadata.encryption().map(|_| ())
            }
        }
    }
}

#[derive(Deserialize)]
struct Header {
    alg: String,
    typ: String,
    #[serde(default)]
    x5c: Vec<String>,
    #[serde(default)]
    crit: Option<Value>,
}

fn check_chain(chain: &[Vec<u8>], expected: &str) -> Result<(), RequestFault> {
    let first = chain.first().ok_or(RequestFault::Certificates)?;
    if chain.iter().any(|it| is_self_issued(it)) {
        return Err(RequestFault::Certificates);
    }
    if client_id(first) == expected { Ok(()) } else { Err(RequestFault::ClientId) }
}
