//! Lists in parameters (`scope`, `acr_values`, `prompt`) and the `claims` parameter (OpenID Connect Core, section 5.5).

use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// The words of a space-separated list, each once, in order; nothing if one has characters that do not belong there
/// (RFC 6749, section 3.3).
pub fn words(list: &str) -> Option<Vec<&str>> {
    let mut words = Vec::new();
    for word in list.split(' ').filter(|it| !it.is_empty()) {
        if word.bytes().any(|it| !(0x21..0x7f).contains(&it) || it == b'"' || it == b'\\') {
            return None;
        }
        if !words.contains(&word) {
            words.push(word);
        }
    }
    Some(words)
}

/// Whether every word of the smaller list is in the larger one.
pub fn within(smaller: &str, larger: &str) -> bool {
    match (words(smaller), words(larger)) {
        (Some(smaller), Some(larger)) => smaller.iter().all(|it| larger.contains(it)),
        _ => false,
    }
}

/// How a claim was asked for.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Wish {
    /// Whether the client cannot do without.
    pub essential: bool,
    /// Values it would accept; any if empty.
    pub values: Vec<Value>,
}

/// The `claims` parameter.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ClaimsRequest {
    /// Wanted in the ID token.
    pub id_token: BTreeMap<String, Wish>,
    /// Wanted from the userinfo endpoint.
    pub userinfo: BTreeMap<String, Wish>,
}

impl ClaimsRequest {
    /// Reads it; nothing if it is not an object of objects, or lists more than 64 claims.
    pub fn read(value: &Value) -> Option<Self> {
        let part = |name: &str| match value.get(name) {
            None | Some(Value::Null) => Some(BTreeMap::new()),
            Some(it) => it.as_object().and_then(wishes),
        };
        value.as_object()?;
        Some(Self { id_token: part("id_token")?, userinfo: part("userinfo")? })
    }

    /// The levels that the ID token must show, if the client cannot do without.
    pub fn essential_acr(&self) -> Option<Vec<&str>> {
        let wish = self.id_token.get("acr").filter(|it| it.essential)?;
        Some(wish.values.iter().filter_map(Value::as_str).collect())
    }
}

fn wishes(map: &Map<String, Value>) -> Option<BTreeMap<String, Wish>> {
    if map.len() > 64 {
        return None;
    }
    map.iter().map(|(name, it)| Some((name.clone(), wish(it)?))).collect()
}

fn wish(value: &Value) -> Option<Wish> {
    if value.is_null() {
        return Some(Wish::default());
    }
    let map = value.as_object()?;
    let essential = match map.get("essential") {
        None => false,
        Some(it) => it.as_bool()?,
    };
    let mut values: Vec<Value> = map.get("value").cloned().into_iter().collect();
    if let Some(listed) = map.get("values") {
        values.extend(listed.as_array()?.iter().cloned());
    }
    Some(Wish { essential, values })
}
