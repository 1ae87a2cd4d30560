//! Licences: wherever a list of them stands.

use crate::repair::said::{Done, Log};
use crate::schemas;
use serde_json::{Map, Value, json};
use std::{collections::HashMap, sync::LazyLock};

/// The identifiers that the schema knows, by their lower-case form.
static KNOWN: LazyLock<HashMap<String, &'static str>> = LazyLock::new(|| {
    let list = schemas::referred("spdx.schema.json").and_then(|it| it.get("enum")).and_then(Value::as_array);
    let identifiers = list.into_iter().flatten().filter_map(Value::as_str);
    identifiers.map(|it| (it.to_lowercase(), it)).collect()
});

/// Repairs every list of licences of the document. What is signed on its own stays.
pub(super) fn repair(bom: &mut Value, log: &mut Log) {
    let newest = super::text(bom, "specVersion") == "1.7";
    if let Some(map) = bom.as_object_mut() {
        for (key, value) in map.iter_mut().filter(|it| it.0 != "signature") {
            walk(value, &format!("/{key}"), newest, log);
        }
    }
}

/// A tree of values is never deeper than the limit it was read with.
fn walk(value: &mut Value, pointer: &str, newest: bool, log: &mut Log) {
    match value {
        Value::Object(map) if !map.contains_key("signature") => {
            for (key, value) in map.iter_mut() {
                match value {
                    Value::Array(list) if key == "licenses" => {
                        repair_list(list, &format!("{pointer}/licenses"), newest, log);
                    }
                    Value::Array(_) | Value::Object(_) => {
                        walk(value, &format!("{pointer}/{key}"), newest, log);
                    }
                    _ => {}
                }
            }
        }
        Value::Array(list) => {
            for (index, value) in list.iter_mut().enumerate() {
                walk(value, &format!("{pointer}/{index}"), newest, log);
            }
        }
        _ => {}
    }
}

fn repair_list(list: &mut [Value], pointer: &str, newest: bool, log: &mut Log) {
    let alone = list.len() == 1;
    for entry in list.iter_mut() {
        repair_identifier(entry, alone, log);
    }
    let expressions = list.iter().filter(|it| it.get("expression").is_some()).count();
    if newest || expressions == 0 || alone {
        return;
    }
    // 1.6 has room for one expression alone; licences side by side have room for as many as there are.
    for entry in list.iter_mut() {
        let Some(expression) = entry.get("expression").and_then(Value::as_str) else { continue };
        let known = KNOWN.get(&expression.trim().to_lowercase()).map(|it| ("id", *it));
        let (key, text) = known.unwrap_or(("name", expression));
        let mut licence = Map::new();
        licence.insert(key.to_owned(), text.into());
        for key in ["acknowledgement", "bom-ref"] {
            if let Some(kept) = entry.get(key) {
                licence.insert(key.to_owned(), kept.clone());
            }
        }
        *entry = json!({"license": licence});
    }
    log.done(Done::LicencesSplit);
    log.open(
        pointer,
        "In Version 1.6 kann neben einem Lizenzausdruck keine weitere Angabe stehen; die Ausdrücke stehen nun als Namen da. Bitte zu einem Ausdruck zusammenfassen.",
        "In version 1.6 nothing can stand beside a licence expression; the expressions now stand as names. Please put them into one expression.",
    );
}

/// An identifier that is none: a difference of case, an expression, or a name.
fn repair_identifier(entry: &mut Value, alone: bool, log: &mut Log) {
    let Some(licence) = entry.get_mut("license").and_then(Value::as_object_mut) else { return };
    let Some(written) = licence.get("id").and_then(Value::as_str) else { return };
    match KNOWN.get(&written.trim().to_lowercase()) {
        Some(known) if *known == written => {}
        Some(known) => {
            licence.insert("id".to_owned(), (*known).into());
            log.done(Done::LicenceSpelt);
        }
        None if licence.contains_key("name") => {}
        None => {
            let plain = licence.keys().all(|it| matches!(it.as_str(), "id" | "acknowledgement" | "bom-ref"));
            if alone && plain && is_compound(written) {
                let licence = std::mem::take(licence);
                let renamed = licence.into_iter().map(|it| rename(it, "expression"));
                *entry = Value::Object(renamed.collect());
            } else {
                let renamed = std::mem::take(licence).into_iter().map(|it| rename(it, "name"));
                *licence = renamed.collect();
            }
            log.done(Done::LicenceNamed);
        }
    }
}

fn rename((key, value): (String, Value), to: &str) -> (String, Value) {
    (if key == "id" { to.to_owned() } else { key }, value)
}

/// Whether it is an SPDX expression of several parts.
fn is_compound(text: &str) -> bool {
    text.trim().contains(' ') && spdx::Expression::parse(text).is_ok()
}
