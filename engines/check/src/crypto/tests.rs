//! Bills of materials and certificates against the policy that the product ships.

use super::*;
use crate::{Input, Judgement, Outcome, Verdict, tests::real};
use requirements::Library;
use std::sync::LazyLock;
use tree::{Limits, Tree};

const TODAY: &str = "2026-11-28";

/// The policy of the product, read as its file has it.
pub(crate) struct Shipped(Vec<toml::Table>);

static SHIPPED: LazyLock<Shipped> = LazyLock::new(Shipped::read);

impl Shipped {
    fn read() -> Self {
        let text = include_str!("../../../../data/crypto-policy.toml");
        let table: toml::Table = text.parse().expect("the policy is TOML");
        Self(
            table["entry"]
                .as_array()
                .expect("entries")
                .iter()
                .map(|it| it.as_table().expect("a table").clone())
                .collect(),
        )
    }
}

fn covers(entry: &toml::Table, mechanism: &str, parameter: &str, usage: &str) -> bool {
    let text = |key: &str| entry[key].as_str().expect("a text");
    let fits = match text("parameter").strip_prefix(">=") {
        Some(least) => parameter.parse::<u32>().is_ok_and(|it| it >= least.parse().expect("a number")),
        None => text("parameter") == "*" || text("parameter") == parameter,
    };
    text("mechanism") == mechanism && text("use") == usage && fits
}

impl CryptoRules for Shipped {
    fn judge(&self, mechanism: &str, parameter: &str, usage: &str, at_day: &str) -> Judgement {
        let until = |it: &toml::Table| it.get("valid_until").map(ToString::to_string);
        let fitting = self.0.iter().filter(|it| covers(it, mechanism, parameter, usage));
        let best = fitting.max_by_key(|it| until(it).unwrap_or_else(|| "9999".to_owned()));
        let Some(best) = best else {
            let message = ("nicht genannt".to_owned(), "not named".to_owned());
            return Judgement { verdict: Verdict::NotNamed, until: None, message, source: String::new() };
        };
        let verdict = match until(best) {
            Some(until) if until.as_str() < at_day => Verdict::Refused,
            Some(until) if until.as_str() < "2029-11-28" => Verdict::EndsSoon,
            _ => Verdict::Allowed,
        };
        let source = best["source"].as_str().expect("a source").to_owned();
        Judgement { verdict, until: until(best), message: (String::new(), String::new()), source }
    }

    fn edition(&self) -> &'static str {
        "2026-11-21"
    }
}

/// What the checks see in a file.
fn seen(path: &str, content: &[u8], kind: Artefact) -> Vec<Observation> {
    let rules = Recommended::over(&*SHIPPED);
    let question = Question {
        library: Library::shipped(),
        sets: Vec::new(),
        today: TODAY.to_owned(),
        crypto: &rules,
        most_misfits: 10,
        hashes: false,
        more: &[],
    };
    let limits = Limits::default();
    let tree = (kind == Artefact::Cbom).then(|| Tree::json(content, &limits).expect("JSON"));
    let read = Read { tree: tree.as_ref(), ..Read::new(Input { path, content }, kind) };
    let mut to = Vec::new();
    observe(&read, &question, &mut to);
    for it in &to {
        assert!(it.outcome != Outcome::Unknown || it.missing.is_some(), "{it:?} names no missing input");
    }
    to
}

fn line(it: &Observation) -> String {
    format!("{} {} {}: {}", it.outcome.name(), it.check, it.subject.name, it.reason.get(false))
}

fn outcome(all: &[Observation], check: &str, name: &str) -> Vec<Outcome> {
    all.iter().filter(|it| it.check == check && it.subject.name == name).map(|it| it.outcome).collect()
}

