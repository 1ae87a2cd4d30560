//! One certificate: what is read from it and how its signature is checked.

use std::fmt::Write as _;

use aws_lc_rs::signature::{
    RSA_PKCS1_2048_8192_SHA256, RSA_PKCS1_2048_8192_SHA384, RSA_PKCS1_2048_8192_SHA512,
    RSA_PSS_2048_8192_SHA256, RSA_PSS_2048_8192_SHA384, RSA_PSS_2048_8192_SHA512, RsaParameters,
    RsaPublicKeyComponents,
};
use x509_cert::Certificate;
use x509_cert::der::asn1::ObjectIdentifier;
use x509_cert::der::{Decode as _, Encode as _, Header, Reader as _, SliceReader};
use x509_cert::ext::pkix::{BasicConstraints, KeyUsage};
use x509_cert::spki::AlgorithmIdentifierOwned;

use crate::jwk::KeyUse;

const RSA: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.1");
pub(super) const PSS: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.10");
const MGF1: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.8");
/// What [`super::check_chain`] looks at, or what cannot make a key acceptable that otherwise is not: basicConstraints,
/// keyUsage, extendedKeyUsage, subject and authority key id, subjectAltName, certificatePolicies,
/// cRLDistributionPoints.
const UNDERSTOOD: [&str; 8] =
    ["2.5.29.19", "2.5.29.15", "2.5.29.37", "2.5.29.14", "2.5.29.35", "2.5.29.17", "2.5.29.32", "2.5.29.31"];

/// A certificate and its bytes: signatures count over the bytes as received.
#[derive(Clone, Debug)]
pub(super) struct Parsed {
    der: Vec<u8>,
    certificate: Certificate,
}

impl Parsed {
    pub(super) fn read(der: &[u8]) -> Option<Self> {
        Some(Self { certificate: Certificate::from_der(der).ok()?, der: der.to_vec() })
    }

    pub(super) fn certificate(&self) -> &Certificate {
        &self.certificate
    }

    pub(super) fn same_as(&self, other: &Self) -> bool {
        self.der == other.der
    }

    pub(super) fn fingerprint(&self) -> String {
        let digest = aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA256, &self.der);
        digest.as_ref().iter().fold(String::new(), |mut text, byte| {
            let _ = write!(text, "{byte:02x}");
            text
        })
    }

    pub(super) fn subject(&self) -> String {
        self.certificate.tbs_certificate().subject().to_string()
    }

    pub(super) fn issuer(&self) -> String {
        self.certificate.tbs_certificate().issuer().to_string()
    }

    /// First and last second of validity.
    pub(super) fn validity(&self) -> (i64, i64) {
        let validity = self.certificate.tbs_certificate().validity();
        (seconds(validity.not_before), seconds(validity.not_after))
    }

    pub(super) fn public_key(&self) -> Option<RsaPublicKeyComponents<Vec<u8>>> {
        let spki = self.certificate.tbs_certificate().subject_public_key_info();
        if spki.algorithm.oid != RSA && spki.algorithm.oid != PSS {
            return None;
        }
        let key = pkcs1::RsaPublicKeyRef::from_der(spki.subject_public_key.as_bytes()?).ok()?;
        Some(RsaPublicKeyComponents {
            n: key.modulus.as_bytes().to_vec(),
            e: key.public_exponent.as_bytes().to_vec(),
        })
    }

    pub(super) fn key_bits(&self) -> Option<usize> {
        let key = self.public_key()?;
        let first = key.n.first()?;
        Some(key.n.len() * 8 - first.leading_zeros() as usize)
    }

    /// Whether keyUsage, when present, allows this use.
    pub(super) fn allows(&self, usage: KeyUse) -> bool {
        match self.certificate.tbs_certificate().get_extension::<KeyUsage>() {
            Ok(None) => true,
            Ok(Some((_, allowed))) => match usage {
                KeyUse::Encrypt => allowed.key_encipherment() || allowed.data_encipherment(),
                KeyUse::Sign => allowed.digital_signature() || allowed.non_repudiation(),
            },
            Err(_) => false,
        }
    }

    /// Whether it may issue certificates with `below` further authorities between it and the leaf.
    pub(super) fn may_issue(&self, below: usize) -> bool {
        let certificate = self.certificate.tbs_certificate();
        let constraints = match certificate.get_extension::<BasicConstraints>() {
            Ok(Some((_, found))) => {
                found.ca && found.path_len_constraint.is_none_or(|length| below <= usize::from(length))
            }
            _ => false,
        };
        let usage = match certificate.get_extension::<KeyUsage>() {
            Ok(None) => true,
            Ok(Some((_, allowed))) => allowed.key_cert_sign(),
            Err(_) => false,
        };
        constraints && usage
    }

    pub(super) fn unknown_critical_extensions(&self) -> Vec<String> {
        let extensions = self.certificate.tbs_certificate().extensions();
        extensions
            .into_iter()
            .flatten()
            .filter(|extension| extension.critical)
            .map(|extension| extension.extn_id.to_string())
            .filter(|oid| !UNDERSTOOD.contains(&oid.as_str()))
            .collect()
    }

    pub(super) fn names_as_issuer(&self, parent: &Self) -> bool {
        self.certificate.tbs_certificate().issuer() == parent.certificate.tbs_certificate().subject()
    }

    /// Name of the signature algorithm, or its object identifier when it is not supported.
    pub(super) fn signature_algorithm(&self) -> Result<&'static str, String> {
        let algorithm = self.certificate.signature_algorithm();
        if algorithm != self.certificate.tbs_certificate().signature() {
            return Err("(two different ones)".to_owned());
        }
        known(algorithm).map(|(name, _)| name).ok_or_else(|| algorithm.oid.to_string())
    }

    pub(super) fn signed_by(&self, parent: &Self) -> bool {
        let signature = self.certificate.signature();
        parent.signed(&self.der, self.certificate.signature_algorithm(), signature.as_bytes())
    }

    /// Whether this certificate's key made the signature over the first element of a signed structure (RFC 5280:
    /// certificates and revocation lists are built alike).
    pub(super) fn signed(
        &self,
        der: &[u8],
        algorithm: &AlgorithmIdentifierOwned,
        signature: Option<&[u8]>,
    ) -> bool {
        let (Some((_, parameters)), Some(key), Some(signature)) =
            (known(algorithm), self.public_key(), signature)
        else {
            return false;
        };
        signed_part(der).is_some_and(|part| key.verify(parameters, part, signature).is_ok())
    }
}

