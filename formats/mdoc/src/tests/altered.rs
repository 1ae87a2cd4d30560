//! Every guard, with what it keeps out.

use super::{DOC_TYPE, NOW, Scene, member, transcript};
use crate::{
    DeviceResponse, Element, Expected, Fault, Issue, IssuerSigned, SigningKey, Validity, cbor, present,
};
use ciborium::Value;
use coset::{AsCborValue, CoseSign1, CoseSign1Builder, HeaderBuilder, iana};

/// Changes the only document of a response.
fn meddled(scene: &Scene, change: impl FnOnce(&mut Value)) -> Vec<u8> {
    let mut response = cbor::read(&scene.response(), "test").unwrap();
    change(&mut member(&mut response, "documents").as_array_mut().unwrap()[0]);
    cbor::write(&response)
}

fn items(document: &mut Value) -> &mut Vec<Value> {
    let namespaces = member(member(document, "issuerSigned"), "nameSpaces");
    member(namespaces, DOC_TYPE).as_array_mut().unwrap()
}

fn change_item(item: &mut Value, change: impl FnOnce(&mut Value)) {
    let bytes = cbor::embedded(item.clone(), "test").unwrap();
    let mut inner = cbor::read(&bytes, "test").unwrap();
    change(&mut inner);
    *item = cbor::embed(cbor::write(&inner));
}

/// Issues the same document with another security object, signed by the right issuer.
fn reissued(scene: &Scene, change: impl FnOnce(&mut Value)) -> Vec<u8> {
    meddled(scene, |document| {
        let auth = member(member(document, "issuerSigned"), "issuerAuth");
        let old = CoseSign1::from_cbor_value(auth.clone()).unwrap();
        let payload = cbor::embedded(cbor::read(&old.payload.unwrap(), "test").unwrap(), "test").unwrap();
        let mut object = cbor::read(&payload, "test").unwrap();
        change(&mut object);
        *auth = CoseSign1Builder::new()
            .protected(HeaderBuilder::new().algorithm(iana::Algorithm::ES256).build())
            .payload(cbor::write(&cbor::embed(cbor::write(&object))))
            .try_create_signature(&[], |it| scene.issuer.sign(it))
            .unwrap()
            .build()
            .to_cbor_value()
            .unwrap();
    })
}

#[test]
fn an_altered_item_is_refused() {
    let scene = Scene::new();
    let response = meddled(&scene, |document| {
        change_item(&mut items(document)[0], |it| *member(it, "elementValue") = "Musterfrau".into());
    });
    let fault = scene.verify(&response).unwrap_err();
    assert_eq!(fault, Fault::AlteredItem { namespace: DOC_TYPE.to_owned(), digest_id: 0 });
}

#[test]
fn a_renamed_item_is_refused() {
    let scene = Scene::new();
    let response = meddled(&scene, |document| {
        change_item(&mut items(document)[0], |it| *member(it, "elementIdentifier") = "given_name".into());
    });
    assert!(matches!(scene.verify(&response), Err(Fault::AlteredItem { .. })));
}

#[test]
fn an_item_the_issuer_does_not_know_is_refused() {
    let scene = Scene::new();
    let response = meddled(&scene, |document| {
        change_item(&mut items(document)[0], |it| *member(it, "digestID") = 99.into());
    });
    let fault = scene.verify(&response).unwrap_err();
    assert_eq!(fault, Fault::UnknownItem { namespace: DOC_TYPE.to_owned(), digest_id: 99 });
    let response = meddled(&scene, |document| {
        let namespaces = member(member(document, "issuerSigned"), "nameSpaces").as_map_mut().unwrap();
        namespaces[0].0 = "org.example.other".into();
    });
    assert!(
        matches!(scene.verify(&response), Err(Fault::UnknownItem { .. })),
        "an item of another namespace"
    );
}

#[test]
fn the_same_item_twice_is_refused() {
    let scene = Scene::new();
    let response = meddled(&scene, |document| {
        let first = items(document)[0].clone();
        items(document).push(first);
    });
    assert_eq!(scene.verify(&response).unwrap_err(), Fault::Twice("nameSpaces"));
}

