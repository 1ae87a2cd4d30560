//! Signed authorization requests (RFC 9101; FAPI 2.0 message signing, section 5.3.1).

use crate::{
    claims::JwtFault,
    jwk::Jwks,
    jws::{self, Allowed},
    request::AuthorizationRequest,
};

/// The longest life of a request object from `nbf` on, in seconds.
pub const LONGEST: i64 = 3600;

/// Checks a request object with the client's registered keys and answers what it asks for.
///
/// Only what the object says counts; parameters beside it must be ignored (RFC 9101, section 6.3).
pub fn verify(
    object: &str,
    keys: &Jwks,
    allowed: &Allowed,
    client_id: &str,
    issuer: &str,
    now: i64,
) -> Result<AuthorizationRequest, JwtFault> {
    let token = jws::verify(object, keys, allowed)?;
    // Clients of OpenID Connect Core send `JWT` or nothing; a token of any other kind is not a request.
    token.is_or_silent(&["oauth-authz-req+jwt", "jwt"], "oauth-authz-req+jwt")?;
    let claims = &token.claims;
    claims.exactly("iss", client_id)?;
    claims.exactly("client_id", client_id)?;
    if !claims.audience()?.contains(&issuer) {
        return Err(JwtFault::Wrong("aud"));
    }
    let expires = claims.lives(now, LONGEST)?;
    let started = claims.time("nbf")?.unwrap_or(now);
    if expires.saturating_sub(started) > LONGEST || started < now.saturating_sub(LONGEST) {
        return Err(JwtFault::TooLong(LONGEST));
    }
    for nested in ["request", "request_uri"] {
        if claims.get(nested).is_some() {
            return Err(JwtFault::Unwanted(nested));
        }
    }
    // An assertion has `sub`; without this line one could pass as a request (RFC 9101, section 10.8).
    if claims.get("sub").is_some() {
        return Err(JwtFault::Unwanted("sub"));
    }
    AuthorizationRequest::from_claims(claims)
}
