//! Assets of the type `related-crypto-material`: keys above all.

use super::{
    Bench, algorithm,
    asset::{Algorithm, text},
    identifier,
    name::{Family, Recognised, recognise},
    verdict::{Judged, judge_best},
};
use crate::{Outcome, Said};
use tree::Node;

/// Kinds of material that have a length worth judging.
const KEYS: [&str; 6] = ["private-key", "public-key", "secret-key", "key", "shared-secret", "ephemeral-key"];

pub(super) fn look<'a>(bench: &mut Bench<'_, 'a>, crypto: Node<'a>) {
    let own = crypto.get("relatedCryptoMaterialProperties");
    let kind = own.and_then(|it| text(it, "type")).unwrap_or_default();
    let judged = if KEYS.contains(&kind) { key(bench, own, kind) } else { no_key(kind) };
    bench.say("cbom.key_length", judged);
}

fn no_key(kind: &str) -> Judged {
    if kind.is_empty() || kind == "unknown" {
        return Judged::unknown(
            Said::Fixed(&(
                "Die Art des Materials ist nicht angegeben.",
                "The kind of the material is not given.",
            )),
            Said::Fixed(&("relatedCryptoMaterialProperties/type", "relatedCryptoMaterialProperties/type")),
        );
    }
    Judged {
        outcome: Outcome::NotApplicable,
        reason: Said::made(format!("„{kind}“ ist kein Schlüssel."), format!("\"{kind}\" is no key.")),
        missing: None,
        ends_soon: None,
    }
}

fn key<'a>(bench: &Bench<'_, 'a>, own: Option<Node<'a>>, kind: &str) -> Judged {
    let size: Option<u32> = own.and_then(|it| text(it, "size")).and_then(|it| it.parse().ok());
    let reference = own.and_then(|it| text(it, "algorithmRef"));
    let referred = reference.and_then(|it| bench.assets.find(it)).map(Algorithm::of);
    // A reference that leads nowhere still often names the algorithm.
    let by_name = referred.or_else(|| reference.map(Algorithm::named));
    let found = by_name.as_ref().and_then(recognise);
    let parts = match &found {
        Some(found) => parts(found, size),
        None if kind == "secret-key" && size.is_some_and(|it| it < 128) => algorithm::aes_key(size),
        None => None,
    };
    if let (Some(found), Some(Family::NotListed)) = (&by_name, found.as_ref().map(|it| it.family)) {
        return super::verdict::not_listed(found.name, bench.rules);
    }
    parts.map_or_else(|| lacking(size, found.is_some()), |it| judge_best(&it, bench.rules, bench.day))
}

fn parts(found: &Recognised, size: Option<u32>) -> Option<Vec<super::verdict::Part>> {
    match found.family {
        Family::Rsa | Family::RsaPss | Family::RsaPkcs1 | Family::RsaOaep => {
            algorithm::rsa_key(size.or(found.bits))
        }
        Family::Ec | Family::Ecdsa | Family::Ecdh => {
            algorithm::curve_key(found.curve.or_else(|| by_size(size)))
        }
        Family::Aes => algorithm::aes_key(size.or(found.bits)),
        _ => None,
    }
}

/// The curve that a length suggests, if only one of the usual ones has it.
fn by_size(size: Option<u32>) -> Option<&'static str> {
    (size == Some(521)).then(|| identifier::curve("secp521r1")).flatten()
}

fn lacking(size: Option<u32>, has_algorithm: bool) -> Judged {
    let missing = match (size, has_algorithm) {
        (None, false) => Said::Fixed(&("size und algorithmRef", "size and algorithmRef")),
        (None, true) => Said::Fixed(&("size", "size")),
        (Some(_), _) => Said::Fixed(&("algorithmRef", "algorithmRef")),
    };
    Judged::unknown(
        Said::Fixed(&(
            "Ob der Schlüssel lang genug ist, hängt von Länge und Verfahren ab.",
            "Whether the key is long enough depends on its length and its algorithm.",
        )),
        missing,
    )
}
