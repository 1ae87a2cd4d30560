//! Writing in canonical form, and what survives it.

use crate::{Entry, Fact, FactKind, Map, Section, json_schema, tables};
use serde_json::{Value, json};

/// Odd texts that a careless writer of YAML would change.
const ODD: &[&str] = &[
    "",
    " ",
    "a ",
    " a",
    "1.10",
    "1_000",
    "0x1F",
    "1e3",
    ".5",
    "-1",
    "+1",
    "2026",
    "2026-06-14",
    "2026-06",
    "12:30",
    "true",
    "Null",
    "~",
    "no",
    "y",
    "a: b",
    "a:",
    "a #b",
    "#a",
    "- a",
    "-",
    "---",
    "? a",
    "[a",
    "{a",
    "a, b",
    "a]",
    "!a",
    "&a",
    "*a",
    "%a",
    "@a",
    "`a",
    "'a'",
    "\"a\"",
    "a\\b",
    "tab\there",
    "line\nbreak",
    "ends\n",
    "ends\n\n",
    "\nbegins",
    "  a\nb",
    "a\n  b\n",
    "a\n\nb",
    "a\n \nb",
    "a\n#b",
    "a\n---\nb",
    "a\r\nb",
    "a\u{85}b",
    "a\u{2028}b",
    "\u{feff}a",
    "a\u{7f}",
    "Ärger, „so“ – ja…",
    "😀",
    "unknown ",
    "<<",
    "=",
    "\u{0}",
    "a: b\n- c",
    "|",
    ">",
    "null",
    "0o7",
    ".inf",
    "1.",
    "00",
    "٣",
];

fn map_of(text: &str) -> Map {
    Map::read(text.as_bytes()).unwrap_or_else(|faults| panic!("{faults:?}\n{text}"))
}

#[track_caller]
fn stays_the_same(map: &Map) -> String {
    let yaml = map.to_yaml();
    assert_eq!(map_of(&yaml), *map, "{yaml}");
    assert_eq!(map_of(&yaml).to_yaml(), yaml);
    let json = map.to_json();
    assert_eq!(map_of(&json), *map, "{json}");
    assert_eq!(map_of(&json).to_json(), json);
    yaml
}

#[test]
fn odd_texts_survive() {
    let mut map = Map::new("odd: # id");
    map.head.set("title", ODD.concat());
    for (number, text) in ODD.iter().enumerate() {
        let mut entry = Entry::new(format!("e{number}"));
        entry.set("version", *text);
        entry.set("name", json!({"de": text, "en": text}));
        entry.set("tags", json!([text, "a", text]));
        entry.say(Fact::new("homepage", *text).by(*text).on(*text).noted(*text));
        let mut own = serde_json::Map::new();
        own.insert((*text).to_owned(), json!([[text, 1, null, true], {"a": text}, [], {}]));
        entry.set("x_own", Value::Object(own));
        map.push(Section::Elements, entry);
    }
    stays_the_same(&map);
}

#[test]
fn numbers_and_wrappers_survive() {
    let mut map = Map::new("a");
    let mut entry = Entry::new("b");
    entry.set("stated_mean", json!(45.5));
    entry.set("claims", json!([{"criterion": "c", "level": 1, "percent": -0.25}, {"level": "unknown"}]));
    entry.set("x_looks", json!({"value": 1}));
    entry.set("x_like_provenance", json!({"value": {"value": 1}, "source": "s"}));
    entry.say(Fact::new("x_wrapped", json!({"value": null})).of(FactKind::Derived));
    entry.set("x_null", Value::Null);
    entry.set("x_own", json!({"value": 1, "kind": "checked", "until": "2027"}));
    entry.say(Fact::new("backup", "täglich").until("2027-12-31").on("2026"));
    entry.set(
        "costs",
        json!([{"kind": "operation", "low": 0.35, "high": "unknown", "sunk": false, "x_a": 1}]),
    );
    entry.set("tags", json!([]));
    entry.set("x_large", json!([1e100, u64::MAX, i64::MIN]));
    map.push(Section::Elements, entry);
    stays_the_same(&map);
}

#[test]
fn the_form_is_canonical() {
    let text = "id: a\nlandkarte: 1\nelements: [{x_z: 1, version: '2', name: {en: B, de: C}, id: one, x_a: 2}]\n\
                layers: [{id: l, title: L}]\ndescription: |\n  Zwei\n  Zeilen\ntitle: A\n";
    let wanted = "landkarte: 1\nid: a\ntitle: A\ndescription: |\n  Zwei\n  Zeilen\n\nlayers:\n  - id: l\n    title: L\n\n\
                  elements:\n  - id: one\n    name: {de: C, en: B}\n    version: \"2\"\n    x_z: 1\n    x_a: 2\n";
    assert_eq!(map_of(text).to_yaml(), wanted);
    assert_eq!(stays_the_same(&map_of(text)), wanted);
}

