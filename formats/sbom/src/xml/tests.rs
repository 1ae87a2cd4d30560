use super::*;
use serde_json::{Value, json};

fn json_of(text: &str) -> Value {
    serde_json::from_str(&convert(text.as_bytes(), &Limits::default()).unwrap().text).unwrap()
}

#[test]
fn elements_find_their_form() {
    let value = json_of(include_str!("../../samples/cyclonedx-1.6.xml"));
    assert_eq!(value["specVersion"], "1.6");
    assert_eq!(value["version"], 2);
    let metadata = &value["metadata"];
    assert_eq!(metadata["lifecycles"], json!([{"phase": "build"}]));
    assert_eq!(metadata["tools"]["components"][0]["name"], "maker");
    assert_eq!(metadata["manufacturer"]["url"], json!(["https://example.org"]));
    assert_eq!(
        metadata["manufacturer"]["contact"],
        json!([{"name": "A", "email": "a@example.org"}, {"email": "b@example.org"}])
    );
    let component = &value["components"][0];
    assert_eq!(component["bom-ref"], "one");
    assert_eq!(component["modified"], false);
    assert_eq!(
        component["hashes"],
        json!([{"alg": "SHA-1", "content": "d6a770ba38583ed4bb4525bd96e50461655d2758"}])
    );
    assert_eq!(
        component["licenses"],
        json!([{"license": {"acknowledgement": "concluded", "id": "EUPL-1.2", "text": {"contentType": "text/plain", "content": "Words\n of the licence"}}}])
    );
    assert_eq!(component["externalReferences"][0]["hashes"][0]["alg"], "SHA-512");
    assert_eq!(component["properties"], json!([{"name": "bsi:component:filename", "value": "one.jar"}]));
    assert_eq!(component["evidence"]["copyright"], json!([{"text": "A"}, {"text": "B"}]));
    assert_eq!(component["evidence"]["identity"][0]["confidence"], json!(0.5));
    assert_eq!(component["evidence"]["identity"][0]["tools"], json!(["maker"]));
    assert_eq!(
        component["components"][0]["licenses"],
        json!([{"expression": "MIT OR Apache-2.0", "bom-ref": "l"}])
    );
    assert_eq!(
        value["dependencies"],
        json!([{"ref": "one", "dependsOn": ["two"], "provides": ["three"]}, {"ref": "two"}])
    );
    assert_eq!(value["compositions"], json!([{"aggregate": "complete", "dependencies": ["one"]}]));
    assert_eq!(value["services"][0]["data"], json!([{"flow": "inbound", "classification": "PII"}]));
    let vulnerability = &value["vulnerabilities"][0];
    assert_eq!(vulnerability["source"], json!({"name": "NVD", "url": "https://nvd.nist.gov"}));
    assert_eq!(vulnerability["cwes"], json!([184, 20]));
    assert_eq!(vulnerability["analysis"]["response"], json!(["will_not_fix"]));
    assert_eq!(vulnerability["affects"][0]["versions"], json!([{"version": "1", "status": "affected"}]));
    assert_eq!(vulnerability["ratings"][0]["score"], json!(9.8));
}

#[test]
fn the_sample_fits_its_schema() {
    let converted = convert(include_bytes!("../../samples/cyclonedx-1.6.xml"), &Limits::default()).unwrap();
    let tree = Tree::json(converted.text.as_bytes(), &Limits::default()).unwrap();
    let misfits = crate::Document::of(&tree).unwrap().misfits(9).unwrap();
    let words: Vec<String> =
        misfits.iter().map(|it| format!("{} {}", it.node.pointer(), it.wording(false))).collect();
    assert_eq!(words, Vec::<String>::new());
}

#[test]
fn what_is_wrong_is_refused_at_its_place() {
    let text = "<bom xmlns='http://cyclonedx.org/schema/bom/1.4'>\n<components>\n<component type='librarium'>\n<nome>x</nome></component></components></bom>";
    let source = crate::Source::open(text.as_bytes(), &Limits::default()).unwrap();
    let tree = source.tree(&Limits::default()).unwrap();
    let document = source.document(&tree).unwrap();
    let misfits = document.misfits(9).unwrap();
    let words: Vec<String> =
        misfits.iter().map(|it| format!("{} {}", document.place(it.node), it.wording(false))).collect();
    assert!(words.iter().any(|it| it.contains("\"name\"")), "{words:?}");
    assert!(words.iter().any(|it| it.contains("nome")), "{words:?}");
    assert!(words.iter().any(|it| it.starts_with("3:") && it.contains("library")), "{words:?}");
}

#[test]
fn other_xml_is_no_bill_of_materials() {
    let fault = |text: &str| convert(text.as_bytes(), &Limits::default()).unwrap_err();
    assert!(matches!(fault("<a/>").reason, Reason::NotABom));
    assert!(matches!(fault("<bom xmlns='http://cyclonedx.org/schema/bom/1.4'>").reason, Reason::Broken(_)));
    let entities =
        "<!DOCTYPE a [<!ENTITY b 'c'>]>\n<bom xmlns='http://cyclonedx.org/schema/bom/1.4'>&b;</bom>";
    assert!(matches!(fault(entities).reason, Reason::Broken(_)));
}
