//! Keys and certificates. A certificate is only a way to carry a public key: trust comes from the configuration.

use crate::{Algorithm, Fault};
use aws_lc_rs::{
    rand::SystemRandom,
    rsa::{OaepPrivateDecryptingKey, OaepPublicEncryptingKey, PrivateDecryptingKey, PublicEncryptingKey},
    signature::{self, EcdsaKeyPair, KeyPair, RsaKeyPair, UnparsedPublicKey},
};
use base64::{Engine, engine::general_purpose::STANDARD};
use x509_cert::{
    Certificate as Parsed,
    der::{Decode, Encode},
};
use zeroize::Zeroizing;

/// A certificate whose key checks signatures or encrypts.
#[derive(Clone, PartialEq, Eq)]
pub struct Certificate {
    der: Vec<u8>,
    spki: Vec<u8>,
    point: Vec<u8>,
    kind: Kind,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Rsa,
    P256,
    P384,
}

impl std::fmt::Debug for Certificate {
    fn fmt(&self, to: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(to, "Certificate({:?})", self.kind)
    }
}

impl Certificate {
    /// From a file in PEM; the first certificate of it.
    pub fn from_pem(text: &str) -> Result<Self, Fault> {
        Self::from_der(&pem(text, "CERTIFICATE")?)
    }

    /// From base64, as metadata has it.
    pub fn from_base64(text: &str) -> Result<Self, Fault> {
        Self::from_der(&unspaced(text).ok_or(Fault::Key("not base64"))?)
    }

    /// From DER.
    pub fn from_der(der: &[u8]) -> Result<Self, Fault> {
        let parsed = Parsed::from_der(der).map_err(|_| Fault::Key("not a certificate"))?;
        let info = parsed.tbs_certificate().subject_public_key_info();
        let spki = info.to_der().map_err(|_| Fault::Key("not a certificate"))?;
        let point = info.subject_public_key.raw_bytes().to_vec();
        let kind = match (info.algorithm.oid.to_string().as_str(), point.len()) {
            ("1.2.840.113549.1.1.1" | "1.2.840.113549.1.1.10", _) => Kind::Rsa,
            ("1.2.840.10045.2.1", 65) => Kind::P256,
            ("1.2.840.10045.2.1", 97) => Kind::P384,
            _ => return Err(Fault::Key("neither RSA nor EC on P-256 or P-384")),
        };
        Ok(Self { der: der.to_vec(), spki, point, kind })
    }

    /// In base64, as metadata has it.
    pub fn base64(&self) -> String {
        STANDARD.encode(&self.der)
    }

    /// The length of its key in bits, if that is an RSA key.
    pub fn rsa_bits(&self) -> Option<usize> {
        PublicEncryptingKey::from_der(&self.spki)
            .ok()
            .filter(|_| self.kind == Kind::Rsa)
            .map(|it| it.key_size_bits())
    }

    /// Whether this key made this signature over these bytes.
    pub(crate) fn verifies(&self, algorithm: Algorithm, message: &[u8], value: &[u8]) -> bool {
        use Algorithm as A;
        let checker: &dyn signature::VerificationAlgorithm = match (algorithm, self.kind) {
            (A::RsaPssSha256, Kind::Rsa) => &signature::RSA_PSS_2048_8192_SHA256,
            (A::RsaPssSha384, Kind::Rsa) => &signature::RSA_PSS_2048_8192_SHA384,
            (A::RsaPssSha512, Kind::Rsa) => &signature::RSA_PSS_2048_8192_SHA512,
            (A::RsaSha256, Kind::Rsa) => &signature::RSA_PKCS1_2048_8192_SHA256,
            (A::RsaSha512, Kind::Rsa) => &signature::RSA_PKCS1_2048_8192_SHA512,
            (A::EcdsaSha256, Kind::P256) => &signature::ECDSA_P256_SHA256_FIXED,
            (A::EcdsaSha384, Kind::P384) => &signature::ECDSA_P384_SHA384_FIXED,
            _ => return false,
        };
        UnparsedPublicKey::new(checker, &self.point).verify(message, value).is_ok()
    }

    /// The key, where it can encrypt.
    pub(crate) fn encrypting(&self) -> Result<OaepPublicEncryptingKey, Fault> {
        let refused = |_| Fault::Key("not an RSA key");
        let key = PublicEncryptingKey::from_der(&self.spki).map_err(refused)?;
        OaepPublicEncryptingKey::new(key).map_err(|_| Fault::Key("not an RSA key"))
    }
}

/// A private key that signs.
pub struct SigningKey(Signer);

enum Signer {
    Rsa(RsaKeyPair),
    P256(EcdsaKeyPair),
    P384(EcdsaKeyPair),
}

impl std::fmt::Debug for SigningKey {
    fn fmt(&self, to: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        to.write_str("SigningKey")
    }
}

