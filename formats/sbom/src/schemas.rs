//! The official schemas inside the binary: unpacked, parsed and compiled once, when they are first asked for. Where they
//! are from and what was left out stands in `data/schemas/SOURCE.md`.

use crate::Standard;
use flate2::read::GzDecoder;
use schema::{Schema, Trouble};
use serde_json::Value;
use std::{io::Read, sync::OnceLock};

/// A schema of a document, or one that others refer to.
struct Shipped {
    packed: &'static [u8],
    /// The version of the standard; for a schema that others refer to, how they call it.
    name: &'static str,
    standard: Standard,
    value: OnceLock<Value>,
    compiled: OnceLock<Option<Schema>>,
}

macro_rules! shipped {
    ($standard:ident, $file:literal, $name:literal) => {
        Shipped {
            packed: include_bytes!(concat!(env!("OUT_DIR"), "/", $file, ".json.gz")),
            name: $name,
            standard: Standard::$standard,
            value: OnceLock::new(),
            compiled: OnceLock::new(),
        }
    };
}

static DOCUMENTS: [Shipped; 10] = [
    shipped!(CycloneDx, "cyclonedx-1.2", "1.2"),
    shipped!(CycloneDx, "cyclonedx-1.3", "1.3"),
    shipped!(CycloneDx, "cyclonedx-1.4", "1.4"),
    shipped!(CycloneDx, "cyclonedx-1.5", "1.5"),
    shipped!(CycloneDx, "cyclonedx-1.6", "1.6"),
    shipped!(CycloneDx, "cyclonedx-1.7", "1.7"),
    shipped!(Spdx, "spdx-2.3", "2.2"),
    shipped!(Spdx, "spdx-2.3", "2.3"),
    shipped!(Spdx, "spdx-3.0.1", "3.0.0"),
    shipped!(Spdx, "spdx-3.0.1", "3.0.1"),
];

static REFERRED: [Shipped; 2] = [
    shipped!(CycloneDx, "cyclonedx-licences", "spdx.schema.json"),
    shipped!(CycloneDx, "cyclonedx-cryptography", "cryptography-defs.schema.json"),
];

/// The schema of a version, compiled; nothing where none is shipped.
pub(crate) fn schema(standard: Standard, version: &str) -> Option<&'static Schema> {
    let shipped = find(standard, version)?;
    shipped.compiled.get_or_init(|| compile(shipped).ok()).as_ref()
}

/// The schema of a version as JSON; nothing where none is shipped.
pub(crate) fn value(standard: Standard, version: &str) -> Option<&'static Value> {
    find(standard, version).map(unpacked)
}

/// A schema that others refer to, by file name.
pub(crate) fn referred(name: &str) -> Option<&'static Value> {
    REFERRED.iter().find(|it| it.name == name).map(unpacked)
}

fn find(standard: Standard, version: &str) -> Option<&'static Shipped> {
    // Corrections of SPDX 2.2 (2.2.1, 2.2.2) are 2.2 in the file; 3.0 is 3.0.0.
    let version = if version == "3.0" { "3.0.0" } else { version };
    DOCUMENTS.iter().find(|it| it.standard == standard && it.name == version)
}

fn compile(shipped: &Shipped) -> Result<Schema, Trouble> {
    let others: Vec<(&str, &Value)> = REFERRED.iter().map(|it| (it.name, unpacked(it))).collect();
    Schema::compile(unpacked(shipped), &others)
}

/// The schema; null where what was packed is broken, which a test refuses.
fn unpacked(shipped: &Shipped) -> &Value {
    shipped.value.get_or_init(|| {
        let mut text = Vec::new();
        let parsed = GzDecoder::new(shipped.packed)
            .read_to_end(&mut text)
            .ok()
            .and_then(|_| serde_json::from_slice(&text).ok());
        let mut value = parsed.unwrap_or_default();
        match (shipped.standard, shipped.name) {
            (Standard::Spdx, "2.2") => allow_underscores(&mut value),
            (Standard::Spdx, "3.0.0") => name_context(&mut value),
            _ => {}
        }
        value
    })
}

/// SPDX 2.2 writes `PACKAGE_MANAGER` and `PERSISTENT_ID`, 2.3 writes both with a hyphen.
fn allow_underscores(schema: &mut Value) {
    let words = schema.pointer_mut(
        "/properties/packages/items/properties/externalRefs/items/properties/referenceCategory/enum",
    );
    if let Some(Value::Array(words)) = words {
        words.extend(["PACKAGE_MANAGER", "PERSISTENT_ID"].map(Value::from));
    }
}

/// 3.0.0 has a context of its own.
fn name_context(schema: &mut Value) {
    if let Some(context) = schema.pointer_mut("/properties/@context/const") {
        *context = Value::from("https://spdx.org/rdf/3.0.0/spdx-context.jsonld");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_schemas_compile() {
        for shipped in &DOCUMENTS {
            if let Err(trouble) = compile(shipped) {
                panic!("{} {}: {trouble}", shipped.standard.name(), shipped.name);
            }
            assert!(schema(shipped.standard, shipped.name).is_some());
        }
        assert!(schema(Standard::CycloneDx, "1.1").is_none());
        assert!(schema(Standard::Spdx, "3.0").is_some());
    }

    #[test]
    fn versions_keep_their_words() {
        let words = |version| value(Standard::Spdx, version).unwrap().to_string();
        assert!(words("2.2").contains("PACKAGE_MANAGER"));
        assert!(!words("2.3").contains("PACKAGE_MANAGER"));
        assert!(words("3.0.0").contains("rdf/3.0.0/"));
    }
}