#[test]
fn the_same_element_twice_is_refused_even_if_both_were_issued() {
    let device = SigningKey::generate().unwrap().public().unwrap();
    let one = Element { namespace: DOC_TYPE.to_owned(), name: "family_name".to_owned(), value: "A".into() };
    let issue = Issue {
        doc_type: DOC_TYPE,
        elements: &[one.clone(), one],
        validity: Validity { signed: NOW, valid_from: NOW, valid_until: NOW },
        status: None,
        device_key: &device,
        chain: &[],
    };
    let issued = issue.sign(&SigningKey::generate().unwrap()).unwrap();
    assert_eq!(IssuerSigned::parse(&issued.to_bytes().unwrap()).unwrap_err(), Fault::Twice("nameSpaces"));
}

#[test]
fn an_answer_to_another_request_is_refused() {
    let scene = Scene::new();
    let other = present(&scene.issued, DOC_TYPE, |_, _| true, &transcript("n-2"), &scene.device).unwrap();
    assert_eq!(scene.verify(&other).unwrap_err(), Fault::DeviceSignature);
}

#[test]
fn a_document_in_strange_hands_is_refused() {
    let scene = Scene::new();
    let thief = SigningKey::generate().unwrap();
    let stolen = present(&scene.issued, DOC_TYPE, |_, _| true, &scene.transcript, &thief).unwrap();
    assert_eq!(scene.verify(&stolen).unwrap_err(), Fault::DeviceSignature);
}

#[test]
fn an_issuer_that_signed_nothing_of_it_is_refused() {
    let (scene, other) = (Scene::new(), Scene::new());
    assert_eq!(other.verify(&scene.response()).unwrap_err(), Fault::IssuerSignature);
}

#[test]
fn a_document_is_valid_from_its_beginning_to_its_end() {
    let scene = Scene::new();
    let response = scene.response();
    assert_eq!(scene.verify_at(&response, NOW - 91).unwrap_err(), Fault::NotYetValid);
    assert!(scene.verify_at(&response, NOW - 90).is_ok());
    assert!(scene.verify_at(&response, NOW + 3630).is_ok());
    assert_eq!(scene.verify_at(&response, NOW + 3631).unwrap_err(), Fault::Expired);
    assert!(scene.verify_at(&response, i64::MAX).is_err());
    assert!(scene.verify_at(&response, i64::MIN).is_err());
}

#[test]
fn an_issuer_signs_within_the_time_of_its_certificate() {
    let scene = Scene::new();
    let issuer_key = scene.issuer.public().unwrap();
    let document = DeviceResponse::parse(&scene.response()).unwrap().documents.remove(0);
    let verify = |issuer_valid| {
        let transcript = &scene.transcript;
        let expected = Expected {
            issuer_key: &issuer_key,
            issuer_valid,
            doc_type: DOC_TYPE,
            transcript,
            now: NOW,
            leeway: 30,
        };
        document.verify(&expected).map(|_| ())
    };
    // It was signed a minute ago.
    assert_eq!(verify((NOW - 30, NOW + 9)), Ok(()));
    assert_eq!(verify((NOW - 29, NOW + 9)), Err(Fault::SignedOutsideCertificate));
    assert_eq!(verify((0, NOW - 90)), Ok(()));
    assert_eq!(verify((0, NOW - 91)), Err(Fault::SignedOutsideCertificate));
}

#[test]
fn another_document_type_is_refused_wherever_it_stands() {
    let scene = Scene::new();
    let outside = meddled(&scene, |document| *member(document, "docType") = "org.iso.18013.5.1.mDL".into());
    assert!(matches!(scene.verify(&outside), Err(Fault::DocType { .. })));
    let inside = reissued(&scene, |object| *member(object, "docType") = "org.iso.18013.5.1.mDL".into());
    assert!(matches!(scene.verify(&inside), Err(Fault::DocType { .. })));
    let issuer_key = scene.issuer.public().unwrap();
    let expected = Expected {
        issuer_key: &issuer_key,
        issuer_valid: (0, i64::MAX),
        doc_type: "org.iso.18013.5.1.mDL",
        transcript: &scene.transcript,
        now: NOW,
        leeway: 0,
    };
    let document = DeviceResponse::parse(&scene.response()).unwrap().documents.remove(0);
    assert!(matches!(document.verify(&expected), Err(Fault::DocType { .. })));
}

