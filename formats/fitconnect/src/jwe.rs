//! Compact JWE with RSA-OAEP-256 and A256GCM (RFC 7516): encrypting to a destination and decrypting at home.

use std::io::Read as _;

use aws_lc_rs::aead::{AES_256_GCM, Aad, LessSafeKey, Nonce, UnboundKey};
use aws_lc_rs::rsa::{OAEP_SHA256_MGF1SHA256, OaepPrivateDecryptingKey, PrivateDecryptingKey};
use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use zeroize::Zeroizing;

pub use crate::jwe_shape::{JweHeader, JweRule, JweScanner, JweShape, JweShapeFault, MAX_HEADER};
use crate::jwk::{Jwk, KeyFault, PrivateJwk};

const KEY_BYTES: usize = 32;
const IV_BYTES: usize = 12;

/// Why encrypting or decrypting failed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum JweFault {
    #[error(transparent)]
    Shape(#[from] JweShapeFault),
    #[error(transparent)]
    Key(#[from] KeyFault),
    /// One answer for every failure of the cryptography, so that an attacker learns nothing from it.
    #[error("the content cannot be decrypted with this key")]
    Undecryptable,
    #[error("the content is larger than {0} bytes")]
    TooLarge(usize),
    #[error("the compressed content is damaged")]
    Compression,
    #[error("the random source or the cipher failed")]
    Cipher,
}

/// Encrypts `plaintext` for `key`. `kid` goes into the header (usually `key.kid`), `content_type` becomes `cty`.
///
/// Only length and form of the modulus are checked here; judge the whole key with [`Jwk::check`] and
/// [`crate::x509`] first.
pub fn encrypt(
    plaintext: &[u8],
    key: &Jwk,
    content_type: Option<&str>,
    kid: &str,
) -> Result<String, JweFault> {
    let header = JweHeader::new(kid, content_type);
    let header = serde_json::to_vec(&header).map_err(|_| JweFault::Cipher)?;
    let header = BASE64_URL_SAFE_NO_PAD.encode(header);

    let mut content_key = Zeroizing::new([0_u8; KEY_BYTES]);
    aws_lc_rs::rand::fill(content_key.as_mut()).map_err(|_| JweFault::Cipher)?;
    let mut iv = [0_u8; IV_BYTES];
    aws_lc_rs::rand::fill(&mut iv).map_err(|_| JweFault::Cipher)?;

    let recipient = key.encrypting_key()?;
    let mut room = vec![0_u8; recipient.ciphertext_size()];
    let wrapped = recipient
        .encrypt(&OAEP_SHA256_MGF1SHA256, content_key.as_ref(), &mut room, None)
        .map_err(|_| JweFault::Cipher)?;

    let mut content = plaintext.to_vec();
    let tag = cipher(content_key.as_ref())?
        .seal_in_place_separate_tag(
            Nonce::assume_unique_for_key(iv),
            Aad::from(header.as_bytes()),
            &mut content,
        )
        .map_err(|_| JweFault::Cipher)?;

    let mut compact = header;
    compact.reserve(content.len() / 3 * 4 + room_for_rest(wrapped.len()));
    for segment in [&*wrapped, &iv[..], &content[..], tag.as_ref()] {
        compact.push('.');
        BASE64_URL_SAFE_NO_PAD.encode_string(segment, &mut compact);
    }
    Ok(compact)
}

const fn room_for_rest(wrapped: usize) -> usize {
    wrapped / 3 * 4 + 64
}

/// Decrypts a compact JWE; for several documents with one key build a [`Decrypter`] once.
///
/// `max_plain` bounds the plaintext in bytes, before and after decompression.
pub fn decrypt(compact: &str, key: &PrivateJwk, max_plain: usize) -> Result<Vec<u8>, JweFault> {
    Decrypter::new(key)?.decrypt(compact, max_plain)
}

/// A private key, parsed and checked once.
#[derive(Debug)]
pub struct Decrypter {
    key: OaepPrivateDecryptingKey,
}

impl Decrypter {
    pub fn new(key: &PrivateJwk) -> Result<Self, KeyFault> {
        let key = PrivateDecryptingKey::from_pkcs8(&key.to_pkcs8()?).map_err(|_| KeyFault::Material)?;
        let key = OaepPrivateDecryptingKey::new(key).map_err(|_| KeyFault::Material)?;
        Ok(Self { key })
    }

    /// See [`decrypt`].
    pub fn decrypt(&self, compact: &str, max_plain: usize) -> Result<Vec<u8>, JweFault> {
        let shape = JweShape::parse(compact)?;
        let mut segments = compact.split('.');
        let mut next = || segments.next().unwrap_or_default();
        let (header, wrapped, iv, content) = (next(), next(), next(), next());
        if content.len() / 4 * 3 > max_plain.saturating_add(3) {
            return Err(JweFault::TooLarge(max_plain));
        }
        let bytes = |text: &str| BASE64_URL_SAFE_NO_PAD.decode(text).map_err(|_| JweFault::Undecryptable);
        let content_key = self.unwrap_key(&bytes(wrapped)?)?;
        let iv: [u8; IV_BYTES] = bytes(iv)?.try_into().map_err(|_| JweFault::Undecryptable)?;
        let tag = bytes(shape.tag())?;
        let mut content = bytes(content)?;
        cipher(content_key.as_ref())?
            .open_in_place_separate_tag(
                Nonce::assume_unique_for_key(iv),
                Aad::from(header.as_bytes()),
                &tag,
                &mut content,
            )
            .map_err(|_| JweFault::Undecryptable)?;
        if shape.header.zip.is_some() {
            return inflate(&content, max_plain);
        }
        if content.len() > max_plain {
            return Err(JweFault::TooLarge(max_plain));
        }
        Ok(content)
    }

    /// A failed unwrapping goes on with a random key (RFC 7516, section 11.5), so that it ends like a wrong tag.
    fn unwrap_key(&self, wrapped: &[u8]) -> Result<Zeroizing<[u8; KEY_BYTES]>, JweFault> {
        let mut content_key = Zeroizing::new([0_u8; KEY_BYTES]);
        aws_lc_rs::rand::fill(content_key.as_mut()).map_err(|_| JweFault::Cipher)?;
        let mut room = Zeroizing::new(vec![0_u8; self.key.min_output_size()]);
        if let Ok(found) = self.key.decrypt(&OAEP_SHA256_MGF1SHA256, wrapped, &mut room, None)
            && found.len() == KEY_BYTES
        {
            content_key.copy_from_slice(found);
        }
        Ok(content_key)
    }
}

fn cipher(key: &[u8]) -> Result<LessSafeKey, JweFault> {
    UnboundKey::new(&AES_256_GCM, key).map(LessSafeKey::new).map_err(|_| JweFault::Cipher)
}

/// `zip: DEF` is raw DEFLATE. The output is cut off one byte after the limit: small input must not fill the memory.
fn inflate(compressed: &[u8], max_plain: usize) -> Result<Vec<u8>, JweFault> {
    let mut plain = Vec::new();
    let limit = u64::try_from(max_plain).unwrap_or(u64::MAX).saturating_add(1);
    flate2::read::DeflateDecoder::new(compressed)
        .take(limit)
        .read_to_end(&mut plain)
        .map_err(|_| JweFault::Compression)?;
    if plain.len() > max_plain {
        return Err(JweFault::TooLarge(max_plain));
    }
    Ok(plain)
}
