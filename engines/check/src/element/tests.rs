//! Elements of a small map against a small set of requirements.

use super::*;
use crate::tests::question;
use requirements::{Library, Set};

const MAP: &str = "landkarte: 1
id: probe
title: Probe
kind: statement
sources:
  - id: ministry
    title: Ministry
layers:
  - id: all
    title: All
  - id: platform
    title: Platform
    part_of: all
elements:
  - id: alpha
    name: Alpha
    kind: service
    layer: platform
    audit_right: {value: each year, kind: official, source: ministry, date: 2026-01-01}
    obligation: {value: {level: mandatory, for: [state, town], since: 2026-03-18, x_house: {rule: 7}}, kind: official, source: ministry}
    exit_plan: {state: no}
    monitoring: yes
    backup: unknown
    licence: MIT
    open_source: true
    standards: [oidc]
    offers:
      - name: Interface
        contract: https://example.org/openapi.json
      - name: Second
";

const SET: &str = "requirements: 1
id: probe
title: {de: Probe, en: Probe}
version: \"1\"
date: 2026-01-01
source: {title: Probe, publisher: Probe, url: https://example.org, date: 2026-01-01, licence: CC0-1.0}
artefacts: [element]
entries:
";

fn entry(name: &str, check: &str, more: &str) -> String {
    format!(
        "  - id: probe.{name}\n    text: {{de: Text, en: Text}}\n    level: muss\n    check: {check}\n    \
         source: {{section: \"1\"}}\n    repair: {{de: Tun, en: Do}}\n{more}"
    )
}

fn findings(entries: &[String], evidence: &[Evidence]) -> Vec<(String, Outcome, String)> {
    let text = format!("{SET}{}", entries.concat());
    let set = Set::read("probe.yaml", text.as_bytes()).unwrap_or_else(|it| panic!("{it:?}\n{text}"));
    let library = Library::new(vec![set]).unwrap_or_else(|it| panic!("{it:?}"));
    let map = Map::read(MAP.as_bytes()).unwrap_or_else(|it| panic!("{it:?}"));
    let element = map.entry(Section::Elements, "alpha").expect("the element");
    let question = Question { library: &library, ..question(&[]) };
    check_element(&map, element, evidence, &question)
        .into_iter()
        .map(|it| {
            assert_eq!(it.outcome == Outcome::Unknown, it.missing.is_some(), "{}", it.requirement.id);
            let missing = it.missing.map(|it| it.get(false).to_owned()).unwrap_or_default();
            let name = it.requirement.id.trim_start_matches("probe.").to_owned();
            (name, it.outcome, format!("{} {missing}", it.reason.get(false)))
        })
        .collect()
}

fn one(check: &str, evidence: &[Evidence]) -> (Outcome, String) {
    let all = findings(&[entry("one", check, "")], evidence);
    assert_eq!(all.len(), 1, "{all:?}");
    all.into_iter().map(|it| (it.1, it.2)).next().expect("one")
}

fn proof(about: &str) -> Evidence {
    Evidence {
        kind: "document".to_owned(),
        about: vec![about.to_owned()],
        address: "https://example.org/report.pdf".to_owned(),
        probe: None,
        sha256: "ab".repeat(32),
        date: "2026-05-01".to_owned(),
        answers: Vec::new(),
    }
}

#[test]
fn statements() {
    let (outcome, why) = one("{statement: audit_right}", &[]);
    assert_eq!(outcome, Outcome::Met);
    assert!(why.contains("official: Ministry, 2026-01-01"), "{why}");
    assert_eq!(one("{statement: exit_plan}", &[]).0, Outcome::Unmet);
    let (outcome, why) = one("{statement: exit_plan.tested}", &[]);
    assert_eq!(outcome, Outcome::Unknown);
    assert!(why.contains("exit_plan.tested"), "{why}");
    let (outcome, why) = one("{statement: monitoring}", &[]);
    assert_eq!(outcome, Outcome::Unknown);
    assert!(why.contains("stated, but not proven"), "{why}");
    assert_eq!(one("{statement: monitoring}", &[proof("monitoring")]).0, Outcome::Met);
    assert_eq!(one("{statement: monitoring}", &[proof("backup")]).0, Outcome::Unknown);
    let late = Evidence { date: "2027-01-01".to_owned(), ..proof("monitoring") };
    assert_eq!(
        one("{statement: monitoring}", &[late]).0,
        Outcome::Unknown,
        "evidence of tomorrow proves nothing today"
    );
    let (outcome, why) = one("{statement: backup}", &[proof("backup")]);
    assert_eq!(outcome, Outcome::Unknown);
    assert!(why.contains("(backup)"), "{why}");
    let (outcome, why) = one("{statement: data_location}", &[]);
    assert_eq!(outcome, Outcome::Unknown);
    assert!(why.contains("data_location"), "{why}");
}

#[test]
fn records_are_quoted_in_words() {
    let (outcome, why) = one("{statement: obligation}", &[]);
    assert_eq!(outcome, Outcome::Met, "{why}");
    assert!(
        why.contains(
            "Level: mandatory; For whom: state, town; Since: 2026-03-18; x_house: rule: 7 (official"
        ),
        "{why}"
    );
}

#[test]
fn what_does_not_concern_the_element_is_left_out() {
    let entries = [
        entry("kind", "{statement: backup}", "    applies: {kinds: [product]}\n"),
        entry("layer", "{statement: backup}", "    applies: {layers: [all]}\n"),
        entry("other", "{statement: backup}", "    applies: {layers: [elsewhere]}\n"),
    ];
    let all: Vec<String> = findings(&entries, &[]).into_iter().map(|it| it.0).collect();
    assert_eq!(all, ["layer"]);
}

#[test]
fn automatic_checks() {
    let report = |outcome| Evidence {
        kind: "sbom".to_owned(),
        answers: vec![Answer { requirement: "probe.one".to_owned(), level: Level::Muss, outcome }],
        ..proof("")
    };
    assert_eq!(one("{automatic: element.sbom}", &[]).0, Outcome::Unknown);
    assert_eq!(one("{automatic: element.sbom}", &[report(Outcome::Met)]).0, Outcome::Met);
    assert_eq!(one("{automatic: element.sbom}", &[report(Outcome::Unmet)]).0, Outcome::Unmet);
    assert_eq!(
        one("{automatic: element.sbom}", &[Evidence { answers: Vec::new(), ..report(Outcome::Met) }]).0,
        Outcome::Unknown
    );
    assert_eq!(one("{automatic: openapi.valid}", &[]).0, Outcome::Unknown);
    assert_eq!(
        one("{automatic: openapi.valid}", &[report(Outcome::Unmet), report(Outcome::Met)]).0,
        Outcome::Unmet
    );
    let (outcome, why) = one("{automatic: element.offers_contract}", &[]);
    assert_eq!(outcome, Outcome::Unmet);
    assert!(why.contains("Without a contract: Second"), "{why}");
    assert_eq!(one("{automatic: element.licence_open}", &[]).0, Outcome::Met);
    assert_eq!(one("{document: {de: Vertrag, en: contract}}", &[]).0, Outcome::Unknown);
}

#[test]
fn every_shipped_requirement_answers() {
    let map = Map::read(MAP.as_bytes()).unwrap_or_else(|it| panic!("{it:?}"));
    let element = map.entry(Section::Elements, "alpha").expect("the element");
    let all = check_element(&map, element, &[], &question(&[]));
    for it in &all {
        assert_eq!(it.outcome == Outcome::Unknown, it.missing.is_some(), "{}", it.requirement.id);
        assert_ne!(it.reason.get(true), "", "{}", it.requirement.id);
    }
}

#[test]
fn the_shipped_map_is_judged_whole() {
    let map = landkarte::shipped().unwrap_or_else(|it| panic!("{it:?}"));
    let mut outcomes = std::collections::BTreeMap::new();
    for element in map.entries(Section::Elements) {
        for it in check_element(&map, element, &[], &question(&[])) {
            assert_eq!(
                it.outcome == Outcome::Unknown,
                it.missing.is_some(),
                "{} {}",
                element.id,
                it.requirement.id
            );
            *outcomes.entry(it.outcome).or_insert(0_usize) += 1;
        }
    }
    assert!(outcomes.contains_key(&Outcome::Unknown), "{outcomes:?}");
    println!("{outcomes:?}");
}

#[test]
fn a_probe_of_tls_can_refute_and_never_prove() {
    let kept = |outcome, probe| Evidence {
        kind: "cbom".to_owned(),
        about: Vec::new(),
        probe,
        answers: vec![Answer { requirement: "tr-02102-2.version".to_owned(), level: Level::Muss, outcome }],
        ..proof("")
    };
    let check = "{probe: tls}";
    let (outcome, why) = one(check, &[]);
    assert_eq!(outcome, Outcome::Unknown);
    assert!(why.contains("the result of the probe \"tls\""), "{why}");
    let (outcome, why) = one(check, &[kept(Outcome::Met, Some("tls"))]);
    assert_eq!(outcome, Outcome::Unknown);
    assert!(
        why.contains("got TLS as the policy wants it") && why.contains("what the policy refuses"),
        "{why}"
    );
    assert_eq!(one(check, &[kept(Outcome::Unmet, Some("tls"))]).0, Outcome::Unmet);
    // A bill that somebody gave, or that was fetched as a contract, is no probe.
    assert!(one(check, &[kept(Outcome::Unmet, None)]).1.contains("made on demand only"));
}
