use super::map;
use crate::{Change, differences};
use serde_json::json;

#[test]
fn nothing_is_different_when_only_the_order_is() {
    let old =
        map("elements: [{id: a, name: A, uses: [b, c]}, {id: b, name: B, offers: [{name: x}, {name: y}]}]\n");
    let new =
        map("elements: [{id: b, offers: [{name: y}, {name: x}], name: B}, {id: a, uses: [c, b], name: A}]\n");
    assert_eq!(differences(&old, &new), []);
}

#[test]
fn each_difference_is_a_sentence() {
    let old = map("version: '1'
elements:
  - {id: a, name: {de: Akte, en: File}, version: '1.0', open_source: false, tags: [x]}
  - {id: gone, name: Weg}
  - {id: old-id, name: Gleich, version: '3'}
");
    let new = map("version: '2'
elements:
  - {id: a, name: {de: Akte, en: File}, version: '1.10', open_source: true, licence: MIT}
  - {id: came, name: Neu}
  - {id: new-id, name: gleich, version: '4'}
");
    let found = differences(&old, &new);
    let de: Vec<&str> = found.iter().map(|it| it.de.as_str()).collect();
    assert_eq!(
        de,
        [
            "Karte: Fassung von „1“ zu „2“.",
            "„Akte“: Fassung von „1.0“ zu „1.10“.",
            "„Akte“: Quelloffen von „nein“ zu „ja“.",
            "„Akte“: Lizenz neu: „MIT“.",
            "„Akte“: Schlagwörter nicht mehr angegeben (war „x“).",
            "Neu: „Neu“ (Bausteine).",
            "„gleich“ hieß vermutlich old-id und heißt nun new-id: der Name ist gleich.",
            "„gleich“: Name von „Gleich“ zu „gleich“.",
            "„gleich“: Fassung von „3“ zu „4“.",
            "Entfallen: „Weg“ (Bausteine).",
        ]
    );
    assert_eq!(found[1].en, "\"File\": Version from \"1.0\" to \"1.10\".");
    assert_eq!(found[9].en, "Gone: \"Weg\" (Elements).");
    assert_eq!((found[2].from.clone(), found[2].to.clone()), (Some(json!(false)), Some(json!(true))));
}

#[test]
fn a_new_source_is_a_difference_of_its_own() {
    let old = map("elements: [{id: a, version: '1'}]\n");
    let new = map(
        "sources: [{id: s, title: S}]\nelements: [{id: a, version: {value: '1', source: s, kind: checked}}]\n",
    );
    let found = differences(&old, &new);
    let sourced = found.iter().find(|it| it.change == Change::Sourced).unwrap();
    assert_eq!(sourced.en, "\"a\": Version the same, but from elsewhere: before not stated, now s, checked.");
}

#[test]
fn a_new_end_is_a_difference_and_is_exported() {
    let old = map("elements: [{id: a, backup: {value: x, date: 2025}}]\n");
    let new = map("elements: [{id: a, backup: {value: x, date: 2025, until: 2027-12}}]\n");
    let found = differences(&old, &new);
    assert_eq!((found.len(), found[0].change), (1, Change::Sourced));
    assert_eq!(
        found[0].de,
        "„a“: Datensicherung gleich, aber anders belegt: vorher 2025, nun 2025, bis 2027-12."
    );
    assert!(crate::export::facts(&new).contains("a,a,backup,x,,,,,2025,,2027-12"));
    assert!(crate::export::archimate(&new).contains("backup.until"));
}

#[test]
fn names_that_stand_twice_suggest_nothing() {
    let old = map("elements: [{id: a, name: X}, {id: b, name: X}]\n");
    let new = map("elements: [{id: c, name: X}]\n");
    assert!(differences(&old, &new).iter().all(|it| it.change != Change::Renamed));
}
