//! Compact JWE with ECDH-ES on P-256 and AES-GCM (RFC 7516; RFC 7518, sections 4.6 and 5.3).

use aws_lc_rs::aead::{AES_128_GCM, AES_256_GCM, Aad, Algorithm, LessSafeKey, Nonce, UnboundKey};
use aws_lc_rs::agreement::{ECDH_P256, PrivateKey, UnparsedPublicKey, agree};
use aws_lc_rs::digest::{Context, SHA256, digest};
use aws_lc_rs::encoding::{AsBigEndian as _, EcPrivateKeyBin};
use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD as BASE64URL;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use zeroize::Zeroizing;

const ALGORITHM: &str = "ECDH-ES";
const IV_BYTES: usize = 12;
const TAG_BYTES: usize = 16;

/// Why encrypting or decrypting failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum EncryptionFault {
    #[error("expected is a key on P-256 (kty EC, crv P-256) with x and y")]
    Key,
    #[error("a compact JWE has five base64url segments, the second one empty")]
    Shape,
    #[error("the header must name alg ECDH-ES, enc A128GCM or A256GCM and epk, without zip and crit")]
    Header,
    #[error("the response is encrypted for another key (kid)")]
    OtherKey,
    #[error("the response is longer than {0} bytes")]
    TooLong(usize),
    /// One answer for every failure of the cryptography.
    #[error("the response cannot be decrypted with this key")]
    Undecryptable,
    #[error("the random source or the cipher failed")]
    Cipher,
}

/// How content is encrypted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encryption {
    A128Gcm,
    A256Gcm,
}

impl Encryption {
    /// Both, as HAIP 1.0 wants them offered.
    pub const ALL: [Self; 2] = [Self::A128Gcm, Self::A256Gcm];

    /// The name on the wire.
    pub const fn name(self) -> &'static str {
        match self {
            Self::A128Gcm => "A128GCM",
            Self::A256Gcm => "A256GCM",
        }
    }

    fn of(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.name() == name)
    }

    const fn bits(self) -> u32 {
        match self {
            Self::A128Gcm => 128,
            Self::A256Gcm => 256,
        }
    }

    fn cipher(self) -> &'static Algorithm {
        match self {
            Self::A128Gcm => &AES_128_GCM,
            Self::A256Gcm => &AES_256_GCM,
        }
    }
}

/// The public half of a key for one response.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublicEncryptionKey {
    /// Uncompressed (SEC 1).
    point: Vec<u8>,
    kid: Option<String>,
}

impl PublicEncryptionKey {
    /// Reads a JWK; one that is meant for signing, or for another algorithm, is refused.
    pub fn from_jwk(jwk: &Value) -> Result<Self, EncryptionFault> {
        let text = |name: &str| jwk.get(name).and_then(Value::as_str);
        let coordinate = |name: &str| BASE64URL.decode(text(name)?).ok().filter(|it| it.len() == 32);
        let fits = text("kty") == Some("EC")
            && text("crv") == Some("P-256")
            && text("use").is_none_or(|it| it == "enc")
            && text("alg").is_none_or(|it| it == ALGORITHM);
        match (fits, coordinate("x"), coordinate("y")) {
            (true, Some(x), Some(y)) => {
                let point = [&[4], x.as_slice(), y.as_slice()].concat();
                Ok(Self { point, kid: text("kid").map(str::to_owned) })
            }
            _ => Err(EncryptionFault::Key),
        }
    }

    /// As JWK with `use`, `alg` and `kid`.
    pub fn to_jwk(&self) -> Value {
        let (x, y) = self.coordinates();
        let mut jwk = json!({"kty": "EC", "crv": "P-256", "x": x, "y": y, "use": "enc", "alg": ALGORITHM});
        if let (Some(kid), Some(members)) = (&self.kid, jwk.as_object_mut()) {
            members.insert("kid".to_owned(), kid.as_str().into());
        }
        jwk
    }

    /// SHA-256 of the canonical JWK (RFC 7638), as the session transcript of an mdoc needs it.
    pub fn thumbprint(&self) -> [u8; 32] {
        let (x, y) = self.coordinates();
        let canonical = format!(r#"{{"crv":"P-256","kty":"EC","x":"{x}","y":"{y}"}}"#);
        let mut bytes = [0; 32];
        for (to, from) in bytes.iter_mut().zip(digest(&SHA256, canonical.as_bytes()).as_ref()) {
            *to = *from;
        }
        bytes
    }

    fn coordinates(&self) -> (String, String) {
        let (x, y) = self.point.get(1..).and_then(|it| it.split_at_checked(32)).unwrap_or_default();
        (BASE64URL.encode(x), BASE64URL.encode(y))
    }
}

/// A key for one response.
#[derive(Debug)]
pub struct EncryptionKey {
    private: PrivateKey,
    public: PublicEncryptionKey,
}

impl EncryptionKey {
    /// A fresh key; its `kid` is its thumbprint.
    pub fn generate() -> Result<Self, EncryptionFault> {
        Self::of(PrivateKey::generate(&ECDH_P256).map_err(|_| EncryptionFault::Cipher)?)
    }

    /// The key from its 32 bytes.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, EncryptionFault> {
        Self::of(PrivateKey::from_private_key(&ECDH_P256, bytes).map_err(|_| EncryptionFault::Key)?)
    }

    /// Its 32 bytes, to keep it until the response comes.
    pub fn to_bytes(&self) -> Result<Zeroizing<Vec<u8>>, EncryptionFault> {
        let bytes: EcPrivateKeyBin<'_> = self.private.as_be_bytes().map_err(|_| EncryptionFault::Key)?;
        Ok(Zeroizing::new(bytes.as_ref().to_vec()))
    }

    pub const fn public(&self) -> &PublicEncryptionKey {
        &self.public
    }

