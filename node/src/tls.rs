//! TLS: rustls with aws-lc, the hybrid group first, certificates from files that may change while the node runs.

mod clients;
mod proxy;
#[cfg(test)]
mod tests;

pub use proxy::{Proxies, caller, from_proxy};

use crate::config::{ClientCertificates, Fault, Tls};
use arc_swap::ArcSwap;
use clients::AnyCertificate;
use kernel::{
    Policy,
    http::Handshakes,
    policy::{Use, Verdict},
};
use pki::{Certificate, KeyKind};
use rustls::{
    NamedGroup, ServerConfig, SupportedCipherSuite,
    crypto::{
        CryptoProvider, SupportedKxGroup,
        aws_lc_rs::{self, cipher_suite, kx_group},
    },
    server::{NoClientAuth, danger::ClientCertVerifier},
    version::{TLS12, TLS13},
};
use rustls_pki_types::{CertificateDer, PrivateKeyDer, pem::PemObject};
use std::{
    fs,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError},
    time::SystemTime,
};

/// A mechanism by its name in the crypto policy and in the configuration.
type Named<T> = (&'static str, T);

/// The groups this program can agree on keys with.
pub const GROUPS: &[Named<&'static dyn SupportedKxGroup>] = &[
    ("SECP256R1MLKEM768", kx_group::SECP256R1MLKEM768),
    ("secp256r1", kx_group::SECP256R1),
    ("secp384r1", kx_group::SECP384R1),
    ("X25519MLKEM768", kx_group::X25519MLKEM768),
];

const SUITES_1_3: &[Named<SupportedCipherSuite>] = &[
    ("TLS13_AES_256_GCM_SHA384", cipher_suite::TLS13_AES_256_GCM_SHA384),
    ("TLS13_AES_128_GCM_SHA256", cipher_suite::TLS13_AES_128_GCM_SHA256),
];

const SUITES_1_2: &[Named<SupportedCipherSuite>] = &[
    ("TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256", cipher_suite::TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256),
    ("TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256", cipher_suite::TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256),
];

/// The cipher suites spoken where `oldest` (`1.3` or `1.2`) is the oldest version.
pub fn suites_of(oldest: &str) -> impl Iterator<Item = &'static Named<SupportedCipherSuite>> {
    let older = if oldest == "1.2" { SUITES_1_2 } else { &[] };
    SUITES_1_3.iter().chain(older)
}

/// The TLS of a running node.
pub struct Live {
    /// For each group, the preferred one first, what connections are spoken with.
    settings: ArcSwap<Spoken>,
    tls: Tls,
    policy: Arc<Policy>,
    certificate: ArcSwap<Certificate>,
    seen: Mutex<Seen>,
}

/// Settings for each group, the preferred one first.
struct Spoken {
    first: ByGroup,
    others: Vec<ByGroup>,
}

type ByGroup = (NamedGroup, Arc<ServerConfig>);
type Seen = [Option<SystemTime>; 2];

impl Live {
    /// Opens the files of `[tls]`; nothing where none are named. `now` in microseconds since the epoch.
    ///
    /// # Errors
    /// Names the file or line that is wrong, also where the crypto policy refuses the certificate's key.
    pub fn open(tls: &Tls, policy: &Arc<Policy>, now: i64) -> Result<Option<Self>, Fault> {
        let (Some(certificate_file), Some(key_file)) = (&tls.certificate_file, &tls.key_file) else {
            return match tls.listen {
                None => Ok(None),
                Some(listen) => Err(Fault::Nonsense {
                    line: format!("[tls] listen = \"{listen}\""),
                    message: "name certificate_file and key_file too".to_owned(),
                }),
            };
        };
        let seen = state(tls);
        let (settings, certificate) = load(tls, certificate_file, key_file, policy, now)?;
        Ok(Some(Self {
            settings: ArcSwap::from_pointee(settings),
            tls: tls.clone(),
            policy: Arc::clone(policy),
            certificate: ArcSwap::from_pointee(certificate),
            seen: Mutex::new(seen),
        }))
    }

    /// Takes up changed files; answers whether there were any. `now` in microseconds since the epoch.
    ///
    /// # Errors
    /// When they are of no use; then everything stays as it was, and the next change is tried again.
    pub fn refresh(&self, now: i64) -> Result<bool, Fault> {
        let state = state(&self.tls);
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        let (Some(certificate_file), Some(key_file)) = (&self.tls.certificate_file, &self.tls.key_file)
        else {
            return Ok(false);
        };
        if *seen == state {
            return Ok(false);
        }
        *seen = state;
        let (settings, certificate) = load(&self.tls, certificate_file, key_file, &self.policy, now)?;
        self.settings.store(Arc::new(settings));
        self.certificate.store(Arc::new(certificate));
        Ok(true)
    }

    /// What the certificate in use says.
    pub fn certificate(&self) -> Arc<Certificate> {
        self.certificate.load_full()
    }
}

fn state(tls: &Tls) -> Seen {
    let changed =
        |it: &Option<PathBuf>| it.as_ref().and_then(|it| fs::metadata(it).and_then(|it| it.modified()).ok());
    [changed(&tls.certificate_file), changed(&tls.key_file)]
}

