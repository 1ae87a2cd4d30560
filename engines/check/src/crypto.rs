//! Cryptography: bills of materials (`CycloneDX`) and certificates (X.509) against the dated crypto policy.

mod algorithm;
mod asset;
mod certificate;
mod identifier;
mod material;
mod name;
mod protocol;
mod recommended;
mod signature;
#[cfg(test)]
pub(crate) mod tests;
mod verdict;
mod x509;

pub(crate) use asset::components;
pub use recommended::Recommended;

use crate::{Artefact, CryptoRules, Observation, Question, Read, Said, Subject};
use asset::{Assets, text};
use std::sync::Arc;
use tree::Node;
use verdict::Judged;

/// What is seen of the cryptography in a file.
pub(crate) fn observe(read: &Read<'_>, question: &Question<'_>, to: &mut Vec<Observation>) {
    if read.is(Artefact::Certificate) {
        x509::observe(read, question, to);
    }
    if let Some(tree) = read.tree.filter(|_| read.is(Artefact::Cbom)) {
        let assets = Assets::of(tree.root());
        for component in &assets.cryptographic {
            let name = text(*component, "name").unwrap_or_default();
            let subject = read.node(*component, name);
            let mut bench =
                Bench { rules: question.crypto, day: &question.today, assets: &assets, subject, to };
            bench.look(*component);
        }
    }
}

/// One asset under examination.
struct Bench<'b, 'a> {
    rules: &'b dyn CryptoRules,
    day: &'b str,
    assets: &'b Assets<'a>,
    subject: Arc<Subject>,
    to: &'b mut Vec<Observation>,
}

impl<'a> Bench<'_, 'a> {
    fn look(&mut self, component: Node<'a>) {
        let Some(crypto) = component.get("cryptoProperties") else {
            return self.untyped();
        };
        match text(crypto, "assetType") {
            Some("algorithm") => algorithm::look(self, component),
            Some("protocol") => protocol::look(self, component, crypto),
            Some("certificate") => certificate::look(self, crypto),
            Some("related-crypto-material") => material::look(self, crypto),
            _ => self.untyped(),
        }
    }

    fn untyped(&mut self) {
        self.say(
            "cbom.algorithm",
            Judged::unknown(
                Said::Fixed(&(
                    "Der Eintrag sagt nicht, welche Art von Kryptografie er beschreibt.",
                    "The entry does not say which kind of cryptography it describes.",
                )),
                Said::Fixed(&("cryptoProperties mit assetType", "cryptoProperties with an assetType")),
            ),
        );
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

    /// Says it, and whether its end is near.
    fn say_with_end(&mut self, check: &'static str, judged: Judged) {
        if judged.outcome == crate::Outcome::Met {
            self.say("cbom.horizon", horizon(judged.ends_soon.as_deref()));
        }
        self.say(check, judged);
    }
}

/// Whether an end is near.
fn horizon(ends_soon: Option<&str>) -> Judged {
    match ends_soon {
        Some(until) => Judged::unmet(Said::made(
            format!("Das Ende ist nah: zulässig nur bis {until}."),
            format!("Its end is near: it may be used until {until} only."),
        )),
        None => Judged {
            outcome: crate::Outcome::Met,
            reason: Said::Fixed(&(
                "Innerhalb der Vorwarnzeit der Krypto-Richtlinie endet nichts davon.",
                "Nothing of it ends within the warning time of the crypto policy.",
            )),
            missing: None,
            ends_soon: None,
        },
    }
}