    fn of(private: PrivateKey) -> Result<Self, EncryptionFault> {
        let point = private.compute_public_key().map_err(|_| EncryptionFault::Key)?.as_ref().to_vec();
        let mut public = PublicEncryptionKey { point, kid: None };
        public.kid = Some(BASE64URL.encode(public.thumbprint()));
        Ok(Self { private, public })
    }

    /// Decrypts; `max_length` bounds the text in bytes.
    pub fn decrypt(&self, compact: &str, max_length: usize) -> Result<Vec<u8>, EncryptionFault> {
        let compact = compact.trim();
        if compact.len() > max_length {
            return Err(EncryptionFault::TooLong(max_length));
        }
        let segments: Vec<&str> = compact.split('.').collect();
        let [header_text, "", iv, content, tag] = segments[..] else { return Err(EncryptionFault::Shape) };
        let bytes = |text: &str| BASE64URL.decode(text).map_err(|_| EncryptionFault::Shape);
        let header: Header =
            serde_json::from_slice(&bytes(header_text)?).map_err(|_| EncryptionFault::Header)?;
        let encryption = header.check()?;
        if header.kid.is_some() && header.kid != self.public.kid {
            return Err(EncryptionFault::OtherKey);
        }
        let sender = PublicEncryptionKey::from_jwk(&header.epk).map_err(|_| EncryptionFault::Header)?;
        let party = |it: &Option<String>| it.as_deref().map_or(Ok(Vec::new()), bytes);
        let parties = (party(&header.apu)?, party(&header.apv)?);
        let key = derive(&self.private, &sender, encryption, &parties)?;
        let iv: [u8; IV_BYTES] = bytes(iv)?.try_into().map_err(|_| EncryptionFault::Shape)?;
        let tag = bytes(tag)?;
        if tag.len() != TAG_BYTES {
            return Err(EncryptionFault::Shape);
        }
        let mut content = bytes(content)?;
        key.open_in_place_separate_tag(
            Nonce::assume_unique_for_key(iv),
            Aad::from(header_text.as_bytes()),
            &tag,
            &mut content,
        )
        .map_err(|_| EncryptionFault::Undecryptable)?;
        Ok(content)
    }
}

/// Encrypts for a verifier's key; for the wallet's side.
pub fn encrypt(
    plaintext: &[u8],
    recipient: &PublicEncryptionKey,
    encryption: Encryption,
) -> Result<String, EncryptionFault> {
    let ephemeral = EncryptionKey::generate()?;
    let (x, y) = ephemeral.public.coordinates();
    let header = Header {
        alg: ALGORITHM.to_owned(),
        enc: encryption.name().to_owned(),
        kid: recipient.kid.clone(),
        epk: json!({"kty": "EC", "crv": "P-256", "x": x, "y": y}),
        apu: None,
        apv: None,
        zip: None,
        crit: None,
    };
    let header = BASE64URL.encode(serde_json::to_vec(&header).map_err(|_| EncryptionFault::Cipher)?);
    let key = derive(&ephemeral.private, recipient, encryption, &(Vec::new(), Vec::new()))?;
    let mut iv = [0_u8; IV_BYTES];
    aws_lc_rs::rand::fill(&mut iv).map_err(|_| EncryptionFault::Cipher)?;
    let mut content = plaintext.to_vec();
    let tag = key
        .seal_in_place_separate_tag(
            Nonce::assume_unique_for_key(iv),
            Aad::from(header.as_bytes()),
            &mut content,
        )
        .map_err(|_| EncryptionFault::Cipher)?;
    let [iv, content, tag] = [&iv[..], &content, tag.as_ref()].map(|it| BASE64URL.encode(it));
    Ok(format!("{header}..{iv}.{content}.{tag}"))
}

#[derive(Serialize, Deserialize)]
struct Header {
    alg: String,
    enc: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    kid: Option<String>,
    epk: Value,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    apu: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    apv: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    zip: Option<Value>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    crit: Option<Value>,
}

impl Header {
    fn check(&self) -> Result<Encryption, EncryptionFault> {
        if self.alg != ALGORITHM || self.zip.is_some() || self.crit.is_some() {
            return Err(EncryptionFault::Header);
        }
        Encryption::of(&self.enc).ok_or(EncryptionFault::Header)
    }
}

/// Agrees on a secret and makes the content key of it.
fn derive(
    private: &PrivateKey,
    public: &PublicEncryptionKey,
    encryption: Encryption,
    parties: &(Vec<u8>, Vec<u8>),
) -> Result<LessSafeKey, EncryptionFault> {
    let peer = UnparsedPublicKey::new(&ECDH_P256, &public.point);
    agree(private, peer, EncryptionFault::Undecryptable, |secret| {
        let key = concat_kdf(secret, encryption, parties);
        UnboundKey::new(encryption.cipher(), &key).map(LessSafeKey::new).map_err(|_| EncryptionFault::Cipher)
    })
}

/// The Concat KDF with SHA-256; one round is enough for both key lengths (RFC 7518, section 4.6.2).
pub(crate) fn concat_kdf(
    secret: &[u8],
    encryption: Encryption,
    (party_u, party_v): &(Vec<u8>, Vec<u8>),
) -> Zeroizing<Vec<u8>> {
    let mut context = Context::new(&SHA256);
    context.update(&1_u32.to_be_bytes());
    context.update(secret);
    for part in [encryption.name().as_bytes(), party_u, party_v] {
        context.update(&u32::try_from(part.len()).unwrap_or(u32::MAX).to_be_bytes());
        context.update(part);
    }
    context.update(&encryption.bits().to_be_bytes());
    let mut key = Zeroizing::new(context.finish().as_ref().to_vec());
    key.truncate(encryption.cipher().key_len());
    key
}
