//! The eight shapes of signature wrapping: the signed element stays in the message, and another one is to be read.

use super::{good, good_inside, verify};
use crate::Fault;

/// The signed assertion, and the same with other content and another id and without a signature.
fn pair(text: &str) -> (String, String) {
    let start = text.find("<saml:Assertion").unwrap();
    let end = text.find("</saml:Assertion>").unwrap() + "</saml:Assertion>".len();
    let original = text[start..end].to_owned();
    let evil = super::without_first_signature(&original)
        .replace("_assertion", "_evil")
        .replace("BPK2-erika", "BPK2-somebody");
    (original, evil)
}

fn signature(element: &str) -> String {
    let start = element.find("<ds:Signature ").unwrap();
    let end = element.find("</ds:Signature>").unwrap() + "</ds:Signature>".len();
    element[start..end].to_owned()
}

/// The signature put behind the first issuer of an element.
fn with_signature(element: &str, made: &str) -> String {
    element.replacen("</saml:Issuer>", &format!("</saml:Issuer>{made}"), 1)
}

fn refused(name: &str, text: &str) {
    let result = verify(text);
    assert!(result.is_err(), "{name} was taken: {result:?}");
    assert!(!matches!(result, Err(Fault::Xml(_))), "{name} is not even well-formed: {result:?}");
}

/// A signed response and an evil copy of it.
fn responses() -> (String, String) {
    let whole = good();
    let bare = super::without_first_signature(&whole);
    let evil = bare.replace("_response", "_evil_response").replace("BPK2-erika", "BPK2-somebody");
    let evil = super::without_first_signature(&evil).replace("_assertion", "_evil");
    (whole, evil)
}

#[test]
fn xsw1_the_signed_response_inside_the_signature_of_an_evil_one() {
    let (whole, evil) = responses();
    let made = signature(&whole);
    let original = super::without_first_signature(&whole);
    let carrying = made.replace("</ds:Signature>", &format!("{original}</ds:Signature>"));
    refused("XSW1", &with_signature(&evil, &carrying));
}

#[test]
fn xsw2_the_signed_response_beside_the_signature_of_an_evil_one() {
    let (whole, evil) = responses();
    let original = super::without_first_signature(&whole);
    refused("XSW2", &with_signature(&evil, &format!("{original}{}", signature(&whole))));
}

#[test]
fn xsw3_an_evil_assertion_before_the_signed_one() {
    let text = good_inside();
    let (original, evil) = pair(&text);
    assert_eq!(
        verify(&text.replace(&original, &format!("{evil}{original}"))),
        Err(Fault::Twice("Assertion"))
    );
    assert_eq!(
        verify(&text.replace(&original, &format!("{original}{evil}"))),
        Err(Fault::Twice("Assertion"))
    );
}

#[test]
fn xsw4_the_signed_assertion_inside_an_evil_one() {
    let text = good_inside();
    let (original, evil) = pair(&text);
    let wrapped = evil.replace("</saml:Assertion>", &format!("{original}</saml:Assertion>"));
    assert_eq!(verify(&text.replace(&original, &wrapped)), Err(Fault::Misplaced("Assertion")));
}

#[test]
fn xsw5_an_evil_assertion_with_the_signature_of_one_at_the_end() {
    let text = good_inside();
    let (original, evil) = pair(&text);
    let bare = super::without_first_signature(&original);
    let evil = with_signature(&evil, &signature(&original));
    refused("XSW5", &text.replace(&original, &format!("{evil}{bare}")));
    // Without the original there is nothing that the reference could mean.
    assert_eq!(verify(&text.replace(&original, &evil)), Err(Fault::Reference));
}

#[test]
fn xsw6_the_signed_assertion_inside_the_signature_of_an_evil_one() {
    let text = good_inside();
    let (original, evil) = pair(&text);
    let bare = super::without_first_signature(&original);
    let carrying = signature(&original).replace("</ds:Signature>", &format!("{bare}</ds:Signature>"));
    refused("XSW6", &text.replace(&original, &with_signature(&evil, &carrying)));
}

#[test]
fn xsw7_the_signed_assertion_inside_extensions() {
    let text = good_inside();
    let (original, evil) = pair(&text);
    let hidden = format!("<samlp:Extensions>{original}</samlp:Extensions>");
    let wrapped =
        text.replace(&original, &evil).replacen("</saml:Issuer>", &format!("</saml:Issuer>{hidden}"), 1);
    assert_eq!(verify(&wrapped), Err(Fault::Misplaced("Assertion")));
}

