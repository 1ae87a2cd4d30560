//! Certificate chains of keys (`x5c`): whether a key is what its certificate says and who vouches for it.
//!
//! A deliberately small path check after RFC 5280: one fixed order (leaf first), no name constraints, no policies.
//! What it does not understand and what is marked critical counts against the chain.

mod certificate;
mod make;
mod revocation;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;

use self::certificate::Parsed;
pub use self::make::{Authority, MakeFault, issue, revocation_list, self_signed};
use crate::jwk::{Jwk, KeyUse};

/// Longest chain that is read.
pub const MAX_CHAIN: usize = 8;

/// What is accepted besides a chain to a trust anchor.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Policy {
    /// The chain must end in a trust anchor.
    #[default]
    Anchored,
    /// For tests: a chain may also end in a certificate that signed itself.
    AllowSelfSigned,
}

/// How much a finding weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Weight {
    /// Worth telling, the key may be used.
    Note,
    /// The key must not be used.
    Fault,
}

/// What was found out about one certificate of the chain.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Finding {
    #[error("there is no certificate (x5c is empty)")]
    Empty,
    #[error("the chain has more than {MAX_CHAIN} certificates")]
    TooLong,
    #[error("this is not a certificate in base64 DER")]
    Unreadable,
    #[error("the certificate belongs to another key (n, e differ)")]
    KeyMismatch,
    #[error("the key of the certificate is not RSA")]
    KeyType,
    #[error("the key has only {0} bits, 4096 are required")]
    KeyLength(usize),
    #[error("the certificate is not valid yet")]
    NotYetValid,
    #[error("the certificate has expired")]
    Expired,
    #[error("keyUsage does not allow this use of the key")]
    KeyUsage,
    #[error("the signature algorithm is {0}; RSASSA-PSS with SHA-512 is recommended")]
    SignatureAlgorithm(&'static str),
    #[error("the signature algorithm {0} is not supported")]
    SignatureUnsupported(String),
    #[error("issuer and subject of the next certificate differ")]
    IssuerMismatch,
    #[error("the signature of the next certificate does not match")]
    Signature,
    #[error("this certificate must not issue others (basicConstraints, keyUsage, path length)")]
    NotAnAuthority,
    #[error("the critical extension {0} is not understood")]
    CriticalExtension(String),
    #[error("the chain does not end in a trusted certificate")]
    Untrusted,
    #[error("the chain ends in a certificate that signed itself; accepted by the test policy")]
    SelfSigned,
    #[error("the certificate has been revoked")]
    Revoked,
    #[error("the revocation list is not readable, not signed by the issuer, or not valid at this time")]
    RevocationList,
    #[error("there is no revocation list of the issuer")]
    RevocationUnknown,
}

impl Finding {
    /// Whether the key may still be used.
    pub const fn weight(&self) -> Weight {
        match self {
            Self::SignatureAlgorithm(_) | Self::SelfSigned | Self::RevocationUnknown => Weight::Note,
            _ => Weight::Fault,
        }
    }

    /// Stable identifier.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Empty => "chain-empty",
            Self::TooLong => "chain-too-long",
            Self::Unreadable => "certificate-unreadable",
            Self::KeyMismatch => "certificate-key-mismatch",
            Self::KeyType => "certificate-key-type",
            Self::KeyLength(_) => "certificate-key-length",
            Self::NotYetValid => "certificate-not-yet-valid",
            Self::Expired => "certificate-expired",
            Self::KeyUsage => "certificate-key-usage",
            Self::SignatureAlgorithm(_) => "certificate-signature-algorithm",
            Self::SignatureUnsupported(_) => "certificate-signature-unsupported",
            Self::IssuerMismatch => "certificate-issuer-mismatch",
            Self::Signature => "certificate-signature",
            Self::NotAnAuthority => "certificate-not-an-authority",
            Self::CriticalExtension(_) => "certificate-critical-extension",
            Self::Untrusted => "chain-untrusted",
            Self::SelfSigned => "chain-self-signed",
            Self::Revoked => "certificate-revoked",
            Self::RevocationList => "revocation-list",
            Self::RevocationUnknown => "revocation-unknown",
        }
    }
}

/// Everything known about the certificates of a key. Names and times describe the leaf.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ChainReport {
    /// SHA-256 over the DER of the leaf, lower-case hex; empty when there is no readable leaf.
    pub fingerprint_sha256_hex: String,
    /// Distinguished names after RFC 4514.
    pub subject: String,
    pub issuer: String,
    /// Seconds since the epoch.
    pub not_before: i64,
    pub not_after: i64,
    /// Every finding with the position of its certificate in the chain (0 is the leaf).
    pub findings: Vec<(usize, Finding)>,
}

impl ChainReport {
    /// Whether the key may be used: there is no fault, notes do not matter.
    pub fn acceptable(&self) -> bool {
        self.findings.iter().all(|(_, finding)| finding.weight() == Weight::Note)
    }

    fn add(&mut self, position: usize, finding: Finding) {
        self.findings.push((position, finding));
    }
}

/// What a chain is judged against.
#[derive(Clone, Copy, Debug, Default)]
pub struct Trust<'a> {
    /// Trusted certificates, DER.
    pub anchors: &'a [Vec<u8>],
    /// Revocation lists at hand, DER. A missing list is a note, a bad or a hitting one a fault.
    pub revocation_lists: &'a [Vec<u8>],
    pub policy: Policy,
}

