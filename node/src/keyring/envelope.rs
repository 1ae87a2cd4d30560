//! Key files that say nothing without the unlock secret: AES-256-GCM (NIST SP 800-38D) under a key that HKDF
//! (RFC 5869) derives anew for each file, so that no nonce is ever used twice with one key.

use aws_lc_rs::{
    aead::{AES_256_GCM, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey},
    hkdf::{HKDF_SHA256, Salt},
};
use kernel::Ids;
use zeroize::Zeroizing;

/// What a file of this kind begins with.
const MAGIC: &[u8] = b"fachwerk-key-1\n";
const SALT: usize = 32;

/// Seals `content` for the key file `id`.
pub(super) fn seal(secret: &[u8], id: &str, content: &[u8]) -> Option<Vec<u8>> {
    let (salt, nonce) = (Ids::Random.bytes::<SALT>(), Ids::Random.bytes::<NONCE_LEN>());
    let mut sealed = Zeroizing::new(content.to_vec());
    let tag = key(secret, &salt)?
        .seal_in_place_separate_tag(
            Nonce::assume_unique_for_key(nonce),
            Aad::from(bound_to(id)),
            sealed.as_mut_slice(),
        )
        .ok()?;
    Some([MAGIC, &salt, &nonce, &sealed, tag.as_ref()].concat())
}

/// What a key file holds; nothing where the secret, the id or a byte is another one.
pub(super) fn open(secret: &[u8], id: &str, file: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
    let rest = file.strip_prefix(MAGIC)?;
    let (salt, rest) = rest.split_at_checked(SALT)?;
    let (nonce, sealed) = rest.split_at_checked(NONCE_LEN)?;
    let mut content = Zeroizing::new(sealed.to_vec());
    let nonce = Nonce::try_assume_unique_for_key(nonce).ok()?;
    let opened = key(secret, salt)?.open_in_place(nonce, Aad::from(bound_to(id)), content.as_mut_slice());
    let length = opened.ok()?.len();
    content.truncate(length);
    Some(content)
}

fn key(secret: &[u8], salt: &[u8]) -> Option<LessSafeKey> {
    let derived = Salt::new(HKDF_SHA256, salt).extract(secret);
    let info: [&[u8]; 1] = [b"fachwerk key file"];
    let derived = derived.expand(&info, &AES_256_GCM).ok()?;
    Some(LessSafeKey::new(UnboundKey::from(derived)))
}

/// A file is bound to its name, so that files cannot be swapped.
fn bound_to(id: &str) -> Vec<u8> {
    [MAGIC, id.as_bytes()].concat()
}

#[cfg(test)]
mod tests {
    use super::{open, seal};

    #[test]
    fn only_the_secret_opens_and_only_this_file() {
        let sealed = seal(b"secret", "a", b"content").unwrap();
        assert!(!sealed.windows(7).any(|it| it == b"content"));
        assert_eq!(open(b"secret", "a", &sealed).unwrap().as_slice(), b"content");
        assert!(open(b"Secret", "a", &sealed).is_none());
        assert!(open(b"secret", "b", &sealed).is_none());
        for at in 0..sealed.len() {
            let mut bent = sealed.clone();
            bent[at] ^= 1;
            assert!(open(b"secret", "a", &bent).is_none(), "byte {at}");
            assert!(open(b"secret", "a", &sealed[..at]).is_none(), "cut at {at}");
        }
        assert_ne!(sealed, seal(b"secret", "a", b"content").unwrap());
    }
}
