//! Documents made here, and what becomes of them when somebody meddles.

mod altered;
mod garbled;
mod stranger;
mod transcripts;

use crate::{
    DeviceResponse, Element, Expected, Fault, Issue, IssuerSigned, Presented, PublicKey, SessionTranscript,
    SigningKey, StatusReference, Validity, cbor, full_date, present,
};
use ciborium::Value;

const DOC_TYPE: &str = "eu.europa.ec.eudi.pid.1";
const NOW: i64 = 1_790_000_000;

/// An issuer, a device, and the document between them.
struct Scene {
    issuer: SigningKey,
    device: SigningKey,
    issued: IssuerSigned,
    transcript: SessionTranscript,
}

impl Scene {
    fn new() -> Self {
        let authority = SigningKey::generate().unwrap();
        // Read back, as a key from a file is.
        let device = SigningKey::from_pkcs8(&SigningKey::generate().unwrap().to_pkcs8().unwrap()).unwrap();
        let element = |name: &str, value: Value| Element {
            namespace: DOC_TYPE.to_owned(),
            name: name.to_owned(),
            value,
        };
        let elements = [
            element("family_name", "Mustermann".into()),
            element("birth_date", full_date("1964-08-12")),
            element("age_in_years", 62.into()),
            element("portrait", Value::Bytes(vec![1, 2, 3])),
            element("nationality", Value::Array(vec!["DE".into()])),
            element("age_over_18", true.into()),
        ];
        let document = Issue {
            doc_type: DOC_TYPE,
            elements: &elements,
            validity: Validity { signed: NOW - 60, valid_from: NOW - 60, valid_until: NOW + 3600 },
            status: Some(&StatusReference { index: 7, uri: "https://issuer.example/status/1".to_owned() }),
            device_key: &device.public().unwrap(),
            chain: &[vec![0x30, 1], vec![0x30, 2]],
        };
        let kept = document.sign(&authority).unwrap().to_bytes().unwrap();
        // As a wallet keeps it: what is presented went over a wire before.
        let issued = IssuerSigned::parse(&kept).unwrap();
        Self { issuer: authority, device, issued, transcript: transcript("n-1") }
    }

    fn response(&self) -> Vec<u8> {
        present(&self.issued, DOC_TYPE, |_, _| true, &self.transcript, &self.device).unwrap()
    }

    fn verify(&self, response: &[u8]) -> Result<Presented, Fault> {
        self.verify_at(response, NOW)
    }

    fn verify_at(&self, response: &[u8], now: i64) -> Result<Presented, Fault> {
        let issuer_key = self.issuer.public().unwrap();
        let expected = Expected {
            issuer_key: &issuer_key,
            issuer_valid: (0, i64::MAX),
            doc_type: DOC_TYPE,
            transcript: &self.transcript,
            now,
            leeway: 30,
        };
        let response = DeviceResponse::parse(response)?;
        response.documents.first().expect("one document").verify(&expected)
    }
}

fn transcript(nonce: &str) -> SessionTranscript {
    SessionTranscript::openid4vp("x509_hash:abc", nonce, Some(&[9; 32]), "https://verifier.example/response")
}

/// The member of a map, for meddling.
fn member<'v>(value: &'v mut Value, key: &str) -> &'v mut Value {
    let map = value.as_map_mut().expect("a map");
    map.iter_mut().find(|(it, _)| it.as_text() == Some(key)).map(|(_, it)| it).expect(key)
}

#[test]
fn what_was_disclosed_comes_out_as_json() {
    let scene = Scene::new();
    let presented = scene.verify(&scene.response()).unwrap();
    let claims = serde_json::to_value(&presented.claims).unwrap();
    assert_eq!(
        claims,
        serde_json::json!({ DOC_TYPE: {
            "age_in_years": 62, "age_over_18": true, "birth_date": "1964-08-12", "family_name": "Mustermann",
            "nationality": ["DE"], "portrait": "AQID",
        }})
    );
    assert_eq!(presented.validity.valid_until, NOW + 3600);
    let status = presented.status.unwrap();
    assert_eq!((status.index, status.uri.as_str()), (7, "https://issuer.example/status/1"));
    let coordinates = scene.device.public().unwrap();
    assert_eq!(presented.device_key.coordinates(), coordinates.coordinates());
    assert_eq!(scene.issued.chain(), [vec![0x30, 1], vec![0x30, 2]]);
}

#[test]
fn only_what_is_asked_for_is_disclosed() {
    let scene = Scene::new();
    let response =
        present(&scene.issued, DOC_TYPE, |_, it| it == "age_over_18", &scene.transcript, &scene.device)
            .unwrap();
    let presented = scene.verify(&response).unwrap();
    assert_eq!(
        serde_json::to_value(&presented.claims).unwrap(),
        serde_json::json!({ DOC_TYPE: { "age_over_18": true } })
    );
    let text = String::from_utf8_lossy(&response).into_owned();
    assert!(!text.contains("Mustermann"), "what is not disclosed does not travel");
}

#[test]
fn the_issuers_key_is_taken_from_a_certificate() {
    let scene = Scene::new();
    let point = scene.issuer.public().unwrap();
    let (x, y) = point.coordinates().unwrap();
    let spki = [&SPKI_P256[..], x, y].concat();
    let issuer_key = PublicKey::from_spki(&spki).unwrap();
    let expected = Expected {
        issuer_key: &issuer_key,
        issuer_valid: (0, i64::MAX),
        doc_type: DOC_TYPE,
        transcript: &scene.transcript,
        now: NOW,
        leeway: 0,
    };
    let response = DeviceResponse::parse(&scene.response()).unwrap();
    assert!(response.documents[0].verify(&expected).is_ok());
    let bare = [&[4][..], x, y].concat();
    assert!(PublicKey::from_spki(&bare).is_err(), "a bare point is no SubjectPublicKeyInfo");
    assert!(PublicKey::from_point(&bare).is_ok());
    assert!(PublicKey::from_point(&bare[1..]).is_err());
    let off_the_curve = [&[4][..], x, x].concat();
    assert!(PublicKey::from_point(&off_the_curve).is_err());
    assert!(PublicKey::from_spki(b"").is_err());
}

/// What stands before the coordinates of a P-256 key (RFC 5480).
const SPKI_P256: [u8; 27] = [
    0x30, 0x59, 0x30, 0x13, 0x06, 0x07, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01, 0x06, 0x08, 0x2a, 0x86,
    0x48, 0xce, 0x3d, 0x03, 0x01, 0x07, 0x03, 0x42, 0x00, 0x04,
];

#[test]
fn times_are_read_with_and_without_an_offset() {
    let check = |text: &str, expected: Option<i64>| {
        let found = cbor::time(Value::Tag(0, Box::new(text.into())), "signed").ok();
        assert_eq!(found, expected, "{text}");
    };
    check("1970-01-01T00:01:00Z", Some(60));
    check("1970-01-01T01:01:00+01:00", Some(60));
    check("1970-01-01", None);
    check("yesterday", None);
    assert!(cbor::time("1970-01-01T00:01:00Z".into(), "signed").is_err(), "a text without its tag");
    assert_eq!(cbor::time(cbor::tdate(60), "signed"), Ok(60));
}