impl SigningKey {
    /// From PKCS#8 in PEM (`BEGIN PRIVATE KEY`).
    pub fn from_pem(text: &str) -> Result<Self, Fault> {
        let der = Zeroizing::new(pem(text, "PRIVATE KEY")?);
        let rsa = RsaKeyPair::from_pkcs8(&der).map(Signer::Rsa);
        let p256 =
            || EcdsaKeyPair::from_pkcs8(&signature::ECDSA_P256_SHA256_FIXED_SIGNING, &der).map(Signer::P256);
        let p384 =
            || EcdsaKeyPair::from_pkcs8(&signature::ECDSA_P384_SHA384_FIXED_SIGNING, &der).map(Signer::P384);
        let signer = rsa.or_else(|_| p256()).or_else(|_| p384());
        signer.map(Self).map_err(|_| Fault::Key("neither RSA nor EC on P-256 or P-384 in PKCS#8"))
    }

    /// The algorithm that this key signs with best: RSA-PSS with SHA-256, or ECDSA of its curve.
    pub fn algorithm(&self) -> Algorithm {
        match &self.0 {
            Signer::Rsa(_) => Algorithm::RsaPssSha256,
            Signer::P256(_) => Algorithm::EcdsaSha256,
            Signer::P384(_) => Algorithm::EcdsaSha384,
        }
    }

    /// Whether a certificate is of this key.
    pub fn belongs_to(&self, certificate: &Certificate) -> bool {
        let public = match &self.0 {
            Signer::Rsa(pair) => pair.public_key().as_ref(),
            Signer::P256(pair) | Signer::P384(pair) => pair.public_key().as_ref(),
        };
        certificate.point == public
    }

    pub(crate) fn sign(&self, algorithm: Algorithm, message: &[u8]) -> Result<Vec<u8>, Fault> {
        use Algorithm as A;
        let unable = || Fault::Key("this key cannot sign with this algorithm");
        let random = SystemRandom::new();
        let padding: &'static dyn signature::RsaEncoding = match (&self.0, algorithm) {
            (Signer::P256(pair), A::EcdsaSha256) | (Signer::P384(pair), A::EcdsaSha384) => {
                return pair.sign(&random, message).map(|it| it.as_ref().to_vec()).map_err(|_| unable());
            }
            (Signer::Rsa(_), A::RsaPssSha256) => &signature::RSA_PSS_SHA256,
            (Signer::Rsa(_), A::RsaPssSha384) => &signature::RSA_PSS_SHA384,
            (Signer::Rsa(_), A::RsaPssSha512) => &signature::RSA_PSS_SHA512,
            (Signer::Rsa(_), A::RsaSha256) => &signature::RSA_PKCS1_SHA256,
            (Signer::Rsa(_), A::RsaSha512) => &signature::RSA_PKCS1_SHA512,
            _ => return Err(unable()),
        };
        let Signer::Rsa(pair) = &self.0 else { return Err(unable()) };
        let mut value = vec![0; pair.public_modulus_len()];
        pair.sign(padding, &random, message, &mut value).map_err(|_| unable())?;
        Ok(value)
    }
}

/// A private RSA key that decrypts.
pub struct DecryptionKey(pub(crate) OaepPrivateDecryptingKey);

impl std::fmt::Debug for DecryptionKey {
    fn fmt(&self, to: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        to.write_str("DecryptionKey")
    }
}

impl DecryptionKey {
    /// From PKCS#8 in PEM (`BEGIN PRIVATE KEY`).
    pub fn from_pem(text: &str) -> Result<Self, Fault> {
        let der = Zeroizing::new(pem(text, "PRIVATE KEY")?);
        let key =
            PrivateDecryptingKey::from_pkcs8(&der).map_err(|_| Fault::Key("not an RSA key in PKCS#8"))?;
        OaepPrivateDecryptingKey::new(key).map(Self).map_err(|_| Fault::Key("not an RSA key"))
    }

    /// Its length in bits.
    pub fn bits(&self) -> usize {
        self.0.key_size_bits()
    }
}

/// What stands between the lines of a PEM file.
fn pem(text: &str, label: &str) -> Result<Vec<u8>, Fault> {
    let after = text.split_once(&format!("-----BEGIN {label}-----")).map(|(_, it)| it);
    let inside = after.and_then(|it| it.split_once(&format!("-----END {label}-----"))).map(|(it, _)| it);
    inside.and_then(unspaced).ok_or(Fault::Key("not a PEM file of the expected kind"))
}

/// Base64 with white space in it, as XML and PEM have it.
pub(crate) fn unspaced(text: &str) -> Option<Vec<u8>> {
    let dense: String = text.chars().filter(|it| !it.is_ascii_whitespace()).collect();
    STANDARD.decode(dense).ok()
}
