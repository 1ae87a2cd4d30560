//! Who showed the identity data: the rule by which somebody is known again.

use super::{hash, presented::Presented};
use crate::{
    model::{Refused, ShownPerson},
    names::fault,
};
use openid4vp::dcql::{CredentialQuery, MDOC, PathPart};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

/// Names of elements in an mdoc that are called otherwise in SD-JWT and `OpenID` Connect.
const MDOC_NAMES: [(&str, &str); 8] = [
    ("birth_date", "birthdate"),
    ("family_name_birth", "birth_family_name"),
    ("given_name_birth", "birth_given_name"),
    ("email_address", "email"),
    ("mobile_phone_number", "phone_number"),
    ("resident_city", "address.locality"),
    ("resident_postal_code", "address.postal_code"),
    ("resident_country", "address.country"),
];
const NUMBER: &str = "personal_administrative_number";

/// The person behind a presentation; only what was asked for is looked at.
pub(crate) fn person(shown: &Presented, asked: &CredentialQuery) -> Result<ShownPerson, Refused> {
    let claims = flat(shown, asked);
    let country = shown.country.as_deref().unwrap_or_default().to_uppercase();
    if country.is_empty() {
        return Err(Refused::new(fault::ISSUER_NOT_TRUSTED, "country"));
    }
    if claims.get("issuing_country").is_some_and(|it| it.to_uppercase() != country) {
        return Err(Refused::new(fault::ISSUER_NOT_TRUSTED, "issuing_country"));
    }
    Ok(ShownPerson { issuer: format!("eudi-pid:{country}"), subject: subject(&country, &claims)?, claims })
}

/// A hash of what somebody is known by.
fn subject(country: &str, claims: &BTreeMap<String, String>) -> Result<String, Refused> {
    let known_by = if let Some(number) = claims.get(NUMBER).map(|it| folded(it)).filter(|it| !it.is_empty()) {
        json!(["number", country, number])
    } else {
        let part = |name: &str| {
            let value = claims.get(name).map(|it| folded(it)).filter(|it| !it.is_empty());
            value.ok_or_else(|| Refused::new(fault::NOT_VALID, name))
        };
        let place =
            ["place_of_birth.country", "place_of_birth.region", "place_of_birth.locality", "place_of_birth"];
        let place: Vec<String> =
            place.iter().map(|it| claims.get(*it).map(|it| folded(it)).unwrap_or_default()).collect();
        json!(["name", country, part("family_name")?, part("given_name")?, part("birthdate")?, place])
    };
    Ok(hash(&format!("fachwerk wallet subject v1 {known_by}")))
}

