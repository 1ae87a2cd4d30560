use super::*;
use crate::tests::{files, is_json, misfits, name, with};
use crate::{Completeness, Relation};
use std::fs;

const HASH: &str = "cf83e1357eefb8bdf1542850d66d8007d620e4050b5715dc83f4a921d36ce9ce47d0d13c5d85f2b0ff8318d2877eec2f63b931bd47417a81a538327af927da3e";

fn given() -> Given<'static> {
    Given {
        creator: Some(Creator { name: Some("Amt"), email: Some("amt@example.org"), url: None }),
        name: Some("product"),
        version: Some("2.0"),
        now: "2026-11-28T09:00:00Z",
        serial: "3e671687-395b-41f5-a30f-a58921a69b79",
        completeness: None,
        files: vec![GivenFile {
            component: Some("one"),
            name: "one-1.10.jar",
            url: Some("https://example.org/one-1.10.jar"),
            sha512: HASH,
            executable: true,
            archive: true,
            structured: true,
        }],
    }
}

fn repaired(content: &[u8]) -> Repaired {
    repair(content, &given(), &Limits::default()).unwrap()
}

fn json_of(repaired: &Repaired) -> Value {
    serde_json::from_slice(&repaired.content).unwrap()
}

const SIMPLE: &str = r#"{"bomFormat": "CycloneDX", "specVersion": "1.4", "version": 1, "x": 0,
 "components": [
  {"type": "library", "name": "one", "version": "1.10", "licenses": [{"license": {"id": "mit"}}, {"license": {"id": "Own-1"}}]},
  {"type": "library", "bom-ref": "b", "name": "two", "version": "3", "purl": "pkg:npm/two@3",
   "licenses": [{"expression": "MIT"}, {"expression": "MIT OR ISC"}]}],
 "dependencies": [{"ref": "b"}]}"#;

fn simple() -> String {
    SIMPLE.replace(" \"x\": 0,", "")
}

#[test]
fn a_simple_file_is_completed_and_fits() {
    let repaired = repaired(simple().as_bytes());
    assert_eq!(misfits(&repaired.content), Vec::<String>::new());
    let value = json_of(&repaired);
    assert_eq!(value["specVersion"], "1.6");
    assert_eq!(value["serialNumber"], "urn:uuid:3e671687-395b-41f5-a30f-a58921a69b79");
    assert_eq!(value["metadata"]["timestamp"], "2026-11-28T09:00:00Z");
    assert_eq!(value["metadata"]["manufacturer"]["contact"][0]["email"], "amt@example.org");
    assert_eq!(value["metadata"]["component"]["version"], "2.0");
    let one = &value["components"][0];
    assert_eq!(one["licenses"][0]["license"]["id"], "MIT");
    assert_eq!(one["licenses"][1]["license"]["name"], "Own-1");
    assert_eq!(one["externalReferences"][0]["hashes"][0]["content"], HASH);
    let two = &value["components"][1];
    assert_eq!(two["licenses"][1]["license"]["name"], "MIT OR ISC");
    assert_eq!(two["properties"][0]["value"], "two-3.tgz");
    with(&repaired.content, |document| {
        let bom = document.bom();
        assert!(bom.components.iter().all(|it| !it.reference.is_empty()));
        let stated = (0..3).all(|it| bom.statement_of(it, Relation::DependsOn).is_some());
        assert!(stated);
        assert_eq!(bom.completeness(), vec![Some(Completeness::Unknown); 3]);
        assert_eq!(bom.components[1].executable.unwrap().value, Some(true));
        assert_eq!(bom.components[2].archive.unwrap().text, "archive");
        assert!(bom.components[2].executable.is_none(), "nobody looked at that file");
        assert!(bom.components[1].deployable_hash().is_some());
        assert!(bom.components[2].manufacturer.is_none(), "makers are never invented");
    });
    let words: Vec<&str> = repaired.open.iter().map(|it| it.said.get(false)).collect();
    assert!(words.iter().any(|it| it.starts_with("\"two\": missing: maker")), "{words:?}");
    assert!(
        repaired.done.iter().any(|it| it.get(true) == "Auf CycloneDX 1.6 gehoben."),
        "{:?}",
        repaired.done
    );
}

#[test]
fn repairing_twice_changes_nothing_more() {
    let once = repaired(simple().as_bytes());
    let twice = repaired(&once.content);
    assert_eq!(twice.done, Vec::new());
    assert_eq!(once.content, twice.content);
}

