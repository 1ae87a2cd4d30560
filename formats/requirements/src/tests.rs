//! Sets against each other: inheriting, tightening, differences; and what is said about files that do not hold.

use crate::{Change, Fault, How, Level, Library, Set, differences};

const HEAD: &str = "requirements: 1
title: {de: Titel, en: Title}
version: 1
date: 2026-01-31
source: {title: Quelle, publisher: Stelle, date: 2026-01-31}
";

/// One entry, as a line of a list.
fn entry(id: &str, more: &str) -> String {
    format!(
        "  - {{id: {id}, text: {{de: Ein Satz., en: A sentence.}}, level: soll, check: {{statement: origin}}, repair: {{de: Rat., en: Advice.}}{more}}}\n"
    )
}

fn text(id: &str, rest: &str) -> String {
    format!("{HEAD}id: {id}\n{rest}")
}

fn set(id: &str, rest: &str) -> Set {
    Set::read(&format!("{id}.yaml"), text(id, rest).as_bytes()).unwrap()
}

fn base() -> Set {
    set("base", &format!("entries:\n{}{}", entry("base.one", ", since: 2026-06-01"), entry("base.two", "")))
}

fn tightened(rest: &str) -> Result<Library, Vec<Fault>> {
    let because = "because: {de: Darum., en: Because.}";
    let rest = format!("extends: [base]\ntighten:\n  - {{{rest}, {because}}}\n");
    Library::new(vec![base(), set("strict", &rest)])
}

/// The only fault of a file, as `line:column pointer English`.
fn only(text: &str) -> String {
    let faults = Set::read("file.yaml", text.as_bytes()).unwrap_err();
    let [fault] = faults.as_slice() else { panic!("{faults:?}") };
    assert!(!fault.de.is_empty() && fault.de != fault.en);
    format!("{} {} {}", fault.place, fault.pointer, fault.en)
}

#[test]
fn an_entry_takes_source_and_artefacts_from_its_set() {
    let rest = format!("artefacts: [sbom]\nentries:\n{}", entry("s.one", ", source: {section: 5.2}"));
    let set = set("s", &rest);
    let [one] = set.entries.as_slice() else { panic!() };
    assert_eq!(one.source.to_string(), "Quelle (2026-01-31), 5.2");
    assert_eq!(one.applies.artefacts, ["sbom"]);
    assert_eq!(one.how, How::Statement("origin".into()));
    assert!(one.applies.to_artefact("sbom") && !one.applies.to_artefact("cbom"));
}

#[test]
fn a_source_with_a_title_is_one_of_its_own() {
    let own = ", source: {title: Andere, publisher: Jemand}";
    let set = set("s", &format!("entries:\n{}", entry("s.one", own)));
    assert_eq!(set.entries[0].source.to_string(), "Andere");
    assert_eq!(set.entries[0].source.date, None);
}

#[test]
fn json_is_read_too() {
    let yaml = text("s", &format!("entries:\n{}", entry("s.one", "")));
    let tree = tree::Tree::yaml(&yaml, &tree::Limits::default()).unwrap();
    let json = tree.root().to_value().to_string();
    let (from_json, from_yaml) =
        (Set::read("s", json.as_bytes()).unwrap(), Set::read("s", yaml.as_bytes()).unwrap());
    assert_eq!(from_json.entries, from_yaml.entries);
}

#[test]
fn tightening_up_is_allowed() {
    let library = tightened("id: base.one, level: muss, since: 2026-01-01").unwrap();
    let strict = library.resolve("strict").unwrap();
    let one = strict.entry("base.one").unwrap();
    assert_eq!((one.level, one.since.as_deref()), (Level::Muss, Some("2026-01-01")));
    assert_eq!(strict.entry("base.two").unwrap().level, Level::Soll);
    // The inherited set itself stays as it is.
    assert_eq!(library.resolve("base").unwrap().entry("base.one").unwrap().level, Level::Soll);
}

