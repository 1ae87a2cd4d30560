//! Decisions: what a token's claims mean for an arrival.

use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// The claims that identity understands; everything else a provider tells is not ours to keep.
const UNDERSTOOD: &[&str] =
    &["given_name", "family_name", "name", "birthdate", "email", "phone_number", "gender", "locale"];
const OF_ADDRESS: &[&str] = &["street_address", "postal_code", "locality", "region", "country"];

/// What is known about a person, by claim name; an address is spread out as `address.locality`. An unverified e-mail address
/// is left out: somebody else's could be claimed.
pub fn claims(all: &Map<String, Value>) -> BTreeMap<String, String> {
    let mut known = BTreeMap::new();
    let mut take = |name: String, value: Option<&Value>| {
        if let Some(text) = value.and_then(Value::as_str).filter(|it| !it.is_empty() && it.len() <= 500) {
            known.insert(name, text.to_owned());
        }
    };
    for name in UNDERSTOOD {
        let unverified = *name == "email" && all.get("email_verified") != Some(&Value::Bool(true));
        take((*name).to_owned(), all.get(*name).filter(|_| !unverified));
    }
    let address = all.get("address").and_then(Value::as_object);
    for name in OF_ADDRESS {
        take(format!("address.{name}"), address.and_then(|it| it.get(*name)));
    }
    known
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn only_what_is_understood_is_taken() {
        let all = json!({
            "given_name": "Erika", "birthdate": 19, "groups": ["admin"], "email": "e@example.org",
            "address": { "locality": "Kassel", "formatted": "…" },
        });
        let known = claims(all.as_object().unwrap());
        assert_eq!(known.keys().collect::<Vec<_>>(), ["address.locality", "given_name"]);
        let all = json!({ "email": "e@example.org", "email_verified": true });
        assert_eq!(claims(all.as_object().unwrap()).len(), 1);
    }
}
