//! Bodies: what is read leniently, what is named as wrong, and what goes out.

use super::NOW;
use crate::jwk::Jwk;
use crate::wire::{
    ApiVersion, CreateDestination, CreateReply, CreateSubmissionV1, CreateSubmissionV2, Demands, Page,
    PatchDestination, ProblemDetails, Rule, SubmissionForPickup, SubmitSubmission, WireFault, is_region,
    is_urn, is_version, sign_callback, verify_callback,
};
use serde_json::{Value, json};
use uuid::Uuid;

const ID: &str = "879ee109-a690-4db8-ab32-424284184d7d";
const LEIKA: &str = "urn:de:fim:leika:leistung:99010003001006";

fn found(faults: &[WireFault]) -> Vec<(&str, &'static str)> {
    faults.iter().map(|fault| (fault.pointer.as_str(), fault.rule.code())).collect()
}

#[test]
fn patterns() {
    for (text, good) in [
        (LEIKA, true),
        ("urn:x:a", true),
        ("urn:X:a", false),
        ("urn:-a:b", false),
        ("urn:a:", false),
        ("urn:a", false),
        ("urn::b", false),
        ("urn:de:Fim", false),
        ("https://example.org", false),
        ("", false),
    ] {
        assert_eq!(is_urn(text), good, "{text}");
    }
    assert!(is_urn(&format!("urn:a:{}", "b".repeat(249))) && !is_urn(&format!("urn:a:{}", "b".repeat(250))));
    for (text, good) in
        [("DE", true), ("DE094750156156", true), ("DE0947501561561", false), ("de09", false), ("DE9a", false)]
    {
        assert_eq!(is_region(text), good, "{text}");
    }
    for (text, good) in
        [("1.0.0", true), ("2.10.3", true), ("01.0.0", false), ("1.0", false), ("1.0.0.0", false)]
    {
        assert_eq!(is_version(text), good, "{text}");
    }
}

fn destination() -> Value {
    let certified = |key: Jwk| {
        let mut key = serde_json::to_value(key).unwrap();
        key["x5c"] = json!(["AAAA"]);
        key
    };
    json!({
        "contactInformation": {"legalName": "Stadt", "address": "Weg 1", "phone": "1", "email": "a@b.example"},
        "services": [{"identifier": LEIKA, "regions": ["DE09"],
            "submissionSchemas": [{"schemaUri": "https://example.org/s.json", "mimeType": "application/json"}]}],
        "encryptionKid": "test-encryption-key",
        "encryptionPublicKey": certified(super::encryption().public()),
        "signingPublicKey": certified(super::signing().public()),
        "metadataVersions": ["1.0.0"],
        "callback": {"url": "https://office.example/callback", "secret": "x".repeat(32)},
    })
}

fn judge(change: impl FnOnce(&mut Value), demands: Demands) -> Vec<(String, &'static str)> {
    let mut body = destination();
    change(&mut body);
    let body: CreateDestination = serde_json::from_value(body).unwrap();
    body.check(demands).into_iter().map(|fault| (fault.pointer, fault.rule.code())).collect()
}

#[test]
fn a_destination_in_order_has_no_faults() {
    assert_eq!(judge(|_| {}, Demands::V1), []);
    let renamed = |body: &mut Value| {
        let offers = body.as_object_mut().unwrap().remove("services").unwrap();
        body["publicServices"] = offers;
    };
    assert_eq!(judge(renamed, Demands::V1), []);
}

