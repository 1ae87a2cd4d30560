//! Judging an algorithm that may be used in one of several ways.

use super::name::{Family, Recognised};
use crate::{CryptoRules, Judgement, Outcome, Said, Verdict};

/// A length that no key in use exceeds: what is refused with it is refused with every length.
const LONGEST_KEY: &str = "16384";
const LONGEST_AES_KEY: &str = "256";

/// A mechanism, its parameter and its use, in the words of the crypto policy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Part {
    pub(crate) mechanism: String,
    pub(crate) parameter: String,
    pub(crate) usage: String,
    /// What people call it, where that is not the mechanism: a key of RSA serves several.
    pub(crate) called: Option<&'static str>,
}

impl Part {
    pub(crate) fn new(mechanism: &str, parameter: impl Into<String>, usage: &str) -> Self {
        Self {
            mechanism: mechanism.to_owned(),
            parameter: parameter.into(),
            usage: usage.to_owned(),
            called: None,
        }
    }

    pub(crate) fn called(self, name: &'static str) -> Self {
        Self { called: Some(name), ..self }
    }

    /// `RSASSA-PSS 3072`, `RSA 2048`, `SHA-1`.
    pub(crate) fn label(&self) -> String {
        let name = self.called.unwrap_or(&self.mechanism);
        if matches!(name, "SHA-1" | "MD5" | "RIPEMD") {
            return name.to_owned();
        }
        format!("{name} {}", self.parameter).trim().to_owned()
    }
}

/// How an algorithm may be used: one of `parts`; what else would have to be known.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Ways {
    pub(crate) parts: Vec<Part>,
    /// German, English: what the bill of materials does not say and would have to.
    pub(crate) lacking: Option<(&'static str, &'static str)>,
}

/// An outcome with its reason.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Judged {
    pub(crate) outcome: Outcome,
    pub(crate) reason: Said,
    pub(crate) missing: Option<Said>,
    /// The last day, where it may be used and its end is near.
    pub(crate) ends_soon: Option<String>,
}

impl Judged {
    pub(crate) fn unmet(reason: Said) -> Self {
        Self { outcome: Outcome::Unmet, reason, missing: None, ends_soon: None }
    }

    pub(crate) fn unknown(reason: Said, missing: Said) -> Self {
        Self { outcome: Outcome::Unknown, reason, missing: Some(missing), ends_soon: None }
    }
}

const LENGTH: (&str, &str) = ("die Schlüssellänge in Bit", "the key length in bits");
const CURVE: (&str, &str) = ("die elliptische Kurve", "the elliptic curve");
const SET: (&str, &str) = ("der Parametersatz", "the parameter set");
const MODE: (&str, &str) = ("die Betriebsart (etwa GCM)", "the mode of operation (such as GCM)");
const PURPOSE: (&str, &str) =
    ("wofür es verwendet wird und mit welchem Padding", "what it is used for and with which padding");
const HASH: (&str, &str) = ("die Hashfunktion", "the hash function");

/// The ways in which a recognised algorithm may be used. `usage` overrides what its kind suggests.
pub(crate) fn ways(it: &Recognised, primitive: Option<&str>, usage: Option<&str>) -> Ways {
    let sized = it.bits.map(|it| it.to_string());
    let curve = it.curve.map(str::to_owned);
    let hash = it.hash.map(|it| it.1.to_string());
    let set = || it.bits.map(|it| it.to_string()).or_else(|| it.set.clone());
    let used = |default: &'static str| usage.unwrap_or(default).to_owned();
    let one = |mechanism, parameter: Option<String>, usage: &'static str, lacking| match parameter {
        Some(parameter) => Ways { parts: vec![Part::new(mechanism, parameter, &used(usage))], lacking: None },
        None => Ways { parts: vec![Part::new(mechanism, "", &used(usage))], lacking: Some(lacking) },
    };
    match it.family {
        Family::RsaPss => one("RSASSA-PSS", sized, "signature", LENGTH),
        Family::RsaPkcs1 => one("RSASSA-PKCS1-v1_5", sized, "signature", LENGTH),
        Family::RsaOaep => one("RSAES-OAEP", sized, "key-transport", LENGTH),
        Family::Ecdsa => one("ECDSA", curve, "signature", CURVE),
        Family::Ecdh => one("ECDH", curve, "key-agreement", CURVE),
        Family::Dsa => one("DSA", sized, "signature", LENGTH),
        Family::DiffieHellman => one("DH", sized, "key-agreement", LENGTH),
        Family::Hmac => one("HMAC", hash.or(sized), "mac", HASH),
        Family::Hkdf => one("HKDF", hash.or(sized), "key-derivation", HASH),
        Family::Argon2id => one("Argon2id", Some(String::new()), "password", SET),
        Family::MlKem => one("ML-KEM", set(), "key-agreement", SET),
        Family::MlDsa => one("ML-DSA", set(), "signature", SET),
        Family::SlhDsa => one("SLH-DSA", slh_set(it), "signature", SET),
        Family::Stateful => one("XMSS-LMS", Some(String::new()), "signature", SET),
        Family::FrodoKem => one("FrodoKEM", set(), "key-agreement", SET),
        Family::McEliece => one("Classic-McEliece", mceliece_set(it), "key-agreement", SET),
        Family::Hash => it.hash.map_or_else(Ways::default, |(mechanism, bits)| Ways {
            parts: vec![Part::new(mechanism, bits.to_string(), &used("hash"))],
            lacking: None,
        }),
        Family::Rsa => rsa(sized, primitive, usage),
        Family::Ec => on_curve(curve, usage),
        Family::Aes => aes(it, &used("encryption")),
        Family::NotListed | Family::NoRule => Ways::default(),
    }
}

