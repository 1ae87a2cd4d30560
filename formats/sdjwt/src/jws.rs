//! Compact JWS (RFC 7515) with ES256 and ES384; the key decides which, so a token cannot choose another algorithm.

use base64::Engine as _;
use base64::prelude::{BASE64_STANDARD, BASE64_URL_SAFE_NO_PAD as BASE64URL};
use serde_json::{Map, Value};

use crate::key::{KeyFault, PublicKey, SigningKey};

/// Longest token that is read, in bytes.
pub const MAX_LENGTH: usize = 4 * 1024 * 1024;

/// Why a signed token is refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum JwsFault {
    #[error("a signed token has three base64url segments, header and content being JSON objects")]
    Shape,
    #[error("the token is longer than {MAX_LENGTH} bytes")]
    TooLong,
    #[error("alg must be {expected}, found is {found}")]
    Algorithm { expected: &'static str, found: String },
    #[error("typ must be {expected}, found is {found}")]
    Type { expected: &'static str, found: String },
    #[error("critical header extensions (crit) are not supported")]
    Critical,
    #[error("the signature does not fit the content and the key")]
    Signature,
    #[error("x5c must be a list of certificates in base64 (not base64url), the signer's first")]
    Certificates,
    #[error(transparent)]
    Key(#[from] KeyFault),
}

/// A signed token whose signature nobody has checked yet.
#[derive(Clone, Debug, PartialEq)]
pub struct Jws {
    /// The protected header.
    pub header: Map<String, Value>,
    /// The content; not to be believed before [`Jws::verify`].
    pub payload: Map<String, Value>,
    signed: String,
    signature: Vec<u8>,
}

impl Jws {
    /// Takes a compact JWS apart.
    pub fn parse(compact: &str) -> Result<Self, JwsFault> {
        if compact.len() > MAX_LENGTH {
            return Err(JwsFault::TooLong);
        }
        let (signed, signature) = compact.rsplit_once('.').ok_or(JwsFault::Shape)?;
        let (header, payload) = signed.split_once('.').ok_or(JwsFault::Shape)?;
        Ok(Self {
            header: object(header)?,
            payload: object(payload)?,
            signed: signed.to_owned(),
            signature: BASE64URL.decode(signature).map_err(|_| JwsFault::Shape)?,
        })
    }

    /// Checks the type of the token: the header's `typ`.
    pub fn expect_type(&self, expected: &'static str) -> Result<(), JwsFault> {
        match self.header.get("typ").and_then(Value::as_str) {
            Some(found) if found == expected => Ok(()),
            found => Err(JwsFault::Type { expected, found: found.unwrap_or("none").to_owned() }),
        }
    }

    /// Checks the signature; `alg` has to be the one algorithm of the key.
    pub fn verify(&self, key: &PublicKey) -> Result<(), JwsFault> {
        let expected = key.curve().algorithm();
        let found = self.header.get("alg").and_then(Value::as_str).unwrap_or("none");
        if found != expected {
            return Err(JwsFault::Algorithm { expected, found: found.to_owned() });
        }
        if self.header.contains_key("crit") {
            return Err(JwsFault::Critical);
        }
        if key.verifies(self.signed.as_bytes(), &self.signature) { Ok(()) } else { Err(JwsFault::Signature) }
    }

    /// The certificates of the header's `x5c` (DER), the signer's first; nothing where there is none.
    pub fn x5c(&self) -> Result<Vec<Vec<u8>>, JwsFault> {
        let Some(chain) = self.header.get("x5c") else { return Ok(Vec::new()) };
        let chain = chain.as_array().ok_or(JwsFault::Certificates)?;
        let der = |it: &Value| BASE64_STANDARD.decode(it.as_str()?).ok();
        chain.iter().map(|it| der(it).ok_or(JwsFault::Certificates)).collect()
    }

    /// A number among the claims, for times.
    pub(crate) fn number(&self, name: &str) -> Option<i64> {
        number(&self.payload, name)
    }
}

/// Signs; `alg` is set by the key.
pub fn sign(header: &Map<String, Value>, payload: &Value, key: &SigningKey) -> Result<String, JwsFault> {
    let mut all = Map::new();
    all.insert("alg".to_owned(), key.public().curve().algorithm().into());
    all.extend(header.iter().filter(|(name, _)| *name != "alg").map(|(name, it)| (name.clone(), it.clone())));
    let mut compact = BASE64URL.encode(Value::Object(all).to_string());
    compact.push('.');
    BASE64URL.encode_string(payload.to_string(), &mut compact);
    let signature = key.sign(compact.as_bytes())?;
    compact.push('.');
    BASE64URL.encode_string(signature, &mut compact);
    Ok(compact)
}

/// The value of a header's `x5c` for a chain of certificates (DER), the signer's first.
pub fn x5c(chain: &[Vec<u8>]) -> Value {
    chain.iter().map(|it| Value::from(BASE64_STANDARD.encode(it))).collect()
}

/// A time among claims (RFC 7519 `NumericDate`), whole seconds; fractions are cut off.
pub(crate) fn number(claims: &Map<String, Value>, name: &str) -> Option<i64> {
    let number = claims.get(name)?;
    #[expect(clippy::cast_possible_truncation, reason = "a time with a fraction is cut to its second")]
    number.as_i64().or_else(|| number.as_f64().map(|it| it as i64))
}

fn object(segment: &str) -> Result<Map<String, Value>, JwsFault> {
    let json = BASE64URL.decode(segment).map_err(|_| JwsFault::Shape)?;
    match serde_json::from_slice(&json) {
        Ok(Value::Object(object)) => Ok(object),
        _ => Err(JwsFault::Shape),
    }
}
