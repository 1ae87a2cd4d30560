//! DCQL: published examples, rules, matching.

use std::path::PathBuf;

use serde_json::{Value, json};

use crate::dcql::{
    Candidate, ClaimPath, MDOC, PathFault, PathPart, Query, QueryFault, SD_JWT, Unsatisfied, choose,
    satisfied,
};

fn example(name: &str) -> Option<Query> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("../../../shared/data/identity/openid4vp/1.0/examples/query_lang");
    if !folder.is_dir() {
        println!("skipped: {} is not here", folder.display());
        return None;
    }
    let json: Value = serde_json::from_str(&std::fs::read_to_string(folder.join(name)).unwrap()).unwrap();
    let query = Query::read(&json).unwrap();
    assert_eq!(serde_json::to_value(&query).unwrap(), json, "{name} is written as it was read");
    Some(query)
}

fn path(json: Value) -> ClaimPath {
    serde_json::from_value(json).unwrap()
}

#[test]
fn all_published_queries_are_read() {
    for name in [
        "claims_alternatives.json",
        "complex_mdoc.json",
        "credentials_alternatives.json",
        "multi_credentials.json",
        "simple.json",
        "simple_mdoc.json",
        "value_matching_simple.json",
    ] {
        example(name);
    }
}

#[test]
fn alternatives_among_claims_are_tried_in_order() {
    let Some(query) = example("claims_alternatives.json") else { return };
    let kind = "https://credentials.example.com/identity_credential";
    let disclosed = |claims: Value| {
        let candidate = Candidate { format: SD_JWT, kind, claims: &claims };
        choose(&query, &[candidate]).map(|it| it[0].disclose.len())
    };
    let all =
        json!({"family_name": "a", "postal_code": "b", "locality": "c", "region": "d", "date_of_birth": "e"});
    assert_eq!(disclosed(all), Some(4));
    assert_eq!(disclosed(json!({"family_name": "a", "postal_code": "b", "date_of_birth": "e"})), Some(3));
    assert_eq!(disclosed(json!({"family_name": "a"})), None);
}

#[test]
fn alternatives_among_credentials_are_tried_in_order() {
    let Some(query) = example("credentials_alternatives.json") else { return };
    let name = json!({"given_name": "a", "family_name": "b", "address": {"street_address": "c"}});
    let place = json!({"postal_code": "1", "locality": "2", "region": "3"});
    let of = |kind, claims| Candidate { format: SD_JWT, kind, claims };
    let reduced = of("https://credentials.example.com/reduced_identity_credential", &name);
    let residence = of("https://cred.example/residence_credential", &place);
    let other = of("https://othercredentials.example/pid", &name);
    let chosen = |candidates: &[Candidate<'_>]| {
        choose(&query, candidates).map(|it| it.into_iter().map(|it| it.id).collect::<Vec<_>>())
    };
    assert_eq!(chosen(&[reduced, residence, other]), Some(vec!["other_pid".to_owned()]));
    assert_eq!(chosen(&[reduced, residence]).map(|it| it.len()), Some(2));
    assert_eq!(chosen(&[reduced]), None);
    assert_eq!(satisfied(&query, &[("other_pid", other)]), Ok(()));
    assert_eq!(satisfied(&query, &[("pid_reduced_cred_1", reduced)]), Err(Unsatisfied::Missing));
    assert_eq!(satisfied(&query, &[("pid", other)]), Err(Unsatisfied::DoesNotFit("pid".to_owned())));
    assert_eq!(satisfied(&query, &[("x", other)]), Err(Unsatisfied::NotAsked("x".to_owned())));
    let twice = [("other_pid", other), ("other_pid", other)];
    assert_eq!(satisfied(&query, &twice), Err(Unsatisfied::TooMany("other_pid".to_owned())));
}

#[test]
fn values_and_namespaces_count() {
    if let Some(query) = example("value_matching_simple.json") {
        let kind = "https://credentials.example.com/identity_credential";
        let fits = |code: &str, family: &str| {
            let claims = json!({"family_name": family, "given_name": "J", "address": {"street_address": "s"}, "postal_code": code});
            satisfied(&query, &[("my_credential", Candidate { format: SD_JWT, kind, claims: &claims })])
                .is_ok()
        };
        assert!(fits("90210", "Doe") && fits("90211", "Doe"));
        assert!(!fits("90212", "Doe") && !fits("90210", "Roe"));
    }
    if let Some(query) = example("simple_mdoc.json") {
        let claims =
            json!({"org.iso.7367.1": {"vehicle_holder": "x"}, "org.iso.18013.5.1": {"given_name": "y"}});
        let good = Candidate { format: MDOC, kind: "org.iso.7367.1.mVRC", claims: &claims };
        assert_eq!(satisfied(&query, &[("my_credential", good)]), Ok(()));
        let other_kind = Candidate { kind: "org.iso.18013.5.1.mDL", ..good };
        let other_format = Candidate { format: SD_JWT, ..good };
        assert!(satisfied(&query, &[("my_credential", other_kind)]).is_err());
        assert!(satisfied(&query, &[("my_credential", other_format)]).is_err());
        assert_eq!(satisfied(&query, &[]), Err(Unsatisfied::Missing));
    }
}

