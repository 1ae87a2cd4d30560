//! Maps and decisions that are made to take long: what grows by its square is felt here.

use super::{decided, laid, laid_by, map};
use crate::{Axis, Map, RemarkKind};
use std::fmt::Write;

const MANY: usize = 2_000;

/// As many lines as asked for, below a head.
fn lines(head: &str, line: impl Fn(usize) -> String) -> Map {
    let mut text = format!("landkarte: 1\n{head}\n");
    for number in 0..MANY {
        let _ = writeln!(text, "{}", line(number));
    }
    map(&text)
}

#[test]
fn all_have_one_name() {
    let of =
        |id: &str| lines(&format!("id: {id}\nelements:"), |it| format!("  - {{id: e{it}, name: Portal}}"));
    let picture = laid(&[of("a"), of("b")]);
    assert_eq!(picture.clusters.len(), 2 * MANY - 3, "the first three have a counterpart");
    assert!(picture.remarks.iter().filter(|it| it.kind == RemarkKind::DuplicateInMap).count() <= 100);
}

#[test]
fn a_deep_tree_of_capabilities() {
    let head = "id: a\nelements:";
    let mut text = String::from("capabilities:\n");
    for it in 0..MANY {
        let above = if it == 0 { String::new() } else { format!(", part_of: c{}", it - 1) };
        let _ = writeln!(text, "  - {{id: c{it}, title: C {it}{above}}}");
    }
    let map = map(&format!(
        "landkarte: 1\n{head}\n{}{text}",
        (0..MANY)
            .map(|it| format!("  - {{id: e{it}, name: E {it}, capabilities: [c{it}]}}\n"))
            .collect::<String>()
    ));
    let picture = laid_by(&[map], Axis::Capability);
    assert_eq!(picture.matrix.rows[0].below, MANY - 1);
    assert_eq!(picture.matrix.rows[MANY - 1].depth, MANY - 1);
}

#[test]
fn all_capabilities_have_one_title_and_all_elements_are_standards() {
    let of = |id: &str| {
        let mut text = String::from("capabilities:\n");
        let mut standards = String::from("standards:\n");
        for it in 0..MANY {
            let _ = writeln!(text, "  - {{id: c{it}, title: Anmelden}}");
            let _ = writeln!(standards, "  - {{id: s{it}, name: S {it}, element: e{it}}}");
        }
        lines(&format!("id: {id}\n{text}{standards}elements:"), |it| {
            format!("  - {{id: e{it}, name: {id} {it} x, capabilities: [c{it}]}}")
        })
    };
    let picture = laid_by(&[of("a"), of("b")], Axis::Capability);
    assert_eq!(picture.matrix.rows.len(), MANY);
}

#[test]
fn many_aliases_of_two_elements() {
    let names = (0..5_000).map(|it| format!("Name {it}")).collect::<Vec<_>>().join(", ");
    let of = |id: &str, name: &str| {
        map(&format!("landkarte: 1\nid: {id}\nelements: [{{id: x, name: {name}, other_names: [{names}]}}]\n"))
    };
    let picture = laid(&[of("a", "Eins"), of("b", "Zwei")]);
    assert_eq!(picture.clusters.len(), 1);
    assert_eq!(picture.clusters[0].links[0].evidence.len(), 1);
}

#[test]
fn many_decisions() {
    let of = |id: &str| {
        lines(&format!("id: {id}\nelements:"), |it| format!("  - {{id: e{it}, name: {id} n{it}}}"))
    };
    let maps = [of("a"), of("b")];
    let decide = |one: &str, other: &str, same: bool| {
        format!("  - {{one: {one}, other: {other}, same: {same}, by: A, date: 2026-01-01, reason: r}}\n")
    };
    let mut text = String::from("overlay_decisions: 1\ndecisions:\n");
    for it in 0..MANY - 1 {
        let (here, there) = (format!("a/e{it}"), format!("b/e{it}"));
        // One long chain through one map, refused against each of the other map; and what no map has.
        text += &decide(&here, &format!("a/e{}", it + 1), true);
        text += &decide(&here, &there, false);
        text += &decide(&format!("a/x{it}"), &there, false);
    }
    let picture = decided(&maps, &text).unwrap();
    assert_eq!(picture.clusters.len(), MANY + 1);
    let unknown = picture.remarks.iter().filter(|it| it.kind == RemarkKind::UnknownInDecision);
    assert_eq!(unknown.count(), 100);
    assert!(picture.remarks.len() < 500, "nobody reads {} remarks", picture.remarks.len());
    text += &decide("a/e0", &format!("a/e{}", MANY - 1), false);
    assert_eq!(decided(&maps, &text).unwrap_err().len(), 1);
}
