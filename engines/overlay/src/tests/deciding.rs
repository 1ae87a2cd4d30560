//! What people decided.

use super::{cluster, decided, elements, joined};
use crate::{Decisions, EvidenceKind, Map, RemarkKind};

fn decision(one: &str, other: &str, same: bool) -> String {
    format!("  - {{one: {one}, other: {other}, same: {same}, by: Amt, date: 2026-11-20, reason: geprüft}}\n")
}

fn file(decisions: &[String]) -> String {
    format!("overlay_decisions: 1\ndecisions:\n{}", decisions.concat())
}

fn maps() -> [Map; 3] {
    [
        elements("a", &["{id: x, name: Keycloak}"]),
        elements("b", &["{id: x, name: Keycloak}", "{id: other, name: Anders}"]),
        elements("c", &["{id: x, name: Keycloak}"]),
    ]
}

#[test]
fn confirmed_is_sure() {
    let picture = decided(&maps(), &file(&[decision("a/x", "b/other", true)])).unwrap();
    let it = cluster(&picture, "a/x");
    let link = it.links.iter().find(|it| it.other == "b/other").unwrap();
    assert!((link.confidence - 1.0).abs() < 1e-9 && link.evidence[0].kind == EvidenceKind::Decision);
    assert_eq!(link.evidence[0].reason.de, "Bestätigt von Amt am 2026-11-20: geprüft");
    // Map b is in this cluster already: its other element stays out, and that is said.
    assert_eq!(cluster(&picture, "b/x").members.len(), 1);
    assert!(picture.remarks.iter().any(|it| it.kind == RemarkKind::DuplicateInMap));
}

#[test]
fn refused_stays_apart_also_over_a_third() {
    let picture = decided(&maps(), &file(&[decision("b/x", "a/x", false)])).unwrap();
    assert_ne!(cluster(&picture, "a/x").id, cluster(&picture, "b/x").id);
    assert_eq!(joined(&picture), [["a/x", "c/x"]]);
    assert!(picture.suggestions.is_empty());
}

#[test]
fn a_chain_against_a_refusal_names_all_lines() {
    let text =
        file(&[decision("a/x", "b/x", true), decision("b/x", "c/x", true), decision("c/x", "a/x", false)]);
    let faults = decided(&maps(), &text).unwrap_err();
    assert_eq!(faults.len(), 1);
    assert_eq!(faults[0].place.line, 5);
    assert!(faults[0].en.contains("Line 5") && faults[0].en.contains("line 3, 4"), "{}", faults[0].en);
}

#[test]
fn what_no_map_has_is_a_remark() {
    let picture = decided(&maps(), &file(&[decision("a/x", "z/q", true)])).unwrap();
    let said = picture.remarks.iter().find(|it| it.kind == RemarkKind::UnknownInDecision).unwrap();
    assert!(said.sentence.de.contains("Zeile 3") && said.sentence.de.contains("z/q"));
}

#[test]
fn slashes_belong_to_ids() {
    let maps = [
        elements("a", &["{id: \"b/x\", name: One}"]),
        elements("a/b", &["{id: y, name: Two}"]),
        elements("c", &["{id: x, name: Three}"]),
    ];
    let text = file(&[decision("a/b/x", "c/x", true), decision("a/b/y", "c/x", true)]);
    assert_eq!(joined(&decided(&maps, &text).unwrap()), [["a/b/x", "a/b/y", "c/x"]]);
}

#[test]
fn the_file_comes_back_in_one_form() {
    let text = file(&[decision("c/x", "b/x", false), decision("\"b/ä: #\"", "a/x", true)]);
    let read = Decisions::read(text.as_bytes(), None).unwrap();
    let written = read.to_yaml();
    let again = Decisions::read(written.as_bytes(), None).unwrap();
    assert_eq!(again.to_yaml(), written);
    let pairs: Vec<(&str, &str)> =
        again.entries.iter().map(super::super::decisions::Decision::pair).collect();
    assert_eq!(pairs, [("a/x", "b/ä: #"), ("b/x", "c/x")]);
    let empty = Decisions::default().to_yaml();
    assert_eq!(Decisions::read(empty.as_bytes(), None).unwrap(), Decisions::default());
}