#[test]
fn an_unknown_digest_algorithm_is_refused() {
    let scene = Scene::new();
    let response = reissued(&scene, |object| *member(object, "digestAlgorithm") = "MD5".into());
    assert_eq!(scene.verify(&response).unwrap_err(), Fault::DigestAlgorithm("MD5".to_owned()));
    assert!(scene.verify(&reissued(&scene, |_| ())).is_ok(), "reissuing alone changes nothing");
}

#[test]
fn another_digest_algorithm_than_the_one_used_is_refused() {
    let scene = Scene::new();
    let response = reissued(&scene, |object| *member(object, "digestAlgorithm") = "SHA-512".into());
    assert!(matches!(scene.verify(&response), Err(Fault::AlteredItem { .. })));
}

#[test]
fn a_mac_is_refused_with_its_name() {
    let scene = Scene::new();
    let response = meddled(&scene, |document| {
        let auth = member(member(document, "deviceSigned"), "deviceAuth").as_map_mut().unwrap();
        auth[0].0 = "deviceMac".into();
    });
    assert_eq!(scene.verify(&response).unwrap_err(), Fault::DeviceMac);
}

#[test]
fn items_of_the_device_alone_are_refused() {
    let scene = Scene::new();
    let response = meddled(&scene, |document| {
        let own = Value::Map(vec![("ns".into(), Value::Map(vec![("age_over_18".into(), true.into())]))]);
        *member(member(document, "deviceSigned"), "nameSpaces") = cbor::embed(cbor::write(&own));
    });
    assert_eq!(scene.verify(&response).unwrap_err(), Fault::DeviceItems);
}

#[test]
fn signatures_need_the_right_algorithm_and_no_critical_header() {
    let scene = Scene::new();
    let forge = |header: coset::Header, path: [&'static str; 2]| {
        meddled(&scene, |document| {
            let auth = member(member(document, path[0]), path[1]);
            let auth = if path[1] == "deviceAuth" { member(auth, "deviceSignature") } else { auth };
            let mut signed = CoseSign1::from_cbor_value(auth.clone()).unwrap();
            signed.protected = coset::ProtectedHeader { original_data: None, header };
            *auth = signed.to_cbor_value().unwrap();
        })
    };
    for path in [["issuerSigned", "issuerAuth"], ["deviceSigned", "deviceAuth"]] {
        for algorithm in [iana::Algorithm::ES384, iana::Algorithm::EdDSA, iana::Algorithm::HMAC_256_256] {
            let response = forge(HeaderBuilder::new().algorithm(algorithm).build(), path);
            assert!(matches!(scene.verify(&response), Err(Fault::Algorithm(_))), "{algorithm:?} {path:?}");
        }
        let response = forge(coset::Header::default(), path);
        assert!(matches!(scene.verify(&response), Err(Fault::Algorithm(_))), "no algorithm {path:?}");
        let critical = HeaderBuilder::new()
            .algorithm(iana::Algorithm::ES256)
            .add_critical(iana::HeaderParameter::Alg)
            .build();
        assert!(matches!(scene.verify(&forge(critical, path)), Err(Fault::Critical(_))), "{path:?}");
    }
}

#[test]
fn a_failure_of_the_wallet_is_no_document() {
    let scene = Scene::new();
    let mut response = cbor::read(&scene.response(), "test").unwrap();
    *member(&mut response, "status") = 10.into();
    assert_eq!(DeviceResponse::parse(&cbor::write(&response)).unwrap_err(), Fault::Status(10));
}

#[test]
fn members_that_stand_twice_are_refused() {
    let scene = Scene::new();
    let response = meddled(&scene, |document| {
        document.as_map_mut().unwrap().push(("docType".into(), DOC_TYPE.into()));
    });
    assert_eq!(scene.verify(&response).unwrap_err(), Fault::Twice("documents"));
}
