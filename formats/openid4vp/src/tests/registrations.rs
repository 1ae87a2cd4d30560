//! Asking for what was registered, and for no more.

use serde_json::{Value, json};

use crate::dcql::{Candidate, MDOC, Query, SD_JWT, choose};
use crate::intended_use::{IntendedUse, OverAsking};

fn registered() -> IntendedUse {
    let json = json!({
        "intendedUseIdentifier": "sign-in", "createdAt": "2026-01-01",
        "purpose": [{"lang": "de", "content": "Anmeldung"}, {"lang": "en", "content": "Sign-in"}],
        "privacyPolicy": [{"type": "uri", "policyURI": "https://city.example/privacy"}],
        "credentials": [
            {"format": SD_JWT, "meta": {"vct_values": ["urn:eudi:pid:1", "urn:eudi:pid:de:1"]},
             "claims": [{"path": ["family_name"]}, {"path": ["address"]}, {"path": ["number"]}]},
            {"format": MDOC, "meta": {"doctype_value": "eu.europa.ec.eudi.pid.1"},
             "claims": [{"path": ["eu.europa.ec.eudi.pid.1", "family_name"]}]},
        ],
    });
    serde_json::from_value(json).unwrap()
}

fn asking(format: &str, meta: &Value, paths: &[Value]) -> Query {
    let claims: Vec<Value> = paths.iter().map(|it| json!({"path": it})).collect();
    let mut credential = json!({"id": "a", "format": format, "meta": meta});
    if !claims.is_empty() {
        credential["claims"] = claims.into();
    }
    Query::read(&json!({"credentials": [credential]})).unwrap()
}

#[test]
fn the_query_follows_from_the_registration() {
    let registered = registered();
    assert_eq!(registered.purpose("en"), Some("Sign-in"));
    assert_eq!(registered.purpose("fr"), Some("Anmeldung"));
    let query = registered.query(&["number"]).unwrap();
    assert_eq!(registered.allows(&query), Ok(()));
    assert_eq!(Query::read(&serde_json::to_value(&query).unwrap()).unwrap(), query);
    let with = json!({"family_name": "a", "address": {}, "number": "1"});
    let without = json!({"family_name": "a", "address": {}});
    let shown = |claims: &Value| {
        let candidate = Candidate { format: SD_JWT, kind: "urn:eudi:pid:de:1", claims };
        choose(&query, &[candidate]).unwrap()[0].disclose.len()
    };
    assert_eq!((shown(&with), shown(&without)), (3, 2));
    let claims = json!({"eu.europa.ec.eudi.pid.1": {"family_name": "a"}});
    let mdoc = Candidate { format: MDOC, kind: "eu.europa.ec.eudi.pid.1", claims: &claims };
    assert_eq!(choose(&query, &[mdoc]).unwrap()[0].id, "c1");
    let mdoc = query.credential("c1").unwrap().claims.as_ref().unwrap();
    assert_eq!(mdoc[0].intent_to_retain, Some(false));
}

#[test]
fn asking_for_more_is_refused() {
    let registered = registered();
    let pid = json!({"vct_values": ["urn:eudi:pid:1"]});
    let refused = |query: Query| registered.allows(&query).unwrap_err();
    assert_eq!(registered.allows(&asking(SD_JWT, &pid, &[json!(["family_name"])])), Ok(()));
    assert_eq!(registered.allows(&asking(SD_JWT, &pid, &[json!(["address", "locality"])])), Ok(()));
    let more = OverAsking::Claim { credential: "a".into(), path: r#"["portrait"]"#.into() };
    assert_eq!(refused(asking(SD_JWT, &pid, &[json!(["family_name"]), json!(["portrait"])])), more);
    let other = json!({"vct_values": ["urn:eudi:pid:1", "urn:other:1"]});
    assert_eq!(refused(asking(SD_JWT, &other, &[])), OverAsking::Credential("a".into()));
    let licence = json!({"doctype_value": "org.iso.18013.5.1.mDL"});
    assert_eq!(refused(asking(MDOC, &licence, &[])), OverAsking::Credential("a".into()));
    // The right of one format is none in the other.
    let doctype = json!({"doctype_value": "eu.europa.ec.eudi.pid.1"});
    let elsewhere = asking(MDOC, &doctype, &[json!(["eu.europa.ec.eudi.pid.1", "address"])]);
    assert!(matches!(refused(elsewhere), OverAsking::Claim { .. }));
    assert_eq!(refused(asking("jwt_vc_json", &json!({}), &[])), OverAsking::Credential("a".into()));
}

#[test]
fn one_element_may_be_asked_of_a_registered_list_but_not_the_list_of_an_element() {
    let mut registered = registered();
    registered.credentials[0].claims =
        serde_json::from_value(json!([{"path": ["n", null]}, {"path": ["m", 0]}])).unwrap();
    let pid = json!({"vct_values": ["urn:eudi:pid:1"]});
    let fine = |it: Value| registered.allows(&asking(SD_JWT, &pid, &[it])).is_ok();
    assert!(fine(json!(["n", 1])) && fine(json!(["n", null])) && fine(json!(["m", 0])));
    assert!(!fine(json!(["n"])) && !fine(json!(["m", null])) && !fine(json!(["m", 1])));
}

#[test]
fn a_registration_without_credentials_asks_for_nothing() {
    let mut registered = registered();
    registered.credentials.clear();
    assert!(matches!(registered.query(&[]), Err(OverAsking::Query(_))));
}
