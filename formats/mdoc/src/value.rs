//! Values of items as JSON.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use ciborium::Value;
use serde_json::Value as Json;

/// A value as JSON: dates (tags 0 and 1004) as their text, byte strings as base64url, other tags as what they hold.
pub fn to_json(value: &Value) -> Json {
    match value {
        Value::Bool(it) => Json::Bool(*it),
        Value::Text(it) => Json::String(it.clone()),
        Value::Bytes(it) => Json::String(URL_SAFE_NO_PAD.encode(it)),
        Value::Integer(it) => {
            let number = i128::from(*it);
            i64::try_from(number)
                .map(Json::from)
                .or_else(|_| u64::try_from(number).map(Json::from))
                .unwrap_or_else(|_| Json::String(number.to_string()))
        }
        Value::Float(it) => Json::from(*it),
        Value::Array(all) => all.iter().map(to_json).collect(),
        Value::Map(all) => Json::Object(all.iter().map(|(key, it)| (name(key), to_json(it))).collect()),
        Value::Tag(_, inner) => to_json(inner),
        _ => Json::Null,
    }
}

fn name(key: &Value) -> String {
    match to_json(key) {
        Json::String(it) => it,
        other => other.to_string(),
    }
}
