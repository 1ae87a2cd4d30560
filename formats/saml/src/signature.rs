//! XML Signature in the one shape that SAML needs: one reference, to the element in which the signature stands.
//!
//! Nothing is searched for. The caller says which element it will consume and which of its children is the signature;
//! the reference must name that element's id, the transforms must be the two of the profile, and `KeyInfo` is not even
//! looked at. What comes back is the canonical form that was digested, and only that is read afterwards.

use crate::{
    Algorithm, Certificate, Fault, Policy, SigningKey, keys, names,
    policy::{DIGESTS, SIGNATURES},
    xml::{self, Element},
};
use aws_lc_rs::digest;
use base64::{Engine, engine::general_purpose::STANDARD};
use uppsala::{Document, NodeId};

/// Each element is compared with each prefix, before anybody knows who signed; honest messages name a handful.
const MOST_PREFIXES: usize = 16;

/// Whose signatures count, by which algorithms, and when.
#[derive(Clone, Copy)]
pub(crate) struct Trust<'t> {
    pub(crate) certificates: &'t [Certificate],
    pub(crate) policy: &'t Policy,
    pub(crate) now: i64,
}

/// The signature that stands where the standard has it: right inside the element.
pub(crate) fn of(document: &Document<'_>, element: NodeId) -> Result<Option<NodeId>, Fault> {
    xml::child(document, element, names::SIGNATURE, "Signature")
}

/// Checks the signature of an element and answers the canonical bytes that it covers.
pub(crate) fn verify(
    document: &Document<'_>,
    element: NodeId,
    signature: NodeId,
    trust: Trust<'_>,
) -> Result<Vec<u8>, Fault> {
    for part in xml::elements(document, signature) {
        let known = ["SignedInfo", "SignatureValue", "KeyInfo"];
        if !known.iter().any(|name| xml::is(document, part, names::SIGNATURE, name)) {
            return Err(Fault::Misplaced("Signature"));
        }
    }
    let info = xml::needed(document, signature, names::SIGNATURE, "SignedInfo")?;
    let covered = check_reference(document, element, signature, info, trust)?;

    let method = xml::needed(document, info, names::SIGNATURE, "CanonicalizationMethod")?;
    let prefixes = exclusive(document, method)?;
    let method = xml::needed(document, info, names::SIGNATURE, "SignatureMethod")?;
    let uri = xml::needed_attribute(document, method, "Algorithm")?;
    let algorithm = trust.policy.named(&SIGNATURES, &uri, trust.now)?;
    let signed = xml::canonical(document, info, None, &prefixes)?;
    let value = xml::needed(document, signature, names::SIGNATURE, "SignatureValue")?;
    let value = xml::text(document, value, "SignatureValue")?;
    let value = keys::unspaced(&value).ok_or(Fault::Unreadable("SignatureValue"))?;
    if trust.certificates.iter().any(|it| it.verifies(algorithm, &signed, &value)) {
        Ok(covered)
    } else {
        Err(Fault::Signature)
    }
}

/// Checks that the only reference speaks of this element, and that its digest is right.
fn check_reference(
    document: &Document<'_>,
    element: NodeId,
    signature: NodeId,
    info: NodeId,
    trust: Trust<'_>,
) -> Result<Vec<u8>, Fault> {
    let reference = xml::needed(document, info, names::SIGNATURE, "Reference")?;
    let id = xml::needed_attribute(document, element, "ID")?;
    let target = xml::attribute(document, reference, "URI").and_then(|it| it.strip_prefix('#'));
    if id.is_empty() || target != Some(id.as_str()) {
        return Err(Fault::Reference);
    }
    let transforms = xml::needed(document, reference, names::SIGNATURE, "Transforms")?;
    let transforms = xml::elements(document, transforms);
    let [enveloped, exclusively] = transforms.as_slice() else { return Err(Fault::Transform) };
    if xml::attribute(document, *enveloped, "Algorithm") != Some(names::ENVELOPED)
        || !xml::elements(document, *enveloped).is_empty()
    {
        return Err(Fault::Transform);
    }
    let prefixes = exclusive(document, *exclusively)?;
    let method = xml::needed(document, reference, names::SIGNATURE, "DigestMethod")?;
    let uri = xml::needed_attribute(document, method, "Algorithm")?;
    let algorithm = trust.policy.named(&DIGESTS, &uri, trust.now)?;
    let value = xml::needed(document, reference, names::SIGNATURE, "DigestValue")?;
    let value = xml::text(document, value, "DigestValue")?;
    let value = keys::unspaced(&value).ok_or(Fault::Unreadable("DigestValue"))?;
    let covered = xml::canonical(document, element, Some(signature), &prefixes)?;
    if digest_of(algorithm, &covered) == value { Ok(covered) } else { Err(Fault::Digest) }
}

