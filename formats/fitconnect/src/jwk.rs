//! RSA keys as JSON Web Keys: the public form that destinations publish, the private form that clients keep.

use std::fmt;

use aws_lc_rs::encoding::{AsDer, Pkcs8V1Der};
use aws_lc_rs::rsa::{KeyPairComponents, KeySize, OaepPublicEncryptingKey, PublicEncryptingKey};
use aws_lc_rs::signature::{ParsedPublicKey, RSA_PSS_2048_8192_SHA512, RsaKeyPair, RsaPublicKeyComponents};
use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use pkcs1::der::Decode as _;
use serde::{Deserialize, Deserializer, Serialize, de::IgnoredAny};
use utoipa::ToSchema;
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

/// Smallest modulus FIT-Connect accepts, in bits.
pub const MIN_MODULUS_BITS: usize = 4096;
/// Largest modulus the cryptographic library works with, in bits.
pub const MAX_MODULUS_BITS: usize = 8192;

/// What a key is for. FIT-Connect never uses one key for both.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum KeyUse {
    /// Wraps content encryption keys (`wrapKey`, `RSA-OAEP-256`).
    Encrypt,
    /// Signs event tokens (`verify`, `PS512`).
    Sign,
}

impl KeyUse {
    /// The only `key_ops` entry of the public key.
    pub const fn operation(self) -> &'static str {
        match self {
            Self::Encrypt => "wrapKey",
            Self::Sign => "verify",
        }
    }

    /// The only `key_ops` entry of the private key.
    pub const fn private_operation(self) -> &'static str {
        match self {
            Self::Encrypt => "unwrapKey",
            Self::Sign => "sign",
        }
    }

    /// The `alg` member.
    pub const fn algorithm(self) -> &'static str {
        match self {
            Self::Encrypt => "RSA-OAEP-256",
            Self::Sign => "PS512",
        }
    }
}

/// Why a key cannot be used. `code()` is stable; the text is for people.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum KeyFault {
    #[error("kty must be RSA, found \"{0}\"")]
    KeyType(String),
    #[error("key_ops must be exactly [\"{expected}\"], found {found:?}")]
    KeyOperations { expected: &'static str, found: Vec<String> },
    #[error("alg must be {expected}, found \"{found}\"")]
    Algorithm { expected: &'static str, found: String },
    #[error("kid must have 8 to 64 characters, found {0}")]
    KeyIdLength(usize),
    #[error("n must be the base64url modulus without padding and without leading zero bytes")]
    Modulus,
    #[error("the modulus must have {MIN_MODULUS_BITS} to {MAX_MODULUS_BITS} bits, found {0}")]
    ModulusLength(usize),
    #[error("e must be AQAB")]
    Exponent,
    #[error("a public key must not carry private members (d, p, q, dp, dq, qi)")]
    PrivateMember,
    #[error("the key material is inconsistent or not an RSA key")]
    Material,
}

impl KeyFault {
    /// Stable identifier of the rule that was broken.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::KeyType(_) => "key-type",
            Self::KeyOperations { .. } => "key-operations",
            Self::Algorithm { .. } => "key-algorithm",
            Self::KeyIdLength(_) => "key-id-length",
            Self::Modulus => "key-modulus",
            Self::ModulusLength(_) => "key-length",
            Self::Exponent => "key-exponent",
            Self::PrivateMember => "key-private-member",
            Self::Material => "key-material",
        }
    }

    /// Name of the JWK member that is wrong, for pointers into a request body; empty for the whole key.
    pub const fn member(&self) -> &'static str {
        match self {
            Self::KeyType(_) => "kty",
            Self::KeyOperations { .. } => "key_ops",
            Self::Algorithm { .. } => "alg",
            Self::KeyIdLength(_) => "kid",
            Self::Modulus | Self::ModulusLength(_) => "n",
            Self::Exponent => "e",
            Self::PrivateMember | Self::Material => "",
        }
    }
}

/// A public RSA key (RFC 7517). Reading is lenient: missing members become empty and are named by [`Jwk::check`];
/// unknown members are dropped.
#[derive(Clone, Debug, PartialEq, Eq, Default, Serialize, Deserialize, ToSchema)]
pub struct Jwk {
    #[serde(default)]
    pub kty: String,
    #[serde(default)]
    pub key_ops: Vec<String>,
    #[serde(default)]
    pub alg: String,
    /// Certificate chain, leaf first, standard base64 of DER.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub x5c: Vec<String>,
    #[serde(default)]
    pub kid: String,
    /// Modulus, base64url, big endian.
    #[serde(default)]
    pub n: String,
    /// Public exponent, base64url.
    #[serde(default)]
    pub e: String,
    /// Deprecated in FIT-Connect version 2 but still sent; kept and returned.
    #[serde(default, rename = "use", skip_serializing_if = "Option::is_none")]
    pub key_use: Option<String>,
    /// Whether `d` was present: never stored, only noticed, so that a private key posted by mistake is refused.
    #[serde(default, rename = "d", skip_serializing, deserialize_with = "present")]
    #[schema(ignore)]
    carries_private: bool,
}

