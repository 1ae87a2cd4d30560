//! Client assertions: `private_key_jwt` (RFC 7523; OpenID Connect Core, section 9; FAPI 2.0, section 5.3.2.1).

use crate::{
    claims::JwtFault,
    jwk::Jwks,
    jws::{self, Allowed},
};

/// `client_assertion_type`.
pub const TYPE: &str = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
/// The longest life of an assertion from now, in seconds.
pub const LONGEST: i64 = 3600;

/// What an assertion must fit.
#[derive(Debug, Clone, Copy)]
pub struct Expected<'a> {
    /// The client.
    pub client_id: &'a str,
    /// Who it may be for. FAPI 2.0: only the issuer, as one text.
    pub audiences: &'a [&'a str],
    /// Whether `aud` must be one text; several audiences let another server replay the assertion here.
    pub single_audience: bool,
    /// Now, in seconds.
    pub now: i64,
}

/// An assertion that fits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Assertion {
    /// Its id; the caller remembers it until `expires` and refuses it a second time.
    pub jti: String,
    /// When it expires, in seconds.
    pub expires: i64,
    /// The thumbprint of the header's key id, if it has one: which key signed.
    pub kid: Option<String>,
}

/// Which client an assertion says to be from; to find the keys, nothing else.
pub fn claimed_client(assertion: &str) -> Result<String, JwtFault> {
    Ok(jws::parse(assertion)?.claims.required("sub")?.to_owned())
}

/// Checks an assertion with the client's registered keys.
pub fn verify(
    assertion: &str,
    keys: &Jwks,
    allowed: &Allowed,
    expected: Expected<'_>,
) -> Result<Assertion, JwtFault> {
    let token = jws::verify(assertion, keys, allowed)?;
    token.is_or_silent(&["jwt", "client-authentication+jwt"], "JWT or client-authentication+jwt")?;
    let claims = &token.claims;
    claims.exactly("iss", expected.client_id)?;
    claims.exactly("sub", expected.client_id)?;
    let audience = claims.audience()?;
    if expected.single_audience && !claims.get("aud").is_some_and(serde_json::Value::is_string) {
        return Err(JwtFault::Wrong("aud"));
    }
    if !audience.iter().any(|it| expected.audiences.contains(it)) {
        return Err(JwtFault::Wrong("aud"));
    }
    let expires = claims.lives(expected.now, LONGEST)?;
    let jti = claims.required("jti")?;
    if jti.len() > 256 {
        return Err(JwtFault::Malformed("jti"));
    }
    Ok(Assertion { jti: jti.to_owned(), expires, kid: token.header.kid })
}
