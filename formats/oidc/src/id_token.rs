//! ID tokens (OpenID Connect Core, sections 2 and 3.1.3.7): what a provider puts in, what a relying party checks.

use crate::{
    claims::{Claims, JwtFault, SKEW},
    jwk::Jwks,
    jws::{self, Algorithm, Allowed},
    same,
};
use aws_lc_rs::digest;
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use serde_json::{Map, Value};

/// The longest life of a foreign ID token that is believed, in seconds: a day.
const LONGEST: i64 = 86_400;

/// What a provider says about a sign-in.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct IdToken {
    /// `iss`.
    pub issuer: String,
    /// `sub`: the person's pseudonym for this client.
    pub subject: String,
    /// `aud`: the client.
    pub client_id: String,
    /// `iat`, in seconds.
    pub issued: i64,
    /// `exp`, in seconds.
    pub expires: i64,
    /// `auth_time`, in seconds.
    pub auth_time: Option<i64>,
    /// `nonce`, as the client sent it.
    pub nonce: Option<String>,
    /// `acr`: the level of assurance.
    pub acr: Option<String>,
    /// `amr`: how the person signed in (RFC 8176).
    pub amr: Vec<String>,
    /// `sid`: the session, for logout.
    pub sid: Option<String>,
    /// Everything else, consented to.
    pub more: Map<String, Value>,
}

impl IdToken {
    /// As claims; `access_token` and the signing algorithm give `at_hash`.
    pub fn claims(&self, algorithm: Algorithm, access_token: Option<&str>) -> Map<String, Value> {
        let mut claims = self.more.clone();
        let mut put = |name: &str, value: Value| {
            claims.insert(name.to_owned(), value);
        };
        put("iss", self.issuer.clone().into());
        put("sub", self.subject.clone().into());
        put("aud", self.client_id.clone().into());
        put("iat", self.issued.into());
        put("exp", self.expires.into());
        if let Some(auth_time) = self.auth_time {
            put("auth_time", auth_time.into());
        }
        for (name, value) in [("nonce", &self.nonce), ("acr", &self.acr), ("sid", &self.sid)] {
            if let Some(value) = value {
                put(name, value.clone().into());
            }
        }
        if !self.amr.is_empty() {
            put("amr", self.amr.clone().into());
        }
        if let Some(token) = access_token {
            put("at_hash", half_hash(algorithm, token).into());
        }
        claims
    }
}

/// What an ID token must fit.
#[derive(Debug, Clone, Copy, Default)]
pub struct Expected<'a> {
    /// The provider, exactly as configured.
    pub issuer: &'a str,
    /// Ourselves at that provider.
    pub client_id: &'a str,
    /// The nonce of the request; without one sent, none may come back.
    pub nonce: Option<&'a str>,
    /// The access token that came with it.
    pub access_token: Option<&'a str>,
    /// The code it came for; only with `c_hash`.
    pub code: Option<&'a str>,
    /// How long ago the person may have signed in, in seconds, where that was asked for.
    pub max_age: Option<i64>,
    /// Acceptable levels, where one was asked for as essential.
    pub acr: &'a [&'a str],
    /// Now, in seconds.
    pub now: i64,
}

/// Checks a provider's ID token with its published keys.
pub fn verify(
    token: &str,
    keys: &Jwks,
    allowed: &Allowed,
    expected: Expected<'_>,
) -> Result<Claims, JwtFault> {
    let token = jws::verify(token, keys, allowed)?;
    token.is_or_silent(&["jwt"], "JWT")?;
    let claims = &token.claims;
    claims.exactly("iss", expected.issuer)?;
    claims.required("sub")?;
    let audience = claims.audience()?;
    if !audience.contains(&expected.client_id) {
        return Err(JwtFault::Wrong("aud"));
    }
    match claims.get("azp") {
        None if audience.len() > 1 => return Err(JwtFault::Missing("azp")),
        None => {}
        Some(_) => claims.exactly("azp", expected.client_id)?,
    }
    claims.lives(expected.now, LONGEST)?;
    claims.time("iat")?.ok_or(JwtFault::Missing("iat"))?;
    match (expected.nonce, claims.get("nonce")) {
        (Some(nonce), _) => claims.exactly("nonce", nonce)?,
        (None, Some(_)) => return Err(JwtFault::Unwanted("nonce")),
        (None, None) => {}
    }
    let hashes = [("at_hash", expected.access_token), ("c_hash", expected.code)];
    for (name, hashed) in hashes {
        if let (Some(hash), Some(hashed)) = (claims.get(name), hashed) {
            let hash = hash.as_str().ok_or(JwtFault::Malformed(name))?;
            if !same(hash, &half_hash(token.header.algorithm, hashed)) {
                return Err(JwtFault::Wrong(name));
            }
        }
    }
    if let Some(max_age) = expected.max_age {
        let signed_in = claims.time("auth_time")?.ok_or(JwtFault::Missing("auth_time"))?;
        if signed_in.saturating_add(max_age).saturating_add(SKEW) < expected.now {
            return Err(JwtFault::TooOld);
        }
    }
    if !expected.acr.is_empty() && !expected.acr.contains(&claims.required("acr")?) {
        return Err(JwtFault::Wrong("acr"));
    }
    Ok(token.claims)
}

/// The left half of the hash that belongs to the algorithm (section 3.1.3.6); SHA-512 for Ed25519.
pub fn half_hash(algorithm: Algorithm, text: &str) -> String {
    let hash = match algorithm {
        Algorithm::Es256 | Algorithm::Ps256 | Algorithm::Rs256 => &digest::SHA256,
        Algorithm::Es384 => &digest::SHA384,
        Algorithm::Ps512 | Algorithm::EdDsa => &digest::SHA512,
    };
    let whole = digest::digest(hash, text.as_bytes());
    let half = whole.as_ref().get(..whole.as_ref().len() / 2).unwrap_or_default();
    URL_SAFE_NO_PAD.encode(half)
}
