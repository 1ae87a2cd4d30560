//! `fachwerk cbom`: the cryptographic bill of materials of this node, `CycloneDX` 1.6.

use super::{Global, Outcome, Trouble, say};
use crate::{House, crypto::Used, tls::mechanism_of};
use kernel::{
    Clock, KeyReport, Policy, SECOND,
    policy::{Use, Verdict},
};
use pki::Certificate;
use serde_json::{Value, json};

/// Prints the bill of materials of the node in the data directory.
pub(crate) async fn print(global: &Global) -> Outcome {
    let house = global.house().await?;
    let bill = bill(&house, Clock::Real.now());
    say(&serde_json::to_string_pretty(&bill).map_err(|it| Trouble::Said(it.to_string()))?)
}

/// The bill of materials at `now` (microseconds since the epoch). It holds no secret.
pub fn bill(house: &House, now: i64) -> Value {
    let policy = house.keyring.keys.policy();
    let used = distinct(house.crypto.used());
    let mut components: Vec<Value> =
        used.iter().filter(|it| !is_tls(it.usage)).map(|it| algorithm(it, policy, now)).collect();
    let mut provided: Vec<Value> = components.iter().map(|it| it["bom-ref"].clone()).collect();
    components.push(tls(house, policy, now));
    provided.push(json!("protocol/tls"));
    for key in house.keyring.keys.report() {
        components.push(key_component(&key));
        for der in &key.certificates {
            components.extend(Certificate::read(der).ok().map(|it| certificate(&it, policy, now)));
        }
    }
    if let Some(tls) = &house.tls {
        components.push(certificate(&tls.certificate(), policy, now));
    }
    // The same certificate may stand at two keys.
    let mut seen = std::collections::BTreeSet::new();
    components.retain(|it| seen.insert(it["bom-ref"].to_string()));
    json!({
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": format!("urn:uuid:{}", house.frame.ids().uuid()),
        "version": 1,
        "metadata": {
            "timestamp": timestamp(now / SECOND),
            "component": {
                "type": "application",
                "bom-ref": "fachwerk",
                "name": "fachwerk",
                "version": env!("CARGO_PKG_VERSION"),
                "licenses": [{ "license": { "id": "EUPL-1.2" } }],
            },
            "properties": [
                { "name": "fachwerk:crypto-policy", "value": policy.origin() },
                { "name": "fachwerk:crypto-policy-edition", "value": policy.edition() },
            ],
        },
        "components": components,
        "dependencies": [{ "ref": "fachwerk", "provides": provided }],
    })
}

fn is_tls(usage: Use) -> bool {
    matches!(usage, Use::TlsVersion | Use::TlsSuite | Use::TlsGroup)
}

/// One component for each mechanism, parameter and use; the first place stands for all.
fn distinct(all: Vec<Used>) -> Vec<Used> {
    let mut kept: Vec<Used> = Vec::new();
    for it in all {
        if !kept.iter().any(|other| reference(other) == reference(&it)) {
            kept.push(it);
        }
    }
    kept
}

fn reference(it: &Used) -> String {
    algorithm_reference(&it.mechanism, &it.parameter, it.usage)
}

fn algorithm_reference(mechanism: &str, parameter: &str, usage: Use) -> String {
    format!("algorithm/{mechanism}/{parameter}/{usage}").to_lowercase()
}

fn algorithm(it: &Used, policy: &Policy, now: i64) -> Value {
    let (primitive, functions): (&str, &[&str]) = match it.usage {
        Use::Signature | Use::Certificate | Use::SamlSignature => ("signature", &["sign", "verify"]),
        Use::KeyAgreement => ("key-agree", &["keygen", "keyderive"]),
        Use::KeyTransport => ("pke", &["encapsulate", "decapsulate"]),
        Use::Encryption | Use::SamlEncryption => ("ae", &["encrypt", "decrypt"]),
        Use::Hash => ("hash", &["digest"]),
        Use::Mac => ("mac", &["tag"]),
        Use::KeyDerivation | Use::Password => ("kdf", &["keyderive"]),
        Use::TlsVersion | Use::TlsSuite | Use::TlsGroup => ("other", &["other"]),
    };
    let mut properties = json!({
        "primitive": primitive,
        "parameterSetIdentifier": it.parameter,
        "executionEnvironment": "software-plain-ram",
        "implementationPlatform": platform(),
        "certificationLevel": ["none"],
        "cryptoFunctions": functions,
        "nistQuantumSecurityLevel": quantum_level(it),
    });
    if let Value::Object(members) = &mut properties {
        if it.parameter.starts_with("secp") {
            members.insert("curve".to_owned(), json!(format!("secg/{}", it.parameter)));
        }
        if it.mechanism == "AES-GCM" {
            members.insert("mode".to_owned(), json!("gcm"));
        }
    }
    json!({
        "type": "cryptographic-asset",
        "bom-ref": reference(it),
        "name": format!("{} {}", it.mechanism, it.parameter).trim(),
        "description": it.place,
        "cryptoProperties": { "assetType": "algorithm", "algorithmProperties": properties },
        "properties": verdict(&policy.check(&it.mechanism, &it.parameter, it.usage, now)),
    })
}

fn platform() -> &'static str {
    match std::env::consts::ARCH {
        "x86_64" => "x86_64",
        "aarch64" => "armv8-a",
        _ => "other",
    }
}