fn rsa(bits: Option<String>, primitive: Option<&str>, usage: Option<&str>) -> Ways {
    let lacking = if bits.is_none() { LENGTH } else { PURPOSE };
    let bits = bits.unwrap_or_default();
    let part =
        |mechanism, default: &str| Part::new(mechanism, bits.clone(), usage.unwrap_or(default)).called("RSA");
    let mut parts = vec![part("RSASSA-PSS", "signature"), part("RSASSA-PKCS1-v1_5", "signature")];
    if primitive != Some("signature") && usage.is_none_or(|it| it == "key-transport") {
        parts.push(part("RSAES-OAEP", "key-transport"));
    }
    Ways { parts, lacking: Some(lacking) }
}

fn on_curve(curve: Option<String>, usage: Option<&str>) -> Ways {
    let lacking = if curve.is_none() { CURVE } else { PURPOSE };
    let curve = curve.unwrap_or_default();
    let part = |mechanism, default: &str| Part::new(mechanism, curve.clone(), usage.unwrap_or(default));
    Ways { parts: vec![part("ECDSA", "signature"), part("ECDH", "key-agreement")], lacking: Some(lacking) }
}

fn aes(it: &Recognised, usage: &str) -> Ways {
    const ALL: [&str; 5] = ["AES-GCM", "AES-CCM", "AES-CBC", "AES-CTR", "AES-ECB"];
    let bits = it.bits.map(|it| it.to_string()).unwrap_or_default();
    let named = match it.mode {
        None => {
            let parts = ALL.iter().map(|mode| Part::new(mode, bits.clone(), usage)).collect();
            return Ways { parts, lacking: Some(MODE) };
        }
        Some("GCM") => "AES-GCM",
        Some("GCM-SIV") => "AES-GCM-SIV",
        Some("CCM") => "AES-CCM",
        Some("CBC") => "AES-CBC",
        Some("CTR") => "AES-CTR",
        Some("ECB") => "AES-ECB",
        Some(_) => "AES in another mode",
    };
    let lacking = bits.is_empty().then_some(LENGTH);
    Ways { parts: vec![Part::new(named, bits, usage)], lacking }
}

fn slh_set(it: &Recognised) -> Option<String> {
    ["128s", "128f", "192s", "192f", "256s", "256f"]
        .into_iter()
        .find(|set| it.words.ends_with(set))
        .map(str::to_owned)
}

fn mceliece_set(it: &Recognised) -> Option<String> {
    ["348864", "460896", "6688128", "6960119", "8192128"]
        .into_iter()
        .find(|set| it.words.contains(set) || it.set.as_deref() == Some(set))
        .map(str::to_owned)
}

/// Judges the ways: met if all may be used, unmet if none may, else unknown.
pub(crate) fn judge(ways: &Ways, rules: &dyn CryptoRules, day: &str) -> Judged {
    let lengthless = ways.lacking == Some(LENGTH);
    let all: Vec<(&Part, Judgement)> = ways
        .parts
        .iter()
        .map(|it| {
            let longest = if it.mechanism.starts_with("AES") { LONGEST_AES_KEY } else { LONGEST_KEY };
            let parameter =
                if it.parameter.is_empty() && lengthless { longest } else { it.parameter.as_str() };
            (it, rules.judge(&it.mechanism, parameter, &it.usage, day))
        })
        .collect();
    let good = |it: &Judgement| matches!(it.verdict, Verdict::Allowed | Verdict::EndsSoon);
    let allowed = all.iter().filter(|(_, it)| good(it)).count();
    let without_value =
        ways.lacking.is_some() && !lengthless && all.iter().all(|(it, _)| it.parameter.is_empty());
    if allowed == 0 && !all.is_empty() && !without_value {
        return Judged::unmet(refusal(&all, rules));
    }
    if allowed == all.len() && !all.is_empty() && (ways.lacking.is_none() || ways.lacking == Some(PURPOSE)) {
        return permission(&all);
    }
    let (de, en) = ways.lacking.unwrap_or(PURPOSE);
    Judged::unknown(
        Said::made(
            format!("Ob es zulässig ist, hängt davon ab: {de}."),
            format!("Whether it may be used depends on this: {en}."),
        ),
        Said::made(de, en),
    )
}

