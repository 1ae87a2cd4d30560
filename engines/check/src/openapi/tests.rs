//! Real descriptions, our own, and what breaks each rule.

use super::*;
use crate::{
    Artefact, Input, Outcome,
    tests::{question, real},
};
use tree::{Limits, Tree};

fn seen(path: &str, content: &[u8]) -> Vec<Observation> {
    let limits = Limits::default();
    let (_, tree) = Tree::read(content, &limits).expect("JSON or YAML");
    let read = Read { tree: Some(&tree), ..Read::new(Input { path, content }, Artefact::Openapi) };
    let mut to = Vec::new();
    observe(&read, &question(&[]), &mut to);
    for it in &to {
        assert!(it.outcome != Outcome::Unknown || it.missing.is_some(), "{it:?} names no missing input");
    }
    to
}

/// The unmet ones as `check pointer`.
fn unmet(content: &[u8]) -> Vec<String> {
    seen("openapi.yaml", content)
        .iter()
        .filter(|it| it.outcome == Outcome::Unmet)
        .map(|it| format!("{} {}", it.check.trim_start_matches("openapi."), it.subject.pointer))
        .collect()
}

const GOOD: &str = include_str!("../../samples/openapi-3.1.yaml");

#[test]
fn a_good_description_has_nothing_unmet() {
    assert_eq!(unmet(GOOD.as_bytes()), Vec::<String>::new());
    let all = seen("openapi.yaml", GOOD.as_bytes());
    for it in requirements::checks::ALL.iter().filter(|it| it.name.starts_with("openapi.")) {
        assert!(all.iter().any(|seen| seen.check == it.name), "{} is never observed", it.name);
    }
    let first = all.iter().find(|it| it.check == "openapi.security").expect("it is seen");
    assert_eq!((first.subject.name.as_str(), first.subject.line), ("GET /things/{id}", 17));
}

#[test]
fn each_rule_can_be_broken() {
    let check = |from: &str, to: &str, wanted: &[&str]| {
        assert!(GOOD.contains(from), "{from}");
        assert_eq!(unmet(GOOD.replacen(from, to, 1).as_bytes()), wanted, "{from} -> {to}");
    };
    let get = "/paths/~1things~1{id}/get";
    check("  title: Things\n", "", &["valid /info", "described /info"]);
    check("  version: 1.2.0\n", "", &["valid /info", "versioned /info"]);
    check("  description: About things.\n", "", &["described /info"]);
    check("      summary: One thing\n", "", &[&format!("described {get}")]);
    check("operationId: thing\n", "operationId: things\n", &["operation_ids /paths/~1things/post"]);
    check("      operationId: thing\n", "", &[&format!("operation_ids {get}")]);
    check("https://api.example.org", "http://api.example.org", &["https /servers/0"]);
    check("security:\n  - bearer: []\n", "", &[&format!("security {get}"), "security /paths/~1things/post"]);
    check(
        "  - bearer: []\n",
        "  - token: []\n",
        &[&format!("security {get}"), "security /paths/~1things/post"],
    );
    check(
        "#/components/schemas/Thing",
        "#/components/schemas/Nothing",
        &[&format!("references {get}/responses/200/content/application~1json/schema/$ref")],
    );
    check(
        "            application/problem+json: {}\n",
        "            application/json: {}\n",
        &[&format!("problem_json {get}")],
    );
    check("required: true\n", "required: false\n", &[&format!("valid {get}/parameters/0")]);
    check("name: id\n", "name: key\n", &[&format!("valid {get}")]);
    check("in: path", "in: body", &[&format!("valid {get}/parameters/0/in"), &format!("valid {get}")]);
    check("type: http\n", "type: basic\n", &["valid /components/securitySchemes/bearer/type"]);
    check("  /things:\n", "  things:\n", &["valid /paths/things"]);
    check("          description: The thing\n", "", &[&format!("valid {get}/responses/200")]);
    check("identifier: EUPL-1.2", "identifier: EUPL 1.2", &["licence /info/license/identifier"]);
    check(
        "summary: One thing",
        "titel: One thing\n      summary: One thing",
        &[&format!("valid {get}/titel")],
    );
    check("        \"200\":", "        fine:", &[&format!("valid {get}/responses/fine")]);
}

