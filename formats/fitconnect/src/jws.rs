//! Compact JWS with PS512 (RFC 7515, RFC 7518 section 3.5): RSASSA-PSS, SHA-512, salt of 64 bytes.

use std::fmt;

use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::signature::{ParsedPublicKey, RSA_PSS_SHA512, RsaKeyPair};
use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use serde::{Deserialize, Serialize};

use crate::jwk::{Jwk, KeyFault, KeyUse, PrivateJwk};

/// Longest compact JWS that is read, in bytes. Event tokens carry at most a few hundred tags.
pub const MAX_TOKEN: usize = 256 * 1024;

/// Protected header of a signed token.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct JwsHeader {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub typ: Option<String>,
    pub alg: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kid: Option<String>,
    #[serde(default, skip_serializing)]
    crit: Option<serde_json::Value>,
}

/// Why a token is not an acceptable PS512 JWS.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
#[non_exhaustive]
pub enum JwsFault {
    #[error("a compact JWS has three base64url segments separated by dots")]
    NotCompact,
    #[error("the token is longer than {MAX_TOKEN} bytes")]
    TooLong,
    #[error("the header must be a JSON object with the texts alg, typ and kid, without crit")]
    Header,
    #[error("alg must be PS512")]
    Algorithm,
    #[error("the signature does not match")]
    Signature,
}

/// Header and payload of a token whose signature has not been checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unverified {
    pub header: JwsHeader,
    pub payload: Vec<u8>,
}

/// Reads a token without checking its signature; `alg` must be PS512 all the same.
pub fn parse_unverified(token: &str) -> Result<Unverified, JwsFault> {
    if token.len() > MAX_TOKEN {
        return Err(JwsFault::TooLong);
    }
    let (signed, signature) = token.rsplit_once('.').ok_or(JwsFault::NotCompact)?;
    let (header, payload) = signed.split_once('.').ok_or(JwsFault::NotCompact)?;
    let bytes = |text: &str| BASE64_URL_SAFE_NO_PAD.decode(text).map_err(|_| JwsFault::NotCompact);
    let (header, payload) = (bytes(header)?, bytes(payload)?);
    if bytes(signature)?.is_empty() {
        return Err(JwsFault::NotCompact);
    }
    let header: JwsHeader = serde_json::from_slice(&header).map_err(|_| JwsFault::Header)?;
    if header.alg != "PS512" {
        return Err(JwsFault::Algorithm);
    }
    if header.crit.is_some() {
        return Err(JwsFault::Header);
    }
    Ok(Unverified { header, payload })
}

/// A private signing key, parsed once. Cheap to share; `sign` may run on many threads at once.
pub struct Signer {
    pair: RsaKeyPair,
    kid: String,
    public: Jwk,
    random: SystemRandom,
}

impl fmt::Debug for Signer {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Signer").field("kid", &self.kid).finish_non_exhaustive()
    }
}

impl Signer {
    /// Parses and checks the key; it must be meant for PS512.
    pub fn new(key: &PrivateJwk) -> Result<Self, KeyFault> {
        if key.usage() != Some(KeyUse::Sign) {
            return Err(KeyFault::Algorithm { expected: "PS512", found: key.alg.chars().take(40).collect() });
        }
        Ok(Self {
            pair: key.key_pair()?,
            kid: key.kid.clone(),
            public: key.public(),
            random: SystemRandom::new(),
        })
    }

    /// Id of the signing key, as it stands in every header.
    pub fn kid(&self) -> &str {
        &self.kid
    }

    /// The public half.
    pub fn public(&self) -> &Jwk {
        &self.public
    }

    /// A verifier for the tokens of this signer.
    pub fn verifier(&self) -> Result<Verifier, KeyFault> {
        Verifier::new(&self.public)
    }

    /// Signs `payload` under the header `{typ, alg: PS512, kid}`.
    pub fn sign(&self, typ: &str, payload: &[u8]) -> Result<String, JwsFault> {
        let header = JwsHeader {
            typ: Some(typ.to_owned()),
            alg: "PS512".to_owned(),
            kid: Some(self.kid.clone()),
            crit: None,
        };
        let header = serde_json::to_vec(&header).map_err(|_| JwsFault::Header)?;
        let mut token = BASE64_URL_SAFE_NO_PAD.encode(header);
        token.push('.');
        BASE64_URL_SAFE_NO_PAD.encode_string(payload, &mut token);
        let signature = self.sign_bytes(token.as_bytes())?;
        token.push('.');
        BASE64_URL_SAFE_NO_PAD.encode_string(signature, &mut token);
        Ok(token)
    }

    /// Raw RSASSA-PSS SHA-512 signature, as certificates need it.
    pub(crate) fn sign_bytes(&self, message: &[u8]) -> Result<Vec<u8>, JwsFault> {
        let mut signature = vec![0_u8; self.pair.public_modulus_len()];
        self.pair
            .sign(&RSA_PSS_SHA512, &self.random, message, &mut signature)
            .map_err(|_| JwsFault::Signature)?;
        Ok(signature)
    }
}

/// A public signing key, parsed once.
#[derive(Clone, Debug)]
pub struct Verifier {
    key: ParsedPublicKey,
}

impl Verifier {
    /// The key must pass [`Jwk::check`] for signing.
    pub fn new(key: &Jwk) -> Result<Self, KeyFault> {
        key.check(KeyUse::Sign)?;
        Ok(Self { key: key.verifying_key()? })
    }

    /// Checks form and signature and returns header and payload. The algorithm is PS512 whatever the header says;
    /// a header that says otherwise is refused.
    pub fn verify(&self, token: &str) -> Result<Unverified, JwsFault> {
        let content = parse_unverified(token)?;
        self.verify_signature(token)?;
        Ok(content)
    }

    /// Checks only the signature over the first two segments.
    pub(crate) fn verify_signature(&self, token: &str) -> Result<(), JwsFault> {
        let (signed, signature) = token.rsplit_once('.').ok_or(JwsFault::NotCompact)?;
        let signature = BASE64_URL_SAFE_NO_PAD.decode(signature).map_err(|_| JwsFault::NotCompact)?;
        self.key.verify_sig(signed.as_bytes(), &signature).map_err(|_| JwsFault::Signature)
    }
}