pub(super) fn seconds(time: x509_cert::time::Time) -> i64 {
    i64::try_from(time.to_unix_duration().as_secs()).unwrap_or(i64::MAX)
}

/// The bytes of the part that is signed, exactly as received.
fn signed_part(der: &[u8]) -> Option<&[u8]> {
    let mut reader = SliceReader::new(der).ok()?;
    Header::decode(&mut reader).ok()?;
    reader.tlv_bytes().ok()
}

/// The signature algorithms that are checked; SHA-1 is not among them.
fn known(algorithm: &AlgorithmIdentifierOwned) -> Option<(&'static str, &'static RsaParameters)> {
    match algorithm.oid.to_string().as_str() {
        "1.2.840.113549.1.1.10" => pss(algorithm),
        "1.2.840.113549.1.1.11" => Some(("RSA PKCS#1 v1.5 with SHA-256", &RSA_PKCS1_2048_8192_SHA256)),
        "1.2.840.113549.1.1.12" => Some(("RSA PKCS#1 v1.5 with SHA-384", &RSA_PKCS1_2048_8192_SHA384)),
        "1.2.840.113549.1.1.13" => Some(("RSA PKCS#1 v1.5 with SHA-512", &RSA_PKCS1_2048_8192_SHA512)),
        _ => None,
    }
}

/// RSASSA-PSS with the same hash for content and mask and a salt as long as the hash (RFC 4055).
fn pss(algorithm: &AlgorithmIdentifierOwned) -> Option<(&'static str, &'static RsaParameters)> {
    let der = algorithm.parameters.as_ref()?.to_der().ok()?;
    let parameters = pkcs1::RsaPssParamsOwned::from_der(&der).ok()?;
    let mask_hash = parameters.mask_gen.parameters.as_ref()?.oid;
    if parameters.mask_gen.oid != MGF1 || mask_hash != parameters.hash.oid {
        return None;
    }
    match (parameters.hash.oid.to_string().as_str(), parameters.salt_len) {
        ("2.16.840.1.101.3.4.2.1", 32) => Some(("RSASSA-PSS with SHA-256", &RSA_PSS_2048_8192_SHA256)),
        ("2.16.840.1.101.3.4.2.2", 48) => Some(("RSASSA-PSS with SHA-384", &RSA_PSS_2048_8192_SHA384)),
        ("2.16.840.1.101.3.4.2.3", 64) => Some(("RSASSA-PSS with SHA-512", &RSA_PSS_2048_8192_SHA512)),
        _ => None,
    }
}
