//! Certificates (X.509), PEM or DER.

use super::{
    algorithm::{curve_key, rsa_key},
    asset::Algorithm,
    identifier,
    name::{Family, Recognised, recognise},
    signature::pss_hash,
    verdict::{Judged, Part, judge, judge_best, no_rule, not_listed, strange, ways},
};
use crate::{Observation, Outcome, Question, Read, Said, Subject};
use jiff::{Timestamp, tz::TimeZone};
use pki::{Certificate, KeyKind};
use std::sync::Arc;

const RSASSA_PSS: &str = "1.2.840.113549.1.1.10";

/// What is seen of the certificates of a file. One that cannot be read breaks its own form.
pub(super) fn observe(read: &Read<'_>, question: &Question<'_>, to: &mut Vec<Observation>) {
    let ders = match pki::read_certificates(read.content) {
        Ok(ders) => ders,
        Err(why) => {
            let reason = Said::made(
                format!("Das Zertifikat ist nicht lesbar: {why}."),
                format!("The certificate cannot be read: {why}."),
            );
            to.push(Observation::unmet("file.schema", &read.whole(), reason));
            return;
        }
    };
    let all: Vec<(Vec<u8>, Certificate)> =
        ders.into_iter().filter_map(|der| Certificate::read(&der).ok().map(|it| (der, it))).collect();
    for (index, (der, certificate)) in all.iter().enumerate() {
        let pointer = if all.len() > 1 { format!("/{index}") } else { String::new() };
        let subject = read.subject(pointer, certificate.subject.as_str(), None);
        let issuer = all.iter().map(|it| &it.1).find(|it| it.subject_der == certificate.issuer_der);
        Bench { certificate, der, issuer, question, subject, to }.look();
    }
}

struct Bench<'b> {
    certificate: &'b Certificate,
    der: &'b [u8],
    /// The issuer's certificate, where the file has it.
    issuer: Option<&'b Certificate>,
    question: &'b Question<'b>,
    subject: Arc<Subject>,
    to: &'b mut Vec<Observation>,
}

