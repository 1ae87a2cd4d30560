//! Keys on the two curves: issuers' and devices'.

use crate::{
    Fault,
    cbor::{self, Map},
};
use aws_lc_rs::{
    rand::SystemRandom,
    signature::{
        self, ECDSA_P256_SHA256_FIXED, ECDSA_P256_SHA256_FIXED_SIGNING, ECDSA_P384_SHA384_FIXED,
        EcdsaKeyPair, KeyPair, ParsedPublicKey,
    },
};
use ciborium::Value;
use coset::{Algorithm, RegisteredLabelWithPrivate::Assigned, iana};

/// A curve, and with it the algorithm.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Curve {
    /// P-256, used with ES256.
    P256,
    /// P-384, used with ES384.
    P384,
}

impl Curve {
    /// How many bytes a coordinate has.
    const fn width(self) -> usize {
        match self {
            Self::P256 => 32,
            Self::P384 => 48,
        }
    }

    /// Whether a COSE algorithm is the one of this curve.
    pub(crate) fn fits(self, algorithm: Option<&Algorithm>) -> bool {
        match self {
            Self::P256 => algorithm == Some(&Assigned(iana::Algorithm::ES256)),
            Self::P384 => algorithm == Some(&Assigned(iana::Algorithm::ES384)),
        }
    }
}

/// A public key that signatures are checked with.
#[derive(Debug, Clone)]
pub struct PublicKey {
    curve: Curve,
    parsed: ParsedPublicKey,
    /// The uncompressed point (SEC 1, 2.3.3), where it is known.
    point: Option<Vec<u8>>,
}

impl PublicKey {
    /// The key of a certificate: its `SubjectPublicKeyInfo`, DER.
    ///
    /// # Errors
    /// When it is no EC key on P-256 or P-384.
    pub fn from_spki(der: &[u8]) -> Result<Self, Fault> {
        for (curve, algorithm) in
            [(Curve::P256, &ECDSA_P256_SHA256_FIXED), (Curve::P384, &ECDSA_P384_SHA384_FIXED)]
        {
            // A bare point would be taken as well, and is no SubjectPublicKeyInfo.
            if der.first() == Some(&0x30)
                && let Ok(parsed) = ParsedPublicKey::new(algorithm, der)
            {
                return Ok(Self { curve, parsed, point: None });
            }
        }
        Err(Fault::Key("the issuer's key"))
    }

    /// A key from its coordinates.
    ///
    /// # Errors
    /// When they are no point of the curve.
    pub fn from_coordinates(curve: Curve, x: &[u8], y: &[u8]) -> Result<Self, Fault> {
        let place = "the coordinates";
        if x.len() != curve.width() || y.len() != curve.width() {
            return Err(Fault::Key(place));
        }
        let point = [&[0x04], x, y].concat();
        let parsed = match curve {
            Curve::P256 => ParsedPublicKey::new(&ECDSA_P256_SHA256_FIXED, &point),
            Curve::P384 => ParsedPublicKey::new(&ECDSA_P384_SHA384_FIXED, &point),
        };
        Ok(Self { curve, parsed: parsed.map_err(|_| Fault::Key(place))?, point: Some(point) })
    }

    /// A key from its uncompressed point (SEC 1, 2.3.3): 4, x, y.
    ///
    /// # Errors
    /// When it is no point of P-256 or P-384.
    pub fn from_point(point: &[u8]) -> Result<Self, Fault> {
        let curve = match point.len() {
            65 => Curve::P256,
            97 => Curve::P384,
            _ => return Err(Fault::Key("the key")),
        };
        let both = point.strip_prefix(&[4]).ok_or(Fault::Key("the key"))?;
        let (x, y) = both.split_at_checked(curve.width()).ok_or(Fault::Key("the key"))?;
        Self::from_coordinates(curve, x, y)
    }

    /// Its curve.
    pub fn curve(&self) -> Curve {
        self.curve
    }

    /// Its coordinates, where it was made of coordinates.
    pub fn coordinates(&self) -> Option<(&[u8], &[u8])> {
        self.point.as_deref()?.get(1..).map(|it| it.split_at(self.curve.width()))
    }

    /// Whether a signature (two numbers of fixed width) fits a message.
    pub(crate) fn fits(&self, message: &[u8], signature: &[u8]) -> bool {
        self.parsed.verify_sig(message, signature).is_ok()
    }

    /// Reads a `COSE_Key` (RFC 9052, section 7).
    pub(crate) fn from_cose(value: Value) -> Result<Self, Fault> {
        let place = "deviceKey";
        let mut map = Map::of(value, place)?;
        let number =
            |it: Option<Value>| it.and_then(|it| it.as_integer()).and_then(|it| i64::try_from(it).ok());
        let curve = match (number(map.take_number(1)), number(map.take_number(-1))) {
            (Some(2), Some(1)) => Curve::P256,
            (Some(2), Some(2)) => Curve::P384,
            _ => return Err(Fault::Key(place)),
        };
        let mut coordinate =
            |key| map.take_number(key).ok_or(Fault::Key(place)).and_then(|it| cbor::bytes(it, place));
        let (x, y) = (coordinate(-2)?, coordinate(-3)?);
        Self::from_coordinates(curve, &x, &y)
    }

    /// Writes a `COSE_Key`.
    pub(crate) fn to_cose(&self) -> Result<Value, Fault> {
        let (x, y) = self.coordinates().ok_or(Fault::Key("deviceKey"))?;
        let curve = match self.curve {
            Curve::P256 => 1,
            Curve::P384 => 2,
        };
        Ok(Value::Map(vec![
            (1.into(), 2.into()),
            ((-1).into(), curve.into()),
            ((-2).into(), Value::Bytes(x.to_vec())),
            ((-3).into(), Value::Bytes(y.to_vec())),
        ]))
    }
}

/// A private key on P-256: an issuer's or a device's, in simulators and tests.
#[derive(Debug)]
pub struct SigningKey(EcdsaKeyPair);

impl SigningKey {
    /// A fresh key.
    ///
    /// # Errors
    /// When there is no randomness.
    pub fn generate() -> Result<Self, Fault> {
        EcdsaKeyPair::generate(&ECDSA_P256_SHA256_FIXED_SIGNING)
            .map(Self)
            .map_err(|_| Fault::Make("no key could be made"))
    }

    /// Reads a key, PKCS #8 DER.
    ///
    /// # Errors
    /// When it is no key on P-256.
    pub fn from_pkcs8(der: &[u8]) -> Result<Self, Fault> {
        EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, der)
            .map(Self)
            .map_err(|_| Fault::Key("the private key"))
    }

    /// The key as PKCS #8 DER.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn to_pkcs8(&self) -> Result<Vec<u8>, Fault> {
        let written = self.0.to_pkcs8v1().map_err(|_| Fault::Make("the key cannot be written"))?;
        Ok(written.as_ref().to_vec())
    }

    /// Its public half.
    ///
    /// # Errors
    /// Never for a key made here.
    pub fn public(&self) -> Result<PublicKey, Fault> {
        PublicKey::from_point(self.0.public_key().as_ref())
    }

    /// Signs: two numbers of 32 bytes.
    ///
    /// # Errors
    /// When there is no randomness.
    pub(crate) fn sign(&self, message: &[u8]) -> Result<Vec<u8>, Fault> {
        let signature: Result<signature::Signature, _> = self.0.sign(&SystemRandom::new(), message);
        Ok(signature.map_err(|_| Fault::Make("the signature could not be made"))?.as_ref().to_vec())
    }
}
