//! Assets of the type `certificate`.

use super::{
    Bench, algorithm,
    asset::{Algorithm, many, text},
    name::recognise,
    verdict::{Judged, strange},
};
use crate::{Outcome, Said};
use tree::Node;

pub(super) fn look<'a>(bench: &mut Bench<'_, 'a>, crypto: Node<'a>) {
    let own = crypto.get("certificateProperties");
    let judged = validity(own, bench.day).unwrap_or_else(|| signature(bench, crypto, own));
    bench.say_with_end("cbom.certificate", judged);
}

/// What is wrong with the validity; nothing where today is inside of it.
fn validity(own: Option<Node<'_>>, today: &str) -> Option<Judged> {
    let day = |key: &str| own.and_then(|it| text(it, key)).and_then(|it| it.get(..10));
    let first = day("notValidBefore");
    let last = day("notValidAfter");
    match (first, last) {
        (Some(first), _) if first > today => Some(Judged::unmet(Said::made(
            format!("Das Zertifikat gilt erst ab {first}."),
            format!("The certificate is valid from {first} only."),
        ))),
        (_, Some(last)) if last < today => Some(Judged::unmet(Said::made(
            format!("Das Zertifikat ist am {last} abgelaufen."),
            format!("The certificate expired on {last}."),
        ))),
        (_, None) => Some(Judged::unknown(
            Said::Fixed(&(
                "Das Ende der Gültigkeit ist nicht angegeben.",
                "The end of the validity is not given.",
            )),
            Said::Fixed(&("certificateProperties/notValidAfter", "certificateProperties/notValidAfter")),
        )),
        _ => None,
    }
}

/// The verdict on the signature: by the algorithm it refers to, else by the object identifier.
fn signature<'a>(bench: &Bench<'_, 'a>, crypto: Node<'a>, own: Option<Node<'a>>) -> Judged {
    let referred = own.and_then(reference).and_then(|it| bench.assets.find(it));
    let mut signed = match (referred, text(crypto, "oid")) {
        (Some(component), _) => Algorithm::of(component),
        (None, Some(identifier)) => Algorithm { identifier: Some(identifier), ..Algorithm::named("") },
        (None, None) => return unnamed(),
    };
    signed.usage = signed.usage.or(Some("certificate"));
    let Some(found) = recognise(&signed) else {
        return strange(signed.identifier.unwrap_or(signed.name));
    };
    let judged = algorithm::judged(bench, &signed, &found);
    let Some((mechanism, bits)) = found.hash else { return judged };
    let hash = super::verdict::Part::new(mechanism, bits.to_string(), "hash");
    let hashed = super::verdict::judge_best(&[hash], bench.rules, bench.day);
    if hashed.outcome == Outcome::Unmet { hashed } else { judged }
}

/// The reference to the signature algorithm: its own key until 1.6, one among several since 1.7.
fn reference(own: Node<'_>) -> Option<&str> {
    text(own, "signatureAlgorithmRef").or_else(|| {
        many(own, "relatedCryptographicAssets")
            .find(|it| matches!(text(*it, "type"), Some("algorithm" | "signature-algorithm")))
            .and_then(|it| text(it, "ref"))
    })
}

fn unnamed() -> Judged {
    Judged::unknown(
        Said::Fixed(&(
            "Womit das Zertifikat unterschrieben ist, ist nicht angegeben.",
            "What the certificate is signed with is not given.",
        )),
        Said::Fixed(&("signatureAlgorithmRef oder oid", "signatureAlgorithmRef or oid")),
    )
}
