//! Making certificates: self-signed ones for a first start and small chains for tests.

use std::str::FromStr as _;
use std::time::Duration;

use aws_lc_rs::encoding::AsDer as _;
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::signature::{RSA_PSS_SHA512, RsaKeyPair};
use signature::Keypair;
use x509_cert::builder::profile::BuilderProfile;
use x509_cert::builder::{Builder as _, CertificateBuilder};
use x509_cert::crl::{CertificateList, RevokedCert, TbsCertList};
use x509_cert::der::asn1::{Any, BitString, GeneralizedTime, UtcTime};
use x509_cert::der::{Decode as _, Document, Encode as _};
use x509_cert::ext::pkix::{BasicConstraints, KeyUsage, KeyUsages};
use x509_cert::ext::{Extension, ToExtension as _};
use x509_cert::name::Name;
use x509_cert::serial_number::SerialNumber;
use x509_cert::spki::{
    AlgorithmIdentifierOwned, DynSignatureAlgorithmIdentifier, EncodePublicKey, SubjectPublicKeyInfo,
    SubjectPublicKeyInfoRef,
};
use x509_cert::time::{Time, Validity};
use x509_cert::{Certificate, TbsCertificate, Version};

use super::certificate::PSS;
use crate::jwk::{Jwk, KeyFault, KeyUse, PrivateJwk};

/// RSASSA-PSS-params (RFC 4055) for SHA-512, MGF1 with SHA-512, salt of 64 bytes.
const PSS_SHA512: &[u8] = &[
    0x30, 0x34, 0xa0, 0x0f, 0x30, 0x0d, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x03,
    0x05, 0x00, 0xa1, 0x1c, 0x30, 0x1a, 0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x08,
    0x30, 0x0d, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x03, 0x05, 0x00, 0xa2, 0x03,
    0x02, 0x01, 0x40,
];

/// Why a certificate could not be made.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum MakeFault {
    #[error(transparent)]
    Key(#[from] KeyFault),
    #[error("the name or the time cannot be written into a certificate")]
    Content,
    #[error("signing failed")]
    Signing,
}

/// A certificate authority in memory, for tests and demonstrations.
#[derive(Debug)]
pub struct Authority {
    maker: Maker,
    certificate: Certificate,
}

impl Authority {
    /// A root with a self-signed certificate.
    pub fn root(key: &PrivateJwk, common_name: &str, from: i64, until: i64) -> Result<Self, MakeFault> {
        let maker = Maker::new(key)?;
        let subject = name(common_name)?;
        let profile = Profile { issuer: subject.clone(), subject, usage: None };
        let certificate = maker.certificate(profile, &key.public(), from, until)?;
        Ok(Self { maker, certificate })
    }

    /// An authority below this one.
    pub fn below(
        &self,
        key: &PrivateJwk,
        common_name: &str,
        from: i64,
        until: i64,
    ) -> Result<Self, MakeFault> {
        let profile = Profile { issuer: self.name(), subject: name(common_name)?, usage: None };
        let certificate = self.maker.certificate(profile, &key.public(), from, until)?;
        Ok(Self { maker: Maker::new(key)?, certificate })
    }

    /// The certificate, DER.
    pub fn der(&self) -> Result<Vec<u8>, MakeFault> {
        self.certificate.to_der().map_err(|_| MakeFault::Content)
    }

    fn name(&self) -> Name {
        self.certificate.tbs_certificate().subject().clone()
    }
}

/// A certificate for `key` that it signed itself (RSASSA-PSS, SHA-512), DER. Times in seconds since the epoch.
pub fn self_signed(key: &PrivateJwk, common_name: &str, from: i64, until: i64) -> Result<Vec<u8>, MakeFault> {
    let subject = name(common_name)?;
    let usage = Some(key.usage().unwrap_or(KeyUse::Encrypt));
    let profile = Profile { issuer: subject.clone(), subject, usage };
    let certificate = Maker::new(key)?.certificate(profile, &key.public(), from, until)?;
    certificate.to_der().map_err(|_| MakeFault::Content)
}

/// A certificate for a public key, issued by `authority`, DER. Times in seconds since the epoch.
pub fn issue(
    authority: &Authority,
    key: &Jwk,
    usage: KeyUse,
    common_name: &str,
    (from, until): (i64, i64),
) -> Result<Vec<u8>, MakeFault> {
    let profile = Profile { issuer: authority.name(), subject: name(common_name)?, usage: Some(usage) };
    let certificate = authority.maker.certificate(profile, key, from, until)?;
    certificate.to_der().map_err(|_| MakeFault::Content)
}

/// A revocation list of `authority` that names the given certificates (DER), DER itself.
pub fn revocation_list(
    authority: &Authority,
    revoked: &[Vec<u8>],
    (from, until): (i64, i64),
) -> Result<Vec<u8>, MakeFault> {
    let this_update = time(from)?;
    let mut entries = Vec::new();
    for der in revoked {
        let certificate = Certificate::from_der(der).map_err(|_| MakeFault::Content)?;
        let serial_number = certificate.tbs_certificate().serial_number().clone();
        entries.push(RevokedCert { serial_number, revocation_date: this_update, crl_entry_extensions: None });
    }
    let content = TbsCertList {
        version: Version::V2,
        signature: algorithm()?,
        issuer: authority.name(),
        this_update,
        next_update: Some(time(until)?),
        revoked_certificates: if entries.is_empty() { None } else { Some(entries) },
        crl_extensions: None,
    };
    let signature = authority.maker.sign(&content.to_der().map_err(|_| MakeFault::Content)?)?;
    let list = CertificateList { tbs_cert_list: content, signature_algorithm: algorithm()?, signature };
    list.to_der().map_err(|_| MakeFault::Content)
}