#[test]
fn a_foreign_bill() {
    use Outcome::{Met, NotApplicable, Unknown, Unmet};
    let all = seen("cbom.json", include_bytes!("../../samples/cbom-1.6.json"), Artefact::Cbom);
    let check = |check: &str, name: &str, wanted: &[Outcome]| {
        let found = outcome(&all, check, name);
        assert_eq!(found, wanted, "{check} {name}: {:#?}", all.iter().map(line).collect::<Vec<_>>());
    };
    check("cbom.algorithm", "SHA256withRSA", &[Unmet]);
    check("cbom.hash", "SHA256withRSA", &[Met]);
    check("cbom.key_length", "SHA256withRSA", &[Met]);
    check("cbom.algorithm", "RSASSA-PKCS1-v1_5 2048", &[Met]);
    check("cbom.horizon", "RSASSA-PKCS1-v1_5 2048", &[Unmet]);
    check("cbom.key_length", "RSASSA-PKCS1-v1_5 2048", &[Unmet]);
    check("cbom.algorithm", "ML-KEM-768", &[Met]);
    check("cbom.quantum", "ML-KEM-768", &[Met]);
    check("cbom.protocol", "TLS", &[Unmet]);
    check("cbom.suite", "TLS", &[Met, Unmet, Unmet, Unknown]);
    check("cbom.group", "TLS", &[Met, Met, Unmet]);
    check("cbom.quantum", "TLS", &[Met, Unmet, Unmet]);
    check("cbom.certificate", "CN=old", &[Unmet]);
    check("cbom.key_length", "signing key", &[Met]);
    check("cbom.key_length", "nonce", &[NotApplicable]);
    let ended =
        all.iter().find(|it| it.check == "cbom.algorithm" && it.subject.name == "SHA256withRSA").expect("it");
    assert_eq!(
        ended.reason.get(false),
        "RSASSA-PKCS1-v1_5 3072 has not been permitted since the end of 2025-12-31 (TR-02102-2 2026)."
    );
    assert_eq!(ended.subject.to_string(), "cbom.json#/components/0");
    assert!(ended.subject.line > 1);
    let old = all.iter().find(|it| it.check == "cbom.key_length" && it.outcome == Unmet).expect("it");
    assert!(old.reason.get(true).contains("2023-12-31"), "{}", old.reason.get(true));
}

#[test]
fn the_bill_of_a_node_has_nothing_unmet_but_what_may_be() {
    let all = seen("cbom.json", include_bytes!("../../samples/cbom-node.json"), Artefact::Cbom);
    let unmet: Vec<String> = all
        .iter()
        .filter(|it| it.outcome == Outcome::Unmet && it.check != "cbom.quantum")
        .map(line)
        .collect();
    assert!(unmet.is_empty(), "{unmet:#?}");
    assert!(
        all.iter().any(|it| it.check == "cbom.certificate" && it.outcome == Outcome::Unknown),
        "curve of the issuer"
    );
    assert!(all.len() > 30);
}

#[test]
fn keycloak() {
    let Some(content) = real("cbom/keycloak-cbom.json") else { return };
    let all = seen("keycloak-cbom.json", &content, Artefact::Cbom);
    let check = |check: &str, name: &str, wanted: Outcome| {
        assert_eq!(
            outcome(&all, check, name),
            [wanted],
            "{check} {name}: {:#?}",
            all.iter().map(line).collect::<Vec<_>>()
        );
    };
    check("cbom.hash", "SHA1", Outcome::Unmet);
    check("cbom.hash", "SHA256", Outcome::Met);
    check("cbom.algorithm", "RSA-2048", Outcome::Unmet);
    check("cbom.key_length", "RSA-2048", Outcome::Unmet);
    check("cbom.algorithm", "DSA", Outcome::Unmet);
    check("cbom.algorithm", "Ed25519", Outcome::Unmet);
    check("cbom.algorithm", "EdDSA", Outcome::Unmet);
    check("cbom.algorithm", "EC-secp384r1", Outcome::Met);
    check("cbom.algorithm", "EC", Outcome::Unknown);
    check("cbom.algorithm", "ECDH", Outcome::Unknown);
    check("cbom.quantum", "ECDH", Outcome::Unmet);
    check("cbom.algorithm", "AES128-GCM", Outcome::Met);
    check("cbom.algorithm", "AES128-CBC-PKCS5", Outcome::Met);
    check("cbom.algorithm", "AES128", Outcome::Unknown);
    check("cbom.key_length", "AES128", Outcome::Met);
    check("cbom.algorithm", "HMAC-SHA256", Outcome::Met);
    check("cbom.algorithm", "HMACSHA2", Outcome::Unknown);
    check("cbom.algorithm", "RSASSA-PSS", Outcome::Unknown);
    check("cbom.algorithm", "RAW", Outcome::Unknown);
    check("cbom.algorithm", "ConcatenationKDF", Outcome::Unknown);
    check("cbom.protocol", "TLS", Outcome::Unknown);
    let subjects: std::collections::BTreeSet<&str> =
        all.iter().map(|it| it.subject.pointer.as_str()).collect();
    assert_eq!(subjects.len(), 56, "each asset is looked at");
}

#[test]
fn flick_still_hashes_with_md5() {
    let Some(content) = real("cbom/flick-cbom.json") else { return };
    let all = seen("flick-cbom.json", &content, Artefact::Cbom);
    assert_eq!(outcome(&all, "cbom.hash", "MD5"), [Outcome::Unmet]);
    assert_eq!(outcome(&all, "cbom.hash", "SHA256"), [Outcome::Met]);
}

