//! What the technical guideline lists beyond the policy of a node.

use crate::{CryptoRules, Judgement, Verdict};

/// The rules of an operator, completed by what BSI TR-02102 (2026) lists and this program itself never uses.
///
/// The policy of a node names only what the node may use. A foreign bill of materials may well contain more: CBC,
/// finite-field Diffie-Hellman, `FrodoKEM`. Whoever judges by a policy that was made stricter on purpose leaves this out.
pub struct Recommended<'r> {
    rules: &'r dyn CryptoRules,
}

impl<'r> Recommended<'r> {
    /// `rules` are asked first; what they do not name is looked up in the guideline.
    pub fn over(rules: &'r dyn CryptoRules) -> Self {
        Self { rules }
    }
}

impl CryptoRules for Recommended<'_> {
    fn judge(&self, mechanism: &str, parameter: &str, usage: &str, at_day: &str) -> Judgement {
        let first = self.rules.judge(mechanism, parameter, usage, at_day);
        if first.verdict != Verdict::NotNamed {
            return first;
        }
        LISTED.iter().find(|it| it.covers(mechanism, parameter, usage)).map_or(first, |it| it.judge(at_day))
    }

    fn edition(&self) -> &str {
        self.rules.edition()
    }
}

struct Listed {
    mechanism: &'static str,
    parameters: &'static [&'static str],
    usage: &'static str,
    /// The last day; empty where no end was published.
    until: &'static str,
    source: &'static str,
}

const PART_1: &str = "TR-02102-1 2026-01";
const PART_2: &str = "TR-02102-2 2026";
const BITS: &[&str] = &["128", "192", "256"];
const BRAINPOOL: &[&str] = &["brainpoolP256r1", "brainpoolP320r1", "brainpoolP384r1", "brainpoolP512r1"];
/// Classical signatures alone end with this day, classical key agreement alone with the other (TR-02102-1 2026-01).
const SIGNATURES_END: &str = "2035-12-31";
const AGREEMENT_ENDS: &str = "2031-12-31";

const fn listed(
    mechanism: &'static str,
    parameters: &'static [&'static str],
    usage: &'static str,
    until: &'static str,
    source: &'static str,
) -> Listed {
    Listed { mechanism, parameters, usage, until, source }
}

const LISTED: &[Listed] = &[
    listed("AES-CBC", BITS, "encryption", "", PART_1),
    listed("AES-CCM", BITS, "encryption", "", PART_1),
    listed("AES-CTR", BITS, "encryption", "", PART_1),
    listed("AES-GCM-SIV", BITS, "encryption", "", PART_1),
    listed("ECDSA", BRAINPOOL, "signature", SIGNATURES_END, PART_1),
    listed("ECDSA", BRAINPOOL, "certificate", SIGNATURES_END, PART_1),
    listed("ECDH", BRAINPOOL, "key-agreement", AGREEMENT_ENDS, PART_1),
    listed("DH", &[">=3000"], "key-agreement", AGREEMENT_ENDS, PART_1),
    listed("FrodoKEM", &["976", "1344"], "key-agreement", "", PART_1),
    listed("Classic-McEliece", &["460896", "6688128", "8192128"], "key-agreement", "", PART_1),
    listed("ML-DSA", &["65", "87"], "certificate", "", PART_1),
    listed("SLH-DSA", &["192s", "192f", "256s", "256f"], "signature", "", PART_1),
    listed("SLH-DSA", &["192s", "192f", "256s", "256f"], "certificate", "", PART_1),
    listed("XMSS-LMS", &["*"], "signature", "", PART_1),
    listed("XMSS-LMS", &["*"], "certificate", "", PART_1),
    listed("DSA", &[">=3000"], "certificate", "2029-12-31", PART_1),
    listed("TLS13_AES_128_CCM_SHA256", &["*"], "tls-suite", "", PART_2),
    listed("secp521r1", &["*"], "tls-group", AGREEMENT_ENDS, PART_2),
    listed("brainpoolP256r1tls13", &["*"], "tls-group", AGREEMENT_ENDS, PART_2),
    listed("brainpoolP384r1tls13", &["*"], "tls-group", AGREEMENT_ENDS, PART_2),
    listed("brainpoolP512r1tls13", &["*"], "tls-group", AGREEMENT_ENDS, PART_2),
    listed("ffdhe3072", &["*"], "tls-group", AGREEMENT_ENDS, PART_2),
    listed("ffdhe4096", &["*"], "tls-group", AGREEMENT_ENDS, PART_2),
];

impl Listed {
    fn covers(&self, mechanism: &str, parameter: &str, usage: &str) -> bool {
        let fits = |it: &str| match it.strip_prefix(">=") {
            Some(least) => {
                matches!((least.parse::<u32>(), parameter.parse::<u32>()), (Ok(a), Ok(b)) if b >= a)
            }
            None => it == "*" || it.eq_ignore_ascii_case(parameter),
        };
        self.mechanism == mechanism && self.usage == usage && self.parameters.iter().any(|it| fits(it))
    }

    fn judge(&self, at_day: &str) -> Judgement {
        let name = self.mechanism;
        let source = self.source;
        let ended = !self.until.is_empty() && at_day > self.until;
        let message = match (self.until, ended) {
            ("", _) => (format!("{name} steht in {source}"), format!("{name} is listed by {source}")),
            (until, true) => (
                format!("{name} endete am {until} ({source})"),
                format!("{name} ended on {until} ({source})"),
            ),
            (until, false) => (
                format!("{name} ist bis {until} zulässig ({source})"),
                format!("{name} may be used until {until} ({source})"),
            ),
        };
        Judgement {
            verdict: if ended { Verdict::Refused } else { Verdict::Allowed },
            until: (!self.until.is_empty()).then(|| self.until.to_owned()),
            message,
            source: source.to_owned(),
        }
    }
}
