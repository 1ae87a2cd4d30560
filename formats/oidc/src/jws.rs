//! Compact signed tokens (RFC 7515), verified only with listed algorithms and only with keys that the caller trusts.

use crate::{
    claims::Claims,
    json,
    jwk::{Jwk, Jwks},
};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use serde_json::{Map, Value};
use std::fmt;

/// The longest token that is looked at, in bytes.
pub const MAX_TOKEN: usize = 64 * 1024;
/// The longest `kid`, in bytes. It is only ever compared, never a path or part of a query.
const MAX_KID: usize = 256;

/// A signature algorithm. `none` and the HMAC family have no name here, so no list can allow them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Algorithm {
    /// RSASSA-PSS with SHA-256.
    Ps256,
    /// RSASSA-PSS with SHA-512.
    Ps512,
    /// ECDSA on P-256 with SHA-256.
    Es256,
    /// ECDSA on P-384 with SHA-384.
    Es384,
    /// Ed25519.
    EdDsa,
    /// RSASSA-PKCS1-v1_5 with SHA-256: only verified, and only where a caller lists it.
    Rs256,
}

impl Algorithm {
    /// Its name in `alg` (RFC 7518, section 3.1; RFC 8037).
    pub const fn name(self) -> &'static str {
        match self {
            Self::Ps256 => "PS256",
            Self::Ps512 => "PS512",
            Self::Es256 => "ES256",
            Self::Es384 => "ES384",
            Self::EdDsa => "EdDSA",
            Self::Rs256 => "RS256",
        }
    }

    /// The algorithm of a name; `Ed25519` is the fully specified name of RFC 9864.
    pub fn named(name: &str) -> Option<Self> {
        match name {
            "PS256" => Some(Self::Ps256),
            "PS512" => Some(Self::Ps512),
            "ES256" => Some(Self::Es256),
            "ES384" => Some(Self::Es384),
            "EdDSA" | "Ed25519" => Some(Self::EdDsa),
            "RS256" => Some(Self::Rs256),
            _ => None,
        }
    }
}

impl fmt::Display for Algorithm {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        to.write_str(self.name())
    }
}

/// What a verifier accepts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Allowed {
    /// The algorithms.
    pub algorithms: &'static [Algorithm],
    /// The shortest RSA modulus, in bits.
    pub rsa_bits: usize,
}

/// FAPI 2.0 (section 5.4.1, with PS512 as FIT-Connect has it and ES384) and 3000 bits for RSA as TR-02102-1 wants.
pub const FAPI: Allowed = Allowed {
    algorithms: &[Algorithm::Ps256, Algorithm::Ps512, Algorithm::Es256, Algorithm::Es384, Algorithm::EdDsa],
    rsa_bits: 3000,
};

/// For providers elsewhere that sign with RS256 and nothing else; 2048 bits.
pub const UPSTREAM: Allowed = Allowed {
    algorithms: &[
        Algorithm::Ps256,
        Algorithm::Ps512,
        Algorithm::Es256,
        Algorithm::Es384,
        Algorithm::EdDsa,
        Algorithm::Rs256,
    ],
    rsa_bits: 2048,
};

/// Why a token is not accepted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum JwsFault {
    /// Too long.
    #[error("the token is longer than 65536 bytes")]
    TooLong,
    /// Not three parts of base64url with JSON inside.
    #[error(
        "the token is not a compact JWS: three parts of base64url without padding, header and claims JSON objects without repeated names"
    )]
    Malformed,
    /// `alg` missing, or not on the list.
    #[error("the algorithm is not accepted here")]
    Algorithm,
    /// `crit` or `b64`: extensions that are not understood must be refused (RFC 7515, section 4.1.11).
    #[error("the header asks for an extension (`crit`, `b64`) that is not understood here")]
    Extension,
    /// The token brings its own key or names an address to fetch one from.
    #[error(
        "the header brings a key or an address of one (`jwk`, `jku`, `x5u`); keys come only from registration"
    )]
    OwnKey,
    /// `kid` is not a text, or too long.
    #[error("`kid` is not a short text")]
    Kid,
    /// `typ` is not a text.
    #[error("`typ` is not a text")]
    Type,
    /// No key, or more than one, fits.
    #[error("no key of the signer fits `kid` and algorithm, or several do; name the key in `kid`")]
    NoKey,
    /// The RSA key is too short for what the verifier accepts.
    #[error("the RSA key is shorter than accepted here")]
    Weak,
    /// The signature does not fit.
    #[error("the signature does not fit")]
    Signature,
}