#[test]
fn paths_are_followed_as_the_standard_says() {
    let claims = json!({
        "name": "Arthur", "address": {"locality": "M"}, "nationalities": ["DE", "FR"],
        "degrees": [{"type": "B", "university": "X"}, {"type": "M"}],
    });
    let found = |it: Value| path(it).select(&claims).map(|it| it.into_iter().cloned().collect::<Vec<_>>());
    assert_eq!(found(json!(["name"])), Ok(vec![json!("Arthur")]));
    assert_eq!(found(json!(["address", "locality"])), Ok(vec![json!("M")]));
    assert_eq!(found(json!(["degrees", null, "type"])), Ok(vec![json!("B"), json!("M")]));
    assert_eq!(found(json!(["degrees", null, "university"])), Ok(vec![json!("X")]));
    assert_eq!(found(json!(["nationalities", 1])), Ok(vec![json!("FR")]));
    assert_eq!(found(json!(["nationalities", 2])), Err(PathFault::Nothing));
    assert_eq!(found(json!(["name", "first"])), Err(PathFault::NoObject));
    assert_eq!(found(json!(["address", null])), Err(PathFault::NoArray));
    assert_eq!(found(json!(["address", 0])), Err(PathFault::NoArray));
    assert_eq!(found(json!(["portrait"])), Err(PathFault::Nothing));
    let places = path(json!(["degrees", null, "type"])).places(&claims).unwrap();
    assert_eq!(places[1][1], PathPart::Index(1));
    assert!(serde_json::from_value::<ClaimPath>(json!([])).is_err());
    assert!(serde_json::from_value::<ClaimPath>(json!([-1])).is_err());
    assert_eq!(serde_json::to_value(path(json!(["a", null, 3]))).unwrap(), json!(["a", null, 3]));
}

#[test]
fn broken_queries_are_named() {
    let pid = |more: Value| {
        let mut credential = json!({"id": "a", "format": SD_JWT, "meta": {"vct_values": ["v"]}});
        credential.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        json!({"credentials": [credential]})
    };
    let fault = |query: Value| Query::read(&query).unwrap_err();
    assert!(Query::read(&pid(json!({}))).is_ok());
    assert!(matches!(fault(json!({})), QueryFault::Shape(_)));
    assert!(matches!(fault(json!([])), QueryFault::Shape(_)));
    assert_eq!(fault(json!({"credentials": []})), QueryFault::Empty("credentials"));
    assert_eq!(fault(pid(json!({"id": "a b"}))), QueryFault::Id("a b".into()));
    assert_eq!(fault(pid(json!({"id": ""}))), QueryFault::Id(String::new()));
    assert!(matches!(fault(pid(json!({"meta": {}}))), QueryFault::Meta { expected: "vct_values", .. }));
    assert!(matches!(
        fault(pid(json!({"format": MDOC}))),
        QueryFault::Meta { expected: "doctype_value", .. }
    ));
    assert_eq!(fault(pid(json!({"claims": []}))), QueryFault::Empty("claims"));
    assert!(matches!(fault(pid(json!({"claims": [{"path": []}]}))), QueryFault::Shape(_)));
    assert_eq!(fault(pid(json!({"claims": [{"path": ["a"], "values": []}]}))), QueryFault::Empty("values"));
    let twice = json!({"claims": [{"path": ["a"]}, {"path": ["a"]}]});
    assert_eq!(fault(pid(twice)), QueryFault::RepeatedPath("a".into()));
    let same = json!({"claims": [{"id": "x", "path": ["a"]}, {"id": "x", "path": ["b"]}]});
    assert_eq!(fault(pid(same)), QueryFault::RepeatedId("x".into()));
    assert_eq!(fault(pid(json!({"claim_sets": [["x"]]}))), QueryFault::ClaimSets("a".into()));
    let unknown = json!({"claims": [{"id": "x", "path": ["a"]}], "claim_sets": [["y"]]});
    assert_eq!(fault(pid(unknown)), QueryFault::UnknownId("y".into()));
    let mut sets = pid(json!({}));
    sets["credential_sets"] = json!([{"options": [["b"]]}]);
    assert_eq!(fault(sets.clone()), QueryFault::UnknownId("b".into()));
    sets["credential_sets"] = json!([]);
    assert!(matches!(fault(sets), QueryFault::Empty(_)));
    let mut repeated = pid(json!({}));
    let one = repeated["credentials"][0].clone();
    repeated["credentials"].as_array_mut().unwrap().push(one);
    assert_eq!(fault(repeated), QueryFault::RepeatedId("a".into()));
    let mdoc = json!({"credentials": [{"id": "a", "format": MDOC, "meta": {"doctype_value": "d"}, "claims": [{"path": ["n"]}]}]});
    assert_eq!(fault(mdoc), QueryFault::MdocPath("a".into()));
}
