//! Keys and certificates on disk: of the simulated issuer, and the verifier's access certificate.

use crate::names::fault;
use kernel::{Error, Result, SECOND};
use rcgen::{
    BasicConstraints, CertificateParams, CertifiedIssuer, DnType, ExtendedKeyUsagePurpose, IsCa, KeyPair,
    KeyUsagePurpose, date_time_ymd,
};
use std::{
    fs,
    io::Write,
    os::unix::fs::{DirBuilderExt, OpenOptionsExt},
    path::Path,
};

/// How long certificates are valid, and how long before their end they are made anew.
const YEARS: i32 = 10;
const BEFORE_THE_END: i64 = 30 * 86_400;
/// How many days old certificates are when they are made.
const AGE: i64 = 500;
/// Signer of documents (ISO/IEC 18013-5, B.1.4).
const DOCUMENT_SIGNER: &[u64] = &[1, 0, 18013, 5, 1, 2];

const ISSUER: [&str; 3] = ["issuer-anchor.pem", "issuer.pem", "issuer.key"];
const ACCESS: [&str; 3] = ["access-anchor.pem", "access.pem", "access.key"];

/// The authority that issued what the simulated wallet holds, and whom the wallet trusts.
#[derive(Debug)]
pub(crate) struct Authority {
    /// The issuer's key, for SD-JWT VC and status lists.
    pub issuer: sdjwt::key::SigningKey,
    /// The same key, for mdoc.
    pub document_signer: mdoc::SigningKey,
    /// The issuer's certificates, its own first, without the trusted one.
    pub issuer_chain: Vec<Vec<u8>>,
    /// Whose access certificates the wallet trusts.
    pub access: pki::Trust,
}

impl Authority {
    /// Reads what [`prepare_files`] wrote.
    pub(crate) fn load(folder: &Path) -> Result<Self> {
        let [_, chain, key] = ISSUER.map(|it| folder.join(it));
        let wrong = || Error::from(fault::FILES).with("path", key.display());
        let der =
            KeyPair::from_pem(&String::from_utf8_lossy(&read(&key)?)).map_err(|it| wrong().because(it))?;
        let der = der.serialize_der();
        let anchors = certificates(&folder.join(ACCESS[0]))?;
        Ok(Self {
            issuer: sdjwt::key::SigningKey::from_pkcs8(&der).map_err(|it| wrong().because(it))?,
            document_signer: mdoc::SigningKey::from_pkcs8(&der).map_err(|it| wrong().because(it))?,
            issuer_chain: certificates(&chain)?,
            // There is no revocation among simulated verifiers.
            access: pki::Trust::new(&anchors).map_err(|it| wrong().because(it))?.without_revocation(),
        })
    }
}

/// Writes keys and certificates for the demo, unless they are there and will last: the issuer's (`issuer-anchor.pem`,
/// `issuer.pem`, `issuer.key`) and the verifier's access certificate (`access-anchor.pem`, `access.pem` with its own
/// certificate first and never a self-signed one, `access.key` as PKCS #8). `now` in microseconds.
///
/// # Errors
/// When the folder cannot be written.
pub fn prepare_files(folder: &Path, base_url: &str, now: i64) -> Result<()> {
    let machine = |cause| Error::from(fault::FILES).with("path", folder.display()).because(cause);
    fs::DirBuilder::new().recursive(true).mode(0o700).create(folder).map_err(machine)?;
    let host = url::Url::parse(base_url).ok().and_then(|it| it.host_str().map(str::to_owned));
    let host = host.unwrap_or_else(|| "localhost".to_owned());
    if !lasts(folder, &ISSUER, now) {
        let anchor = ("SIMULATOR PID Issuer CA", "Fachwerk Demo");
        let leaf = ("SIMULATOR PID Issuer", "Fachwerk Demo", Some(DOCUMENT_SIGNER));
        make(folder, &ISSUER, anchor, leaf, (&host, now))?;
    }
    if !lasts(folder, &ACCESS, now) {
        let anchor = ("SIMULATOR Access CA", "Fachwerk Demo");
        let leaf = ("Bürgerservice Kassel (Demo)", "Stadt Kassel (Demo)", None);
        make(folder, &ACCESS, anchor, leaf, (&host, now))?;
    }
    Ok(())
}

