#![doc = include_str!("../README.md")]
#![warn(missing_docs)]

pub mod access_token;
pub mod assertion;
pub mod claims;
pub mod dpop;
pub mod fault;
pub mod id_token;
mod json;
pub mod jwk;
pub mod jws;
pub mod logout;
pub mod metadata;
pub mod pkce;
pub mod redirect;
pub mod request;
pub mod request_object;
pub mod response;
pub mod scope;
pub mod signing;
pub mod subject;

#[cfg(test)]
mod tests;

pub use self::{
    access_token::{AccessToken, Confirmation},
    claims::{Claims, JwtFault},
    fault::{ErrorCode, OauthFault},
    jwk::{Jwk, JwkFault, Jwks},
    jws::{Algorithm, Allowed, Jws, JwsFault},
    request::AuthorizationRequest,
    signing::SigningKey,
};

use aws_lc_rs::{constant_time, digest};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};

/// SHA-256 of some bytes as base64url without padding: `ath`, `x5t#S256`, S256 challenges.
pub fn sha256_base64url(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(digest::digest(&digest::SHA256, bytes))
}

/// The thumbprint of a certificate (DER) as `x5t#S256` has it (RFC 8705, section 3.1).
pub fn certificate_thumbprint(der: &[u8]) -> String {
    sha256_base64url(der)
}

/// Compares two texts in time that does not depend on where they differ.
pub fn same(one: &str, other: &str) -> bool {
    constant_time::verify_slices_are_equal(one.as_bytes(), other.as_bytes()).is_ok()
}