#[test]
fn loosening_is_refused_with_its_place() {
    let told = |rest: &str| {
        let faults = tightened(rest).unwrap_err();
        let [fault] = faults.as_slice() else { panic!("{faults:?}") };
        fault.to_string()
    };
    assert_eq!(
        told("id: base.one, level: kann"),
        "strict.yaml:9:5 /tighten/0: \"base.one\" is inherited as \"soll\" and must not be loosened to \"kann\". Only tightening is allowed."
    );
    assert!(told("id: base.one, since: 2026-07-01").contains("already holds since 2026-06-01"));
    assert!(told("id: base.two, since: 2026-07-01").contains("always held"));
    assert!(told("id: base.three, level: muss").contains("is not inherited"));
}

#[test]
fn what_was_tightened_cannot_be_loosened_one_step_further() {
    let because = "because: {de: Darum., en: Because.}";
    let middle = format!("extends: [base]\ntighten:\n  - {{id: base.one, level: muss, {because}}}\n");
    let last = format!("extends: [middle]\ntighten:\n  - {{id: base.one, level: soll, {because}}}\n");
    let sets = vec![set("last", &last), set("middle", &middle), base()];
    let faults = Library::new(sets).unwrap_err();
    assert!(faults[0].en.contains("is inherited as \"muss\""), "{faults:?}");
}

#[test]
fn what_arrives_on_two_ways_keeps_the_stricter_side() {
    let because = "because: {de: Darum., en: Because.}";
    let left = format!("extends: [base]\ntighten:\n  - {{id: base.one, level: muss, {because}}}\n");
    let right = format!("extends: [base]\ntighten:\n  - {{id: base.one, since: 2026-02-01, {because}}}\n");
    for order in ["[left, right]", "[right, left]"] {
        let both = set("both", &format!("extends: {order}\n"));
        let library = Library::new(vec![both, base(), set("left", &left), set("right", &right)]).unwrap();
        let whole = library.resolve("both").unwrap();
        let one = whole.entry("base.one").unwrap();
        assert_eq!((one.level, one.since.as_deref()), (Level::Muss, Some("2026-02-01")), "{order}");
        assert_eq!(whole.entries.len(), 2);
    }
}

#[test]
fn circles_unknown_and_double_ids_are_refused() {
    let told = |sets: Vec<Set>| {
        let faults = Library::new(sets).unwrap_err();
        faults.iter().map(|it| format!("{} {}", it.place, it.en)).collect::<Vec<_>>()
    };
    let circle = told(vec![set("a", "extends: [b]\n"), set("b", "extends: [a]\n")]);
    assert_eq!(circle.len(), 2);
    assert!(
        circle[0].starts_with("7:11 \"a\" inherits from \"b\", and that way leads in a circle."),
        "{circle:?}"
    );
    assert!(told(vec![set("a", "extends: [a]\n")])[0].contains("circle"));
    assert!(told(vec![set("a", "extends: [c]\n")])[0].contains("no set of requirements with the id \"c\""));
    assert!(
        told(vec![base(), base()]).iter().any(|it| it.contains("\"base.one\" already stands in base.yaml"))
    );
    let levels = "maturity:\n  - {id: m, title: {de: M, en: N}, levels: [{number: 1, name: unknown, requirements: [a.b]}]}\n";
    assert!(told(vec![set("a", levels)])[0].contains("The maturity model \"m\" names \"a.b\"."));
    let term = format!("entries:\n{}", entry("a.one", ", terms: [word]"));
    assert!(told(vec![set("a", &term)])[0].contains("which nobody explains"));
}

#[test]
fn a_set_is_replaced_by_a_newer_one() {
    let library = Library::new(vec![base()]).unwrap();
    let newer = set("base", &format!("entries:\n{}", entry("base.one", "")));
    let library = library.with(newer).unwrap();
    assert_eq!(library.sets().len(), 1);
    assert_eq!(library.resolve("base").unwrap().entries.len(), 1);
}