#[test]
fn certificates() {
    use Outcome::{Met, Unknown, Unmet};
    let check = |content: &[u8], wanted: [Outcome; 5]| {
        let all = seen("a.pem", content, Artefact::Certificate);
        let checks = ["x509.signature", "x509.hash", "x509.key", "x509.validity", "x509.horizon"];
        let found: Vec<Outcome> = checks
            .iter()
            .map(|check| all.iter().find(|it| it.check == *check).expect("it is looked at").outcome)
            .collect();
        assert_eq!(found, wanted, "{:#?}", all.iter().map(line).collect::<Vec<_>>());
    };
    check(include_bytes!("../../samples/rsa-2048.pem"), [Unmet, Met, Unmet, Met, Unmet]);
    // Twenty years are longer than the key will do.
    check(include_bytes!("../../samples/rsa-3072-pss.pem"), [Met, Met, Met, Met, Unmet]);
    check(include_bytes!("../../samples/brainpool.pem"), [Met, Met, Met, Met, Met]);
    check(include_bytes!("../../samples/ed25519.pem"), [Unmet, Unknown, Unmet, Met, Unmet]);
    check(include_bytes!("../../samples/chain-p256.pem"), [Met, Met, Met, Met, Met]);
    // Without the issuer's certificate nobody knows its curve.
    check(include_bytes!("../../samples/leaf-p256.pem"), [Unknown, Met, Met, Met, Met]);
}

#[test]
fn a_broken_certificate_is_a_finding() {
    let text = b"-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n";
    let all = seen("a.pem", text, Artefact::Certificate);
    assert_eq!(
        all.iter().map(|it| (it.check, it.outcome)).collect::<Vec<_>>(),
        [("file.schema", Outcome::Unmet)]
    );
}

/// The document with each of its values replaced by something else in turn.
pub(crate) fn oddities(document: &serde_json::Value) -> Vec<Vec<u8>> {
    let mut pointers = vec![String::new()];
    let mut at = 0;
    while let Some(pointer) = pointers.get(at).cloned() {
        match document.pointer(&pointer) {
            Some(serde_json::Value::Object(all)) => {
                let escaped = |it: &String| it.replace('~', "~0").replace('/', "~1");
                pointers.extend(all.keys().map(|it| format!("{pointer}/{}", escaped(it))));
            }
            Some(serde_json::Value::Array(all)) => {
                pointers.extend((0..all.len()).map(|it| format!("{pointer}/{it}")));
            }
            _ => {}
        }
        at += 1;
    }
    let others = [
        serde_json::json!(null),
        serde_json::json!(7),
        "%{é".into(),
        serde_json::json!([[]]),
        serde_json::json!({"": {}}),
    ];
    let mut all = Vec::new();
    for pointer in &pointers[1..] {
        for other in &others {
            let mut changed = document.clone();
            *changed.pointer_mut(pointer).expect("it is there") = other.clone();
            all.push(changed.to_string().into_bytes());
        }
    }
    all
}

#[test]
fn odd_values_end_in_findings() {
    for sample in [include_str!("../../samples/cbom-1.6.json"), include_str!("../../samples/cbom-node.json")]
    {
        let document = serde_json::from_str(sample).expect("JSON");
        for content in oddities(&document) {
            seen("cbom.json", &content, Artefact::Cbom);
        }
    }
}

/// What `--profile tr-02102` says of a file at the level Muss.
fn unmet_by_profile(path: &str, content: &[u8]) -> Vec<String> {
    let rules = Recommended::over(&*SHIPPED);
    let question = Question { crypto: &rules, ..crate::tests::question(&["tr-02102"]) };
    let report = crate::check(&[Input { path, content }], &question).unwrap_or_else(|it| panic!("{it}"));
    assert!(report.findings.iter().any(|it| it.outcome == Outcome::Met), "something is met");
    crate::tests::unmet(&report, requirements::Level::Muss)
}

#[test]
fn by_the_shipped_set() {
    let node = unmet_by_profile("cbom.json", include_bytes!("../../samples/cbom-node.json"));
    assert!(node.is_empty(), "{node:#?}");
    let good = unmet_by_profile("chain.pem", include_bytes!("../../samples/chain-p256.pem"));
    assert!(good.is_empty(), "{good:#?}");
    assert!(!unmet_by_profile("old.pem", include_bytes!("../../samples/rsa-2048.pem")).is_empty());
    if let Some(content) = real("cbom/keycloak-cbom.json") {
        let all = unmet_by_profile("keycloak-cbom.json", &content);
        assert!(all.iter().any(|it| it.contains("SHA-1")), "{all:#?}");
        println!("{all:#?}");
    }
}