#[test]
fn editions_differ() {
    let three = GOOD.replace("openapi: 3.1.1", "openapi: 3.0.4");
    let wanted = [
        "valid /info/license/identifier",
        "valid /paths/~1things/post/requestBody/content/application~1json/schema",
        "valid /components/schemas/Thing/type",
    ];
    assert_eq!(unmet(three.as_bytes()), wanted);
    let swagger = seen("a.json", br#"{"swagger": "2.0", "info": {}}"#);
    assert_eq!(
        swagger.iter().map(|it| (it.check, it.outcome)).collect::<Vec<_>>(),
        [("openapi.valid", Outcome::Unmet)]
    );
    let newer = seen("a.json", br#"{"openapi": "3.2.0", "info": {}}"#);
    assert_eq!(newer.iter().map(|it| it.outcome).collect::<Vec<_>>(), [Outcome::Unknown]);
}

#[test]
fn circles_and_oddities_end() {
    let circle = br##"{"openapi": "3.1.0", "info": {"title": "a", "version": "1"}, "paths": {"/a": {"$ref": "#/paths/~1a"}, "/b": 7}}"##;
    assert!(
        seen("a.json", circle).iter().any(|it| it.check == "openapi.valid" && it.outcome == Outcome::Unmet)
    );
    let odd = br##"{"openapi": "3.0.0", "info": [], "paths": [], "servers": {}, "components": {"schemas": {"a": {"$ref": "#/%zz"}}}}"##;
    let all = seen("a.json", odd);
    assert!(all.iter().any(|it| it.check == "openapi.references" && it.outcome == Outcome::Unmet));
    assert!(seen("a.json", br#"{"openapi": "3.0.0"}"#).iter().any(|it| it.outcome == Outcome::Unmet));
}

#[test]
fn odd_values_end_in_findings() {
    let limits = Limits::default();
    let document = Tree::yaml(GOOD, &limits).expect("YAML").root().to_value();
    for content in crate::crypto::tests::oddities(&document) {
        assert!(!seen("openapi.json", &content).is_empty());
    }
}

#[test]
fn many_misfits_are_counted() {
    let mut text = "openapi: 3.1.0\ninfo: {title: a, version: '1'}\npaths:\n".to_owned();
    for it in 0..150 {
        text.push_str(&format!("  p{it}: {{}}\n"));
    }
    let all = seen("a.yaml", text.as_bytes());
    let found: Vec<&Observation> = all.iter().filter(|it| it.check == "openapi.valid").collect();
    assert_eq!(found.len(), 101);
    assert_eq!(found[100].reason.get(false), "50 more places do not fit.");
}

#[test]
fn our_own_description() {
    let all = seen("fachwerk.json", include_bytes!("../../../../openapi/fachwerk.json"));
    let of = |check: &str| -> Vec<&Observation> { all.iter().filter(|it| it.check == check).collect() };
    for check in ["openapi.references", "openapi.versioned", "openapi.described", "openapi.licence"] {
        let wrong: Vec<_> = of(check).into_iter().filter(|it| it.outcome != Outcome::Met).collect();
        assert!(wrong.is_empty(), "{check}: {wrong:#?}");
    }
    // The generator leaves out empty descriptions of responses; the specification demands the key. Nothing else is wrong.
    let wrong = of("openapi.valid").into_iter().filter(|it| it.outcome == Outcome::Unmet);
    let other: Vec<_> = wrong
        .filter(|it| {
            !it.reason.get(false).contains("\"description\" is missing") && !it.subject.pointer.is_empty()
        })
        .collect();
    assert!(other.is_empty(), "{other:#?}");
}

#[test]
fn real_descriptions() {
    let names = [
        "autobahn",
        "bundestag-lobbyregister",
        "digitale-verwaltung",
        "dwd",
        "feiertage",
        "jobsuche",
        "luftqualitaet",
        "nina",
        "pegel-online",
        "bundeshaushalt",
    ];
    let mut read = 0;
    for name in names {
        let Some(content) = real(&format!("openapi/{name}-api.openapi.yaml")) else { return };
        if let Err(fault) = Tree::read(&content, &Limits::default()) {
            // Some are indented as YAML 1.2 forbids and many readers allow.
            println!("{name}: {fault}");
            continue;
        }
        read += 1;
        let all = seen(name, &content);
        let versioned = all.iter().find(|it| it.check == "openapi.versioned").expect("it is looked at");
        assert_eq!(versioned.outcome, Outcome::Met, "{name}");
        let problem = all.iter().filter(|it| it.check == "openapi.problem_json");
        assert!(
            problem.clone().count() > 0 && problem.clone().all(|it| it.outcome == Outcome::Unmet),
            "{name}"
        );
        for it in all.iter().filter(|it| it.check == "openapi.valid" && it.outcome == Outcome::Unmet) {
            println!(
                "{name} {}:{} {} {}",
                it.subject.line,
                it.subject.column,
                it.subject.pointer,
                it.reason.get(false)
            );
        }
    }
    assert!(read > 5, "only {read} could be read");
}

#[test]
fn by_the_shipped_set() {
    let unmet = |path: &str, content: &[u8]| {
        let report = crate::tests::checked(path, content, &["openapi"]).unwrap_or_else(|it| panic!("{it}"));
        crate::tests::unmet(&report, requirements::Level::Muss)
    };
    assert!(
        unmet("openapi.yaml", GOOD.as_bytes()).is_empty(),
        "{:#?}",
        unmet("openapi.yaml", GOOD.as_bytes())
    );
    assert!(!unmet("openapi.yaml", GOOD.replace("https:", "http:").as_bytes()).is_empty());
    let own = unmet("fachwerk.json", include_bytes!("../../../../openapi/fachwerk.json"));
    println!("{} unmet in our own, such as {:#?}", own.len(), own.iter().take(3).collect::<Vec<_>>());
}