#[test]
fn faults_name_place_and_the_key_that_was_meant() {
    let with = |more: &str| text("s", &format!("entries:\n{}", entry("s.one", more)));
    assert!(
        only(&with(", repiar: x"))
            .ends_with("There is no key \"repiar\" here. Probably \"repair\" is meant.")
    );
    assert!(only(&with(", since: 2026-02-30")).contains("\"2026-02-30\" is no date"));
    assert!(only(&with(", since: 2026-02-02, until: 2026-02-01")).contains("lies before the beginning"));
    assert!(only(&with(", conditional: maybe")).contains("true or false"));
    assert!(only(&with(", applies: {artefacts: [sbon]}")).contains("Probably \"sbom\" is meant."));
    assert!(only(&with("").replace("level: soll", "level: sol")).contains("Probably \"soll\" is meant."));
    assert!(only(&with("").replace("statement: origin", "statement: a.b.c")).contains("no key of a map"));
    let check = |it: &str| only(&with("").replace("statement: origin", it));
    assert!(check("automatic: sbom.creater").contains("Probably \"sbom.creator\" is meant."));
    assert!(check("automatic: []").contains("Name at least one check."));
    assert!(check("probe: http").contains("Known are: tls."));
    assert!(check("probe: tls, statement: origin").contains("Exactly one of"));
    assert!(only(&with("").replace("s.one", "t.one")).contains("must begin with the id of the file"));
}

#[test]
fn files_that_are_none_are_refused_where_they_break() {
    assert!(only("requirements: 1\nid: [\n").starts_with("3:1 "));
    let faults = Set::read("x", b"- a\n- b\n").unwrap_err();
    assert!(faults[0].en.starts_with("Keys with values belong here"), "{faults:?}");
    assert!(Set::read("x", b"").is_err());
    assert!(Set::read("x", b"\xff\xfe").is_err());
    let deep = "[".repeat(10_000);
    assert!(Set::read("x", deep.as_bytes()).is_err());
    assert!(only(&text("s", "").replace("requirements: 1", "requirements: 2")).contains("Known is 1."));
    assert!(only(&text("s", "version: 2\n")).contains("version"));
    assert!(only(&text("s", "maturity:\n  - {id: m, title: {de: M, en: N}, levels: [{number: 2, name: unknown}, {number: 1, name: unknown}]}\n"))
        .contains("from the lowest to the highest"));
}

#[test]
fn differences_read_like_sentences() {
    let old = Library::new(vec![base()]).unwrap().resolve("base").unwrap();
    let changed = format!(
        "entries:\n{}{}",
        entry("base.one", "").replace("level: soll", "level: muss").replace("A sentence", "Another sentence"),
        entry("base.three", ""),
    );
    let new = Library::new(vec![set("base", &changed)]).unwrap().resolve("base").unwrap();
    let found = differences(&old, &new);
    let told: Vec<String> = found.iter().map(|it| it.sentence(false)).collect();
    assert_eq!(
        told,
        [
            "base.one has become stricter: should became must. (Another sentence.)",
            "base.one now holds without beginning or end. (Another sentence.)",
            "base.one is told in new words. (Another sentence.)",
            "New is base.three (should): A sentence.",
            "Gone is base.two (should): A sentence.",
        ]
    );
    assert_eq!(found[0].sentence(true), "base.one ist strenger geworden: aus Soll wurde Muss. (Ein Satz.)");
    let back = differences(&new, &old);
    assert!(matches!(back[0].change, Change::Loosened { from: Level::Muss, to: Level::Soll }));
    assert!(differences(&old, &old).is_empty());
}

#[test]
fn levels_are_ordered_by_strength() {
    assert!(Level::Kann < Level::Soll && Level::Soll < Level::Muss);
    for level in Level::ALL {
        assert_eq!(Level::of(level.name()), Some(level));
    }
}

#[test]
fn the_reference_has_the_table_of_checks() {
    let file = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/reference/requirements.md");
    let reference = std::fs::read_to_string(&file).unwrap();
    let table = crate::checks::table();
    assert!(reference.contains(&table), "write this into docs/reference/requirements.md:\n{table}");
}
