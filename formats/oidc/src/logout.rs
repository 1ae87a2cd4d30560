//! Logout: the token that tells a client that a session is over (OpenID Connect Back-Channel Logout 1.0).

use crate::{
    claims::{Claims, JwtFault},
    jwk::Jwks,
    jws::{self, Allowed},
};
use serde_json::{Map, Value, json};

/// `typ` in the header.
pub const TYPE: &str = "logout+jwt";
/// The one event.
pub const EVENT: &str = "http://schemas.openid.net/event/backchannel-logout";
/// How long a logout token lives, in seconds (section 2.4 recommends two minutes).
pub const LIFE: i64 = 120;

/// The claims of a logout token for one client.
pub fn claims(
    issuer: &str,
    client_id: &str,
    subject: Option<&str>,
    sid: &str,
    now: i64,
    jti: &str,
) -> Map<String, Value> {
    let mut claims = Map::new();
    let mut put = |name: &str, value: Value| {
        claims.insert(name.to_owned(), value);
    };
    put("iss", issuer.into());
    put("aud", client_id.into());
    put("iat", now.into());
    put("exp", now.saturating_add(LIFE).into());
    put("jti", jti.into());
    put("sid", sid.into());
    if let Some(subject) = subject {
        put("sub", subject.into());
    }
    put("events", json!({ EVENT: {} }));
    claims
}

/// Checks a provider's logout token (section 2.6); the caller remembers `jti` and ends what `sid` or `sub` names.
pub fn verify(
    token: &str,
    keys: &Jwks,
    allowed: &Allowed,
    issuer: &str,
    client_id: &str,
    now: i64,
) -> Result<Claims, JwtFault> {
    let token = jws::verify(token, keys, allowed)?;
    token.is_or_silent(&[TYPE, "jwt"], TYPE)?;
    let claims = &token.claims;
    claims.exactly("iss", issuer)?;
    if !claims.audience()?.contains(&client_id) {
        return Err(JwtFault::Wrong("aud"));
    }
    claims.lives(now, 3600)?;
    claims.time("iat")?.ok_or(JwtFault::Missing("iat"))?;
    claims.required("jti")?;
    if claims.text("sub").is_none() && claims.text("sid").is_none() {
        return Err(JwtFault::Missing("sid"));
    }
    if !claims.get("events").and_then(|it| it.get(EVENT)).is_some_and(Value::is_object) {
        return Err(JwtFault::Malformed("events"));
    }
    // An ID token has a nonce; without this line one could pass as a logout token (section 2.6, step 5).
    if claims.get("nonce").is_some() {
        return Err(JwtFault::Unwanted("nonce"));
    }
    Ok(token.claims)
}
