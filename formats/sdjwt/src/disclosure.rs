//! A disclosure: salt, name and value of a claim, and its digest (RFC 9901, section 4.2).

use aws_lc_rs::digest::{Algorithm, SHA256, SHA384, SHA512, digest};
use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD as BASE64URL;
use serde_json::Value;

/// The hash of digests, from `_sd_alg`.
pub(crate) fn hash(name: &str) -> Option<&'static Algorithm> {
    match name {
        "sha-256" => Some(&SHA256),
        "sha-384" => Some(&SHA384),
        "sha-512" => Some(&SHA512),
        _ => None,
    }
}

/// A hash as it is written: base64url over the ASCII text.
pub(crate) fn digest_of(text: &str, hash: &'static Algorithm) -> String {
    BASE64URL.encode(digest(hash, text.as_bytes()))
}

/// What a disclosure says.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Disclosed {
    /// A member of an object.
    Member(String, Value),
    /// An element of an array.
    Element(Value),
}

/// Reads a disclosure; nothing if it is not an array of two or three parts with a text as salt.
pub(crate) fn read(encoded: &str) -> Option<Disclosed> {
    let json = BASE64URL.decode(encoded).ok()?;
    let Ok(Value::Array(parts)) = serde_json::from_slice(&json) else { return None };
    let mut parts = parts.into_iter();
    match (parts.next()?, parts.next()?, parts.next(), parts.next()) {
        (Value::String(_), Value::String(name), Some(value), None) => Some(Disclosed::Member(name, value)),
        (Value::String(_), value, None, None) => Some(Disclosed::Element(value)),
        _ => None,
    }
}

/// Writes a disclosure with a salt of 128 random bits.
pub(crate) fn write(name: Option<&str>, value: Value) -> Option<String> {
    let mut parts = vec![Value::from(random()?)];
    parts.extend(name.map(Value::from));
    parts.push(value);
    Some(BASE64URL.encode(Value::Array(parts).to_string()))
}

/// 128 random bits, base64url; nothing if there is no randomness.
pub(crate) fn random() -> Option<String> {
    let mut bytes = [0_u8; 16];
    aws_lc_rs::rand::fill(&mut bytes).ok()?;
    Some(BASE64URL.encode(bytes))
}