fn present<'de, D: Deserializer<'de>>(deserializer: D) -> Result<bool, D::Error> {
    IgnoredAny::deserialize(deserializer).map(|_| true)
}

/// A JSON Web Key Set.
#[derive(Clone, Debug, PartialEq, Eq, Default, Serialize, Deserialize, ToSchema)]
pub struct Jwks {
    pub keys: Vec<Jwk>,
}

impl Jwks {
    /// The key with this id.
    pub fn find(&self, kid: &str) -> Option<&Jwk> {
        self.keys.iter().find(|key| key.kid == kid)
    }
}

impl Jwk {
    /// A public key with the members FIT-Connect requires; `n` and `e` are base64url.
    pub fn rsa(n: impl Into<String>, e: impl Into<String>, kid: impl Into<String>, usage: KeyUse) -> Self {
        Self {
            kty: "RSA".to_owned(),
            key_ops: vec![usage.operation().to_owned()],
            alg: usage.algorithm().to_owned(),
            kid: kid.into(),
            n: n.into(),
            e: e.into(),
            ..Self::default()
        }
    }

    /// Checks the members against the rules of FIT-Connect (Submission API 1.1.3, schema JWK). `x5c` is judged by
    /// [`crate::x509`]. Fails with the first broken rule.
    pub fn check(&self, usage: KeyUse) -> Result<(), KeyFault> {
        if self.carries_private {
            return Err(KeyFault::PrivateMember);
        }
        if self.kty != "RSA" {
            return Err(KeyFault::KeyType(clip(&self.kty)));
        }
        if self.key_ops != [usage.operation()] {
            let found = self.key_ops.iter().take(8).map(|operation| clip(operation)).collect();
            return Err(KeyFault::KeyOperations { expected: usage.operation(), found });
        }
        if self.alg != usage.algorithm() {
            return Err(KeyFault::Algorithm { expected: usage.algorithm(), found: clip(&self.alg) });
        }
        let length = self.kid.chars().count();
        if !(8..=64).contains(&length) {
            return Err(KeyFault::KeyIdLength(length));
        }
        self.check_material().map(|_| ())
    }

    fn check_material(&self) -> Result<Vec<u8>, KeyFault> {
        if self.e != "AQAB" {
            return Err(KeyFault::Exponent);
        }
        let modulus = BASE64_URL_SAFE_NO_PAD.decode(&self.n).map_err(|_| KeyFault::Modulus)?;
        let bits = match modulus.first() {
            None | Some(0) => return Err(KeyFault::Modulus),
            Some(first) => modulus.len() * 8 - first.leading_zeros() as usize,
        };
        if !(MIN_MODULUS_BITS..=MAX_MODULUS_BITS).contains(&bits) {
            return Err(KeyFault::ModulusLength(bits));
        }
        Ok(modulus)
    }

    /// RFC 7638 thumbprint, SHA-256, base64url. Needs only `e`, `kty` and `n`.
    pub fn thumbprint(&self) -> String {
        let canonical = serde_json::json!({ "e": self.e, "kty": self.kty, "n": self.n }).to_string();
        let digest = aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA256, canonical.as_bytes());
        BASE64_URL_SAFE_NO_PAD.encode(digest)
    }

    /// Modulus and exponent as big-endian bytes, after checking length and encoding.
    pub fn components(&self) -> Result<RsaPublicKeyComponents<Vec<u8>>, KeyFault> {
        Ok(RsaPublicKeyComponents { n: self.check_material()?, e: vec![1, 0, 1] })
    }

    /// The key ready for RSA-OAEP encryption.
    pub fn encrypting_key(&self) -> Result<OaepPublicEncryptingKey, KeyFault> {
        let key: PublicEncryptingKey = self.components()?.try_into().map_err(|_| KeyFault::Material)?;
        OaepPublicEncryptingKey::new(key).map_err(|_| KeyFault::Material)
    }

    /// The key ready for PS512 verification.
    pub fn verifying_key(&self) -> Result<ParsedPublicKey, KeyFault> {
        self.components()?.to_parsed_public_key(&RSA_PSS_2048_8192_SHA512).map_err(|_| KeyFault::Material)
    }
}

