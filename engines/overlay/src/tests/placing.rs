//! The matrix.

use super::{cluster, laid, laid_by, map};
use crate::{Axis, Map, Picture, RemarkKind, Row};

fn maps() -> [Map; 2] {
    let one = map("
landkarte: 1
id: a
capabilities:
  - {id: base, title: {de: Basis, en: Base}}
  - {id: mailbox, title: {de: Postfach, en: Mailbox}, part_of: base}
  - {id: seal, title: {de: Siegel, en: Seal}, part_of: base}
  - {id: pay, title: {de: Zahlung, en: Payment}}
elements:
  - {id: x, name: MeinPostfach, capabilities: [mailbox]}
  - {id: p, name: ePayBL, capabilities: [pay], lifecycle: {state: planned}}
");
    let other = map("
landkarte: 1
id: b
capabilities:
  - {id: box, title: Postfach}
  - {id: pay, title: {de: Gehaltsabrechnung, en: Payroll}}
elements:
  - {id: y, name: OtherBox, capabilities: [box]}
  - {id: z, name: Lohn, capabilities: [pay]}
  - {id: w, name: Nichts}
");
    [one, other]
}

fn row<'p>(picture: &'p Picture, title: &str) -> &'p Row {
    picture.matrix.rows.iter().find(|it| it.title.de == title).unwrap_or_else(|| panic!("{title}"))
}

#[test]
fn capabilities_against_maps() {
    let maps = maps();
    let picture = laid(&maps);
    assert_eq!(picture.by(), Axis::Capability);
    let titles: Vec<(&str, usize)> =
        picture.matrix.rows.iter().map(|it| (it.title.de.as_str(), it.depth)).collect();
    assert_eq!(
        titles,
        [("Basis", 0), ("Postfach", 1), ("Siegel", 1), ("Zahlung", 0), ("Gehaltsabrechnung", 0)]
    );
    let mailbox = row(&picture, "Postfach");
    assert_eq!(mailbox.clusters.len(), 2);
    assert!(mailbox.is_crowded());
    assert!(mailbox.cells.iter().all(|it| it.len() == 1));
    assert_eq!(row(&picture, "Basis").below, 2);
    let gaps: Vec<&str> = picture.matrix.gaps().map(|it| it.title.de.as_str()).collect();
    assert_eq!(gaps, ["Siegel", "Zahlung"]);
    assert_eq!(row(&picture, "Zahlung").planned.len(), 1);
    let alone: Vec<&str> =
        picture.matrix.unplaced.iter().map(|it| picture.clusters[*it].name.de.as_str()).collect();
    assert_eq!(alone, ["Nichts"]);
    assert!(picture.remarks.iter().any(|it| it.kind == RemarkKind::SameIdOtherMeaning));
    let shown = &cluster(&picture, "a/x").rows;
    assert_eq!(picture.matrix.rows[shown[0]].title.en, "Mailbox");
}

#[test]
fn trees_in_a_circle_end() {
    let one = map("
landkarte: 1
id: a
capabilities:
  - {id: x, title: Eins, part_of: y}
  - {id: y, title: Zwei, part_of: z}
  - {id: z, title: Drei, part_of: x}
  - {id: s, title: Selbst, part_of: s}
elements:
  - {id: e, name: E, capabilities: [x, s]}
");
    // The circle of two maps: each is a tree for itself.
    let other = map("
landkarte: 1
id: b
capabilities:
  - {id: p, title: Oben}
  - {id: q, title: Unten, part_of: p}
elements: [{id: f, name: F, capabilities: [q]}]
");
    let third = map("
landkarte: 1
id: c
capabilities:
  - {id: q, title: Unten}
  - {id: p, title: Oben, part_of: q}
elements: [{id: g, name: G, capabilities: [p]}]
");
    let maps = [one, other, third];
    let picture = laid(&maps);
    let circles = picture.remarks.iter().filter(|it| it.kind == RemarkKind::Circle).count();
    assert_eq!(circles, 3);
    assert_eq!(picture.matrix.rows.len(), 6);
    assert_eq!(picture.matrix.rows.iter().filter(|it| it.parent.is_none()).count(), 3);
}

#[test]
fn other_axes() {
    let maps = [
        map("
landkarte: 1
id: a
standards: [{id: s, name: OSCI, element: x}, {id: t, name: XTA}]
elements:
  - {id: x, name: OSCI-Transport}
  - {id: y, name: Intermediär, standards: [s], public_services: [\"99 107 023 017 000\"]}
"),
        map("
landkarte: 1
id: b
elements:
  - {id: z, name: Zweites, identifiers: [{scheme: leika, value: \"99107023017000\"}]}
"),
    ];
    let picture = laid_by(&maps, Axis::Standard);
    assert_eq!(row(&picture, "OSCI").clusters.len(), 2);
    assert!(row(&picture, "XTA").is_gap());
    assert!(
        picture.remarks.iter().any(|it| it.kind == RemarkKind::NothingPlaced && it.sentence.de.contains('b'))
    );
    let picture = laid_by(&maps, Axis::PublicService);
    assert_eq!(picture.matrix.rows.len(), 1);
    assert_eq!(picture.matrix.rows[0].title.de, "LeiKa 99107023017000");
    assert!(picture.matrix.rows[0].is_crowded());
    assert_eq!(laid(&maps).by(), Axis::Layer);
}

#[test]
fn what_leads_nowhere_is_said() {
    let maps = [map("
landkarte: 1
id: a
capabilities: [{id: c, title: C}]
elements: [{id: x, name: X, capabilities: [c, gone]}]
")];
    let picture = laid(&maps);
    assert!(picture.remarks.iter().any(|it| it.kind == RemarkKind::DanglingReference));
}
