//! Which cryptography this node uses: one list for the start, the doctor and the bill of materials.

use crate::{
    config::Tls,
    tls::{Live, mechanism_of},
};
use kernel::{
    DAY, Keys, Policy, SECOND,
    policy::{Use, Verdict},
};
use pki::Certificate;
use std::sync::Arc;

/// From when on an ending certificate is worth a warning.
const CERTIFICATE_ENDS_SOON: i64 = 30 * DAY;

/// One use of a mechanism.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Used {
    /// The mechanism, as the crypto policy names it.
    pub mechanism: String,
    /// Its parameter.
    pub parameter: String,
    /// What for.
    pub usage: Use,
    /// Where, for people.
    pub place: &'static str,
}

/// Something to tell about the cryptography of a node.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// Whether it must not be used (any more); otherwise its end is near.
    pub refused: bool,
    /// What and where that is written.
    pub message: String,
}

/// What every node uses, whatever is configured: mechanism, parameter, use, place.
const ALWAYS: &[(&str, &str, Use, &str)] = &[
    ("RSASSA-PSS", "4096", Use::Signature, "tokens and events of FIT-Connect (PS512)"),
    ("ECDSA", "secp256r1", Use::Signature, "tokens of the OpenID Provider, proofs, passkeys (ES256)"),
    ("RSAES-OAEP", "4096", Use::KeyTransport, "submissions of FIT-Connect (RSA-OAEP-256)"),
    ("ECDH", "secp256r1", Use::KeyAgreement, "answers of wallets (ECDH-ES)"),
    ("AES-GCM", "256", Use::Encryption, "submissions, key files"),
    ("AES-GCM", "128", Use::Encryption, "answers of wallets (A128GCM)"),
    ("SHA-2", "256", Use::Hash, "the record, thumbprints"),
    ("SHA-2", "512", Use::Hash, "PS512"),
    ("HMAC", "256", Use::Mac, "sessions, derived tokens"),
    ("HKDF", "256", Use::KeyDerivation, "key files"),
];

/// What a node has of cryptography.
pub struct Inventory {
    /// Its keys, and with them the crypto policy.
    pub keys: Keys,
    /// Its TLS, where there is some.
    pub tls: Option<Arc<Live>>,
    /// How TLS is spoken.
    pub settings: Tls,
}

impl Inventory {
    /// Everything the node uses.
    pub fn used(&self) -> Vec<Used> {
        let fixed = ALWAYS.iter().map(|(mechanism, parameter, usage, place)| Used {
            mechanism: (*mechanism).to_owned(),
            parameter: (*parameter).to_owned(),
            usage: *usage,
            place,
        });
        let tls = self.settings.mechanisms().into_iter().map(|(mechanism, parameter, usage)| Used {
            mechanism: mechanism.to_owned(),
            parameter: parameter.to_owned(),
            usage,
            place: "TLS",
        });
        fixed.chain(tls).collect()
    }

    /// What is worth telling, the worst first. `now` in microseconds since the epoch.
    pub fn notices(&self, now: i64) -> Vec<Notice> {
        let policy = self.keys.policy();
        let mut all: Vec<Notice> = Vec::new();
        for it in self.used() {
            let verdict = policy.check(&it.mechanism, &it.parameter, it.usage, now);
            all.extend(notice(&verdict, &format!("used for {}", it.place)));
        }
        for key in self.keys.report() {
            all.extend(notice(&key.verdict, &format!("key {}", key.id)));
            // The certificate of a key that no longer signs may run out.
            for der in key.certificates.iter().filter(|_| key.signs) {
                all.extend(Certificate::read(der).ok().and_then(|it| ending(&it, now)));
            }
        }
        if let Some(tls) = &self.tls {
            all.extend(of_certificate(&tls.certificate(), policy, now));
        }
        all.sort_by_key(|it| !it.refused);
        all.dedup();
        all
    }
}

fn of_certificate(certificate: &Certificate, policy: &Policy, now: i64) -> Vec<Notice> {
    let (mechanism, parameter) = mechanism_of(&certificate.key_kind);
    let verdict = policy.check(mechanism, &parameter, Use::Signature, now);
    let what = format!("certificate {}", certificate.subject);
    notice(&verdict, &what).into_iter().chain(ending(certificate, now)).collect()
}

fn ending(certificate: &Certificate, now: i64) -> Option<Notice> {
    let ends = certificate.not_after.saturating_mul(SECOND);
    let what = format!("the certificate {} (serial number {})", certificate.subject, certificate.serial);
    if now > ends {
        return Some(Notice { refused: true, message: format!("{what} has run out") });
    }
    let days = (ends - now) / DAY;
    (now > ends - CERTIFICATE_ENDS_SOON)
        .then(|| Notice { refused: false, message: format!("{what} runs out in {days} days") })
}

fn notice(verdict: &Verdict, what: &str) -> Option<Notice> {
    match verdict {
        Verdict::Allowed { .. } => None,
        Verdict::Warn { message, .. } => {
            Some(Notice { refused: false, message: format!("{message}; {what}") })
        }
        Verdict::Refused { message, .. } => {
            Some(Notice { refused: true, message: format!("{message}; {what}") })
        }
    }
}
