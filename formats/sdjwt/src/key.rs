//! Keys on the curves P-256 and P-384, as JWK (RFC 7517), from certificates, and for signing.

use aws_lc_rs::digest::{SHA256, digest};
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::signature::{
    ECDSA_P256_SHA256_FIXED, ECDSA_P256_SHA256_FIXED_SIGNING, ECDSA_P384_SHA384_FIXED,
    ECDSA_P384_SHA384_FIXED_SIGNING, EcdsaKeyPair, EcdsaSigningAlgorithm, EcdsaVerificationAlgorithm,
    KeyPair as _, UnparsedPublicKey,
};
use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD as BASE64URL;
use serde_json::{Value, json};
use x509_cert::Certificate;
use x509_cert::der::asn1::ObjectIdentifier;
use x509_cert::der::{Decode as _, Encode as _};

const EC: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.2.1");
const P256: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.3.1.7");
const P384: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.132.0.34");

/// Why a key cannot be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum KeyFault {
    #[error("the key must be an EC key (kty EC) on P-256 or P-384 with x and y")]
    Shape,
    #[error("the certificate cannot be read, or its key is not on P-256 or P-384")]
    Certificate,
    #[error("the private key cannot be read; expected is PKCS#8 with a key on P-256 or P-384")]
    Private,
    #[error("the random source or the signature failed")]
    Signing,
}

/// The curve of a key; it decides the algorithm.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Curve {
    P256,
    P384,
}

impl Curve {
    /// The JWS algorithm that belongs to it (RFC 7518, section 3.4).
    pub const fn algorithm(self) -> &'static str {
        match self {
            Self::P256 => "ES256",
            Self::P384 => "ES384",
        }
    }

    const fn name(self) -> &'static str {
        match self {
            Self::P256 => "P-256",
            Self::P384 => "P-384",
        }
    }

    const fn coordinate(self) -> usize {
        match self {
            Self::P256 => 32,
            Self::P384 => 48,
        }
    }

    fn verifying(self) -> &'static EcdsaVerificationAlgorithm {
        match self {
            Self::P256 => &ECDSA_P256_SHA256_FIXED,
            Self::P384 => &ECDSA_P384_SHA384_FIXED,
        }
    }

    fn signing(self) -> &'static EcdsaSigningAlgorithm {
        match self {
            Self::P256 => &ECDSA_P256_SHA256_FIXED_SIGNING,
            Self::P384 => &ECDSA_P384_SHA384_FIXED_SIGNING,
        }
    }
}

/// A public key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublicKey {
    curve: Curve,
    /// Uncompressed (SEC 1): 4, x, y.
    point: Vec<u8>,
}

impl PublicKey {
    /// Reads a JWK; members that do not matter are ignored.
    pub fn from_jwk(jwk: &Value) -> Result<Self, KeyFault> {
        let text = |name: &str| jwk.get(name).and_then(Value::as_str).ok_or(KeyFault::Shape);
        let curve = match (text("kty")?, text("crv")?) {
            ("EC", "P-256") => Curve::P256,
            ("EC", "P-384") => Curve::P384,
            _ => return Err(KeyFault::Shape),
        };
        let mut point = vec![4];
        for name in ["x", "y"] {
            let bytes = BASE64URL.decode(text(name)?).map_err(|_| KeyFault::Shape)?;
            if bytes.len() != curve.coordinate() {
                return Err(KeyFault::Shape);
            }
            point.extend_from_slice(&bytes);
        }
        Ok(Self { curve, point })
    }

    /// The key of a certificate (DER); nothing else of the certificate is judged.
    pub fn from_certificate(der: &[u8]) -> Result<Self, KeyFault> {
        let certificate = Certificate::from_der(der).map_err(|_| KeyFault::Certificate)?;
        let spki = certificate.tbs_certificate().subject_public_key_info();
        let curve: Option<ObjectIdentifier> =
            spki.algorithm.parameters.as_ref().and_then(|it| it.decode_as().ok());
        let curve = match curve {
            Some(P256) if spki.algorithm.oid == EC => Curve::P256,
            Some(P384) if spki.algorithm.oid == EC => Curve::P384,
            _ => return Err(KeyFault::Certificate),
        };
        let point = spki.subject_public_key.as_bytes().ok_or(KeyFault::Certificate)?;
        if point.len() != 1 + 2 * curve.coordinate() || point.first() != Some(&4) {
            return Err(KeyFault::Certificate);
        }
        Ok(Self { curve, point: point.to_vec() })
    }