const COMMENTED: &str = "# Licence of this file
# in two lines
landkarte: 1 # the format
# who
id: a

# Layers we use
layers:
  # the first
  - id: l # inline
    title: L

elements: # what we run
  - id: one
    # about the name
    name: One # short
    description: |- # long
      Zwei
      Zeilen
    uses:
      # needed since 2020
      - two # important
      - three
    lifecycle: # state
      value: {state: pilot} # for now
      kind: checked
    claims:
      # rated
      - criterion: c
        level: 1 # low
  # the second
  - id: two
    name: \"# no comment\"

# the end
";

#[test]
fn comments_stay_where_they_stand() {
    let map = map_of(COMMENTED);
    assert_eq!(map.to_yaml(), COMMENTED);
    assert!(!map.to_json().contains("the first"));
}

#[test]
fn comments_follow_their_entries() {
    let mut map = map_of(COMMENTED);
    map.entries_mut(Section::Elements).swap(0, 1);
    map.entries_mut(Section::Elements)[1].remove("uses");
    map.entries_mut(Section::Layers).clear();
    let text = map.to_yaml();
    let at = |part: &str| text.find(part).unwrap_or_else(|| panic!("{part} is gone:\n{text}"));
    assert!(at("# the second") < at("- id: two") && at("- id: two") < at("- id: one"));
    assert!(at("# about the name") > at("- id: one"));
    for kept in
        ["# needed since 2020", "# important", "# the first", "# inline", "# Layers we use", "# the end"]
    {
        at(kept);
    }
    assert_eq!(map_of(&text).to_yaml(), text, "and from then on they stay");
    assert_eq!(map_of(&text), map);
}

#[test]
fn comments_in_odd_places_are_kept() {
    let text = "landkarte: 1\nid: a\nelements:\n  - # here\n    id: one\n    tags: [a, # first\n      b # second\n      ]\n    x_own: {} # empty\n    name: \"a # b\" # real\n  # last\n";
    let map = map_of(text);
    let written = map.to_yaml();
    for kept in ["# here", "# first", "# second", "# empty", "# real", "# last"] {
        assert_eq!(written.matches(kept).count(), 1, "{kept}:\n{written}");
    }
    assert_eq!(map_of(&written).to_yaml(), written);
    assert_eq!(map_of(&written), map);
}

#[test]
fn the_published_schema_follows_the_vocabulary() {
    let published: Value = serde_json::from_str(crate::JSON_SCHEMA).unwrap();
    let hint = "cargo run -p landkarte --example refresh";
    assert_eq!(published, json_schema(), "{hint}");
    for section in Section::ALL {
        let properties = &published["properties"][section.name()]["items"]["properties"];
        let names: Vec<&str> = properties.as_object().unwrap().keys().map(String::as_str).collect();
        let known: Vec<&str> =
            ["id"].into_iter().chain(crate::vocabulary(section).iter().map(|it| it.name)).collect();
        assert_eq!(names, known, "{section}: {hint}");
    }
}

#[test]
fn the_documentation_has_the_tables() {
    let page = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/reference/landkarte.md");
    let page = std::fs::read_to_string(page).unwrap();
    assert!(
        page.ends_with(&format!("below -->\n\n{}", tables())),
        "cargo run -p landkarte --example refresh"
    );
    let example = page.split("```yaml\n").nth(1).and_then(|it| it.split("```").next()).unwrap();
    map_of(example);
}

#[test]
fn every_key_has_titles_and_stands_once() {
    for section in Section::ALL {
        let keys = crate::vocabulary(section);
        for (number, key) in keys.iter().enumerate() {
            assert!(!key.de.is_empty() && !key.en.is_empty(), "{section}.{}", key.name);
            assert!(keys[number + 1..].iter().all(|it| it.name != key.name), "{section}.{}", key.name);
            assert!(!key.name.starts_with("x_") && !["id", "value"].contains(&key.name));
        }
    }
}

#[test]
fn large_maps_are_read_in_no_time() {
    let mut text = String::from("landkarte: 1\nid: a\nelements:\n");
    for number in 0..2000 {
        text.push_str(&format!(
            "  - {{id: e{number}, name: {{de: Nummer {number}}}, kind: product, uses: [e1, e2], version: 1.{number}}}\n"
        ));
    }
    let map = map_of(&text);
    assert_eq!(map.entries(Section::Elements).len(), 2000);
    assert_eq!(map.entry(Section::Elements, "e1999").unwrap().text("version"), Some("1.1999"));
    assert_eq!(map.relations().iter().filter(|it| it.known).count(), 4000);
}
