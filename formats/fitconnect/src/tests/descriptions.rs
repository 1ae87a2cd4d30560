//! Metadata: written as 2.1.0, read from both versions, judged like the published schemas.

use crate::metadata::{
    AttachmentDescription, Author, DataSet, Hash, Metadata, Product, Purpose, ReadFault, SchemaReference,
    check, sha512_hex,
};
use serde_json::{Value, json};
use uuid::Uuid;

fn rich() -> Metadata {
    let mut metadata = Metadata::for_data(b"{}", "https://example.org/form.json", "application/json")
        .with_reply_key(super::encryption().public(), vec!["urn:fachwerk:reply:1".into()]);
    metadata.content_structure.attachments = vec![
        AttachmentDescription {
            attachment_id: Uuid::from_u128(1),
            hash: Hash::of(b"one"),
            purpose: Purpose::Form,
            mime_type: "application/pdf".into(),
            filename: Some("Antrag.pdf".into()),
            ..AttachmentDescription::default()
        },
        AttachmentDescription {
            attachment_id: Uuid::from_u128(2),
            hash: Hash::of(b"two"),
            mime_type: "image/png".into(),
            fragments: vec![Uuid::from_u128(3), Uuid::from_u128(4)],
            ..AttachmentDescription::default()
        },
    ];
    metadata.author = Some(Author {
        name: "Portal".into(),
        product: Product {
            name: "Fachwerk".into(),
            version: "1".into(),
            manufacturer: "Community".into(),
            description: None,
        },
        ..Author::default()
    });
    metadata.data_sets = vec![DataSet {
        data_set_id: Uuid::from_u128(5),
        schema: SchemaReference {
            schema_uri: "https://example.org/id".into(),
            mime_type: "application/jose".into(),
        },
        hash: Hash::of(b"x"),
        content: json!("x"),
        description: None,
    }];
    metadata
}

fn full_v2() -> Value {
    let mut value = serde_json::to_value(rich()).unwrap();
    value["paymentInformation"] = json!({
        "transactionReference": "K-1", "transactionId": "9xxd-432x", "paymentMethod": "CREDITCARD",
        "status": "BOOKED", "grossAmount": 12.5, "transactionTimestamp": "2026-11-21T12:00:00.5+01:00",
        "transactionUrl": "https://pay.example/1", "paymentMethodDetail": "Visa",
    });
    value["additionalReferenceInfo"] = json!({
        "senderReference": "A-1", "applicationDate": "2024-02-29",
        "idBundDeApplicationId": "879ee109-a690-4db8-ab32-424284184d7d", "zustimmungZumDigitalenBescheid": false,
    });
    value["contentStructure"]["data"]["signature"] = json!({
        "signatureFormat": "xml", "detachedSignature": true, "content": "abc=",
        "eidasAdesProfile": "http://uri.etsi.org/ades/191x2/level/baseline/B-LT#",
    });
    value
}

fn full_v1() -> Value {
    let v2 = full_v2();
    let mut attachments = v2["contentStructure"]["attachments"].clone();
    attachments[1].as_object_mut().unwrap().remove("fragments");
    json!({
        "contentStructure": {"data": v2["contentStructure"]["data"], "attachments": attachments},
        "publicServiceType": {"identifier": "urn:de:fim:leika:leistung:99010003001006", "name": ""},
        "paymentInformation": v2["paymentInformation"],
        "replyChannel": {"elster": {"accountId": "1234567890", "geschaeftszeichen": "x"}},
        "additionalReferenceInfo": {"senderReference": "A-1", "applicationDate": "2026-11-21"},
        "authenticationInformation": [{"type": "identificationReport", "version": "1.0.0", "content": "a-b_c.d"}],
        "submissionDate": "2026-11-21",
    })
}

#[test]
fn what_we_write_is_in_order_and_reads_back() {
    assert_eq!(rich().check(), []);
    assert_eq!(Metadata::read(&rich().to_json()).unwrap(), rich());
    assert_eq!(rich().announced(), [1, 3, 4].map(Uuid::from_u128));
    let v1 = Metadata::read(full_v1().to_string().as_bytes()).unwrap();
    assert_eq!(v1.public_service_type.unwrap().identifier, "urn:de:fim:leika:leistung:99010003001006");
    assert!(v1.schema.is_none());
}

#[test]
fn hash_of_the_empty_text() {
    assert!(sha512_hex(b"").starts_with("cf83e1357eefb8bdf1542850d66d8007"));
    assert!(Hash::of(b"a").matches(b"a") && !Hash::of(b"a").matches(b"b") && !Hash::default().matches(b""));
}

#[test]
fn faults_name_their_place() {
    let judged = |change: &dyn Fn(&mut Value)| {
        let mut value = full_v2();
        change(&mut value);
        check(&value).iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
    };
    let missing = judged(&|value| drop(value["contentStructure"].as_object_mut().unwrap().remove("data")));
    assert_eq!(missing, "/contentStructure/data: is required");
    let hash = judged(&|value| value["contentStructure"]["attachments"][1]["hash"]["content"] = json!("AB"));
    assert_eq!(hash, "/contentStructure/attachments/1/hash/content: must be 128 lower-case hex digits");
    let twice = judged(&|value| value["replyChannel"]["eMail"] = json!({"address": "a@b.example"}));
    assert_eq!(twice, "/replyChannel: must have exactly one member");
    let unknown = judged(&|value| value["additionalReferenceInfo"]["a/b"] = json!(1));
    assert_eq!(unknown, "/additionalReferenceInfo/a~1b: is not allowed here");
}