#[test]
fn every_fault_of_a_destination_is_listed_with_its_place() {
    let many = |body: &mut Value| {
        body["contactInformation"] = json!({"email": "nobody"});
        body["services"][0]["identifier"] = json!("Bauantrag");
        body["services"][0]["regions"] = json!(["DE09", "DE09", "BY"]);
        body["services"][0]["submissionSchemas"] = json!([]);
        body["encryptionKid"] = json!("other-key-id");
        body["signingPublicKey"]["alg"] = json!("RS256");
        body["signingPublicKey"]["x5c"] = json!([]);
        body["metadataVersions"] = json!(["1"]);
        body["callback"] = json!({"url": "http://office.example", "secret": "short"});
    };
    let expected = [
        ("/contactInformation/legalName", "required"),
        ("/contactInformation/email", "email"),
        ("/contactInformation/address", "required"),
        ("/contactInformation/phone", "required"),
        ("/services/0/identifier", "urn"),
        ("/services/0/regions", "unique"),
        ("/services/0/regions/2", "region"),
        ("/services/0/submissionSchemas", "required"),
        ("/signingPublicKey/alg", "key-algorithm"),
        ("/signingPublicKey/x5c", "required"),
        ("/encryptionKid", "key-id-mismatch"),
        ("/metadataVersions/0", "version"),
        ("/callback/url", "https"),
        ("/callback/secret", "length"),
    ];
    let faults = judge(many, Demands::V1);
    let faults: Vec<_> = faults.iter().map(|(pointer, code)| (pointer.as_str(), *code)).collect();
    assert_eq!(faults, expected);
    let empty: CreateDestination = serde_json::from_str("{}").unwrap();
    assert!(empty.check(Demands::V1).len() >= 8);
}

#[test]
fn the_destination_api_asks_for_less() {
    let short = |body: &mut Value| {
        body["contactInformation"] = json!({"legalName": "Stadt", "email": "a@b.example"});
        body["signingPublicKey"].as_object_mut().unwrap().remove("x5c");
    };
    assert_eq!(judge(short, Demands::DESTINATION_API), []);
}

#[test]
fn callbacks_to_this_computer_only_where_development_allows_it() {
    let allowed = Demands { loopback_callbacks: true, ..Demands::V1 };
    for (url, strict, lenient) in [
        ("https://office.example", true, true),
        ("http://127.0.0.1:8090/x", false, true),
        ("http://[::1]/x", false, true),
        ("http://localhost/x", false, true),
        ("http://10.0.0.1/x", false, false),
        ("ftp://localhost/x", false, false),
        ("office", false, false),
    ] {
        let set = |body: &mut Value| body["callback"]["url"] = json!(url);
        assert_eq!(judge(set, Demands::V1).is_empty(), strict, "{url}");
        assert_eq!(judge(set, allowed).is_empty(), lenient, "{url}");
    }
}

#[test]
fn a_patch_judges_only_what_it_changes() {
    let patch = |body: Value| {
        let patch: PatchDestination = serde_json::from_value(body).unwrap();
        patch.check(Demands::V1)
    };
    assert_eq!(patch(json!({"status": "active"})), []);
    assert_eq!(found(&patch(json!({"status": "created"}))), [("/status", "status")]);
    assert_eq!(found(&patch(json!({"services": []}))), [("/services", "required")]);
    assert!(serde_json::from_value::<PatchDestination>(json!({"status": "sleeping"})).is_err());
}

#[test]
fn published_clients_announce_the_same_attachment_twice_and_send_empty_names() {
    let body = json!({
        "destinationId": ID, "announcedAttachments": [ID, ID, "00000000-0000-0000-0000-000000000001"],
        "serviceType": {"name": "", "identifier": LEIKA},
    });
    let body: CreateSubmissionV1 = serde_json::from_value(body).unwrap();
    let body = CreateSubmissionV2::from(body);
    assert_eq!(body.check(ApiVersion::V1, Demands::V1), []);
    assert_eq!(body.attachments(), [Uuid::parse_str(ID).unwrap(), Uuid::from_u128(1)]);
    assert_eq!(body.destination(), Some(Uuid::parse_str(ID).unwrap()));
    assert_eq!(body.case(), None);
}

