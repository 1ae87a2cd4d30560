use super::{element, map};
use crate::{Annex, Choice, Direction, Request, Topic, annex, html, markdown};
use landkarte::Map;
use requirements::Library;

const MAP: &str = "id: m
title: {de: Karte, en: Map}
sources: [{id: s, title: Datenblatt, url: 'https://example.org/sheet', date: 2026-05}]
elements:
  - id: e
    name: {de: '<Akte> & *Co*', en: File}
    kind: product
    version: '2'
    offers:
      - {name: Submission API, version: '2.1', kind: openapi, contract: 'https://example.org/openapi.json', source: s}
      - {name: Alt, contract: 'javascript:alert(1)'}
    needs: [{name: Anmeldung, kind: other, from: f}]
  - {id: f, name: Anmeldung, kind: service, standards: unknown}
  - {id: n, name: Norm, kind: standard}
";

fn request(sets: &[&str]) -> Request {
    Request {
        title: "Akte 2".into(),
        buyer: "Musterstadt".into(),
        date: "2026-11-29".into(),
        sets: sets.iter().map(|it| (*it).to_owned()).collect(),
    }
}

fn of(map: &Map, ids: &[&str], sets: &[&str]) -> Annex {
    let choices: Vec<_> = ids.iter().map(|it| Choice { map, element: element(map, it) }).collect();
    annex(&choices, Library::shipped(), &request(sets))
}

#[test]
fn every_demand_has_level_evidence_and_source() {
    let map = map(MAP);
    let annex = of(&map, &["e", "f", "e"], &["operation", "sovereignty"]);
    assert_eq!(annex.elements.len(), 2, "what is chosen twice counts once");
    let backup = annex.demands.iter().find(|it| it.requirement == "operation.backup").unwrap();
    assert_eq!((backup.level.as_str(), backup.elements.len(), backup.topic), ("soll", 2, Topic::General));
    assert_eq!(backup.source.title.de, "VITAKO, Stellungnahme zum Deutschland-Stack");
    assert!(backup.evidence.de.contains("„Datensicherung“"), "{}", backup.evidence.de);
    assert!(annex.demands.iter().all(|it| !it.source.title.de.is_empty() && !it.evidence.de.is_empty()));
    let sets: Vec<_> = annex.sets.iter().map(|it| it.id.as_str()).collect();
    assert_eq!(sets, ["operation", "sovereignty"]);
    let exit: Vec<_> = annex.of_topic(Topic::Exit).map(|it| it.requirement.as_str()).collect();
    assert_eq!(
        exit,
        [
            "sovereignty.portability",
            "sovereignty.exit-plan",
            "sovereignty.exit-tested",
            "sovereignty.lock-in"
        ]
    );
    let tested = annex.demands.iter().find(|it| it.requirement == "sovereignty.exit-tested").unwrap();
    assert!(
        tested.evidence.de.starts_with("Angabe „Ausstiegsplan, Erprobt am“ mit"),
        "{}",
        tested.evidence.de
    );
    let audit: Vec<_> = annex.of_topic(Topic::Audit).map(|it| it.requirement.as_str()).collect();
    assert_eq!(audit, ["sovereignty.data-location", "sovereignty.audit-right"]);
    let levels: Vec<_> = annex.demands.iter().map(|it| it.level.as_str()).collect();
    let place = |level: &str| ["muss", "soll", "kann"].iter().position(|it| *it == level);
    assert!(levels.is_sorted_by_key(|it| place(it)), "{levels:?}");
}

#[test]
fn kinds_decide_whom_a_demand_concerns() {
    let map = map(MAP);
    let annex = of(&map, &["n"], &["operation"]);
    assert!(!annex.demands.iter().any(|it| it.requirement == "operation.backup"), "nobody runs a standard");
    assert!(annex.demands.iter().any(|it| it.requirement == "operation.owner"));
}