/// Judges whether any of the ways may be used: for keys, whose length counts and not what is done with them.
pub(crate) fn judge_best(parts: &[Part], rules: &dyn CryptoRules, day: &str) -> Judged {
    let all: Vec<(&Part, Judgement)> =
        parts.iter().map(|it| (it, rules.judge(&it.mechanism, &it.parameter, &it.usage, day))).collect();
    let good: Vec<(&Part, Judgement)> = all
        .iter()
        .filter(|(_, it)| matches!(it.verdict, Verdict::Allowed | Verdict::EndsSoon))
        .map(|(part, it)| (*part, it.clone()))
        .collect();
    let best = good.iter().max_by_key(|(_, it)| it.until.clone().unwrap_or_else(|| "9999".to_owned()));
    match best {
        Some(best) => permission(std::slice::from_ref(best)),
        None => Judged::unmet(refusal(&all, rules)),
    }
}

/// The reason why something may be used, with the nearest end.
fn permission(all: &[(&Part, Judgement)]) -> Judged {
    let first = all.iter().filter(|(_, it)| it.until.is_some()).min_by_key(|(_, it)| it.until.clone());
    let Some((part, judgement)) = first.or(all.first()) else {
        return Judged::unknown(
            Said::Fixed(&("Es gibt nichts zu beurteilen.", "There is nothing to judge.")),
            Said::Fixed(&("der Name des Verfahrens", "the name of the mechanism")),
        );
    };
    let label = part.label();
    let soon = all.iter().any(|(_, it)| it.verdict == Verdict::EndsSoon);
    let reason = match judgement.until.as_deref() {
        Some(until) => Said::made(
            format!("{label} ist zulässig bis {until} ({}).", judgement.source),
            format!("{label} may be used until {until} ({}).", judgement.source),
        ),
        None => Said::made(
            format!("{label} ist zulässig ({}).", judgement.source),
            format!("{label} may be used ({}).", judgement.source),
        ),
    };
    let ends_soon = judgement.until.clone().filter(|_| soon);
    Judged { outcome: Outcome::Met, reason, missing: None, ends_soon }
}

/// The reason why nothing of it may be used: of what ended, the last day; else that nothing names it.
fn refusal(all: &[(&Part, Judgement)], rules: &dyn CryptoRules) -> Said {
    let ended = all
        .iter()
        .filter(|(_, it)| it.verdict == Verdict::Refused && it.until.is_some())
        .max_by_key(|(_, it)| it.until.clone());
    if let Some((part, judgement)) = ended {
        let (label, source) = (part.label(), &judgement.source);
        let until = judgement.until.as_deref().unwrap_or_default();
        return Said::made(
            format!("{label} ist seit dem Ende des {until} nicht mehr zulässig ({source})."),
            format!("{label} has not been permitted since the end of {until} ({source})."),
        );
    }
    if let Some((_, judgement)) = all.iter().find(|(_, it)| it.verdict == Verdict::Refused) {
        return Said::made(judgement.message.0.clone(), judgement.message.1.clone());
    }
    let mut labels: Vec<String> = all.iter().map(|(it, _)| it.label()).collect();
    labels.dedup();
    let labels = labels.join(", ");
    let edition = rules.edition();
    Said::made(
        format!("{labels} steht nicht in der Krypto-Richtlinie ({edition})."),
        format!("{labels} is not named by the crypto policy ({edition})."),
    )
}

/// What is known and not listed.
pub(crate) fn not_listed(name: &str, rules: &dyn CryptoRules) -> Judged {
    let edition = rules.edition();
    Judged::unmet(Said::made(
        format!("{name} steht weder in der Krypto-Richtlinie ({edition}) noch in BSI TR-02102 (2026)."),
        format!("{name} is listed neither by the crypto policy ({edition}) nor by BSI TR-02102 (2026)."),
    ))
}

/// What is known, but not ruled on.
pub(crate) fn no_rule(name: &str) -> Judged {
    Judged::unknown(
        Said::made(
            format!("{name} ist bekannt, aber die Krypto-Richtlinie hat keine Regel dafür."),
            format!("{name} is known, but the crypto policy has no rule for it."),
        ),
        Said::Fixed(&(
            "eine Regel der Krypto-Richtlinie für dieses Verfahren",
            "a rule of the crypto policy for this mechanism",
        )),
    )
}

/// What is not recognised.
pub(crate) fn strange(name: &str) -> Judged {
    Judged::unknown(
        Said::made(
            format!(
                "Welches Verfahren „{name}“ ist, lässt sich aus Namen, OID und Parametern nicht erkennen."
            ),
            format!("Name, OID and parameters do not tell which mechanism \"{name}\" is."),
        ),
        Said::Fixed(&(
            "der Name des Verfahrens oder seine OID, mit Parametern",
            "the name of the mechanism or its OID, with parameters",
        )),
    )
}
