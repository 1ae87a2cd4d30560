//! From a chain to trust, or to what is wrong with it (RFC 5280, section 6).

use crate::{Certificate, Chain, KeyKind, Refused, Trust, Unreadable, certificate::hex};
use rustls_pki_types::{CertificateDer, UnixTime};
use std::time::Duration;
use webpki::{
    ALL_VERIFICATION_ALGS, CertRevocationList, EndEntityCert, Error, ExpirationPolicy,
    ExtendedKeyUsageValidator, KeyPurposeIdIter, RevocationOptionsBuilder, UnknownStatusPolicy,
};

const ANY_PURPOSE: &str = "2.5.29.37.0";
const CLIENT: &str = "1.3.6.1.5.5.7.3.2";
const SERVER: &str = "1.3.6.1.5.5.7.3.1";

/// What a certificate is to be used for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Usage {
    /// Signing in as a client: `clientAuth` where purposes are named, and the key may sign.
    Client,
    /// Serving TLS: `serverAuth` where purposes are named, and the key may sign.
    Server,
    /// Signing for this purpose (object identifier, dotted), which must be named.
    Purpose(&'static str),
    /// Signing anything: purposes do not matter, but the key may sign.
    Sign,
    /// Anything: neither purposes nor key usage matter.
    Any,
}

impl Usage {
    /// Whether purposes (nothing: none are named) allow this.
    fn allowed(self, purposes: Option<&[String]>) -> bool {
        let named = |wanted: &str| purposes.is_some_and(|it| it.iter().any(|it| it == wanted));
        match self {
            Self::Client => purposes.is_none() || named(CLIENT) || named(ANY_PURPOSE),
            Self::Server => purposes.is_none() || named(SERVER) || named(ANY_PURPOSE),
            Self::Purpose(wanted) => named(wanted),
            Self::Sign | Self::Any => true,
        }
    }
}

/// Whether somebody said that the certificate is not revoked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Revocation {
    /// Current lists of all issuers of the path were looked at.
    Checked,
    /// Revocation was not demanded; lists at hand were looked at.
    NotDemanded,
    /// The certificate itself stands among the trusted ones.
    Pinned,
}

/// A certificate that a trusted authority vouches for. Made by [`validate`] only.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Validated {
    /// What the certificate says; now it may be believed.
    pub certificate: Certificate,
    /// The subject of the trusted certificate at the end of the path (RFC 4514).
    pub anchor: String,
    /// What is known about revocation.
    pub revocation: Revocation,
}

/// Validates a chain for a use at `now` (seconds since the epoch).
///
/// # Errors
/// Names the first thing that is wrong.
pub fn validate(chain: &Chain, trust: &Trust, now: i64, usage: Usage) -> Result<Validated, Refused> {
    let all = describe(chain)?;
    let Some(leaf) = all.first().cloned() else { return Err(Unreadable::Empty.into()) };
    if let Some(pinned) = trust.anchors.iter().find(|it| it.der == chain.leaf()) {
        check_time(&leaf, now)?;
        check_leaf(&leaf, usage)?;
        check_strength(&leaf, trust.smallest_rsa)?;
        let anchor = pinned.certificate.subject.clone();
        return Ok(Validated { certificate: leaf, anchor, revocation: Revocation::Pinned });
    }
    // The path first: who is not trusted learns nothing about our other rules.
    let anchor = check_path(chain, &all, trust, now, usage)?;
    check_leaf(&leaf, usage)?;
    let revocation = if trust.require_revocation { Revocation::Checked } else { Revocation::NotDemanded };
    Ok(Validated { certificate: leaf, anchor, revocation })
}

fn describe(chain: &Chain) -> Result<Vec<Certificate>, Refused> {
    chain
        .certificates()
        .iter()
        .enumerate()
        .map(|(position, der)| {
            Certificate::read(der).map_err(|reason| Unreadable::Certificate { position, reason }.into())
        })
        .collect()
}