impl Bench<'_> {
    fn look(&mut self) {
        let signed = self.signature();
        let hashed = self.hash();
        let key = self.key(&self.question.today);
        let validity = self.validity();
        let horizon = self.horizon(&key);
        self.say("x509.signature", signed);
        self.say("x509.hash", hashed);
        self.say("x509.key", key);
        self.say("x509.validity", validity);
        self.say("x509.horizon", horizon);
    }

    fn say(&mut self, check: &'static str, judged: Judged) {
        self.to.push(Observation {
            check,
            subject: Arc::clone(&self.subject),
            outcome: judged.outcome,
            reason: judged.reason,
            missing: judged.missing,
        });
    }

    fn scheme(&self) -> Option<Recognised> {
        recognise(&Algorithm {
            identifier: Some(&self.certificate.signature_algorithm),
            ..Algorithm::named("")
        })
    }

    /// The signature is the issuer's: its key's length stands in the issuer's certificate.
    fn signature(&self) -> Judged {
        let identifier = &self.certificate.signature_algorithm;
        let Some(mut found) = self.scheme() else { return strange(identifier) };
        match self.issuer.map(|it| size(&it.key_kind)) {
            Some(Size::Bits(bits)) => found.bits = Some(bits),
            Some(Size::Curve(curve)) => found.curve = Some(curve),
            Some(Size::Other) | None => {}
        }
        let rules = self.question.crypto;
        let judged = match found.family {
            Family::NotListed => not_listed(&found.words, rules),
            Family::NoRule => no_rule(&found.words),
            _ => judge(&ways(&found, Some("signature"), Some("certificate")), rules, &self.question.today),
        };
        if judged.outcome == Outcome::Unknown && self.issuer.is_none() {
            return Judged::unknown(
                judged.reason,
                Said::Fixed(&(
                    "das Zertifikat des Ausstellers (die ganze Kette in einer Datei)",
                    "the issuer's certificate (the whole chain in one file)",
                )),
            );
        }
        judged
    }

    fn hash(&self) -> Judged {
        let pss = self.certificate.signature_algorithm == RSASSA_PSS;
        let hash = if pss { pss_hash(self.der) } else { self.scheme().and_then(|it| it.hash) };
        let Some((mechanism, bits)) = hash else {
            return Judged::unknown(
                Said::Fixed(&(
                    "Die Hashfunktion der Unterschrift ist nicht zu erkennen.",
                    "The hash function of the signature cannot be told.",
                )),
                Said::Fixed(&("ein bekanntes Unterschriftsverfahren", "a known signature scheme")),
            );
        };
        let part = Part::new(mechanism, bits.to_string(), "hash");
        judge_best(&[part], self.question.crypto, &self.question.today)
    }

    fn key(&self, day: &str) -> Judged {
        let rules = self.question.crypto;
        let parts = match size(&self.certificate.key_kind) {
            Size::Bits(bits) => rsa_key(Some(bits)),
            Size::Curve(curve) => curve_key(Some(curve)),
            Size::Other => None,
        };
        match (&self.certificate.key_kind, parts) {
            (_, Some(parts)) => judge_best(&parts, rules, day),
            (KeyKind::Ed25519, None) => not_listed("Ed25519", rules),
            (KeyKind::Other(identifiers), None) => strange(identifiers),
            (_, None) => strange(""),
        }
    }

    fn validity(&self) -> Judged {
        let (first, last) = (day(self.certificate.not_before), day(self.certificate.not_after));
        let today = self.question.today.as_str();
        match () {
            () if today < first.as_str() => Judged::unmet(Said::made(
                format!("Das Zertifikat gilt erst ab {first}."),
                format!("The certificate is valid from {first} only."),
            )),
            () if today > last.as_str() => Judged::unmet(Said::made(
                format!("Das Zertifikat ist am {last} abgelaufen."),
                format!("The certificate expired on {last}."),
            )),
            () => met(
                format!("Das Zertifikat gilt bis {last}."),
                format!("The certificate is valid until {last}."),
            ),
        }
    }

    /// Whether the validity reaches beyond the end of what the key may be used for.
    fn horizon(&self, today: &Judged) -> Judged {
        let last = day(self.certificate.not_after);
        let at_the_end = self.key(&last);
        match (today.outcome, at_the_end.outcome) {
            (Outcome::Met, Outcome::Met) => met(
                format!("Bis zum Ende der Gültigkeit ({last}) bleibt der Schlüssel zulässig."),
                format!("Until the end of the validity ({last}) the key stays permitted."),
            ),
            (Outcome::Met, _) => Judged::unmet(Said::made(
                format!("Die Gültigkeit reicht bis {last}. {}", at_the_end.reason.get(true)),
                format!("The validity reaches until {last}. {}", at_the_end.reason.get(false)),
            )),
            _ => today.clone(),
        }
    }
}

fn met(de: String, en: String) -> Judged {
    Judged { outcome: Outcome::Met, reason: Said::made(de, en), missing: None, ends_soon: None }
}

enum Size {
    Bits(u32),
    Curve(&'static str),
    Other,
}

fn size(kind: &KeyKind) -> Size {
    match kind {
        KeyKind::Rsa { bits } => Size::Bits(*bits),
        KeyKind::P256 => Size::Curve("secp256r1"),
        KeyKind::P384 => Size::Curve("secp384r1"),
        KeyKind::P521 => Size::Curve("secp521r1"),
        KeyKind::Ed25519 => Size::Other,
        // Object identifiers of algorithm and curve.
        KeyKind::Other(identifiers) => {
            identifiers.split(' ').nth(1).and_then(identifier::curve).map_or(Size::Other, Size::Curve)
        }
    }
}

/// The day (UTC) of a moment in seconds since the epoch.
fn day(seconds: i64) -> String {
    Timestamp::from_second(seconds)
        .map_or_else(|_| "9999-12-31".to_owned(), |it| it.to_zoned(TimeZone::UTC).date().to_string())
}
