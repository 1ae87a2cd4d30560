//! One certificate: what it says about itself.

use aws_lc_rs::digest::{SHA256, digest};
use x509_cert::{
    Certificate as Parsed,
    der::{Decode, Encode, asn1::ObjectIdentifier},
    ext::pkix::{ExtendedKeyUsage, KeyUsage, SubjectAltName, name::GeneralName},
    spki::SubjectPublicKeyInfoOwned,
};

const RSA: &str = "1.2.840.113549.1.1.1";
const RSA_PSS: &str = "1.2.840.113549.1.1.10";
const EC: &str = "1.2.840.10045.2.1";
const ED25519: &str = "1.3.101.112";
const P256: &str = "1.2.840.10045.3.1.7";
const P384: &str = "1.3.132.0.34";
const P521: &str = "1.3.132.0.35";
const COMMON_NAME: &str = "2.5.4.3";

/// What kind of key a certificate speaks of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum KeyKind {
    /// RSA with a modulus of so many bits.
    Rsa {
        /// Bits of the modulus.
        bits: u32,
    },
    /// Elliptic curve secp256r1.
    P256,
    /// Elliptic curve secp384r1.
    P384,
    /// Elliptic curve secp521r1.
    P521,
    /// Ed25519.
    Ed25519,
    /// Anything else: object identifiers of algorithm and, where there is one, curve.
    Other(String),
}

/// What a certificate says about itself. Only [`crate::validate`] says whether that is true.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Certificate {
    /// The subject's name (RFC 4514), for people.
    pub subject: String,
    /// The parts of the subject's name in their order: object identifier (dotted) and text.
    pub subject_parts: Vec<(String, String)>,
    /// The subject's name as DER, to compare.
    pub subject_der: Vec<u8>,
    /// The issuer's name (RFC 4514), for people.
    pub issuer: String,
    /// The issuer's name as DER, to compare.
    pub issuer_der: Vec<u8>,
    /// The serial number, lower-case hex, no separators.
    pub serial: String,
    /// First second of validity, since the epoch.
    pub not_before: i64,
    /// Last second of validity, since the epoch.
    pub not_after: i64,
    /// SHA-256 over the whole certificate (DER): `x5t#S256`, `x509_hash`.
    pub fingerprint_sha256: [u8; 32],
    /// SHA-256 over the public key (`SubjectPublicKeyInfo`, DER): it stays when a certificate is renewed for the same key.
    pub spki_sha256: [u8; 32],
    /// The public key, `SubjectPublicKeyInfo`, DER.
    pub key: Vec<u8>,
    /// What kind of key it is.
    pub key_kind: KeyKind,
    /// The algorithm of the issuer's signature, object identifier (dotted).
    pub signature_algorithm: String,
    /// DNS names (`subjectAltName`).
    pub dns_names: Vec<String>,
    /// E-mail addresses (`subjectAltName`).
    pub email_addresses: Vec<String>,
    /// URIs (`subjectAltName`).
    pub uris: Vec<String>,
    /// Purposes (`extendedKeyUsage`), object identifiers (dotted); nothing where the extension is missing.
    pub purposes: Option<Vec<String>>,
    /// Whether `keyUsage` allows to sign; missing allows everything.
    pub may_sign: bool,
    /// Whether `keyUsage` allows to issue certificates; missing allows everything.
    pub may_issue: bool,
}