/// The NIST category against quantum computers: none for what Shor's algorithm breaks, 1, 2, 3, 5 for the rest.
fn quantum_level(it: &Used) -> u8 {
    match (it.mechanism.as_str(), it.parameter.as_str()) {
        ("AES-GCM", "128") => 1,
        ("AES-GCM", "192") => 3,
        ("AES-GCM", "256") | ("SHA-2", "512") => 5,
        ("SHA-2" | "HMAC" | "HKDF", "256") => 2,
        ("SHA-2", "384") => 4,
        _ => 0,
    }
}

fn tls(house: &House, policy: &Policy, now: i64) -> Value {
    let settings = &house.config.tls;
    let all = settings.mechanisms();
    let of = |wanted: Use| all.iter().filter(move |it| it.2 == wanted).map(|it| it.0);
    let groups: Vec<&str> = of(Use::TlsGroup).collect();
    let suites: Vec<Value> =
        of(Use::TlsSuite).map(|it| json!({ "name": iana(it), "identifiers": [identifier(it)] })).collect();
    let worst = policy.check_all(all.iter().copied(), now);
    let mut properties = verdict(&worst);
    for group in &groups {
        let found = policy.check(group, "", Use::TlsGroup, now);
        properties.push(json!({ "name": format!("fachwerk:tls-group:{group}"), "value": found.word() }));
    }
    properties.push(json!({ "name": "fachwerk:tls-groups", "value": groups.join(",") }));
    properties.push(json!({ "name": "fachwerk:tls-listens", "value": house.tls.is_some().to_string() }));
    let version = settings.oldest_version.as_str();
    json!({
        "type": "cryptographic-asset",
        "bom-ref": "protocol/tls",
        "name": "TLS",
        "description": format!("TLS 1.3; the oldest version spoken is {version}"),
        "cryptoProperties": {
            "assetType": "protocol",
            "protocolProperties": { "type": "tls", "version": version, "cipherSuites": suites },
        },
        "properties": properties,
    })
}

/// The registered name of a suite; rustls writes those of TLS 1.3 with a prefix.
fn iana(suite: &str) -> String {
    suite.replace("TLS13_", "TLS_")
}

fn identifier(suite: &str) -> &'static str {
    match suite {
        "TLS13_AES_128_GCM_SHA256" => "0x13,0x01",
        "TLS13_AES_256_GCM_SHA384" => "0x13,0x02",
        "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256" => "0xC0,0x2B",
        _ => "0xC0,0x2F",
    }
}

fn key_component(key: &KeyReport) -> Value {
    let (mechanism, parameter) = match key.algorithm {
        kernel::Algorithm::Ps512 => ("RSASSA-PSS", key.bits.to_string()),
        kernel::Algorithm::Es256 => ("ECDSA", "secp256r1".to_owned()),
    };
    json!({
        "type": "cryptographic-asset",
        "bom-ref": format!("key/{}", key.id),
        "name": format!("signing key {}", key.algorithm),
        "cryptoProperties": {
            "assetType": "related-crypto-material",
            "relatedCryptoMaterialProperties": {
                "type": "private-key",
                "id": key.id,
                "state": if key.signs { "active" } else { "deactivated" },
                "size": key.bits,
                "format": "PKCS#8",
                "algorithmRef": algorithm_reference(mechanism, &parameter, Use::Signature),
                "securedBy": {
                    "mechanism": "Software",
                    "algorithmRef": algorithm_reference("AES-GCM", "256", Use::Encryption),
                },
            },
        },
        "properties": verdict(&key.verdict),
    })
}

fn certificate(it: &Certificate, policy: &Policy, now: i64) -> Value {
    let (mechanism, parameter) = mechanism_of(&it.key_kind);
    json!({
        "type": "cryptographic-asset",
        "bom-ref": format!("certificate/{}", it.serial),
        "name": it.subject,
        "cryptoProperties": {
            "assetType": "certificate",
            "certificateProperties": {
                "subjectName": it.subject,
                "issuerName": it.issuer,
                "notValidBefore": timestamp(it.not_before),
                "notValidAfter": timestamp(it.not_after),
                "certificateFormat": "X.509",
            },
            "oid": it.signature_algorithm,
        },
        "properties": verdict(&policy.check(mechanism, &parameter, Use::Signature, now)),
    })
}

fn verdict(verdict: &Verdict) -> Vec<Value> {
    let mut all = vec![json!({ "name": "fachwerk:policy", "value": verdict.word() })];
    let until = verdict.until();
    if until > 0 && until < i64::MAX {
        // The last second, as the entry's last day says.
        all.push(json!({ "name": "fachwerk:policy-until", "value": timestamp(until / SECOND - 1) }));
    }
    match verdict {
        Verdict::Warn { message, .. } | Verdict::Refused { message, .. } => {
            all.push(json!({ "name": "fachwerk:policy-message", "value": message }));
        }
        Verdict::Allowed { condition: Some(condition), .. } => {
            all.push(json!({ "name": "fachwerk:policy-condition", "value": condition }));
        }
        Verdict::Allowed { .. } => {}
    }
    all
}

/// A time as RFC 3339 has it, from seconds since the epoch.
fn timestamp(seconds: i64) -> String {
    time::OffsetDateTime::from_unix_timestamp(seconds).map_or_else(
        |_| "1970-01-01T00:00:00Z".to_owned(),
        |it| {
            format!(
                "{:04}-{:02}-{:02}T{:02}:{:02}:{:02}Z",
                it.year(),
                u8::from(it.month()),
                it.day(),
                it.hour(),
                it.minute(),
                it.second()
            )
        },
    )
}
