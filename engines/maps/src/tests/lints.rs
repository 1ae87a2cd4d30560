use super::{map, sample};
use crate::{RULES, Remark, Severity, lint};
use jiff::civil::date;
use landkarte::{Map, Section};
use std::collections::BTreeSet;

fn remarks(map: &Map) -> Vec<Remark> {
    lint(map, date(2026, 11, 28))
}

fn of<'r>(remarks: &'r [Remark], rule: &str) -> Vec<&'r Remark> {
    remarks.iter().filter(|it| it.rule == rule).collect()
}

#[test]
fn every_rule_finds_its_fault() {
    let map = Map::read(&sample("faulty.yaml")).unwrap();
    let remarks = remarks(&map);
    let found: BTreeSet<&str> = remarks.iter().map(|it| it.rule).collect();
    let known: BTreeSet<&str> = RULES.iter().map(|it| it.name).collect();
    assert_eq!(found, known, "{remarks:#?}");
    assert!(remarks.is_sorted_by_key(|it| it.severity));
    assert!(
        remarks.iter().all(|it| it.place.line > 0 && !it.de.is_empty() && !it.en.is_empty()),
        "{remarks:#?}"
    );
}

#[test]
fn remarks_name_entry_fact_and_line() {
    let map = Map::read(&sample("faulty.yaml")).unwrap();
    let remarks = remarks(&map);
    let dangling = of(&remarks, "dangling-reference");
    assert_eq!(dangling.len(), 2);
    let uses = dangling.iter().find(|it| it.key.as_deref() == Some("uses")).unwrap();
    assert_eq!(uses.entry, Some((Section::Elements, "e1".to_owned())));
    assert_eq!(uses.place.line, 30);
    assert!(uses.de.contains("„missing“"));
    let scores = of(&remarks, "same-scores")[0];
    assert!(scores.en.starts_with("5 of 6 rated elements"), "{}", scores.en);
    assert_eq!((scores.severity, &scores.entry), (Severity::Warning, &None));
    let band = of(&remarks, "percent-band");
    assert_eq!(band.len(), 1);
    assert!(band[0].en.starts_with("First: 66 % as level 3 (given 5×: "), "{}", band[0].en);
    assert!(of(&remarks, "mean")[0].en.contains("the mean of the criteria is 38.0 %"));
    assert_eq!(of(&remarks, "leftover").len(), 3);
}

#[test]
fn a_sound_map_is_left_alone() {
    let map = map(
        "sources: [{id: s, title: Quelle}]
source: s
layers: [{id: l, title: Schicht}]
parties: [{id: p, name: Land}]
decisions: [{id: d, title: Beschluss, date: 2026-03-18}]
capabilities: [{id: c, title: Zahlen}, {id: d, title: Mit Karte zahlen, part_of: c}]
standards: [{id: n, name: Norm, status: binding, element: e, obligation: {level: mandatory, decision: d, since: 2026-03-18}}]
elements:
  - id: e
    name: E
    kind: product
    layer: l
    owner: p
    open_source: true
    licence: EUPL-1.2 OR MIT
    capabilities: [d]
    public_services: ['99107021017000']
    lifecycle: {state: productive, since: 2026-03, until: '2026'}
    offers: [{name: API, contract: 'https://example.org/openapi.json'}]
",
    );
    assert_eq!(remarks(&map), []);
}

#[test]
fn long_circles_are_found_once_and_chains_are_none() {
    let chain: String =
        (0..20_000).map(|it| format!("  - {{id: c{it}, title: C{it}, part_of: c{}}}\n", it + 1)).collect();
    let map = map(&format!("capabilities:\n{chain}  - {{id: c20000, title: Last, part_of: c19990}}\n"));
    let remarks = remarks(&map);
    assert_eq!(of(&remarks, "circle").len(), 1);
    assert!(of(&remarks, "circle")[0].en.starts_with("\"Part of\" runs in a circle: C19990 → C19991"));
    assert_eq!(crate::capability_tree(&map).len(), 11);
}

#[test]
fn means_without_percentages_are_held_against_their_levels() {
    let levels = "levels: [{number: 0, up_to_percent: 0}, {number: 1, up_to_percent: 20}, {number: 2, up_to_percent: 40}]";
    let map = map(&format!(
        "criteria: [{{id: a, title: A, {levels}}}, {{id: b, title: B, {levels}}}]
elements:
  - {{id: above, claims: [{{criterion: a, level: 1}}, {{criterion: b, level: 2}}], stated_mean: 35}}
  - {{id: inside, claims: [{{criterion: a, level: 1}}, {{criterion: b, level: 2}}], stated_mean: 20}}
  - {{id: right, claims: [{{criterion: a, level: 1}}, {{criterion: b, level: 2}}], stated_mean: 30}}
"
    ));
    let remarks = remarks(&map);
    let found: Vec<_> =
        of(&remarks, "mean").iter().map(|it| (it.entry.clone().unwrap().1, it.severity)).collect();
    assert_eq!(found, [("above".to_owned(), Severity::Warning), ("inside".to_owned(), Severity::Hint)]);
}

#[test]
fn cost_items_are_looked_at_one_by_one() {
    let map = map("sources: [{id: s, title: S}]
elements:
  - id: e
    name: E
    costs:
      - {name: gut, unit: fixed, period: year, low: 1, high: 1, source: s, from: 2026, until: 2026-03}
      - {name: verkehrt, unit: fixed, low: 2, high: 1, assumption: geschätzt, from: 2027, until: 2026}
      - {unit: case, low: -1, lifetime: 0}
      - {name: alt, unit: fixed, low: 1, high: 1, source: s, sunk: true, spent: 2030-01-01}
");
    let remarks = remarks(&map);
    let count = |rule: &str| of(&remarks, rule).len();
    assert_eq!((count("cost-range"), count("cost-negative"), count("cost-case-without-service")), (1, 1, 1));
    assert_eq!((count("cost-lifetime"), count("cost-without-source"), count("date-order")), (2, 1, 1));
    assert_eq!(count("date-future"), 1, "what is spent lies in the past");
    assert!(of(&remarks, "cost-range")[0].de.contains("„E“, Kosten „verkehrt“"));
    assert!(of(&remarks, "cost-negative")[0].en.contains("cost item \"3\""));
}

#[test]
fn bad_dates() {
    let map = map(
        "sources: [{id: s, title: S, retrieved: 2026-02-30}, {id: t, title: T, retrieved: 2026-11-28}]
elements: [{id: e, date: 2027-01, lifecycle: {state: planned, since: 2030-01-01}, version: {value: '1', date: '12.1.2026'}}]
",
    );
    let remarks = remarks(&map);
    assert_eq!(of(&remarks, "date-malformed").len(), 2);
    assert_eq!(of(&remarks, "date-future").len(), 1, "what is planned may lie in the future");
}