impl Certificate {
    /// Reads a DER certificate.
    ///
    /// # Errors
    /// Says why it cannot be read.
    pub fn read(der: &[u8]) -> Result<Self, String> {
        let parsed = Parsed::from_der(der).map_err(|it| it.to_string())?;
        let content = parsed.tbs_certificate();
        let again = |it: x509_cert::der::Error| it.to_string();
        let spki = content.subject_public_key_info();
        let key = spki.to_der().map_err(again)?;
        let usage = content.get_extension::<KeyUsage>().map_err(again)?.map(|(_, it)| it);
        let purposes = content.get_extension::<ExtendedKeyUsage>().map_err(again)?;
        let mut names = Names::default();
        if let Some((_, found)) = content.get_extension::<SubjectAltName>().map_err(again)? {
            found.0.iter().for_each(|it| names.add(it));
        }
        Ok(Self {
            subject: content.subject().to_string(),
            subject_parts: parts(content.subject()),
            subject_der: content.subject().to_der().map_err(again)?,
            issuer: content.issuer().to_string(),
            issuer_der: content.issuer().to_der().map_err(again)?,
            serial: hex(without_sign(content.serial_number().as_bytes())),
            not_before: seconds(content.validity().not_before),
            not_after: seconds(content.validity().not_after),
            fingerprint_sha256: sha256(der),
            spki_sha256: sha256(&key),
            key_kind: kind(spki),
            key,
            signature_algorithm: parsed.signature_algorithm().oid.to_string(),
            dns_names: names.dns,
            email_addresses: names.email,
            uris: names.uri,
            purposes: purposes.map(|(_, it)| it.0.iter().map(ToString::to_string).collect()),
            may_sign: usage.as_ref().is_none_or(KeyUsage::digital_signature),
            may_issue: usage.as_ref().is_none_or(KeyUsage::key_cert_sign),
        })
    }

    /// The first common name of the subject.
    pub fn common_name(&self) -> Option<&str> {
        self.subject_part(COMMON_NAME)
    }

    /// The first part of the subject's name with this object identifier (dotted).
    pub fn subject_part(&self, identifier: &str) -> Option<&str> {
        self.subject_parts.iter().find(|(it, _)| it == identifier).map(|(_, it)| it.as_str())
    }
}

#[derive(Default)]
struct Names {
    dns: Vec<String>,
    email: Vec<String>,
    uri: Vec<String>,
}

impl Names {
    fn add(&mut self, name: &GeneralName) {
        match name {
            GeneralName::DnsName(it) => self.dns.push(it.to_string()),
            GeneralName::Rfc822Name(it) => self.email.push(it.to_string()),
            GeneralName::UniformResourceIdentifier(it) => self.uri.push(it.to_string()),
            _ => {}
        }
    }
}

fn parts(name: &x509_cert::name::Name) -> Vec<(String, String)> {
    name.iter()
        .map(|it| {
            let text = it.to_string();
            let text = text.split_once('=').map_or(text.as_str(), |(_, it)| it);
            (
                it.oid.to_string(),
                String::from_utf8(it.value.value().to_vec()).unwrap_or_else(|_| text.to_owned()),
            )
        })
        .collect()
}

fn kind(spki: &SubjectPublicKeyInfoOwned) -> KeyKind {
    let algorithm = spki.algorithm.oid.to_string();
    let curve = spki
        .algorithm
        .parameters
        .as_ref()
        .and_then(|it| it.decode_as::<ObjectIdentifier>().ok())
        .map(|it| it.to_string());
    match (algorithm.as_str(), curve.as_deref()) {
        (RSA | RSA_PSS, _) => rsa_bits(spki).map_or(KeyKind::Other(algorithm), |bits| KeyKind::Rsa { bits }),
        (EC, Some(P256)) => KeyKind::P256,
        (EC, Some(P384)) => KeyKind::P384,
        (EC, Some(P521)) => KeyKind::P521,
        (ED25519, _) => KeyKind::Ed25519,
        (_, Some(curve)) => KeyKind::Other(format!("{algorithm} {curve}")),
        (_, None) => KeyKind::Other(algorithm),
    }
}

fn rsa_bits(spki: &SubjectPublicKeyInfoOwned) -> Option<u32> {
    let key = pkcs1::RsaPublicKeyRef::from_der(spki.subject_public_key.as_bytes()?).ok()?;
    let modulus = key.modulus.as_bytes();
    u32::try_from(modulus.len() * 8).ok()?.checked_sub(modulus.first()?.leading_zeros())
}

fn seconds(time: x509_cert::time::Time) -> i64 {
    i64::try_from(time.to_unix_duration().as_secs()).unwrap_or(i64::MAX)
}

fn sha256(bytes: &[u8]) -> [u8; 32] {
    digest(&SHA256, bytes).as_ref().try_into().unwrap_or_default()
}

pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|it| format!("{it:02x}")).collect()
}

/// Without the zero that only says that the number is positive.
fn without_sign(serial: &[u8]) -> &[u8] {
    match serial {
        [0, rest @ ..] if !rest.is_empty() => rest,
        all => all,
    }
}
