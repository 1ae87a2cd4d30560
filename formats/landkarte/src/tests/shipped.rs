//! The shipped map is whole and says where everything comes from.

use crate::{FactKind, JSON_SCHEMA, Map, Section, shipped, shipped_text};
use serde_json::{Value, json};
use std::collections::BTreeMap;

#[test]
fn it_is_whole() {
    let map = shipped().unwrap();
    let count = |section| map.entries(section).len();
    assert_eq!(count(Section::Elements), 173);
    assert_eq!(count(Section::Standards), 96);
    assert_eq!(count(Section::Layers), 11 + 12);
    assert_eq!((count(Section::Fields), count(Section::Criteria)), (7, 6));
    assert_eq!((count(Section::Principles), count(Section::Decisions)), (23, 4));
    for section in Section::ALL.into_iter().filter(|it| *it != Section::Sources) {
        for entry in map.entries(section) {
            let fact = entry.facts.first().unwrap();
            let origin = map.origin(entry, fact);
            assert!(origin.source.is_some() && origin.kind.is_some(), "{section} {}", entry.id);
        }
    }
    let lost: Vec<_> = map.relations().into_iter().filter(|it| !it.known).collect();
    assert!(lost.is_empty(), "{lost:?}");
}

#[test]
fn it_is_written_as_it_is_read() {
    let text = shipped_text().unwrap();
    let map = shipped().unwrap();
    assert_eq!(map.to_yaml(), text);
    assert_eq!(Map::read(map.to_json().as_bytes()).unwrap(), map);
}

#[test]
fn it_follows_the_published_schema() {
    let document: Value = serde_json::from_str(&shipped().unwrap().to_json()).unwrap();
    let schema: Value = serde_json::from_str(JSON_SCHEMA).unwrap();
    let validator = jsonschema::draft202012::new(&schema).unwrap();
    let faults: Vec<String> =
        validator.iter_errors(&document).map(|it| format!("{}: {it}", it.instance_path())).collect();
    assert!(faults.is_empty(), "{faults:?}");
    let text = shipped_text().unwrap();
    let tree = tree::Tree::yaml(&text, &tree::Limits::default()).unwrap();
    let schema = schema::Schema::compile(&schema, &[]).unwrap();
    let misfits: Vec<String> = schema
        .check(tree.root(), 10)
        .iter()
        .map(|it| format!("{}: {}", it.node.pointer(), it.wording(false)))
        .collect();
    assert!(misfits.is_empty(), "{misfits:?}");
}

#[test]
fn schema_and_reader_agree() {
    let schema: Value = serde_json::from_str(JSON_SCHEMA).unwrap();
    let validator = jsonschema::draft202012::new(&schema).unwrap();
    for (fact, fits) in [
        (json!({"version": 1.1}), true),
        (json!({"version": "unknown"}), true),
        (json!({"version": null}), false),
        (json!({"licens": "MIT"}), false),
        (json!({"uses": "a"}), false),
        (json!({"uses": {"value": ["a"], "kind": "checked"}}), true),
        (json!({"uses": {"value": ["a"], "kind": "sure"}}), false),
        (json!({"uses": {"value": "a"}}), false),
        (json!({"name": {"de": "a", "en": "b"}}), true),
        (json!({"name": {"fr": "a"}}), false),
        (json!({"kind": "thing"}), false),
        (json!({"lifecycle": {"state": "pilot", "x_own": [1]}}), true),
        (json!({"lifecycle": {}}), false),
        (json!({"claims": [{"level": 1}, "unknown"]}), false),
        (json!({"claims": [{"level": "1"}]}), false),
        (json!({"exit_plan": {"state": true}}), true),
        (json!({"costs": {"any": ["thing"]}}), false),
        (json!({"costs": "unknown"}), true),
        (
            json!({"costs": [{"kind": "operation", "bearer": "municipality", "unit": "inhabitant", "period": "year",
            "low": 0.35, "high": "unknown", "fact_kind": "statement", "x_own": 1}]}),
            true,
        ),
        (json!({"costs": [{"low": "0,35"}]}), false),
        (json!({"costs": [{"kind": "official"}]}), false),
        (json!({"backup": {"value": "a", "until": "2027-12"}}), true),
        (json!({"backup": {"value": "a", "until": ["2027"]}}), false),
        (json!({"x_own": null}), true),
        (json!({"networks": ["internet", "unknown"]}), false),
        (json!({"networks": "unknown"}), true),
        (json!({"networks": ["moon"]}), false),
    ] {
        let mut entry = fact.clone();
        entry["id"] = json!("a");
        let document = json!({"landkarte": 1, "id": "m", "elements": [entry]});
        assert_eq!(validator.is_valid(&document), fits, "schema: {fact}");
        assert_eq!(Map::read(document.to_string().as_bytes()).is_ok(), fits, "reader: {fact}");
    }
}

#[test]
fn it_says_what_the_official_map_claims() {
    let map = shipped().unwrap();
    let tiles: Vec<_> =
        map.entries(Section::Elements).iter().filter(|it| it.id.starts_with("tile:")).collect();
    assert_eq!(tiles.len(), 128);
    let mut vectors: BTreeMap<Vec<String>, usize> = BTreeMap::new();
    for tile in &tiles {
        let fact = tile.fact("claims").unwrap();
        assert_eq!(map.origin(tile, fact).kind, Some(FactKind::Official));
        let levels = tile.list("claims").iter().map(|it| format!("{}", it["level"])).collect();
        *vectors.entry(levels).or_default() += 1;
    }
    assert_eq!((vectors.len(), vectors.values().max()), (15, Some(&107)));
    assert!(tiles.iter().all(|it| it.fact("open_source").unwrap().value == json!(true)));
    assert_eq!(tiles.iter().filter(|it| it.fact("stated_mean").is_some()).count(), 11);
}

#[test]
fn it_says_what_is_binding() {
    let map = shipped().unwrap();
    let binding: Vec<_> =
        map.entries(Section::Standards).iter().filter(|it| it.text("status") == Some("binding")).collect();
    assert_eq!(binding.len(), 40);
    for it in &binding {
        let obligation = &it.fact("obligation").unwrap().value;
        assert_eq!(obligation["decision"], "B-2026/03-IT", "{}", it.id);
        assert_eq!(obligation["since"], "2026-03-18", "{}", it.id);
    }
    assert_eq!(binding.iter().filter(|it| it.fact("element").is_none()).count(), 13);
    let obliged = map.entries(Section::Elements).iter().filter(|it| it.fact("obligation").is_some());
    assert_eq!(obliged.count(), 3);
    let wallet = map.entry(Section::Elements, "produkt:eudi-wallet").unwrap();
    assert_eq!(wallet.references("realises"), ["basisdienst:identitaet-vertrauen"]);
    assert!(wallet.is_unknown("owner") && wallet.is_unknown("lifecycle"));
}