/// The protected header, as far as it is looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Header {
    /// `alg`.
    pub algorithm: Algorithm,
    /// `kid`.
    pub kid: Option<String>,
    /// `typ`, in lower case and without `application/`.
    pub typ: Option<String>,
    /// `jwk`; only DPoP proofs may have it.
    pub jwk: Option<Value>,
    /// `x5c`, never trusted by itself.
    pub certificates: Vec<String>,
}

/// A token that was taken apart, but whose signature nobody has checked.
#[derive(Debug, Clone)]
pub struct Unverified<'a> {
    /// The header.
    pub header: Header,
    /// What the token claims; good for finding out whose keys to use, and for nothing else.
    pub claims: Claims,
    signed: &'a str,
    signature: Vec<u8>,
}

/// A token whose signature fits.
#[derive(Debug, Clone)]
pub struct Jws {
    /// The header.
    pub header: Header,
    /// The claims.
    pub claims: Claims,
}

/// Takes a token apart without believing it.
pub fn parse(token: &str) -> Result<Unverified<'_>, JwsFault> {
    if token.len() > MAX_TOKEN {
        return Err(JwsFault::TooLong);
    }
    let (signed, made) = token.rsplit_once('.').ok_or(JwsFault::Malformed)?;
    let (header, payload) = signed.split_once('.').ok_or(JwsFault::Malformed)?;
    if payload.contains('.') {
        return Err(JwsFault::Malformed);
    }
    let decode = |part: &str| URL_SAFE_NO_PAD.decode(part).map_err(|_| JwsFault::Malformed);
    let members = json::object(&decode(header)?).ok_or(JwsFault::Malformed)?;
    let header = read_header(&members)?;
    let claims = json::object(&decode(payload)?).ok_or(JwsFault::Malformed)?;
    Ok(Unverified { header, claims: Claims::new(claims), signed, signature: decode(made)? })
}

/// Verifies a token with a set of trusted keys.
pub fn verify(token: &str, keys: &Jwks, allowed: &Allowed) -> Result<Jws, JwsFault> {
    parse(token)?.verify(keys, allowed)
}

impl Unverified<'_> {
    /// Verifies the signature with a set of trusted keys.
    pub fn verify(self, keys: &Jwks, allowed: &Allowed) -> Result<Jws, JwsFault> {
        if self.header.jwk.is_some() {
            return Err(JwsFault::OwnKey);
        }
        // The list comes first: a key that suits must never widen it.
        if !allowed.algorithms.contains(&self.header.algorithm) {
            return Err(JwsFault::Algorithm);
        }
        let key = keys.select(self.header.kid.as_deref(), self.header.algorithm).ok_or(JwsFault::NoKey)?;
        self.verify_with(key, allowed)
    }

    /// Verifies the signature with one key.
    pub fn verify_with(self, key: &Jwk, allowed: &Allowed) -> Result<Jws, JwsFault> {
        let algorithm = self.header.algorithm;
        if !allowed.algorithms.contains(&algorithm) {
            return Err(JwsFault::Algorithm);
        }
        if !key.suits(algorithm) {
            return Err(JwsFault::NoKey);
        }
        if key.rsa_bits().is_some_and(|it| it < allowed.rsa_bits) {
            return Err(JwsFault::Weak);
        }
        if !key.verifies(algorithm, self.signed.as_bytes(), &self.signature) {
            return Err(JwsFault::Signature);
        }
        Ok(Jws { header: self.header, claims: self.claims })
    }
}

fn read_header(members: &Map<String, Value>) -> Result<Header, JwsFault> {
    if members.contains_key("crit") || members.contains_key("b64") {
        return Err(JwsFault::Extension);
    }
    if members.contains_key("jku") || members.contains_key("x5u") {
        return Err(JwsFault::OwnKey);
    }
    let alg = members.get("alg").and_then(Value::as_str).ok_or(JwsFault::Algorithm)?;
    let kid = match members.get("kid") {
        None => None,
        Some(Value::String(kid)) if kid.len() <= MAX_KID => Some(kid.clone()),
        Some(_) => return Err(JwsFault::Kid),
    };
    let typ = match members.get("typ") {
        None => None,
        Some(Value::String(typ)) => {
            let typ = typ.to_ascii_lowercase();
            Some(typ.strip_prefix("application/").unwrap_or(&typ).to_owned())
        }
        Some(_) => return Err(JwsFault::Type),
    };
    let certificates = members.get("x5c").and_then(Value::as_array);
    Ok(Header {
        algorithm: Algorithm::named(alg).ok_or(JwsFault::Algorithm)?,
        kid,
        typ,
        jwk: members.get("jwk").cloned(),
        certificates: certificates
            .map(|it| it.iter().filter_map(|it| it.as_str().map(str::to_owned)).collect())
            .unwrap_or_default(),
    })
}