/// The prefix list of an exclusive canonicalization; another kind is refused.
fn exclusive(document: &Document<'_>, method: NodeId) -> Result<Vec<String>, Fault> {
    if xml::attribute(document, method, "Algorithm") != Some(names::EXCLUSIVE) {
        return Err(Fault::Transform);
    }
    let Some(list) = xml::child(document, method, names::EXCLUSIVE, "InclusiveNamespaces")? else {
        return if xml::elements(document, method).is_empty() {
            Ok(Vec::new())
        } else {
            Err(Fault::Transform)
        };
    };
    let prefixes = xml::attribute(document, list, "PrefixList").unwrap_or_default();
    let prefixes: Vec<String> = prefixes.split_ascii_whitespace().map(ToOwned::to_owned).collect();
    if prefixes.len() > MOST_PREFIXES { Err(Fault::Transform) } else { Ok(prefixes) }
}

/// Signs the element with this id and puts the signature behind its `Issuer`.
pub(crate) fn sign(
    text: &str,
    id: &str,
    key: &SigningKey,
    algorithm: Algorithm,
    certificate: Option<&Certificate>,
) -> Result<String, Fault> {
    let document = xml::parse(text)?;
    let mut all = document.descendants(document.root()).into_iter();
    let element =
        all.find(|it| xml::attribute(&document, *it, "ID") == Some(id)).ok_or(Fault::Missing("ID"))?;
    let covered = xml::canonical(&document, element, None, &[])?;
    let info = signed_info(id, algorithm, &digest_of(Algorithm::Sha256, &covered));
    let canonical = format!("<ds:SignedInfo xmlns:ds=\"{}\">{info}</ds:SignedInfo>", names::SIGNATURE);
    let value = STANDARD.encode(key.sign(algorithm, canonical.as_bytes())?);
    let key_info = certificate.map(|it| {
        let it = Element::new("ds:X509Certificate").text(&it.base64());
        Element::new("ds:KeyInfo").child(Element::new("ds:X509Data").child(it))
    });
    let signature = Element::new("ds:Signature")
        .attribute("xmlns:ds", names::SIGNATURE)
        .raw(&format!("<ds:SignedInfo>{info}</ds:SignedInfo>"))
        .child(Element::new("ds:SignatureValue").text(&value))
        .children(key_info);
    let issuer = xml::child(&document, element, names::ASSERTION, "Issuer")?;
    let place = issuer.and_then(|it| document.node_range(it)).ok_or(Fault::Missing("Issuer"))?.end;
    let (before, after) = text.split_at_checked(place).ok_or(Fault::Missing("Issuer"))?;
    Ok(format!("{before}{}{after}", signature.write()))
}

/// What is signed, already in canonical form.
fn signed_info(id: &str, algorithm: Algorithm, digest: &[u8]) -> String {
    let method = |name, uri| Element::new(name).attribute("Algorithm", uri);
    let reference = Element::new("ds:Reference")
        .attribute("URI", &format!("#{id}"))
        .child(
            Element::new("ds:Transforms")
                .child(method("ds:Transform", names::ENVELOPED))
                .child(method("ds:Transform", names::EXCLUSIVE)),
        )
        .child(method("ds:DigestMethod", Algorithm::Sha256.uri()))
        .child(Element::new("ds:DigestValue").text(&STANDARD.encode(digest)));
    let parts = [
        method("ds:CanonicalizationMethod", names::EXCLUSIVE),
        method("ds:SignatureMethod", algorithm.uri()),
        reference,
    ];
    parts.iter().map(Element::write).collect()
}

fn digest_of(algorithm: Algorithm, bytes: &[u8]) -> Vec<u8> {
    let kind = match algorithm {
        Algorithm::Sha384 => &digest::SHA384,
        Algorithm::Sha512 => &digest::SHA512,
        _ => &digest::SHA256,
    };
    digest::digest(kind, bytes).as_ref().to_vec()
}

/// Signs the part of an address that carries a message (SAML 2.0 Bindings, section 3.4.4.1).
pub(crate) fn sign_query(query: &str, key: &SigningKey, algorithm: Algorithm) -> Result<String, Fault> {
    key.sign(algorithm, query.as_bytes()).map(|it| STANDARD.encode(it))
}

/// Checks such a signature over the bytes as they came.
pub(crate) fn verify_query(query: &str, uri: &str, value: &str, trust: Trust<'_>) -> Result<(), Fault> {
    let algorithm = trust.policy.named(&SIGNATURES, uri, trust.now)?;
    let value = keys::unspaced(value).ok_or(Fault::Unreadable("Signature"))?;
    let made = trust.certificates.iter().any(|it| it.verifies(algorithm, query.as_bytes(), &value));
    if made { Ok(()) } else { Err(Fault::Signature) }
}
