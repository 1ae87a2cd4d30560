//! Hashes of what must not be known.

use aws_lc_rs::{constant_time, digest, hmac};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};

/// SHA-256, base64url: for secrets that are random, so that one round is enough.
pub fn hash(secret: &str) -> String {
    URL_SAFE_NO_PAD.encode(digest::digest(&digest::SHA256, secret.as_bytes()))
}

/// The first 128 bits of SHA-256: for telling things apart that nobody can choose freely.
pub fn short_hash(text: &str) -> [u8; 16] {
    let whole = digest::digest(&digest::SHA256, text.as_bytes());
    let mut short = [0; 16];
    short.iter_mut().zip(whole.as_ref()).for_each(|(to, from)| *to = *from);
    short
}

/// A keyed hash of several words, base64url; the length of each word is part of it, so that none can slide into the next.
pub fn keyed(key: &[u8; 32], words: &[&str]) -> String {
    let mut context = hmac::Context::with_key(&hmac::Key::new(hmac::HMAC_SHA256, key));
    for word in words {
        context.update(&(word.len() as u64).to_be_bytes());
        context.update(word.as_bytes());
    }
    URL_SAFE_NO_PAD.encode(context.sign())
}

/// Whether two texts are equal, in a time that does not depend on where they differ.
pub fn equal(one: &str, other: &str) -> bool {
    constant_time::verify_slices_are_equal(one.as_bytes(), other.as_bytes()).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_do_not_slide_into_each_other() {
        let key = [7; 32];
        assert_ne!(keyed(&key, &["ab", "c"]), keyed(&key, &["a", "bc"]));
        assert_ne!(keyed(&key, &["ab"]), keyed(&[8; 32], &["ab"]));
        assert_eq!(keyed(&key, &["ab", "c"]), keyed(&key, &["ab", "c"]));
    }
}