/// Whether all three files are there, belong together, and are good for a while.
fn lasts(folder: &Path, [anchor, chain, key]: &[&str; 3], now: i64) -> bool {
    let now = now / SECOND;
    let until = |it: &str| -> Option<i64> {
        let all = certificates(&folder.join(it)).ok()?;
        pki::Certificate::read(all.first()?).ok().map(|it| it.not_after)
    };
    let ends = [anchor, chain].map(|it| until(it).unwrap_or(i64::MIN));
    let belongs = || -> Option<bool> {
        let pem = fs::read_to_string(folder.join(key)).ok()?;
        let key = sdjwt::key::SigningKey::from_pkcs8(KeyPair::from_pem(&pem).ok()?.serialized_der()).ok()?;
        let leaf = certificates(&folder.join(chain)).ok()?;
        Some(sdjwt::key::PublicKey::from_certificate(leaf.first()?).ok()? == *key.public())
    };
    ends.iter().all(|it| *it > now.saturating_add(BEFORE_THE_END)) && belongs() == Some(true)
}

/// Makes an authority and one certificate of it; the authority's key is forgotten.
fn make(
    folder: &Path,
    [anchor_file, chain_file, key_file]: &[&str; 3],
    (authority, its_organisation): (&str, &str),
    (name, organisation, purpose): (&str, &str, Option<&[u64]>),
    (host, now): (&str, i64),
) -> Result<()> {
    let broken = |it: rcgen::Error| Error::from(fault::FILES).with("path", folder.display()).because(it);
    let fresh = || KeyPair::generate().map_err(broken);
    let mut params = params(Vec::new(), (authority, its_organisation), now).map_err(broken)?;
    params.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
    params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
    let anchor = CertifiedIssuer::self_signed(params, fresh()?).map_err(broken)?;
    let key = fresh()?;
    let mut params = self::params(vec![host.to_owned()], (name, organisation), now).map_err(broken)?;
    params.key_usages = vec![KeyUsagePurpose::DigitalSignature];
    params.use_authority_key_identifier_extension = true;
    if let Some(purpose) = purpose {
        params.extended_key_usages = vec![ExtendedKeyUsagePurpose::Other(purpose.to_vec())];
    }
    let leaf = params.signed_by(&key, &anchor).map_err(broken)?;
    write(&folder.join(key_file), &key.serialize_pem())?;
    write(&folder.join(chain_file), &leaf.pem())?;
    write(&folder.join(anchor_file), &anchor.pem())
}

fn params(
    names: Vec<String>,
    (name, organisation): (&str, &str),
    now: i64,
) -> std::result::Result<CertificateParams, rcgen::Error> {
    let mut params = CertificateParams::new(names)?;
    // Earlier than the oldest identity data: their signature has to fall into the certificate's time (ISO/IEC 18013-5, 9.3.1).
    let [year, month, day] = date(now - AGE * kernel::DAY);
    params.not_before = date_time_ymd(year, small(month), small(day));
    params.not_after = date_time_ymd(year + YEARS, 1, 1);
    params.distinguished_name.push(DnType::CountryName, "DE");
    params.distinguished_name.push(DnType::OrganizationName, organisation);
    params.distinguished_name.push(DnType::CommonName, name);
    Ok(params)
}

/// Year, month and day of a time.
fn date(micros: i64) -> [i32; 3] {
    let stamp = ui::format::machine(micros);
    let mut parts = stamp.split(['-', 'T']).map(|it| it.parse().unwrap_or(1));
    [(); 3].map(|()| parts.next().unwrap_or(1))
}

fn small(number: i32) -> u8 {
    u8::try_from(number).unwrap_or(1)
}

fn certificates(path: &Path) -> Result<Vec<Vec<u8>>> {
    let wrong = |it| Error::from(fault::FILES).with("path", path.display()).because(it);
    pki::read_certificates(&read(path)?).map_err(wrong)
}

fn read(path: &Path) -> Result<Vec<u8>> {
    fs::read(path).map_err(|it| Error::from(fault::FILES).with("path", path.display()).because(it))
}

/// Written beside and renamed, so that a killed node leaves no half key; for its owner only.
fn write(path: &Path, text: &str) -> Result<()> {
    let wrong = |it| Error::from(fault::FILES).with("path", path.display()).because(it);
    let beside = path.with_extension("new");
    let mut file = fs::OpenOptions::new()
        .write(true)
        .create(true)
        .truncate(true)
        .mode(0o600)
        .open(&beside)
        .map_err(wrong)?;
    file.write_all(text.as_bytes()).map_err(wrong)?;
    file.sync_all().map_err(wrong)?;
    fs::rename(&beside, path).map_err(wrong)
}
