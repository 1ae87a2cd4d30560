//! Proof Key for Code Exchange (RFC 7636), only with S256.

use crate::{same, sha256_base64url};

/// The one method.
pub const S256: &str = "S256";

/// Whether a challenge has the shape of S256: 43 characters of base64url.
pub fn is_challenge(challenge: &str) -> bool {
    challenge.len() == 43 && challenge.bytes().all(|it| it.is_ascii_alphanumeric() || b"-_".contains(&it))
}

/// Whether a verifier has the right shape (section 4.1): 43 to 128 unreserved characters.
pub fn is_verifier(verifier: &str) -> bool {
    (43..=128).contains(&verifier.len())
        && verifier.bytes().all(|it| it.is_ascii_alphanumeric() || b"-._~".contains(&it))
}

/// The challenge of a verifier.
pub fn challenge(verifier: &str) -> String {
    sha256_base64url(verifier.as_bytes())
}

/// Whether the verifier belongs to the challenge.
pub fn fits(verifier: &str, expected: &str) -> bool {
    is_verifier(verifier) && same(&challenge(verifier), expected)
}