/// Finds a path to an authority; answers its name.
fn check_path(
    chain: &Chain,
    all: &[Certificate],
    trust: &Trust,
    now: i64,
    usage: Usage,
) -> Result<String, Refused> {
    let ders: Vec<CertificateDer<'_>> =
        chain.certificates().iter().map(|it| CertificateDer::from(it.as_slice())).collect();
    let (first, others) = ders.split_first().ok_or(Unreadable::Empty)?;
    let leaf = EndEntityCert::try_from(first).map_err(|it| translate(&it, all, trust))?;
    let anchors: Vec<_> = trust.anchors.iter().map(|it| it.root.clone()).collect();
    // A list from the future is none yet.
    let lists: Vec<&CertRevocationList<'_>> =
        trust.lists.iter().filter(|it| it.this_update <= now).map(|it| &it.list).collect();
    if lists.is_empty() && trust.require_revocation {
        // Without any list the path check asks nobody; what else is wrong is still told first.
        let path =
            leaf.verify_for_usage(ALL_VERIFICATION_ALGS, &anchors, others, unix(now), Purposes, None, None);
        return Err(path.err().map_or(Refused::RevocationUnknown, |it| translate(&it, all, trust)));
    }
    let (unknown, expiry) = if trust.require_revocation {
        (UnknownStatusPolicy::Deny, ExpirationPolicy::Enforce)
    } else {
        (UnknownStatusPolicy::Allow, ExpirationPolicy::Ignore)
    };
    let revocation = RevocationOptionsBuilder::new(&lists)
        .ok()
        .map(|it| it.with_status_policy(unknown).with_expiration_policy(expiry).build());
    let path = leaf
        .verify_for_usage(ALL_VERIFICATION_ALGS, &anchors, others, unix(now), Purposes, revocation, None)
        .map_err(|it| translate(&it, all, trust))?;
    let mut on_path: Vec<Certificate> = Vec::new();
    for authority in path.intermediate_certificates() {
        let der = authority.der();
        let position = chain.certificates().iter().position(|it| it.as_slice() == der.as_ref());
        on_path.extend(position.and_then(|it| all.get(it)).cloned());
    }
    let found = trust.anchors.iter().find(|it| it.root == *path.anchor()).ok_or(Refused::UnknownIssuer)?;
    check_time(&found.certificate, now)?;
    on_path.push(found.certificate.clone());
    if on_path.iter().any(|it| !it.may_issue) {
        return Err(Refused::NotAnAuthority);
    }
    // An authority that names purposes vouches for no others; one that names none is not restricted.
    if on_path.iter().any(|it| it.purposes.is_some() && !usage.allowed(it.purposes.as_deref())) {
        return Err(wrong_purpose());
    }
    on_path.extend(all.first().cloned());
    on_path.iter().try_for_each(|it| check_strength(it, trust.smallest_rsa))?;
    Ok(found.certificate.subject.clone())
}

fn check_time(certificate: &Certificate, now: i64) -> Result<(), Refused> {
    if now < certificate.not_before {
        return Err(Refused::NotYetValid { from: certificate.not_before });
    }
    if now > certificate.not_after {
        return Err(Refused::Expired { at: certificate.not_after });
    }
    Ok(())
}

fn check_leaf(leaf: &Certificate, usage: Usage) -> Result<(), Refused> {
    if usage != Usage::Any && !leaf.may_sign {
        return Err(Refused::WrongUsage { reason: "keyUsage lacks digitalSignature".to_owned() });
    }
    if !usage.allowed(leaf.purposes.as_deref()) {
        return Err(wrong_purpose());
    }
    Ok(())
}

fn wrong_purpose() -> Refused {
    Refused::WrongUsage { reason: "extendedKeyUsage does not name this purpose".to_owned() }
}

fn check_strength(certificate: &Certificate, least: u32) -> Result<(), Refused> {
    match &certificate.key_kind {
        KeyKind::Rsa { bits } if *bits < least => Err(Refused::WeakKey { bits: *bits, least }),
        KeyKind::Other(algorithm) => Err(Refused::Algorithm { algorithm: algorithm.clone() }),
        _ => Ok(()),
    }
}

/// Leaves purposes to us: the path check decodes object identifiers with large parts wrongly.
struct Purposes;