#[test]
fn order_and_values_of_the_rest_stay() {
    let text =
        simple().replace("\"name\": \"one\"", "\"author\": \"Ä\", \"name\": \"one\", \"group\": \"g\"");
    let value = json_of(&repaired(text.as_bytes()));
    let keys: Vec<&String> = value["components"][0].as_object().unwrap().keys().collect();
    let head = ["type", "author", "name", "group", "version", "licenses"];
    assert_eq!(keys[..6], head);
    assert_eq!(value["components"][0]["author"], "Ä");
}

#[test]
fn a_file_that_does_not_fit_the_newer_schema_stays() {
    // The schema of 1.2 allows fields of one's own, that of 1.6 does not.
    let text = SIMPLE.replace("\"1.4\"", "\"1.2\"");
    let repaired = repaired(text.as_bytes());
    let value = json_of(&repaired);
    assert_eq!((&value["specVersion"], &value["x"]), (&"1.2".into(), &0.into()));
    assert!(repaired.open.iter().any(|it| it.pointer == "/specVersion"));
    assert_eq!(misfits(&repaired.content), Vec::<String>::new());
}

#[test]
fn xml_comes_out_as_json() {
    let repaired = repaired(include_bytes!("../../samples/cyclonedx-1.6.xml"));
    assert_eq!(misfits(&repaired.content), Vec::<String>::new());
    let value = json_of(&repaired);
    assert_eq!(value["components"][0]["hashes"][0]["alg"], "SHA-1");
    assert_eq!(value["vulnerabilities"][0]["id"], "CVE-2020-1");
    assert!(repaired.open.iter().any(|it| it.pointer == "/vulnerabilities"));
    assert!(repaired.done[0].get(false).contains("XML"));
}

#[test]
fn the_positive_sample_stays_as_it_is() {
    for path in files("sbom/bsi-fixtures/bsi/cdx").iter().filter(|it| name(it).starts_with("validFully")) {
        let content = fs::read(path).unwrap();
        let repaired = repaired(&content);
        assert_eq!(repaired.done, Vec::new());
        assert_eq!(repaired.content, content);
    }
}

#[test]
fn whatever_fits_before_fits_afterwards() {
    let folders = ["sbom/bsi-fixtures/bsi/cdx", "sbom/cyclonedx-testdata/1.6", "cbom", "modelcards"];
    for path in folders.into_iter().flat_map(files).filter(|it| is_json(it)) {
        let content = fs::read(&path).unwrap();
        if crate::recognise(&content).is_none() {
            continue;
        }
        let before = misfits(&content);
        let repaired = repaired(&content);
        let after = misfits(&repaired.content);
        if before.is_empty() {
            assert_eq!(after, Vec::<String>::new(), "{}", name(&path));
        }
        let twice = repair(&repaired.content, &given(), &Limits::default()).unwrap();
        assert_eq!(twice.done, Vec::new(), "{}", name(&path));
    }
}

#[test]
fn spdx_2_gets_what_it_has_room_for() {
    let text = r#"{"spdxVersion": "SPDX-2.3", "SPDXID": "SPDXRef-DOCUMENT", "dataLicense": "CC0-1.0", "name": "d",
      "packages": [{"SPDXID": "SPDXRef-one", "name": "one", "downloadLocation": "NOASSERTION"}]}"#;
    let repaired = repaired(text.as_bytes());
    assert_eq!(misfits(&repaired.content), Vec::<String>::new());
    let value = json_of(&repaired);
    assert_eq!(value["creationInfo"]["creators"][0], "Organization: Amt (amt@example.org)");
    assert_eq!(value["packages"][0]["packageFileName"], "one-1.10.jar");
    assert_eq!(value["packages"][0]["checksums"][0]["checksumValue"], HASH);
    assert_eq!(value["relationships"][0]["relatedSpdxElement"], "NOASSERTION");
    assert!(repaired.open[0].said.get(true).contains("3.0.1"));
}

#[test]
fn spdx_3_gets_creator_file_and_completeness() {
    let text = include_bytes!("../../samples/spdx-3.0.1.json");
    let repaired = repaired(text);
    assert_eq!(misfits(&repaired.content), Vec::<String>::new());
    with(&repaired.content, |document| {
        let bom = document.bom();
        assert_eq!(bom.manufacturer.as_ref().unwrap().emails, ["amt@example.org"]);
        let one = &bom.components[bom.find("https://example.org/s/one").unwrap()];
        assert_eq!(one.filename.unwrap().text, "one-1.10.jar");
        assert_eq!(one.deployable_hash().unwrap().value, HASH);
        assert_eq!(one.structured.unwrap().value, Some(true));
        assert!(bom.completeness().iter().all(|it| *it == Some(Completeness::Unknown)));
    });
    assert_eq!(repair(&repaired.content, &given(), &Limits::default()).unwrap().content, repaired.content);
}
