//! Writes `data/schemas/` from the official schemas: `import_schemas NPM OFFICIAL OUT`.
//!
//! `NPM` is the folder `res/schema` of the unpacked package `@cyclonedx/cyclonedx-library` (for 1.2 and 1.3), `OFFICIAL`
//! a folder with `bom-1.4.schema.json` and its siblings as published, and `spdx/` with the two of SPDX.

use serde_json::{Map, Value, json};
use std::{env, error::Error, fs, io, path::Path};

const FILES: [(Origin, &str, &str); 10] = [
    (Origin::Npm, "bom-1.2.SNAPSHOT.schema.json", "cyclonedx-1.2.json"),
    (Origin::Npm, "bom-1.3.SNAPSHOT.schema.json", "cyclonedx-1.3.json"),
    (Origin::Official, "bom-1.4.schema.json", "cyclonedx-1.4.json"),
    (Origin::Official, "bom-1.5.schema.json", "cyclonedx-1.5.json"),
    (Origin::Official, "bom-1.6.schema.json", "cyclonedx-1.6.json"),
    (Origin::Official, "bom-1.7.schema.json", "cyclonedx-1.7.json"),
    (Origin::Npm, "spdx.SNAPSHOT.schema.json", "cyclonedx-licences.json"),
    (Origin::Official, "cryptography-defs.schema.json", "cyclonedx-cryptography.json"),
    (Origin::Official, "spdx/spdx-2.3.schema.json", "spdx-2.3.json"),
    (Origin::Official, "spdx/spdx-3.0.1.schema.json", "spdx-3.0.1.json"),
];

#[derive(Clone, Copy)]
enum Origin {
    Npm,
    Official,
}

/// Keywords that do not decide whether a document is valid.
const PROSE: [&str; 9] = [
    "title",
    "description",
    "examples",
    "$comment",
    "meta:enum",
    "deprecated",
    "default",
    "markdownDescription",
    "readOnly",
];
/// Keywords whose value is a map from names to schemas.
const MAPS: [&str; 5] = ["properties", "definitions", "$defs", "patternProperties", "dependentSchemas"];
/// Keywords whose value is written as it stands.
const VALUES: [&str; 4] = ["enum", "const", "required", "dependentRequired"];

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let [npm, official, out] = arguments.as_slice() else {
        return Err(io::Error::other("usage: import_schemas NPM OFFICIAL OUT").into());
    };
    fs::create_dir_all(out)?;
    for (origin, from, to) in FILES {
        let folder = match origin {
            Origin::Npm => npm,
            Origin::Official => official,
        };
        let schema: Value = serde_json::from_slice(&fs::read(Path::new(folder).join(from))?)?;
        fs::write(Path::new(out).join(to), serde_json::to_vec(&pruned(&schema))?)?;
    }
    Ok(())
}

/// The schema without its prose.
fn pruned(schema: &Value) -> Value {
    match schema {
        Value::Object(keywords) => {
            let kept = keywords.iter().filter(|(key, value)| !is_prose(key, value));
            Value::Object(kept.map(|(key, value)| (key.clone(), keyword(key, value))).collect())
        }
        Value::Array(schemas) => schemas.iter().map(pruned).collect(),
        plain => plain.clone(),
    }
}

/// A format that JSON Schema does not know says nothing.
fn is_prose(key: &str, value: &Value) -> bool {
    PROSE.contains(&key) || (key == "format" && value == "string")
}

fn keyword(key: &str, value: &Value) -> Value {
    match value {
        Value::Object(schemas) if MAPS.contains(&key) => {
            let named = schemas.iter().map(|(name, schema)| (name.clone(), definition(key, name, schema)));
            Value::Object(named.collect::<Map<_, _>>())
        }
        value if VALUES.contains(&key) => value.clone(),
        Value::String(address) if key == "$ref" => Value::String(address.replace(".SNAPSHOT.", ".")),
        value => pruned(value),
    }
}

/// Signatures (JSF) are only required to be objects: their schema refuses official samples.
fn definition(key: &str, name: &str, schema: &Value) -> Value {
    let signature = schema.get("$ref").and_then(Value::as_str).is_some_and(|it| it.starts_with("jsf-"));
    if key == "definitions" && name == "signature" && signature {
        json!({"type": "object"})
    } else {
        pruned(schema)
    }
}