#[test]
fn faults_of_a_new_submission() {
    let body = json!({
        "destinationId": "x", "announcedAttachments": ["y"], "publicService": {"identifier": "z"},
        "region": "09", "caseId": "",
    });
    let body: CreateSubmissionV2 = serde_json::from_value(body).unwrap();
    assert_eq!(
        found(&body.check(ApiVersion::V2, Demands::V1)),
        [
            ("/destinationId", "uuid"),
            ("/announcedAttachments/0", "uuid"),
            ("/publicService/identifier", "urn"),
            ("/region", "region"),
            ("/caseId", "required"),
        ]
    );
    let many = CreateReply { case_id: ID.into(), announced_attachments: vec![ID.into(); 101] };
    assert_eq!(found(&many.check()), [("/announcedAttachments", "too-many")]);
}

#[test]
fn version_2_wants_data_and_content_types() {
    let key = super::encryption().public();
    let encrypt = |cty| crate::jwe::encrypt(b"{}", &key, cty, &key.kid).unwrap();
    let body = |data: Value, cty| {
        let body = json!({"encryptedMetadata": encrypt(cty), "encryptedData": data});
        serde_json::from_value::<SubmitSubmission>(body).unwrap()
    };
    assert!(body(Value::Null, None).check(ApiVersion::V1).unwrap().data.is_none());
    let good = body(json!(encrypt(Some("application/xml"))), Some("application/json"));
    assert!(good.check(ApiVersion::V2).unwrap().data.is_some());
    let faults = body(Value::Null, None).check(ApiVersion::V2).unwrap_err();
    assert_eq!(found(&faults), [("/encryptedMetadata", "content-type"), ("/encryptedData", "required")]);
    let faults = body(json!("a.b.c.d.e"), None).check(ApiVersion::V1).unwrap_err();
    assert_eq!((faults[0].pointer.as_str(), faults.len()), ("/encryptedData", 1));
    assert!(matches!(faults[0].rule, Rule::Jwe(_)));
}

#[test]
fn pages() {
    assert_eq!(Page::new(None, None), Ok(Page { limit: 100, offset: 0 }));
    for (limit, offset) in [(0, 0), (501, 0), (1, -1)] {
        assert!(Page::new(Some(limit), Some(offset)).is_err());
    }
}

#[test]
fn names_on_the_wire() {
    let line = SubmissionForPickup {
        destination_id: Uuid::from_u128(1),
        submission_id: Uuid::from_u128(2),
        case_id: Uuid::from_u128(3),
    };
    let json = serde_json::to_string(&line).unwrap();
    assert!(json.starts_with(r#"{"destinationId":"00000000-0000-0000-0000-000000000001","submissionId""#));
    let problem = ProblemDetails::new("submission-not-found", 404, "Not found", "There is none.");
    assert_eq!(problem.name(), Some("submission-not-found"));
    let secret = format!("{:?}", destination());
    let body: CreateDestination = serde_json::from_value(destination()).unwrap();
    assert!(secret.contains("xxxxxxxx") && !format!("{body:?}").contains("xxxxxxxx"));
}

#[test]
fn callbacks_are_authenticated_and_fresh() {
    let body = br#"{"type":"x"}"#;
    let mac = sign_callback("secret", NOW, body);
    assert_eq!(mac.len(), 128);
    let stamp = NOW.to_string();
    assert!(verify_callback("secret", &stamp, body, &mac, NOW + 300));
    assert!(!verify_callback("secret", &stamp, body, &mac, NOW + 301));
    assert!(!verify_callback("other", &stamp, body, &mac, NOW));
    assert!(!verify_callback("secret", &stamp, b"{}", &mac, NOW));
    assert!(!verify_callback("secret", "soon", body, &mac, NOW));
    // Computed with Python: hmac.new(b"key", b"1700000000.{}", "sha512").hexdigest()
    assert!(sign_callback("key", 1_700_000_000, b"{}").starts_with("03bd8d5f7e43e9e9208a5b4f45ef1c65"));
}