impl ExtendedKeyUsageValidator for Purposes {
    fn validate(&self, named: KeyPurposeIdIter<'_, '_>) -> Result<(), Error> {
        for it in named {
            it?;
        }
        Ok(())
    }
}

fn unix(now: i64) -> UnixTime {
    UnixTime::since_unix_epoch(Duration::from_secs(u64::try_from(now).unwrap_or_default()))
}

fn seconds(time: UnixTime) -> i64 {
    i64::try_from(time.as_secs()).unwrap_or(i64::MAX)
}

fn translate(error: &Error, all: &[Certificate], trust: &Trust) -> Refused {
    let unusable = |it: &Error| Refused::RevocationListUnusable { reason: it.to_string() };
    match error {
        Error::CertExpired { not_after, .. } => Refused::Expired { at: seconds(*not_after) },
        Error::CertNotValidYet { not_before, .. } => Refused::NotYetValid { from: seconds(*not_before) },
        Error::UnknownIssuer => Refused::UnknownIssuer,
        Error::InvalidSignatureForPublicKey => Refused::Signature,
        Error::CertRevoked => revoked(all, trust),
        Error::UnknownRevocationStatus => Refused::RevocationUnknown,
        Error::CrlExpired { next_update, .. } => Refused::RevocationListExpired { at: seconds(*next_update) },
        Error::InvalidCrlSignatureForPublicKey
        | Error::IssuerNotCrlSigner
        | Error::InvalidCrlNumber
        | Error::UnsupportedCrlSignatureAlgorithmContext(_)
        | Error::UnsupportedCrlSignatureAlgorithmForPublicKeyContext(_)
        | Error::UnsupportedDeltaCrl
        | Error::UnsupportedIndirectCrl
        | Error::UnsupportedCrlIssuingDistributionPoint => unusable(error),
        Error::EmptyEkuExtension => wrong_purpose(),
        Error::EndEntityUsedAsCa => Refused::NotAnAuthority,
        Error::CaUsedAsEndEntity => Refused::Authority,
        Error::NameConstraintViolation
        | Error::MalformedNameConstraint
        | Error::InvalidNetworkMaskConstraint
        | Error::MaximumNameConstraintComparisonsExceeded => Refused::NameConstraints,
        Error::UnsupportedCriticalExtension => Refused::CriticalExtension,
        Error::PathLenConstraintViolated
        | Error::MaximumPathDepthExceeded
        | Error::MaximumPathBuildCallsExceeded
        | Error::MaximumSignatureChecksExceeded => Refused::PathTooLong,
        Error::UnsupportedSignatureAlgorithmContext(_)
        | Error::UnsupportedSignatureAlgorithmForPublicKeyContext(_) => Refused::Algorithm {
            algorithm: all.first().map(|it| it.signature_algorithm.clone()).unwrap_or_default(),
        },
        other => Refused::Malformed { reason: other.to_string() },
    }
}

/// Which certificate of the chain was revoked, and when.
fn revoked(all: &[Certificate], trust: &Trust) -> Refused {
    for certificate in all {
        for list in &trust.lists {
            if !certificate.issuer_der.ends_with(list.list.issuer()) {
                continue;
            }
            for serial in serials(&certificate.serial) {
                if let Ok(Some(found)) = list.list.find_serial(&serial) {
                    let at = seconds(found.revocation_date);
                    return Refused::Revoked { serial: certificate.serial.clone(), at };
                }
            }
        }
    }
    Refused::Revoked { serial: all.first().map(|it| it.serial.clone()).unwrap_or_default(), at: 0 }
}

/// A serial number as lists may hold it: with and without the leading zero of a positive number.
fn serials(text: &str) -> Vec<Vec<u8>> {
    let bytes: Vec<u8> = (0..text.len() / 2)
        .filter_map(|it| text.get(it * 2..it * 2 + 2).and_then(|it| u8::from_str_radix(it, 16).ok()))
        .collect();
    debug_assert_eq!(hex(&bytes), text);
    let mut padded = vec![0];
    padded.extend(&bytes);
    vec![bytes, padded]
}