/// Without regard to case and to how many spaces there are.
fn folded(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

/// Claims that were asked for, by the names of `OpenID` Connect; members of objects behind a dot.
fn flat(shown: &Presented, asked: &CredentialQuery) -> BTreeMap<String, String> {
    let mdoc = shown.format == MDOC;
    let mut found = BTreeMap::new();
    for claim in asked.claims.iter().flatten() {
        let mut names = claim.path.parts().iter().filter_map(|it| match it {
            PathPart::Name(name) => Some(name.as_str()),
            PathPart::Index(_) | PathPart::All => None,
        });
        let (first, second) = (names.next().unwrap_or_default(), names.next());
        let (inside, name) = match second {
            Some(element) if mdoc => (shown.claims.get(first).and_then(Value::as_object), element),
            _ => (shown.claims.as_object(), first),
        };
        let Some(value) = inside.and_then(|it: &Map<String, Value>| it.get(name)) else { continue };
        let name = MDOC_NAMES.iter().find(|(it, _)| mdoc && *it == name).map_or(name, |(_, it)| *it);
        add(name, value, &mut found);
    }
    found
}

fn add(name: &str, value: &Value, found: &mut BTreeMap<String, String>) {
    match value {
        Value::String(text) => {
            found.insert(name.to_owned(), text.clone());
        }
        Value::Number(_) | Value::Bool(_) => {
            found.insert(name.to_owned(), value.to_string());
        }
        Value::Object(members) => {
            for (member, value) in members {
                if !name.contains('.') {
                    add(&format!("{name}.{member}"), value, found);
                }
            }
        }
        Value::Array(_) | Value::Null => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::identity_data;

    fn shown(format: &str, claims: Value, country: Option<&str>) -> Result<ShownPerson, &'static str> {
        let query = identity_data().query(&[NUMBER]).unwrap();
        let asked = query.credentials.iter().find(|it| it.format == format).unwrap();
        let presented = Presented {
            id: asked.id.clone(),
            format: format.to_owned(),
            kind: String::new(),
            claims,
            status: None,
            status_elsewhere: false,
            country: country.map(str::to_owned),
        };
        person(&presented, asked).map_err(|it| it.code.code)
    }

    fn erika() -> Value {
        json!({
            "family_name": "Mustermann", "given_name": "Erika", "birthdate": "1964-08-12", "issuing_country": "DE",
            "place_of_birth": {"locality": "Berlin", "country": "DE"}, "vct": "x", "cnf": {}, "portrait": "data:",
        })
    }

    #[test]
    fn the_same_person_in_both_formats_is_one() {
        let one = shown("dc+sd-jwt", erika(), Some("DE")).unwrap();
        let mdoc = json!({"eu.europa.ec.eudi.pid.1": {
            "family_name": "MUSTERMANN", "given_name": " Erika ", "birth_date": "1964-08-12", "issuing_country": "DE",
            "place_of_birth": {"locality": "Berlin", "country": "DE"},
        }});
        let other = shown("mso_mdoc", mdoc, Some("de")).unwrap();
        assert_eq!((&one.subject, &one.issuer), (&other.subject, &other.issuer));
        assert_eq!(one.issuer, "eudi-pid:DE");
        assert_eq!(other.claims.get("birthdate").unwrap(), "1964-08-12");
        assert_eq!(other.claims.get("place_of_birth.locality").unwrap(), "Berlin");
    }

    #[test]
    fn each_part_matters_and_the_number_most() {
        let first = shown("dc+sd-jwt", erika(), Some("DE")).unwrap().subject;
        for (name, value) in [
            ("family_name", json!("Musterfrau")),
            ("given_name", json!("Erik")),
            ("birthdate", json!("1964-08-13")),
            ("place_of_birth", json!({"locality": "Köln", "country": "DE"})),
            (NUMBER, json!("7")),
        ] {
            let mut changed = erika();
            changed[name] = value;
            assert_ne!(shown("dc+sd-jwt", changed, Some("DE")).unwrap().subject, first, "{name}");
        }
        let mut married = erika();
        married[NUMBER] = "7".into();
        let before = shown("dc+sd-jwt", married.clone(), Some("DE")).unwrap().subject;
        married["family_name"] = "Beispiel".into();
        assert_eq!(shown("dc+sd-jwt", married, Some("DE")).unwrap().subject, before);
    }

    #[test]
    fn an_issuer_speaks_for_its_own_country_only() {
        assert_eq!(shown("dc+sd-jwt", erika(), Some("FR")), Err("wallet.issuer_not_trusted"));
        assert_eq!(shown("dc+sd-jwt", erika(), None), Err("wallet.issuer_not_trusted"));
        let mut silent = erika();
        silent.as_object_mut().unwrap().remove("issuing_country");
        assert_eq!(shown("dc+sd-jwt", silent, Some("FR")).unwrap().issuer, "eudi-pid:FR");
    }

    #[test]
    fn what_nobody_asked_for_is_thrown_away() {
        let person = shown("dc+sd-jwt", erika(), Some("DE")).unwrap();
        assert!(!person.claims.contains_key("portrait") && !person.claims.contains_key("vct"));
        let mut empty = erika();
        empty["birthdate"] = " ".into();
        assert_eq!(shown("dc+sd-jwt", empty, Some("DE")), Err("wallet.not_valid"));
    }
}
