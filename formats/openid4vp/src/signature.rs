//! ES256 over compact JWS, with keys from certificates.

use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::signature::{
    ECDSA_P256_SHA256_FIXED, ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair as _, UnparsedPublicKey,
};
use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD as BASE64URL;
use x509_cert::Certificate;
use x509_cert::der::{Decode as _, Encode as _};

/// A private key on P-256 that signs requests.
#[derive(Debug)]
pub struct RequestKey(EcdsaKeyPair);

impl RequestKey {
    /// Reads PKCS#8 (DER); nothing if it is no key on P-256.
    pub fn from_pkcs8(der: &[u8]) -> Option<Self> {
        EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, der).ok().map(Self)
    }

    /// Whether a certificate (DER) is for this key.
    pub fn belongs_to(&self, certificate: &[u8]) -> bool {
        point(certificate).is_some_and(|it| it == self.0.public_key().as_ref())
    }

    /// Signs header and content, already JSON; nothing if there is no randomness.
    pub(crate) fn sign(&self, header: &str, payload: &str) -> Option<String> {
        let mut compact = BASE64URL.encode(header);
        compact.push('.');
        BASE64URL.encode_string(payload, &mut compact);
        let signature = self.0.sign(&SystemRandom::new(), compact.as_bytes()).ok()?;
        compact.push('.');
        BASE64URL.encode_string(signature, &mut compact);
        Some(compact)
    }
}

/// Whether the key of a certificate (DER) signed this compact JWS.
pub(crate) fn verifies(compact: &str, certificate: &[u8]) -> bool {
    let (Some((signed, signature)), Some(point)) = (compact.rsplit_once('.'), point(certificate)) else {
        return false;
    };
    let Ok(signature) = BASE64URL.decode(signature) else { return false };
    UnparsedPublicKey::new(&ECDSA_P256_SHA256_FIXED, point).verify(signed.as_bytes(), &signature).is_ok()
}

/// Whether a certificate (DER) names itself as issuer, or cannot be read.
pub(crate) fn is_self_issued(der: &[u8]) -> bool {
    let Ok(certificate) = Certificate::from_der(der) else { return true };
    let certificate = certificate.tbs_certificate();
    certificate.issuer().to_der().ok() == certificate.subject().to_der().ok()
}

fn point(certificate: &[u8]) -> Option<Vec<u8>> {
    let certificate = Certificate::from_der(certificate).ok()?;
    let spki = certificate.tbs_certificate().subject_public_key_info();
    spki.subject_public_key.as_bytes().map(<[u8]>::to_vec)
}