/// Judges the chain of `key` for `usage` at `now` (seconds since the epoch). Reports everything it finds.
pub fn check_chain(key: &Jwk, usage: KeyUse, trust: Trust<'_>, now: i64) -> ChainReport {
    let mut report = ChainReport::default();
    if key.x5c.is_empty() {
        report.add(0, Finding::Empty);
        return report;
    }
    if key.x5c.len() > MAX_CHAIN {
        report.add(MAX_CHAIN, Finding::TooLong);
        return report;
    }
    let mut chain = Vec::new();
    for (position, text) in key.x5c.iter().enumerate() {
        let der = BASE64_STANDARD.decode(text.trim()).unwrap_or_default();
        match Parsed::read(&der) {
            Some(certificate) => chain.push(certificate),
            None => report.add(position, Finding::Unreadable),
        }
    }
    let Some(leaf) = chain.first() else { return report };
    report.fingerprint_sha256_hex = leaf.fingerprint();
    report.subject = leaf.subject();
    report.issuer = leaf.issuer();
    (report.not_before, report.not_after) = leaf.validity();
    if chain.len() != key.x5c.len() {
        return report;
    }
    check_leaf(leaf, key, usage, &mut report);
    for (position, certificate) in chain.iter().enumerate() {
        check_alone(position, certificate, now, &mut report);
    }
    check_links(&chain, &mut report);
    let top = check_anchor(&chain, trust, now, &mut report);
    check_revocation(&chain, top.as_ref(), trust, now, &mut report);
    report
}

fn check_leaf(leaf: &Parsed, key: &Jwk, usage: KeyUse, report: &mut ChainReport) {
    match (leaf.public_key(), key.components()) {
        (None, _) => report.add(0, Finding::KeyType),
        (Some(found), Ok(expected)) if found.n == expected.n && found.e == expected.e => {}
        (Some(_), _) => report.add(0, Finding::KeyMismatch),
    }
    if leaf.key_bits().is_some_and(|bits| bits < crate::jwk::MIN_MODULUS_BITS) {
        report.add(0, Finding::KeyLength(leaf.key_bits().unwrap_or_default()));
    }
    if !leaf.allows(usage) {
        report.add(0, Finding::KeyUsage);
    }
}

fn check_alone(position: usize, certificate: &Parsed, now: i64, report: &mut ChainReport) {
    let (not_before, not_after) = certificate.validity();
    if now < not_before {
        report.add(position, Finding::NotYetValid);
    }
    if now > not_after {
        report.add(position, Finding::Expired);
    }
    match certificate.signature_algorithm() {
        Ok("RSASSA-PSS with SHA-512") => {}
        Ok(name) => report.add(position, Finding::SignatureAlgorithm(name)),
        Err(oid) => report.add(position, Finding::SignatureUnsupported(oid)),
    }
    for oid in certificate.unknown_critical_extensions() {
        report.add(position, Finding::CriticalExtension(oid));
    }
}

fn check_links(chain: &[Parsed], report: &mut ChainReport) {
    for (position, pair) in chain.windows(2).enumerate() {
        let [child, parent] = pair else { continue };
        check_link(position, child, parent, report);
    }
}

fn check_link(position: usize, child: &Parsed, parent: &Parsed, report: &mut ChainReport) {
    if !child.names_as_issuer(parent) {
        report.add(position, Finding::IssuerMismatch);
    }
    if !child.signed_by(parent) {
        report.add(position, Finding::Signature);
    }
    // The path length counts the authorities between the parent and the leaf: as many as the child's position.
    if !parent.may_issue(position) {
        report.add(position + 1, Finding::NotAnAuthority);
    }
}

/// Finds the trusted certificate above the chain: one of the chain itself or one that signed its end.
fn check_anchor(chain: &[Parsed], trust: Trust<'_>, now: i64, report: &mut ChainReport) -> Option<Parsed> {
    let anchors: Vec<Parsed> = trust.anchors.iter().filter_map(|der| Parsed::read(der)).collect();
    if chain.iter().any(|certificate| anchors.iter().any(|anchor| anchor.same_as(certificate))) {
        return None;
    }
    let last = chain.last()?;
    let position = chain.len() - 1;
    let found = anchors.into_iter().find(|anchor| last.names_as_issuer(anchor) && last.signed_by(anchor));
    if let Some(anchor) = found {
        check_alone(chain.len(), &anchor, now, report);
        if !anchor.may_issue(position) {
            report.add(chain.len(), Finding::NotAnAuthority);
        }
        return Some(anchor);
    }
    let self_signed = last.names_as_issuer(last) && last.signed_by(last);
    let accepted = self_signed && trust.policy == Policy::AllowSelfSigned;
    report.add(position, if accepted { Finding::SelfSigned } else { Finding::Untrusted });
    None
}

fn check_revocation(
    chain: &[Parsed],
    top: Option<&Parsed>,
    trust: Trust<'_>,
    now: i64,
    report: &mut ChainReport,
) {
    for (position, certificate) in chain.iter().enumerate() {
        if certificate.names_as_issuer(certificate) {
            continue;
        }
        let finding = match chain.get(position + 1).or(top) {
            Some(issuer) => revocation::judge(certificate, issuer, trust.revocation_lists, now),
            None => Some(Finding::RevocationUnknown),
        };
        if let Some(finding) = finding {
            report.add(position, finding);
        }
    }
}