fn load(
    tls: &Tls,
    certificate_file: &Path,
    key_file: &Path,
    policy: &Policy,
    now: i64,
) -> Result<(Spoken, Certificate), Fault> {
    let malformed = |path: &Path, message: String| Fault::Malformed { path: path.to_owned(), message };
    let read =
        |path: &Path| fs::read(path).map_err(|cause| Fault::Unreadable { path: path.to_owned(), cause });
    let chain = pki::read_certificates(&read(certificate_file)?)
        .map_err(|it| malformed(certificate_file, it.to_string()))?;
    let leaf = Certificate::read(chain.first().map(Vec::as_slice).unwrap_or_default())
        .map_err(|it| malformed(certificate_file, it))?;
    let (mechanism, parameter) = mechanism_of(&leaf.key_kind);
    if let Verdict::Refused { message, .. } = policy.check(mechanism, &parameter, Use::Signature, now) {
        return Err(malformed(certificate_file, format!("the crypto policy refuses its key: {message}")));
    }
    let key = PrivateKeyDer::from_pem_slice(&read(key_file)?)
        .map_err(|it| malformed(key_file, format!("expected is a private key in PEM: {it}")))?;
    let chain: Vec<CertificateDer<'static>> = chain.into_iter().map(CertificateDer::from).collect();
    let failed =
        |it: rustls::Error| malformed(key_file, format!("the key does not fit the certificate: {it}"));
    let mut all: Vec<ByGroup> = Vec::new();
    for (name, group) in tls.groups.iter().filter_map(|name| GROUPS.iter().find(|(it, _)| it == name)) {
        let mut settings = speak(tls, *group, chain.clone(), key.clone_key()).map_err(|it| match it {
            rustls::Error::InconsistentKeys(_) => failed(it),
            it => Fault::Nonsense { line: format!("[tls] groups: {name}"), message: it.to_string() },
        })?;
        if let Some((_, first)) = all.first() {
            settings.session_storage = Arc::clone(&first.session_storage);
        }
        all.push((group.name(), Arc::new(settings)));
    }
    let mut all = all.into_iter();
    let first = all.next().ok_or_else(|| Fault::Nonsense {
        line: "[tls] groups".to_owned(),
        message: "name at least one group".to_owned(),
    })?;
    Ok((Spoken { first, others: all.collect() }, leaf))
}

/// Settings with one group only: the library follows the client's order of groups, and ours shall count.
fn speak(
    tls: &Tls,
    group: &'static dyn SupportedKxGroup,
    chain: Vec<CertificateDer<'static>>,
    key: PrivateKeyDer<'static>,
) -> Result<ServerConfig, rustls::Error> {
    let versions: &[&rustls::SupportedProtocolVersion] =
        if tls.oldest_version == "1.2" { &[&TLS13, &TLS12] } else { &[&TLS13] };
    let mut settings = ServerConfig::builder_with_provider(Arc::new(provider(tls, group)))
        .with_protocol_versions(versions)?
        .with_client_cert_verifier(verifier(tls.client_certificates))
        .with_single_cert(chain, key)?;
    settings.alpn_protocols = vec![b"http/1.1".to_vec()];
    settings.ignore_client_order = true;
    Ok(settings)
}

impl Handshakes for Live {
    fn settings(&self, offered: &[NamedGroup]) -> Arc<ServerConfig> {
        let all = self.settings.load();
        let mut in_order = std::iter::once(&all.first).chain(&all.others);
        // Where there is none in common, the handshake with the first one tells the client so.
        Arc::clone(&in_order.find(|(it, _)| offered.contains(it)).unwrap_or(&all.first).1)
    }
}

fn verifier(clients: ClientCertificates) -> Arc<dyn ClientCertVerifier> {
    match clients {
        ClientCertificates::Off => Arc::new(NoClientAuth),
        ClientCertificates::Asked => Arc::new(AnyCertificate),
    }
}

/// Exactly what the settings name, nothing of the library's defaults.
fn provider(tls: &Tls, group: &'static dyn SupportedKxGroup) -> CryptoProvider {
    CryptoProvider {
        kx_groups: vec![group],
        cipher_suites: suites_of(&tls.oldest_version).map(|(_, it)| *it).collect(),
        signature_verification_algorithms: clients::SIGNATURES,
        ..aws_lc_rs::default_provider()
    }
}

/// The name of a certificate's key in the crypto policy, and its parameter.
pub fn mechanism_of(kind: &KeyKind) -> (&'static str, String) {
    match kind {
        KeyKind::Rsa { bits } => ("RSASSA-PSS", bits.to_string()),
        KeyKind::P256 => ("ECDSA", "secp256r1".to_owned()),
        KeyKind::P384 => ("ECDSA", "secp384r1".to_owned()),
        KeyKind::P521 => ("ECDSA", "secp521r1".to_owned()),
        KeyKind::Ed25519 => ("EdDSA", "Ed25519".to_owned()),
        KeyKind::Other(it) => ("unknown", it.clone()),
    }
}
