//! What the value of a fact means for the one who asks for it.

use landkarte::UNKNOWN;
use serde_json::Value;

/// What a value says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Meaning {
    /// It says what is asked for.
    Good,
    /// It says that there is none, or the opposite.
    Bad,
    /// It says that nobody knows.
    Unknown,
}

/// Words that mean no, in small letters.
const NO: [&str; 12] = [
    "no",
    "none",
    "false",
    "nein",
    "keine",
    "keiner",
    "kein",
    "keines",
    "nicht vorhanden",
    "not available",
    "n/a",
    "-",
];
/// Members of the European Union (ISO 3166-1 alpha-2; Greece also as the Union writes it).
const UNION: &str =
    " AT BE BG CY CZ DE DK EE EL ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK EU ";

/// What the value of a fact says.
pub(super) fn of(key: &str, value: &Value) -> Meaning {
    let words = texts(value);
    if words.is_empty() || words.iter().all(|it| it == UNKNOWN) {
        return Meaning::Unknown;
    }
    let bad = match key {
        // What is asked for is that it is named; that there is none, or much of it, is an answer too.
        "lock_in" | "data_location" => false,
        // A country code outside of the Union is a clear word; a sentence is not. Norway's code is no "no".
        "origin" => words.iter().any(|it| foreign(it) || NO.contains(&it.as_str())),
        _ => words.iter().any(|it| NO.contains(&it.as_str())),
    };
    if bad { Meaning::Bad } else { Meaning::Good }
}

fn foreign(code: &str) -> bool {
    let is_code = code.len() == 2 && code.chars().all(|it| it.is_ascii_alphabetic());
    is_code && !UNION.contains(&format!(" {} ", code.to_uppercase()))
}

/// The texts of a value that decide, in small letters: of a record with a state its state, else everything.
fn texts(value: &Value) -> Vec<String> {
    match value {
        Value::Null => Vec::new(),
        Value::Bool(it) => vec![it.to_string()],
        Value::Number(it) => vec![it.to_string()],
        Value::String(it) => Some(it.trim().to_lowercase()).filter(|it| !it.is_empty()).into_iter().collect(),
        Value::Array(all) => all.iter().flat_map(texts).collect(),
        Value::Object(all) => match all.get("state").or_else(|| all.get("value")) {
            Some(state) => texts(state),
            None => all.iter().flat_map(|(_, it)| texts(it)).collect(),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn what_values_mean() {
        let check = |key: &str, value: Value, meaning: Meaning| {
            assert_eq!(of(key, &value), meaning, "{key}: {value}");
        };
        check("exit_plan", json!({"state": "no", "address": "https://example.org"}), Meaning::Bad);
        check("exit_plan", json!({"state": "yes", "tested": "2026-01-01"}), Meaning::Good);
        check("exit_plan", json!({"state": "unknown"}), Meaning::Unknown);
        check("audit_right", json!("none"), Meaning::Bad);
        check("audit_right", json!({"de": "keine", "en": "none"}), Meaning::Bad);
        check("audit_right", json!({"de": "jährlich", "en": "each year"}), Meaning::Good);
        check("lock_in", json!("no"), Meaning::Good);
        check("lock_in", json!("the database"), Meaning::Good);
        check("origin", json!("US"), Meaning::Bad);
        check("origin", json!("DE"), Meaning::Good);
        check("origin", json!("Deutschland"), Meaning::Good);
        check("origin", json!("NO"), Meaning::Bad);
        check("data_location", json!(["DE", "US"]), Meaning::Good);
        check("open_source", json!(false), Meaning::Bad);
        check("monitoring", json!("unknown"), Meaning::Unknown);
        check("service_level", json!({}), Meaning::Unknown);
    }
}