#[test]
fn interfaces_keep_version_contract_and_source() {
    let map = map(MAP);
    let annex = of(&map, &["e"], &["operation"]);
    let first = &annex.interfaces[0];
    assert_eq!((first.direction, first.version.as_deref()), (Direction::Offers, Some("2.1")));
    assert_eq!(first.contract.as_deref(), Some("https://example.org/openapi.json"));
    assert_eq!(first.source.as_ref().unwrap().shown(true), "Datenblatt (2026-05)");
    let last = &annex.interfaces[2];
    assert_eq!((last.direction, last.from.as_ref().unwrap().de.as_str()), (Direction::Needs, "Anmeldung"));
}

#[test]
fn what_cannot_be_said_is_said() {
    let map = map(MAP);
    let annex = of(&map, &["f"], &["deutschland-stack", "nowhere"]);
    let remarks: Vec<_> = annex.remarks.iter().map(|it| it.de.as_str()).collect();
    assert!(remarks.iter().any(|it| it.contains("„nowhere“")), "{remarks:?}");
    assert!(remarks.iter().any(|it| it.contains("nennt die Karte keine Standards")), "{remarks:?}");
    assert!(remarks.iter().any(|it| it.contains("keine Schnittstellen")), "{remarks:?}");
    let old = annex_on("1999-01-01", &map);
    assert!(old.demands.len() <= annex_on("2026-11-29", &map).demands.len());
}

fn annex_on(date: &str, map: &Map) -> Annex {
    let request = Request { date: date.into(), ..request(&[]) };
    annex(&[Choice { map, element: element(map, "e") }], Library::shipped(), &request)
}

#[test]
fn pages_hold_everything_and_no_foreign_markup() {
    let map = map(MAP);
    let annex = of(&map, &["e"], &["operation", "sovereignty"]);
    for german in [true, false] {
        let page = html(&annex, german);
        assert!(page.starts_with("<!DOCTYPE html>"));
        assert!(!page.contains("<Akte>") && !page.contains("<script") && !page.contains("href=\"javascript"));
        assert!(page.contains("href=\"https://example.org/openapi.json\""));
        let text = markdown(&annex, german);
        assert!(!text.contains("<Akte>") && !text.contains("*Co*"), "{text}");
        for demand in &annex.demands {
            assert!(page.contains(&demand.requirement) && text.contains(&demand.requirement));
        }
    }
    assert!(html(&annex, true).contains("&lt;Akte&gt; &amp; *Co*"));
    assert!(markdown(&annex, true).contains("## Ausstieg") && html(&annex, false).contains("<h2>Exit</h2>"));
    assert_eq!(serde_json::from_str::<Annex>(&serde_json::to_string(&annex).unwrap()).unwrap(), annex);
}

#[test]
fn circles_of_layers_end() {
    let map = map("id: m
layers: [{id: a, title: A, part_of: b}, {id: b, title: B, part_of: a}]
capabilities: [{id: c, title: C, part_of: c}]
elements: [{id: e, kind: product, layer: a, capabilities: [c]}]
");
    assert!(!of(&map, &["e"], &["operation"]).demands.is_empty());
}

#[test]
fn the_shipped_map_can_be_bought_from() {
    let map = landkarte::shipped().unwrap();
    let annex = of(&map, &["basisdienst:datenaustausch"], &[]);
    assert!(annex.demands.len() > 20, "{}", annex.demands.len());
    assert!(annex.of_topic(Topic::Exit).count() >= 4);
}

#[test]
fn a_deep_tree_is_climbed_once() {
    let mut text = String::from("id: m\ncapabilities:\n  - {id: c0, title: Oben}\n");
    for it in 1..5_000 {
        text += &format!("  - {{id: c{it}, title: C, part_of: c{}}}\n", it - 1);
    }
    let map = map(&(text + "elements: [{id: e, name: E, kind: service, capabilities: [c4999]}]\n"));
    let found =
        crate::reuse(&[&map], &crate::Wish { capabilities: vec!["oben".into()], ..crate::Wish::default() });
    assert_eq!(found.hits.len(), 1);
    let choice = Choice { map: &map, element: element(&map, "e") };
    let annex = annex(&vec![choice; 5_000], Library::shipped(), &request(&[]));
    assert_eq!(annex.elements.len(), 1);
    assert!(!annex.demands.is_empty());
}
