//! The published cases: issue, show a part, verify.

use serde_json::{Map, Value, json};

use super::{vectors, yaml};
use crate::issue::Issue;
use crate::key::SigningKey;
use crate::key_binding::{self, Expected};
use crate::{PathPart, SdJwt};

/// Where the holder's wishes say true.
fn wanted(wishes: &Value, at: &mut Vec<PathPart>, found: &mut Vec<Vec<PathPart>>) {
    let mut inside = |part: PathPart, wish: &Value| {
        at.push(part);
        wanted(wish, at, found);
        at.pop();
    };
    match wishes {
        Value::Object(members) => {
            for (name, it) in members {
                inside(PathPart::Name(name.clone()), it);
            }
        }
        Value::Array(elements) => {
            elements.iter().enumerate().for_each(|(index, it)| inside(PathPart::Index(index), it));
        }
        Value::Bool(true) => found.push(at.clone()),
        _ => {}
    }
}

fn run(name: &str, text: &str, settings: &Value) {
    let case = yaml::read(text);
    let part = |part: &str| case.value.get(part).cloned().unwrap_or_else(|| json!({}));
    let keys = &settings["key_settings"];
    let issuer = keys.get("issuer_keys").map_or(&keys["issuer_key"], |it| &it[0]);
    let issuer = SigningKey::from_jwk(issuer).unwrap();
    let holder = SigningKey::from_jwk(&keys["holder_key"]).unwrap();
    for decoys in [0, 3] {
        let issue = Issue {
            header: part("extra_header_parameters").as_object().cloned().unwrap_or_default(),
            claims: part("user_claims"),
            disclosable: case
                .marked
                .iter()
                .filter_map(|it| it.strip_prefix("/user_claims"))
                .map(str::to_owned)
                .collect(),
            decoys,
        };
        let whole = SdJwt::parse(&issue.sign(&issuer).unwrap()).unwrap();
        assert_eq!(Value::Object(whole.verify(issuer.public()).unwrap()), issue.claims, "{name}");
        assert_eq!(whole.disclosures.len(), issue.disclosable.len(), "{name}");
        let mut found = Vec::new();
        wanted(&part("holder_disclosed_claims"), &mut Vec::new(), &mut found);
        let mut shown = whole.disclose(&found).unwrap();
        if case.value.get("key_binding") == Some(&Value::Bool(true)) {
            shown = key_binding::bind(&shown, &holder, ("1234567890", "verifier"), 1_683_000_000).unwrap();
        }
        let arrived = SdJwt::parse(&shown.to_string()).unwrap();
        if arrived.key_binding.is_some() {
            let expected = Expected {
                nonce: "1234567890",
                audience: "verifier",
                now: 1_683_000_010,
                max_age: 60,
                leeway: 5,
            };
            key_binding::verify(&arrived, holder.public(), &expected).unwrap();
        }
        let claims: Map<String, Value> = arrived.verify(issuer.public()).unwrap();
        if let Some(expected) = case.value.get("expect_verified_user_claims") {
            assert_eq!(&Value::Object(claims), expected, "{name}");
        }
    }
}

fn run_all(folder: &str, settings: &str, at_least: usize) {
    let Some(folder) = vectors(folder) else { return };
    let settings = yaml::read(&std::fs::read_to_string(folder.join(settings)).unwrap()).value;
    let mut ran = 0;
    for entry in std::fs::read_dir(folder).unwrap() {
        let file = entry.unwrap().path().join("specification.yml");
        if let Ok(text) = std::fs::read_to_string(&file) {
            run(&file.display().to_string(), &text, &settings);
            ran += 1;
        }
    }
    assert!(ran >= at_least, "only {ran} cases were found");
}

#[test]
fn the_cases_of_the_reference_implementation_hold() {
    run_all("sd-jwt-python/tests/testcases", "settings.yml", 16);
}

#[test]
fn the_examples_of_sd_jwt_vc_hold() {
    run_all("sd-jwt-vc/examples", "settings.yml", 3);
}

#[test]
fn an_element_inside_a_member_needs_both_disclosures() {
    let issuer = SigningKey::generate(crate::key::Curve::P256).unwrap();
    let issue = Issue {
        claims: json!({"nationalities": ["DE", "FR"]}),
        disclosable: vec!["/nationalities".into(), "/nationalities/0".into(), "/nationalities/1".into()],
        ..Issue::default()
    };
    let whole = SdJwt::parse(&issue.sign(&issuer).unwrap()).unwrap();
    let one = vec![PathPart::Name("nationalities".into()), PathPart::Index(1)];
    let shown = whole.disclose(&[one]).unwrap();
    assert_eq!(shown.disclosures.len(), 2);
    assert_eq!(Value::Object(shown.claims().unwrap()), json!({"nationalities": ["FR"]}));
    let nothing = whole.disclose(&[vec![PathPart::Name("portrait".into())]]).unwrap();
    assert!(nothing.disclosures.is_empty());
}