#[test]
fn xsw8_the_signed_assertion_inside_an_object_of_the_signature() {
    let text = good_inside();
    let (original, evil) = pair(&text);
    let bare = super::without_first_signature(&original);
    let object = format!("<ds:Object>{bare}</ds:Object></ds:Signature>");
    let carrying = signature(&original).replace("</ds:Signature>", &object);
    refused("XSW8", &text.replace(&original, &with_signature(&evil, &carrying)));
}

#[test]
fn the_same_id_on_the_evil_one_does_not_help() {
    let text = good_inside();
    let (original, evil) = pair(&text);
    let same = evil.replace("_evil", "_assertion");
    refused(
        "same id, signed one hidden",
        &text.replace(&original, &with_signature(&same, &signature(&original))),
    );
    let hidden = format!("<samlp:Extensions>{original}</samlp:Extensions>");
    let wrapped =
        text.replace(&original, &same).replacen("</saml:Issuer>", &format!("</saml:Issuer>{hidden}"), 1);
    assert_eq!(verify(&wrapped), Err(Fault::IdTwice));
}

#[test]
fn encryption_hides_no_second_assertion() {
    let (original, evil) = pair(&good_inside());
    let around = super::unsigned();
    let bare = super::without_first_signature(&original);
    let sealed = |plain: &str| {
        around.replace(&bare, &crate::encryption::encrypt(plain, &super::sp().certificate).unwrap())
    };
    assert!(verify(&sealed(&original)).is_ok());
    assert_eq!(verify(&sealed(&format!("{evil}{original}"))), Err(Fault::Decryption));
    let wrapped = evil.replace("</saml:Assertion>", &format!("{original}</saml:Assertion>"));
    assert_eq!(verify(&sealed(&wrapped)), Err(Fault::Misplaced("Assertion")));
    // One in the open beside it is refused as well, wherever it stands.
    let hidden = format!("</saml:Issuer><samlp:Extensions>{evil}</samlp:Extensions>");
    let beside = sealed(&original).replacen("</saml:Issuer>", &hidden, 1);
    assert_eq!(verify(&beside), Err(Fault::Misplaced("Assertion")));
}

#[test]
fn a_signature_holds_nothing_but_its_parts() {
    let object = "<ds:Object><x></x></ds:Object></ds:Signature>";
    assert_eq!(verify(&good_inside().replace("</ds:Signature>", object)), Err(Fault::Misplaced("Signature")));
}

#[test]
fn other_references_and_transforms_are_refused() {
    let text = good_inside();
    assert_eq!(verify(&text.replace("URI=\"#_assertion\"", "URI=\"\"")), Err(Fault::Reference));
    assert_eq!(verify(&text.replace("URI=\"#_assertion\"", "URI=\"#_response\"")), Err(Fault::Reference));
    let more =
        text.replace("</ds:Reference>", "</ds:Reference><ds:Reference URI=\"#_response\"></ds:Reference>");
    assert_eq!(verify(&more), Err(Fault::Twice("Reference")));
    let xslt = text.replace(
        "</ds:Transforms>",
        "<ds:Transform Algorithm=\"http://www.w3.org/TR/1999/REC-xslt-19991116\"></ds:Transform></ds:Transforms>",
    );
    assert_eq!(verify(&xslt), Err(Fault::Transform));
    let comments = text.replace("xml-exc-c14n#\"", "xml-exc-c14n#WithComments\"");
    assert_eq!(verify(&comments), Err(Fault::Transform));
    // Thousands of prefixes, compared with thousands of elements, would keep a core busy for minutes.
    let listed = |count: usize| {
        let list = format!(
            "<ec:InclusiveNamespaces xmlns:ec=\"{}\" PrefixList=\"{}\"/>",
            crate::names::EXCLUSIVE,
            "p ".repeat(count)
        );
        let method = format!("<ds:Transform Algorithm=\"{}\">", crate::names::EXCLUSIVE);
        text.replacen(&method, &format!("{method}{list}"), 1)
    };
    assert_eq!(verify(&listed(17)), Err(Fault::Transform));
    assert_eq!(verify(&listed(16)), Err(Fault::Signature), "a list the signer did not write");
    let inclusive = text.replace(crate::names::ENVELOPED, "http://www.w3.org/2000/09/xmldsig#base64");
    assert_eq!(verify(&inclusive), Err(Fault::Transform));
}
