//! A certificate authority for trying things out, made anew for each demo node. It is worth nothing anywhere else, every
//! name in it says TEST, and outside a demo it is never made.

use crate::{
    config::{Fault, Tls},
    keyring::write_secret,
};
use kernel::{DAY, Ids, SECOND};
use p12_keystore::{Certificate as Bag, KeyStore, KeyStoreEntry, PrivateKey, PrivateKeyChain};
use rcgen::{
    BasicConstraints, CertificateParams, CertificateRevocationListParams, DistinguishedName, DnType,
    ExtendedKeyUsagePurpose, IsCa, Issuer, KeyIdMethod, KeyPair, KeyUsagePurpose, PKCS_ECDSA_P256_SHA256,
    RevocationReason, RevokedCertParams, SanType, SerialNumber,
};
use std::{
    fs,
    os::unix::fs::DirBuilderExt,
    path::{Path, PathBuf},
};
use time::OffsetDateTime;

/// How long everything here is valid.
const VALID: i64 = 365 * DAY;
/// The password of `clerk.p12`: it protects nothing, but programs ask for one.
pub const PASSWORD: &str = "test";

const README: &str = "TEST. Made by `fachwerk serve --demo`; worth nothing anywhere else.\n\n\
    ca.pem       the authority: tell a browser or curl to trust it for this demo only\n\
    clerk.p12    a clerk's certificate for a browser; the password is \"test\"\n\
    clerk.pem, clerk.key      the same for curl: --cert clerk.pem --key clerk.key --cacert ca.pem\n\
    revoked.pem, revoked.key  a certificate that the authority has revoked\n\
    crl.pem      the authority's revocation list\n\
    server.pem, server.key    what the demo node shows on https://localhost\n";

/// The demo's authority as one whose certificates let people in; nothing before [`furnish`].
pub fn anchor(data: &Path) -> Option<identity::Anchor> {
    let folder = data.join("test-ca");
    let file = folder.join("ca.pem");
    file.exists().then(|| identity::Anchor {
        file,
        revocation_lists: vec![folder.join("crl.pem")],
        level: "substantial".to_owned(),
        tenant: None,
    })
}

/// Makes the test authority in `DIR/test-ca` where there is none or it ends within a month; answers settings with its
/// server certificate. `now` in microseconds since the epoch.
///
/// # Errors
/// When a file cannot be written.
pub fn furnish(data: &Path, tls: &Tls, now: i64) -> Result<Tls, Fault> {
    let folder = data.join("test-ca");
    if !fresh(&folder.join("server.pem"), now) {
        make(&folder, now)?;
    }
    Ok(Tls {
        certificate_file: Some(folder.join("server.pem")),
        key_file: Some(folder.join("server.key")),
        ..tls.clone()
    })
}

fn fresh(path: &Path, now: i64) -> bool {
    let found = fs::read(path).ok().and_then(|it| pki::read_certificates(&it).ok());
    let leaf = found.and_then(|it| pki::Certificate::read(it.first()?).ok());
    leaf.is_some_and(|it| it.not_after > (now + 30 * DAY) / SECOND)
}

struct Maker {
    folder: PathBuf,
    from: OffsetDateTime,
    until: OffsetDateTime,
    params: CertificateParams,
    key: KeyPair,
}

struct Made {
    serial: SerialNumber,
    certificate: rcgen::Certificate,
    key: KeyPair,
}

fn make(folder: &Path, now: i64) -> Result<(), Fault> {
    let unreadable = |cause| Fault::Unreadable { path: folder.to_owned(), cause };
    fs::DirBuilder::new().recursive(true).mode(0o700).create(folder).map_err(unreadable)?;
    let failed = |it: rcgen::Error| malformed(folder, &it.to_string());
    let time = |at: i64| {
        OffsetDateTime::from_unix_timestamp(at / SECOND).map_err(|it| malformed(folder, &it.to_string()))
    };
    let (from, until) = (time(now - DAY)?, time(now + VALID)?);
    let mut params = named("Fachwerk TEST authority", from, until);
    params.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
    params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
    let key = KeyPair::generate_for(&PKCS_ECDSA_P256_SHA256).map_err(failed)?;
    let authority = params.self_signed(&key).map_err(failed)?;
    let maker = Maker { folder: folder.to_owned(), from, until, params, key };
    let clerk = maker.issue("TEST clerk", client("clerk@demo.example").map_err(failed)?)?;
    let revoked = maker.issue("TEST revoked clerk", client("revoked@demo.example").map_err(failed)?)?;
    let server = maker.issue("localhost", server().map_err(failed)?)?;
    let list = maker.revocation_list(&revoked, time(now - SECOND)?).map_err(failed)?;
    maker.write("ca.pem", authority.pem().as_bytes())?;
    maker.write("crl.pem", list.as_bytes())?;
    maker.write("README.txt", README.as_bytes())?;
    maker.write("clerk.p12", &bag(folder, &clerk, authority.der())?)?;
    for (name, made) in [("clerk", &clerk), ("revoked", &revoked), ("server", &server)] {
        maker.write(&format!("{name}.key"), made.key.serialize_pem().as_bytes())?;
        maker.write(&format!("{name}.pem"), made.certificate.pem().as_bytes())?;
    }
    Ok(())
}

