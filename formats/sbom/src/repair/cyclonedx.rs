//! `CycloneDX` JSON.

mod component;
mod graph;
mod licence;
mod metadata;

use super::{
    fits,
    given::Given,
    said::{Done, Log},
    set, text,
};
use crate::Standard;
use serde_json::Value;

const WANTED: &str = "1.6";
const WANTED_SCHEMA: &str = "http://cyclonedx.org/schema/bom-1.6.schema.json";

pub(super) fn repair(bom: &mut Value, given: &Given<'_>, log: &mut Log) {
    licence::repair(bom, log);
    metadata::identify(bom, given, log);
    if is_older(bom) && !raise(bom, log) {
        return;
    }
    metadata::complete(bom, given, log);
    component::give_references(bom, log);
    component::complete(bom, given, log);
    graph::complete(bom, given, log);
    if bom.get("vulnerabilities").and_then(Value::as_array).is_some_and(|it| !it.is_empty()) {
        log.open(
            "/vulnerabilities",
            "BSI TR-03183-2 verlangt, dass die Stückliste keine Schwachstellen nennt; sie gehören in eine CSAF- oder VEX-Datei.",
            "BSI TR-03183-2 wants no vulnerabilities in the bill of materials; they belong into a CSAF or VEX file.",
        );
    }
    // Only now is it known whether anything changes.
    if log.has_done() && bom.get("signature").is_some() {
        remove(bom, "signature");
        log.done(Done::SignatureRemoved);
        log.open("", "Das Dokument ist neu zu signieren.", "The document has to be signed again.");
    }
}

fn is_older(bom: &Value) -> bool {
    let minor = text(bom, "specVersion").strip_prefix("1.").and_then(|it| it.parse::<u32>().ok());
    minor.is_some_and(|it| it < 6)
}

/// Raises the document to 1.6, if it fits that schema or did not fit its own either.
fn raise(bom: &mut Value, log: &mut Log) -> bool {
    let fitted = fits(bom, Standard::CycloneDx, text(bom, "specVersion"));
    let before = (bom.get("specVersion").cloned(), bom.get("$schema").cloned());
    set(bom, "specVersion", WANTED.into());
    if bom.get("$schema").is_some() {
        set(bom, "$schema", WANTED_SCHEMA.into());
    }
    if fitted && !fits(bom, Standard::CycloneDx, WANTED) {
        for (key, value) in [("specVersion", before.0), ("$schema", before.1)] {
            if let Some(value) = value {
                set(bom, key, value);
            }
        }
        log.open(
            "/specVersion",
            "BSI TR-03183-2 verlangt mindestens CycloneDX 1.6. Das Dokument enthält Felder, die Version 1.6 nicht erlaubt; es ist mit dem Werkzeug, das es gemacht hat, neu zu erstellen.",
            "BSI TR-03183-2 wants at least CycloneDX 1.6. The document has fields that version 1.6 does not allow; make it anew with the tool it came from.",
        );
        return false;
    }
    log.done(Done::Raised);
    true
}

/// Removes a field and keeps the order of the others.
fn remove(value: &mut Value, key: &str) -> Option<Value> {
    value.as_object_mut()?.shift_remove(key)
}
