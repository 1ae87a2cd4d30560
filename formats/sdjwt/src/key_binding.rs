//! The holder's proof that it has the key of the credential: KB-JWT (RFC 9901, section 4.3).

use serde_json::{Map, json};

use crate::jws::{self, Jws, JwsFault};
use crate::key::{PublicKey, SigningKey};
use crate::sd_jwt::{ParseFault, SdJwt};

/// The type of the proof.
pub const TYPE: &str = "kb+jwt";

/// Why the holder's proof is refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum KeyBindingFault {
    #[error("the holder's proof (KB-JWT) is missing")]
    Missing,
    #[error("the holder's proof: {0}")]
    Jws(#[from] JwsFault),
    #[error("the holder's proof names another nonce")]
    Nonce,
    #[error("the holder's proof is meant for somebody else (aud)")]
    Audience,
    #[error("the holder's proof belongs to other disclosures (sd_hash)")]
    Hash,
    #[error("the holder's proof is too old or from the future (iat)")]
    Time,
    #[error(transparent)]
    Parse(#[from] ParseFault),
}

/// What a verifier expects of the proof.
#[derive(Clone, Copy, Debug)]
pub struct Expected<'e> {
    pub nonce: &'e str,
    /// The verifier itself: for `OpenID4VP` the complete client id.
    pub audience: &'e str,
    /// Seconds since the epoch.
    pub now: i64,
    /// How old the proof may be, seconds.
    pub max_age: i64,
    /// By how much clocks may differ, seconds.
    pub leeway: i64,
}

/// Checks the proof of a presentation against the holder's key (from the issuer's `cnf`).
pub fn verify(sd_jwt: &SdJwt, holder: &PublicKey, expected: &Expected<'_>) -> Result<(), KeyBindingFault> {
    let proof = Jws::parse(sd_jwt.key_binding.as_deref().ok_or(KeyBindingFault::Missing)?)?;
    proof.expect_type(TYPE)?;
    proof.verify(holder)?;
    let text = |name: &str| proof.payload.get(name).and_then(serde_json::Value::as_str);
    if text("nonce") != Some(expected.nonce) {
        return Err(KeyBindingFault::Nonce);
    }
    if text("aud") != Some(expected.audience) {
        return Err(KeyBindingFault::Audience);
    }
    if text("sd_hash") != Some(sd_jwt.sd_hash()?.as_str()) {
        return Err(KeyBindingFault::Hash);
    }
    let age = expected.now.saturating_sub(proof.number("iat").ok_or(KeyBindingFault::Time)?);
    if age < -expected.leeway || age > expected.max_age.saturating_add(expected.leeway) {
        return Err(KeyBindingFault::Time);
    }
    Ok(())
}

/// The holder's side: adds the proof. `now` in seconds since the epoch.
pub fn bind(
    sd_jwt: &SdJwt,
    holder: &SigningKey,
    (nonce, audience): (&str, &str),
    now: i64,
) -> Result<SdJwt, KeyBindingFault> {
    let mut header = Map::new();
    header.insert("typ".to_owned(), TYPE.into());
    let payload = json!({"iat": now, "aud": audience, "nonce": nonce, "sd_hash": sd_jwt.sd_hash()?});
    let proof = jws::sign(&header, &payload, holder)?;
    Ok(SdJwt { key_binding: Some(proof), ..sd_jwt.clone() })
}
