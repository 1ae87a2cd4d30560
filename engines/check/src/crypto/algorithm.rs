//! Assets of the type `algorithm`.

use super::{
    Bench,
    asset::Algorithm,
    name::{Family, Recognised, recognise},
    verdict::{Judged, Part, judge, judge_best, no_rule, not_listed, strange, ways},
};
use crate::{Outcome, Said};
use tree::Node;

pub(super) fn look<'a>(bench: &mut Bench<'_, 'a>, component: Node<'a>) {
    let algorithm = Algorithm::of(component);
    let Some(found) = recognise(&algorithm) else {
        let check = if algorithm.primitive == Some("hash") { "cbom.hash" } else { "cbom.algorithm" };
        return bench.say(check, strange(algorithm.name));
    };
    if let Some((mechanism, bits)) = found.hash {
        let hash = Part::new(mechanism, bits.to_string(), "hash");
        // A hash function inside of a MAC or of a key derivation is judged with it.
        if !matches!(found.family, Family::Hmac | Family::Hkdf) {
            let judged = judge_best(&[hash], bench.rules, bench.day);
            bench.say_with_end("cbom.hash", judged);
        }
    }
    if found.family == Family::Hash {
        if found.hash.is_none() {
            bench.say("cbom.hash", strange(algorithm.name));
        }
        return;
    }
    let judged = judged(bench, &algorithm, &found);
    bench.say_with_end("cbom.algorithm", judged);
    if let Some(judged) = length(&found, bench) {
        bench.say("cbom.key_length", judged);
    }
    if let Some(judged) = quantum(&algorithm, &found) {
        bench.say("cbom.quantum", judged);
    }
}

/// An algorithm that another asset refers to or names.
pub(super) fn judged(bench: &Bench<'_, '_>, algorithm: &Algorithm<'_>, found: &Recognised) -> Judged {
    match found.family {
        Family::NotListed => not_listed(algorithm.name, bench.rules),
        Family::NoRule => no_rule(algorithm.name),
        _ => judge(&ways(found, algorithm.primitive, algorithm.usage), bench.rules, bench.day),
    }
}

/// The verdict on the length of a key, its curve or its parameter set; nothing where there is none.
fn length(found: &Recognised, bench: &Bench<'_, '_>) -> Option<Judged> {
    let parts = match found.family {
        Family::Rsa | Family::RsaPss | Family::RsaPkcs1 | Family::RsaOaep => rsa_key(found.bits),
        Family::Ec | Family::Ecdsa | Family::Ecdh => curve_key(found.curve),
        Family::Dsa => found.bits.map(|it| vec![Part::new("DSA", it.to_string(), "signature")]),
        Family::DiffieHellman => found.bits.map(|it| vec![Part::new("DH", it.to_string(), "key-agreement")]),
        Family::Aes => aes_key(found.bits),
        Family::MlKem | Family::MlDsa | Family::SlhDsa | Family::FrodoKem | Family::McEliece => {
            Some(ways(found, None, None).parts).filter(|it| it.iter().all(|it| !it.parameter.is_empty()))
        }
        _ => return None,
    };
    Some(parts.map_or_else(without_length, |parts| judge_best(&parts, bench.rules, bench.day)))
}

pub(super) fn rsa_key(bits: Option<u32>) -> Option<Vec<Part>> {
    let bits = bits?.to_string();
    Some(vec![
        Part::new("RSASSA-PSS", bits.clone(), "signature").called("RSA"),
        Part::new("RSAES-OAEP", bits, "key-transport").called("RSA"),
    ])
}

pub(super) fn curve_key(curve: Option<&str>) -> Option<Vec<Part>> {
    let curve = curve?;
    Some(vec![
        Part::new("ECDSA", curve, "signature").called("EC"),
        Part::new("ECDH", curve, "key-agreement").called("EC"),
    ])
}

pub(super) fn aes_key(bits: Option<u32>) -> Option<Vec<Part>> {
    Some(vec![Part::new("AES-GCM", bits?.to_string(), "encryption").called("AES")])
}

pub(super) fn without_length() -> Judged {
    Judged::unknown(
        Said::Fixed(&(
            "Schlüssellänge, Kurve oder Parametersatz ist nicht angegeben.",
            "Key length, curve or parameter set is not given.",
        )),
        Said::Fixed(&("parameterSetIdentifier, curve oder size", "parameterSetIdentifier, curve or size")),
    )
}

/// Whether key agreement withstands quantum computers; nothing where the algorithm agrees on no key.
fn quantum(algorithm: &Algorithm<'_>, found: &Recognised) -> Option<Judged> {
    let met =
        |de, en| Judged { outcome: Outcome::Met, reason: Said::made(de, en), missing: None, ends_soon: None };
    let agrees = matches!(algorithm.primitive, Some("key-agree" | "kem" | "combiner"));
    match found.family {
        Family::MlKem | Family::FrodoKem | Family::McEliece => Some(met(
            "Das Verfahren widersteht nach heutigem Wissen Quantencomputern.",
            "As far as is known today the mechanism withstands quantum computers.",
        )),
        Family::Ecdh | Family::DiffieHellman | Family::RsaOaep => Some(classical()),
        Family::Ec | Family::Rsa | Family::NotListed if agrees => Some(classical()),
        _ => None,
    }
}

fn classical() -> Judged {
    Judged::unmet(Said::Fixed(&(
        "Klassische Schlüsseleinigung ohne hybriden Anteil: ein Quantencomputer kann sie später brechen.",
        "Classical key agreement without a hybrid part: a quantum computer can break it later.",
    )))
}