/// Foreign text goes into error messages only up to a readable length.
fn clip(text: &str) -> String {
    text.chars().take(40).collect()
}

/// A private RSA key. `Debug` shows only the key id; the secret members are wiped on drop.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize, Zeroize, ZeroizeOnDrop)]
pub struct PrivateJwk {
    pub kty: String,
    #[serde(default)]
    pub key_ops: Vec<String>,
    #[serde(default)]
    pub alg: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub x5c: Vec<String>,
    #[serde(default)]
    pub kid: String,
    pub n: String,
    pub e: String,
    pub d: String,
    pub p: String,
    pub q: String,
    pub dp: String,
    pub dq: String,
    pub qi: String,
}

impl fmt::Debug for PrivateJwk {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("PrivateJwk").field("kid", &self.kid).finish_non_exhaustive()
    }
}

impl PrivateJwk {
    /// Makes a new RSA-4096 key from the operating system's randomness. Takes about a second.
    pub fn generate(kid: &str, usage: KeyUse) -> Result<Self, KeyFault> {
        let pair = RsaKeyPair::generate(KeySize::Rsa4096).map_err(|_| KeyFault::Material)?;
        let der: Pkcs8V1Der<'static> = pair.as_der().map_err(|_| KeyFault::Material)?;
        Self::from_pkcs8(der.as_ref(), kid, usage)
    }

    /// Reads an unencrypted PKCS#8 RSA key (DER).
    pub fn from_pkcs8(der: &[u8], kid: &str, usage: KeyUse) -> Result<Self, KeyFault> {
        let outer = pkcs8::PrivateKeyInfoRef::from_der(der).map_err(|_| KeyFault::Material)?;
        let inner =
            pkcs1::RsaPrivateKey::from_der(outer.private_key.as_bytes()).map_err(|_| KeyFault::Material)?;
        let text = |number: pkcs1::UintRef<'_>| BASE64_URL_SAFE_NO_PAD.encode(number.as_bytes());
        let key = Self {
            kty: "RSA".to_owned(),
            key_ops: vec![usage.private_operation().to_owned()],
            alg: usage.algorithm().to_owned(),
            x5c: Vec::new(),
            kid: kid.to_owned(),
            n: text(inner.modulus),
            e: text(inner.public_exponent),
            d: text(inner.private_exponent),
            p: text(inner.prime1),
            q: text(inner.prime2),
            dp: text(inner.exponent1),
            dq: text(inner.exponent2),
            qi: text(inner.coefficient),
        };
        key.key_pair().map(|_| key)
    }

    /// The key as unencrypted PKCS#8 (DER), wiped when dropped.
    pub fn to_pkcs8(&self) -> Result<Zeroizing<Vec<u8>>, KeyFault> {
        let der: Pkcs8V1Der<'static> = self.key_pair()?.as_der().map_err(|_| KeyFault::Material)?;
        Ok(Zeroizing::new(der.as_ref().to_vec()))
    }

    /// The key as the cryptographic library holds it. All members are checked against each other.
    pub fn key_pair(&self) -> Result<RsaKeyPair, KeyFault> {
        let public = self.bare_public().components()?;
        let secret = |text: &str| {
            BASE64_URL_SAFE_NO_PAD.decode(text).map(Zeroizing::new).map_err(|_| KeyFault::Material)
        };
        RsaKeyPair::from_components(&KeyPairComponents {
            public_key: public,
            d: secret(&self.d)?,
            p: secret(&self.p)?,
            q: secret(&self.q)?,
            dP: secret(&self.dp)?,
            dQ: secret(&self.dq)?,
            qInv: secret(&self.qi)?,
        })
        .map_err(|_| KeyFault::Material)
    }

    /// What the key is for, read from `alg`, then from `key_ops`.
    pub fn usage(&self) -> Option<KeyUse> {
        [KeyUse::Encrypt, KeyUse::Sign].into_iter().find(|usage| {
            self.alg == usage.algorithm()
                || (self.alg.is_empty()
                    && self.key_ops.iter().any(|found| found == usage.private_operation()))
        })
    }

    /// The public half with the same key id and certificates.
    pub fn public(&self) -> Jwk {
        let mut public = self.bare_public();
        public.x5c.clone_from(&self.x5c);
        public
    }

    fn bare_public(&self) -> Jwk {
        Jwk::rsa(&self.n, &self.e, &self.kid, self.usage().unwrap_or(KeyUse::Encrypt))
    }
}