    pub const fn curve(&self) -> Curve {
        self.curve
    }

    /// The uncompressed point (SEC 1).
    pub fn point(&self) -> &[u8] {
        &self.point
    }

    /// As JWK with `kty`, `crv`, `x`, `y`.
    pub fn to_jwk(&self) -> Value {
        let (x, y) = self.coordinates();
        json!({"kty": "EC", "crv": self.curve.name(), "x": x, "y": y})
    }

    /// SHA-256 of the JWK in its canonical form (RFC 7638), base64url.
    pub fn thumbprint(&self) -> String {
        let (x, y) = self.coordinates();
        let canonical = format!(r#"{{"crv":"{}","kty":"EC","x":"{x}","y":"{y}"}}"#, self.curve.name());
        BASE64URL.encode(digest(&SHA256, canonical.as_bytes()))
    }

    fn coordinates(&self) -> (String, String) {
        let both = self.point.get(1..).unwrap_or_default();
        let (x, y) = both.split_at_checked(self.curve.coordinate()).unwrap_or_default();
        (BASE64URL.encode(x), BASE64URL.encode(y))
    }

    /// Whether this key made the signature (fixed length form of JWS) over the message.
    pub(crate) fn verifies(&self, message: &[u8], signature: &[u8]) -> bool {
        UnparsedPublicKey::new(self.curve.verifying(), &self.point).verify(message, signature).is_ok()
    }
}

/// A private key for signing.
#[derive(Debug)]
pub struct SigningKey {
    pair: EcdsaKeyPair,
    public: PublicKey,
}

impl SigningKey {
    /// A fresh key.
    pub fn generate(curve: Curve) -> Result<Self, KeyFault> {
        let pair = EcdsaKeyPair::generate(curve.signing()).map_err(|_| KeyFault::Signing)?;
        Ok(Self::of(curve, pair))
    }

    /// Reads PKCS#8 (DER).
    pub fn from_pkcs8(der: &[u8]) -> Result<Self, KeyFault> {
        for curve in [Curve::P256, Curve::P384] {
            if let Ok(pair) = EcdsaKeyPair::from_pkcs8(curve.signing(), der) {
                return Ok(Self::of(curve, pair));
            }
        }
        Err(KeyFault::Private)
    }

    /// Reads a private JWK (`d` beside the public members).
    pub fn from_jwk(jwk: &Value) -> Result<Self, KeyFault> {
        let public = PublicKey::from_jwk(jwk)?;
        let private = jwk.get("d").and_then(Value::as_str).ok_or(KeyFault::Private)?;
        let private = BASE64URL.decode(private).map_err(|_| KeyFault::Private)?;
        let pair =
            EcdsaKeyPair::from_private_key_and_public_key(public.curve.signing(), &private, &public.point)
                .map_err(|_| KeyFault::Private)?;
        Ok(Self { pair, public })
    }

    /// As PKCS#8 (DER).
    pub fn to_pkcs8(&self) -> Result<Vec<u8>, KeyFault> {
        let document = self.pair.to_pkcs8v1().map_err(|_| KeyFault::Private)?;
        Ok(document.as_ref().to_vec())
    }

    pub const fn public(&self) -> &PublicKey {
        &self.public
    }

    fn of(curve: Curve, pair: EcdsaKeyPair) -> Self {
        let point = pair.public_key().as_ref().to_vec();
        Self { pair, public: PublicKey { curve, point } }
    }

    pub(crate) fn sign(&self, message: &[u8]) -> Result<Vec<u8>, KeyFault> {
        let signature = self.pair.sign(&SystemRandom::new(), message).map_err(|_| KeyFault::Signing)?;
        Ok(signature.as_ref().to_vec())
    }
}

/// Whether a certificate (DER) names itself as issuer; such a one must not be in `x5c` (HAIP 1.0).
pub fn is_self_issued(der: &[u8]) -> Result<bool, KeyFault> {
    let certificate = Certificate::from_der(der).map_err(|_| KeyFault::Certificate)?;
    let name = |name: &x509_cert::name::Name| name.to_der().map_err(|_| KeyFault::Certificate);
    let certificate = certificate.tbs_certificate();
    Ok(name(certificate.issuer())? == name(certificate.subject())?)
}