impl Maker {
    fn issue(&self, name: &str, (names, purpose): Purpose) -> Result<Made, Fault> {
        let failed = |it: rcgen::Error| malformed(&self.folder, &it.to_string());
        let mut params = named(name, self.from, self.until);
        params.is_ca = IsCa::ExplicitNoCa;
        params.key_usages = vec![KeyUsagePurpose::DigitalSignature];
        params.extended_key_usages = vec![purpose];
        params.subject_alt_names = names;
        let mut serial = Ids::Random.bytes::<16>();
        // Positive and of a fixed length.
        if let Some(first) = serial.first_mut() {
            *first = *first & 0x3f | 0x40;
        }
        let serial = SerialNumber::from_slice(&serial);
        params.serial_number = Some(serial.clone());
        let key = KeyPair::generate_for(&PKCS_ECDSA_P256_SHA256).map_err(failed)?;
        let issuer = Issuer::from_params(&self.params, &self.key);
        let certificate = params.signed_by(&key, &issuer).map_err(failed)?;
        Ok(Made { serial, certificate, key })
    }

    fn revocation_list(&self, revoked: &Made, at: OffsetDateTime) -> Result<String, rcgen::Error> {
        let params = CertificateRevocationListParams {
            this_update: self.from,
            next_update: self.until,
            crl_number: SerialNumber::from(1_u64),
            issuing_distribution_point: None,
            revoked_certs: vec![RevokedCertParams {
                serial_number: revoked.serial.clone(),
                revocation_time: at,
                reason_code: Some(RevocationReason::KeyCompromise),
                invalidity_date: None,
            }],
            key_identifier_method: KeyIdMethod::Sha256,
        };
        params.signed_by(&Issuer::from_params(&self.params, &self.key))?.pem()
    }

    fn write(&self, name: &str, content: &[u8]) -> Result<(), Fault> {
        write_secret(&self.folder.join(name), content)
    }
}

type Purpose = (Vec<SanType>, ExtendedKeyUsagePurpose);

fn client(address: &str) -> Result<Purpose, rcgen::Error> {
    Ok((vec![SanType::Rfc822Name(address.try_into()?)], ExtendedKeyUsagePurpose::ClientAuth))
}

fn server() -> Result<Purpose, rcgen::Error> {
    let names = vec![
        SanType::DnsName("localhost".try_into()?),
        SanType::IpAddress([127, 0, 0, 1].into()),
        SanType::IpAddress(std::net::Ipv6Addr::LOCALHOST.into()),
    ];
    Ok((names, ExtendedKeyUsagePurpose::ServerAuth))
}

fn named(name: &str, from: OffsetDateTime, until: OffsetDateTime) -> CertificateParams {
    let mut params = CertificateParams::default();
    params.distinguished_name = DistinguishedName::new();
    params.distinguished_name.push(DnType::OrganizationName, "TEST (Fachwerk demo)");
    params.distinguished_name.push(DnType::CommonName, name);
    params.not_before = from;
    params.not_after = until;
    params.use_authority_key_identifier_extension = true;
    params
}

/// The clerk's certificate and key as browsers import them (PKCS#12).
fn bag(folder: &Path, made: &Made, authority: &[u8]) -> Result<Vec<u8>, Fault> {
    let failed = |it: p12_keystore::error::Error| malformed(folder, &it.to_string());
    let key = PrivateKey::from_der(&made.key.serialize_der()).map_err(failed)?;
    let leaf = Bag::from_der(made.certificate.der()).map_err(failed)?;
    let authority = Bag::from_der(authority).map_err(failed)?;
    let chain = PrivateKeyChain::new("clerk", key, [leaf, authority]);
    let mut store = KeyStore::new();
    store.add_entry("Fachwerk TEST clerk", KeyStoreEntry::PrivateKeyChain(chain));
    store.writer(PASSWORD).write().map_err(failed)
}

fn malformed(path: &Path, message: &str) -> Fault {
    Fault::Malformed { path: path.to_owned(), message: message.to_owned() }
}
