//! The potential.

use super::{cluster, elements, laid, map, question};
use crate::{Map, PartKind, Question, Range, Weights, overlay};

fn part(maps: &[Map], reference: &str, kind: PartKind) -> Range {
    cluster(&laid(maps), reference).potential.part(kind).unwrap().range
}

#[track_caller]
fn is(range: Range, low: f64, high: f64) {
    let near = |one: f64, other: f64| (one - other).abs() < 1e-9;
    assert!(near(range.low, low) && near(range.high, high), "{range:?}");
}

fn one(facts: &str) -> [Map; 1] {
    [map(&format!(
        "landkarte: 1\nid: a\nparties:\n  - {{id: bund, name: Bund, kind: federation}}\n  - {{id: he, name: Hessen, kind: state}}\n  - {{id: by, name: Bayern, kind: state}}\n  - {{id: firma, name: Firma, kind: company}}\nelements:\n  - {{id: x, name: X{facts}}}\n"
    ))]
}

#[test]
fn parts_from_facts() {
    let check =
        |facts: &str, kind: PartKind, low: f64, high: f64| is(part(&one(facts), "a/x", kind), low, high);
    check("", PartKind::Coverage, 0.0, 1.0);
    check("", PartKind::Lifecycle, 0.0, 1.0);
    check(", lifecycle: {state: pilot}", PartKind::Lifecycle, 0.6, 0.6);
    check(", lifecycle: {state: unknown}", PartKind::Lifecycle, 0.0, 1.0);
    check(", open_source: true, licence: EUPL-1.2, repository: o/r", PartKind::Openness, 1.0, 1.0);
    check(", open_source: false", PartKind::Openness, 0.0, 0.5);
    check(", open_source: true, licence: hausintern", PartKind::Openness, 0.5, 1.0);
    check(", licence: BUSL-1.1, open_source: false, repository: o/r", PartKind::Openness, 0.25, 0.25);
    check(", standards: [a]", PartKind::Standards, 1.0 / 3.0, 1.0);
    check(", standards: []", PartKind::Standards, 0.0, 0.0);
    check(", standards: unknown", PartKind::Standards, 0.0, 1.0);
    check(", operators: [bund]", PartKind::Operators, 1.0, 1.0);
    check(", operators: [he]", PartKind::Operators, 0.3, 0.3);
    check(", operators: [he, by]", PartKind::Operators, 1.0, 1.0);
    check(", operators: [firma]", PartKind::Operators, 0.0, 1.0);
    check(", operators: [firma, he]", PartKind::Operators, 0.3, 1.0);
    check(", exit_plan: {state: no}", PartKind::Exit, 0.0, 0.6);
    check(", exit_plan: {state: yes}", PartKind::Exit, 0.24, 0.84);
    check(", exit_plan: {state: yes, tested: \"2026-01-02\"}", PartKind::Exit, 0.4, 1.0);
    check(", data_location: [DE, europäische union]", PartKind::Exit, 0.2, 1.0);
    check(", data_location: [DE, US]", PartKind::Exit, 0.0, 0.8);
    check(", audit_right: vertraglich zugesichert", PartKind::Exit, 0.1, 1.0);
}

#[test]
fn an_element_that_is_a_standard_meets_one() {
    let maps = [map("
landkarte: 1
id: a
standards: [{id: s, name: OSCI, element: x}]
elements: [{id: x, name: OSCI}]
")];
    is(part(&maps, "a/x", PartKind::Standards), 1.0, 1.0);
}

#[test]
fn contradictions_widen_and_unknown_does_not_lower() {
    let maps = [
        elements("a", &["{id: x, name: X9, lifecycle: {state: productive}}"]),
        elements("b", &["{id: x, name: X9, lifecycle: {state: retired}}", "{id: n, name: Nichts}"]),
    ];
    is(part(&maps, "a/x", PartKind::Lifecycle), 0.0, 1.0);
    is(part(&maps, "b/n", PartKind::Coverage), 1.0 / 3.0, 2.0 / 3.0);
    let picture = laid(&maps);
    let nothing = &cluster(&picture, "b/n").potential;
    assert!(nothing.high > 85.0, "{nothing:?}");
    let facts = &cluster(&picture, "a/x").potential.part(PartKind::Lifecycle).unwrap().facts;
    let said: Vec<(usize, &str)> = facts.iter().map(|it| (it.map, it.value.de.as_str())).collect();
    assert_eq!(said, [(0, "im Einsatz"), (1, "abgeschaltet")]);
}

#[test]
fn the_whole_is_the_weighted_mean_and_orders_the_list() {
    let maps = [map("
landkarte: 1
id: a
elements:
  - {id: x, name: B, lifecycle: {state: productive}}
  - {id: y, name: a, lifecycle: {state: retired}}
  - {id: z, name: A, lifecycle: {state: productive}}
")];
    let mut question = question(&maps);
    question.weights.parts = [0.0, 2.0, 0.0, 0.0, 0.0, 2.0];
    let picture = overlay(&question).unwrap();
    let shown: Vec<(&str, f64, f64)> =
        picture.clusters.iter().map(|it| (it.id.as_str(), it.potential.low, it.potential.high)).collect();
    assert_eq!(shown, [("a/z", 50.0, 100.0), ("a/x", 50.0, 100.0), ("a/y", 0.0, 50.0)]);
    let ranks: Vec<usize> = picture.clusters.iter().map(|it| it.rank).collect();
    assert_eq!(ranks, [1, 2, 3]);
}

#[test]
fn other_weights_count() {
    let text = crate::SHIPPED_WEIGHTS.replace("productive: 1", "productive: 0.9");
    let weights = Weights::read(text.as_bytes()).unwrap();
    let maps = one(", lifecycle: {state: productive}");
    let picture = overlay(&Question { weights, ..question(&maps) }).unwrap();
    is(picture.clusters[0].potential.part(PartKind::Lifecycle).unwrap().range, 0.9, 0.9);
}

#[test]
fn what_is_denied_is_worth_nothing() {
    is(part(&one(", audit_right: Nein"), "a/x", PartKind::Exit), 0.0, 0.8);
    is(part(&one(", audit_right: {de: keine, en: none}"), "a/x", PartKind::Exit), 0.0, 0.8);
    let maps = [
        map("landkarte: 1\nid: a\nelements: [{id: x, name: Archiv, audit_right: nein}]\n"),
        map("landkarte: 1\nid: b\nelements: [{id: y, name: Archiv, audit_right: im Vertrag}]\n"),
    ];
    is(part(&maps, "a/x", PartKind::Exit), 0.0, 1.0);
}
