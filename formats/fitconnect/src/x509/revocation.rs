//! Revocation lists (RFC 5280 section 5) that somebody else has fetched.

use x509_cert::crl::CertificateList;
use x509_cert::der::Decode as _;

use super::Finding;
use super::certificate::{Parsed, seconds};

/// Looks for `certificate` in the lists of its issuer. Nothing found and a good list: no finding.
pub(super) fn judge(certificate: &Parsed, issuer: &Parsed, lists: &[Vec<u8>], now: i64) -> Option<Finding> {
    let name = issuer.certificate().tbs_certificate().subject();
    let serial = certificate.certificate().tbs_certificate().serial_number();
    let mut answer = Finding::RevocationUnknown;
    for der in lists {
        let Ok(list) = CertificateList::<x509_cert::certificate::Rfc5280>::from_der(der) else {
            answer = Finding::RevocationList;
            continue;
        };
        let content = &list.tbs_cert_list;
        if content.issuer != *name {
            continue;
        }
        let genuine = issuer.signed(der, &list.signature_algorithm, list.signature.as_bytes());
        let begun = seconds(content.this_update) <= now;
        let current = content.next_update.is_none_or(|next| seconds(next) >= now);
        if !(genuine && begun) {
            answer = Finding::RevocationList;
            continue;
        }
        // An outdated list still knows who was revoked before it ran out.
        if content.revoked_certificates.iter().flatten().any(|entry| entry.serial_number == *serial) {
            return Some(Finding::Revoked);
        }
        if current {
            return None;
        }
        answer = Finding::RevocationList;
    }
    Some(answer)
}