fn name(common_name: &str) -> Result<Name, MakeFault> {
    let mut escaped = String::new();
    for character in common_name.chars() {
        if character.is_control() {
            return Err(MakeFault::Content);
        }
        if matches!(character, ',' | '+' | '"' | '\\' | '<' | '>' | ';' | '=' | '#') {
            escaped.push('\\');
        }
        escaped.push(character);
    }
    Name::from_str(&format!("CN={escaped}")).map_err(|_| MakeFault::Content)
}

/// `UTCTime` until 2049, `GeneralizedTime` from then on (RFC 5280 section 4.1.2.5).
fn time(seconds: i64) -> Result<Time, MakeFault> {
    let since = Duration::from_secs(u64::try_from(seconds).map_err(|_| MakeFault::Content)?);
    match UtcTime::from_unix_duration(since) {
        Ok(short) => Ok(Time::UtcTime(short)),
        Err(_) => {
            GeneralizedTime::from_unix_duration(since).map(Time::GeneralTime).map_err(|_| MakeFault::Content)
        }
    }
}

fn algorithm() -> Result<AlgorithmIdentifierOwned, MakeFault> {
    let parameters = Any::from_der(PSS_SHA512).map_err(|_| MakeFault::Content)?;
    Ok(AlgorithmIdentifierOwned { oid: PSS, parameters: Some(parameters) })
}

/// What goes into the certificate; `usage` is `None` for authorities.
struct Profile {
    issuer: Name,
    subject: Name,
    usage: Option<KeyUse>,
}

impl BuilderProfile for Profile {
    fn get_issuer(&self, _subject: &Name) -> Name {
        self.issuer.clone()
    }

    fn get_subject(&self) -> Name {
        self.subject.clone()
    }

    fn build_extensions(
        &self,
        _key: SubjectPublicKeyInfoRef<'_>,
        _issuer_key: SubjectPublicKeyInfoRef<'_>,
        content: &TbsCertificate,
    ) -> x509_cert::builder::Result<Vec<Extension>> {
        let usage = match self.usage {
            None => KeyUsages::KeyCertSign | KeyUsages::CRLSign,
            Some(KeyUse::Encrypt) => KeyUsages::KeyEncipherment | KeyUsages::DataEncipherment,
            Some(KeyUse::Sign) => KeyUsages::DigitalSignature.into(),
        };
        let constraints = BasicConstraints { ca: self.usage.is_none(), path_len_constraint: None };
        Ok(vec![
            (&constraints).to_extension(content.subject(), &[])?,
            (&KeyUsage(usage)).to_extension(content.subject(), &[])?,
        ])
    }
}

/// A key that signs certificates through the builder of `x509-cert`.
struct Maker {
    pair: RsaKeyPair,
    public: Spki,
}

impl std::fmt::Debug for Maker {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Maker").finish_non_exhaustive()
    }
}

impl Maker {
    fn new(key: &PrivateJwk) -> Result<Self, MakeFault> {
        Ok(Self { pair: key.key_pair()?, public: Spki::new(&key.public())? })
    }

    fn certificate(
        &self,
        profile: Profile,
        key: &Jwk,
        from: i64,
        until: i64,
    ) -> Result<Certificate, MakeFault> {
        let mut serial = [0_u8; 16];
        aws_lc_rs::rand::fill(&mut serial).map_err(|_| MakeFault::Signing)?;
        let serial = SerialNumber::new(&serial).map_err(|_| MakeFault::Content)?;
        let spki = SubjectPublicKeyInfo::from_der(&Spki::new(key)?.0).map_err(|_| MakeFault::Content)?;
        let validity = Validity::new(time(from)?, time(until)?);
        let mut builder =
            CertificateBuilder::new(profile, serial, validity, spki).map_err(|_| MakeFault::Content)?;
        let content = builder.finalize(self).map_err(|_| MakeFault::Content)?;
        builder.assemble(self.sign(&content)?, self).map_err(|_| MakeFault::Content)
    }

    fn sign(&self, content: &[u8]) -> Result<BitString, MakeFault> {
        let mut signature = vec![0_u8; self.pair.public_modulus_len()];
        self.pair
            .sign(&RSA_PSS_SHA512, &SystemRandom::new(), content, &mut signature)
            .map_err(|_| MakeFault::Signing)?;
        BitString::from_bytes(&signature).map_err(|_| MakeFault::Content)
    }
}

impl Keypair for Maker {
    type VerifyingKey = Spki;

    fn verifying_key(&self) -> Spki {
        self.public.clone()
    }
}

impl DynSignatureAlgorithmIdentifier for Maker {
    fn signature_algorithm_identifier(&self) -> x509_cert::spki::Result<AlgorithmIdentifierOwned> {
        algorithm().map_err(|_| x509_cert::spki::Error::KeyMalformed)
    }
}

/// `SubjectPublicKeyInfo`, DER.
#[derive(Clone)]
struct Spki(Vec<u8>);

impl Spki {
    fn new(key: &Jwk) -> Result<Self, MakeFault> {
        let der = key.components()?.as_der().map_err(|_| KeyFault::Material)?;
        Ok(Self(der.as_ref().to_vec()))
    }
}

impl EncodePublicKey for Spki {
    fn to_public_key_der(&self) -> x509_cert::spki::Result<Document> {
        Ok(Document::try_from(self.0.as_slice())?)
    }
}
