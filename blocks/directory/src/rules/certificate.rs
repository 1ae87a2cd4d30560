//! Certificates of channels: what they say, and when to warn.

use crate::model::CertificateFacts;
use aws_lc_rs::digest;
use kernel::DAY;
use std::time::Duration;
use x509_cert::{
    Certificate,
    der::{DecodePem as _, Encode as _},
};

/// Reads an X.509 certificate in PEM form; nothing if it is none.
pub fn read_certificate(pem: &str) -> Option<CertificateFacts> {
    let certificate = Certificate::from_pem(pem.trim()).ok()?;
    let der = certificate.to_der().ok()?;
    let facts = certificate.tbs_certificate();
    let micros = |it: Duration| i64::try_from(it.as_micros()).unwrap_or(i64::MAX);
    Some(CertificateFacts {
        subject: facts.subject().to_string(),
        issuer: facts.issuer().to_string(),
        fingerprint: fingerprint(&der),
        not_before: micros(facts.validity().not_before.to_unix_duration()),
        not_after: micros(facts.validity().not_after.to_unix_duration()),
    })
}

fn fingerprint(der: &[u8]) -> String {
    let bytes = digest::digest(&digest::SHA256, der);
    let digits: Vec<String> = bytes.as_ref().iter().map(|it| format!("{it:02x}")).collect();
    digits.concat()
}

/// Whole days left; negative once it is past.
pub fn days_left(not_after: i64, now: i64) -> i64 {
    (not_after - now).div_euclid(DAY)
}

/// The step about which to warn now: the smallest step reached (0 when past), if it was not warned about yet.
pub fn due_warning(days: i64, steps: &[i64], warned: i64) -> Option<i64> {
    let reached =
        steps.iter().copied().chain([0]).filter(|step| days < *step || (*step == 0 && days < 0)).min()?;
    (reached < warned).then_some(reached)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_step_is_warned_about_once() {
        for (days, warned, due) in [
            (200, 1000, None),
            (90, 1000, None),
            (89, 1000, Some(90)),
            (89, 90, None),
            (29, 90, Some(30)),
            (6, 30, Some(7)),
            (0, 7, None),
            (-1, 7, Some(0)),
            (-100, 0, None),
            // The node was off for a while: only the step that holds now.
            (5, 1000, Some(7)),
        ] {
            assert_eq!(due_warning(days, &[90, 30, 7], warned), due, "{days} {warned}");
        }
    }

    #[test]
    fn what_is_no_certificate() {
        for pem in ["", "rubbish", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----"] {
            assert_eq!(read_certificate(pem), None);
        }
    }
}
