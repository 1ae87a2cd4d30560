//! The published schemas of bills of materials with real files, where these are at hand.

use super::verdict;
use crate::Schema;
use serde_json::Value;
use std::{
    fs,
    path::{Path, PathBuf},
};

fn shared(path: &str) -> Option<PathBuf> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data").join(path);
    if path.exists() {
        return Some(path);
    }
    println!("skipped: {} is not there", path.display());
    None
}

fn value(path: &Path) -> Value {
    serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap()
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut files: Vec<_> = fs::read_dir(folder).unwrap().map(|it| it.unwrap().path()).collect();
    files.retain(|it| it.extension().is_some_and(|it| it == "json"));
    files.sort();
    files
}

const BESIDE: [&str; 3] = ["spdx.schema.json", "jsf-0.82.schema.json", "cryptography-defs.schema.json"];

fn cyclonedx(version: &str) -> Option<(Schema, jsonschema::Validator)> {
    let folder = shared("schemas")?;
    let schema = value(&folder.join(format!("bom-{version}.schema.json")));
    let beside: Vec<(&str, Value)> = BESIDE.iter().map(|it| (*it, value(&folder.join(it)))).collect();
    let others: Vec<(&str, &Value)> = beside.iter().map(|it| (it.0, &it.1)).collect();
    let own = Schema::compile(&schema, &others).unwrap();
    let registry = jsonschema::Registry::new()
        .extend(beside.iter().map(|it| (format!("http://cyclonedx.org/schema/{}", it.0), it.1.clone())))
        .unwrap()
        .prepare()
        .unwrap();
    let theirs = jsonschema::options()
        .with_draft(jsonschema::Draft::Draft7)
        .should_validate_formats(true)
        .with_registry(&registry)
        .build(&schema)
        .unwrap();
    Some((own, theirs))
}

#[test]
fn cyclonedx_files_are_judged_as_by_another_checker() {
    let Some((own, theirs)) = cyclonedx("1.6") else { return };
    let Some(folder) = shared("sbom/cyclonedx-testdata/1.6") else { return };
    for file in files(&folder) {
        let fits = verdict(&own, &theirs, &fs::read_to_string(&file).unwrap());
        let name = file.file_name().unwrap().to_string_lossy();
        assert_eq!(fits, name.starts_with("valid"), "{name}");
    }
    let Some(folder) = shared("sbom/bsi-fixtures/bsi/cdx") else { return };
    for file in files(&folder) {
        verdict(&own, &theirs, &fs::read_to_string(&file).unwrap());
    }
}

#[test]
fn changed_files_are_judged_as_by_another_checker() {
    let Some((own, theirs)) = cyclonedx("1.6") else { return };
    let Some(file) = shared("sbom/cyclonedx-testdata/1.6/valid-bom-1.6.json") else { return };
    let text = fs::read_to_string(file).unwrap();
    let value: Value = serde_json::from_str(&text).unwrap();
    let mut pointers = vec![String::new()];
    let mut at = 0;
    while let Some(pointer) = pointers.get(at).cloned() {
        match value.pointer(&pointer) {
            Some(Value::Object(map)) => pointers.extend(map.keys().map(|it| format!("{pointer}/{it}"))),
            Some(Value::Array(items)) => {
                pointers.extend((0..items.len()).map(|it| format!("{pointer}/{it}")));
            }
            _ => {}
        }
        at += 1;
    }
    let odd = [serde_json::json!(7), serde_json::json!("odd value"), serde_json::json!({"odd": 1})];
    let mut refused = 0;
    for (at, pointer) in pointers.iter().enumerate().step_by(7) {
        let mut changed = value.clone();
        if let Some(place) = changed.pointer_mut(pointer) {
            *place = odd[at % odd.len()].clone();
        }
        refused += usize::from(!verdict(&own, &theirs, &changed.to_string()));
    }
    assert!(refused > 20, "{refused}");
}

#[test]
fn all_schemas_compile() {
    for version in ["1.4", "1.5", "1.6", "1.7"] {
        let Some((own, theirs)) = cyclonedx(version) else { return };
        let least =
            format!("{{\"bomFormat\": \"CycloneDX\", \"specVersion\": \"{version}\", \"version\": 1}}");
        assert!(verdict(&own, &theirs, &least));
        assert!(!verdict(&own, &theirs, "{\"components\": [{\"type\": \"odd\"}]}"));
    }
}

#[test]
fn spdx_files_are_judged_as_by_another_checker() {
    let Some(folder) = shared("schemas/spdx") else { return };
    let schema = value(&folder.join("spdx-3.0.1.schema.json"));
    let own = Schema::compile(&schema, &[]).unwrap();
    let theirs = jsonschema::options().should_validate_formats(true).build(&schema).unwrap();
    let Some(samples) = shared("sbom/bsi-fixtures/bsi/spdx3") else { return };
    let least = serde_json::json!({
        "@context": "https://spdx.org/rdf/3.0.1/spdx-context.jsonld",
        "@graph": [
            {"type": "CreationInfo", "@id": "_:c", "specVersion": "3.0.1", "created": "2024-01-01T00:00:00Z",
             "createdBy": ["urn:x:p"]},
            {"type": "Person", "spdxId": "urn:x:p", "creationInfo": "_:c", "name": "x"},
        ],
    });
    assert!(verdict(&own, &theirs, &least.to_string()));
    for file in files(&samples).into_iter().take(3) {
        let text = fs::read_to_string(&file).unwrap();
        verdict(&own, &theirs, &text);
        // The fixtures have a context and names that the schema does not allow.
        let mut document: Value = serde_json::from_str(&text.replace("SPDXRef-", "urn:x:")).unwrap();
        document["@context"] = "https://spdx.org/rdf/3.0.1/spdx-context.jsonld".into();
        let text = document.to_string();
        assert!(!verdict(&own, &theirs, &text), "{}", file.display());
        verdict(&own, &theirs, &text.replace("\"Sbom\"", "\"odd\""));
        verdict(&own, &theirs, &text.replace("\"spdxId\"", "\"odd\""));
    }
    let schema = value(&folder.join("spdx-2.3.schema.json"));
    let own = Schema::compile(&schema, &[]).unwrap();
    let theirs = jsonschema::options().should_validate_formats(true).build(&schema).unwrap();
    assert!(!verdict(&own, &theirs, "{\"spdxVersion\": \"SPDX-2.3\"}"));
    let least = serde_json::json!({
        "SPDXID": "SPDXRef-DOCUMENT", "spdxVersion": "SPDX-2.3", "name": "x", "dataLicense": "CC0-1.0",
        "creationInfo": {"created": "2024-01-01T00:00:00Z", "creators": ["Tool: x"]},
    });
    assert!(verdict(&own, &theirs, &least.to_string()));
}
