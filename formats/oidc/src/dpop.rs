//! Proofs of possession (DPoP, RFC 9449): what a server checks, and how a client makes one.

use crate::{
    claims::{JwtFault, SKEW},
    jwk::{Jwk, JwkFault},
    jws::{self, Allowed, JwsFault},
    sha256_base64url,
    signing::SigningKey,
};
use serde_json::{Value, json};
use url::Url;

/// How old a proof may be, in seconds; its `jti` is remembered for as long.
pub const WINDOW: i64 = 300;

/// What a proof must fit.
#[derive(Debug, Clone, Copy)]
pub struct Expected<'a> {
    /// The method of the request.
    pub method: &'a str,
    /// The addresses under which the request may have been sent (the node can have two); query and fragment do not count.
    pub urls: &'a [&'a str],
    /// The access token beside the proof, where there is one.
    pub access_token: Option<&'a str>,
    /// Now, in seconds.
    pub now: i64,
}

/// A proof that fits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proof {
    /// The thumbprint of the key that was proven: `jkt`.
    pub thumbprint: String,
    /// Its id; the caller remembers it until `expires` and refuses it a second time.
    pub jti: String,
    /// When the proof is too old anyway, in seconds.
    pub expires: i64,
    /// The server's nonce in it, for the caller to judge.
    pub nonce: Option<String>,
}

/// Checks a proof, all of section 4.3 but nonce and replay, which need memory.
pub fn verify(proof: &str, allowed: &Allowed, expected: Expected<'_>) -> Result<Proof, JwtFault> {
    let mut token = jws::parse(proof)?;
    let key = token.header.jwk.take().ok_or(JwtFault::Missing("jwk"))?;
    let key = Jwk::read(&key).map_err(|_| JwtFault::Malformed("jwk"))?;
    // The proof's key may come with it: that it is the right one is said by the token it is bound to.
    let token = token.verify_with(&key, allowed)?;
    token.is(&["dpop+jwt"], "dpop+jwt")?;
    let claims = &token.claims;
    claims.exactly("htm", expected.method)?;
    let sent_to = normalised(claims.required("htu")?).ok_or(JwtFault::Malformed("htu"))?;
    if !expected.urls.iter().any(|it| normalised(it).as_ref() == Some(&sent_to)) {
        return Err(JwtFault::Wrong("htu"));
    }
    let issued = claims.time("iat")?.ok_or(JwtFault::Missing("iat"))?;
    if issued > expected.now.saturating_add(SKEW) {
        return Err(JwtFault::Early);
    }
    let expires = issued.saturating_add(WINDOW);
    if expires < expected.now {
        return Err(JwtFault::TooOld);
    }
    if let Some(access_token) = expected.access_token {
        claims.exactly("ath", &sha256_base64url(access_token.as_bytes()))?;
    }
    let jti = claims.required("jti")?;
    if jti.len() > 256 {
        return Err(JwtFault::Malformed("jti"));
    }
    let nonce = match claims.get("nonce") {
        None => None,
        Some(Value::String(it)) => Some(it.clone()),
        Some(_) => return Err(JwtFault::Malformed("nonce")),
    };
    Ok(Proof { thumbprint: key.thumbprint(), jti: jti.to_owned(), expires, nonce })
}

/// The thumbprint of a proof's key, without believing the proof.
pub fn claimed_thumbprint(proof: &str) -> Result<String, JwtFault> {
    let token = jws::parse(proof)?;
    let key = token.header.jwk.ok_or(JwtFault::Jws(JwsFault::NoKey))?;
    Ok(Jwk::read(&key).map_err(|_| JwtFault::Malformed("jwk"))?.thumbprint())
}

/// Makes a proof. `jti` must be new each time.
pub fn make(
    key: &SigningKey,
    method: &str,
    url: &str,
    now: i64,
    jti: &str,
    nonce: Option<&str>,
    access_token: Option<&str>,
) -> Result<String, JwkFault> {
    let mut bare = key.public().clone();
    (bare.kid, bare.alg, bare.usage) = (None, None, None);
    let header = json!({ "typ": "dpop+jwt", "alg": key.algorithm().name(), "jwk": bare });
    let mut claims = json!({ "jti": jti, "htm": method, "htu": url, "iat": now });
    if let Some(claims) = claims.as_object_mut() {
        if let Some(nonce) = nonce {
            claims.insert("nonce".to_owned(), nonce.into());
        }
        if let Some(token) = access_token {
            claims.insert("ath".to_owned(), sha256_base64url(token.as_bytes()).into());
        }
    }
    key.sign_with_header(&header, &claims)
}

/// Scheme and host in lower case, no default port, no dots in the path, no query, no fragment (RFC 3986, section 6.2).
fn normalised(url: &str) -> Option<Url> {
    let mut url = Url::parse(url).ok()?;
    if !matches!(url.scheme(), "https" | "http") || !url.username().is_empty() || url.password().is_some() {
        return None;
    }
    url.set_query(None);
    url.set_fragment(None);
    Some(url)
}