#[test]
fn versions_and_rubbish() {
    let of = |schema: &str| {
        let mut value = full_v2();
        value["$schema"] = json!(schema);
        Metadata::read(value.to_string().as_bytes())
    };
    let url = |version: &str| {
        format!("https://schema.fitko.de/fit-connect/metadata/{version}/metadata.schema.json")
    };
    assert!(of(&url("2.0.0")).is_ok() && of(&url("2.5.1")).is_ok() && of(&url("1.3.0")).is_ok());
    for version in ["3.0.0", "2.1", "2.1.0.0", "2.x.0", ""] {
        assert!(matches!(of(&url(version)), Err(ReadFault::Version(_))), "{version}");
    }
    assert!(matches!(Metadata::read(b"{"), Err(ReadFault::Syntax { .. })));
    assert!(matches!(Metadata::read(b"[]"), Err(ReadFault::Structure(_))));
    assert!(matches!(Metadata::read(b"{\"$schema\":1}"), Err(ReadFault::Structure(_))));
}

#[test]
fn a_careless_sender_is_read_leniently() {
    let json =
        br#"{"contentStructure":{"attachments":[],"data":{"submissionSchema":{"schemaUri":"urn:a:b"}}}}"#;
    assert!(matches!(Metadata::read(json), Err(ReadFault::Structure(_))));
    let metadata = Metadata::read_leniently(json).unwrap();
    assert_eq!(metadata.content_structure.data.unwrap().hash.content, "");
}

/// All places in a document, as pointers.
fn places(value: &Value, pointer: &str, found: &mut Vec<String>) {
    found.push(pointer.to_owned());
    match value {
        Value::Object(members) => {
            for (name, member) in members {
                places(member, &format!("{pointer}/{name}"), found);
            }
        }
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                places(item, &format!("{pointer}/{index}"), found);
            }
        }
        _ => {}
    }
}

fn mutate(document: &Value, dice: &mut super::Dice) -> Value {
    let mut changed = document.clone();
    let mut found = Vec::new();
    places(&changed, "", &mut found);
    let pointer = found[dice.roll(found.len() - 1) + 1].clone();
    let other = document.pointer(&found[dice.roll(found.len())]).unwrap().clone();
    let values = [
        json!(""),
        json!("x"),
        json!("a b"),
        json!(0),
        json!(12.345),
        json!(0.01),
        json!(null),
        json!([]),
        json!({}),
        json!(true),
        json!("2025-02-29"),
        json!("urn:a:b"),
        json!("application/pdf"),
        json!("x".repeat(61)),
        json!("x".repeat(700)),
        json!(["urn:a:b", "urn:a:b"]),
        json!("2026-11-21T12:00:00Z"),
        json!("1234567890"),
        other,
    ];
    let (parent, name) = pointer.rsplit_once('/').unwrap();
    let parent = changed.pointer_mut(parent).unwrap();
    match (dice.roll(4), parent) {
        (0, Value::Object(members)) => drop(members.remove(name)),
        (0, Value::Array(items)) => items.push(values[dice.roll(values.len())].clone()),
        (1, Value::Object(members)) => drop(members.insert("colour".into(), json!("blue"))),
        _ => *changed.pointer_mut(&pointer).unwrap() = values[dice.roll(values.len())].clone(),
    }
    changed
}

/// Our wording against the published schemas, which may not be shipped: thousands of damaged documents must be
/// judged alike. Skips (and says so) where the schemas are not at hand.
#[test]
fn judges_like_the_published_schemas() {
    let folder = format!("{}/../../../shared/data/fit-connect", env!("CARGO_MANIFEST_DIR"));
    for (file, document, version) in
        [("metadata-2.1.0.schema.json", full_v2(), 2), ("metadata.schema.v1.0.0.json", full_v1(), 1)]
    {
        let Ok(text) = std::fs::read_to_string(format!("{folder}/{file}")) else {
            println!("skipped: {file} is not at hand");
            continue;
        };
        let schema: Value = serde_json::from_str(&text).unwrap();
        let official = jsonschema::options().should_validate_formats(true).build(&schema).unwrap();
        assert!(
            official.is_valid(&document),
            "{:?}",
            official.iter_errors(&document).next().map(|e| e.to_string())
        );
        assert_eq!(check(&document), []);
        let mut dice = super::Dice(version);
        let (mut good, mut bad) = (0, 0);
        for _ in 0..2000 {
            let mut damaged = mutate(&document, &mut dice);
            if dice.roll(3) == 0 {
                damaged = mutate(&damaged, &mut dice);
            }
            // Without the version 2 URL we read version 1; that is not a difference between the wordings.
            if damaged.get("$schema") != document.get("$schema") {
                continue;
            }
            let expected = official.is_valid(&damaged);
            let ours = check(&damaged);
            assert_eq!(ours.is_empty(), expected, "{file}: {damaged:#}\n{ours:?}");
            *(if expected { &mut good } else { &mut bad }) += 1;
        }
        assert!(good > 200 && bad > 200, "{file}: {good} good, {bad} bad");
    }
}
