//! What is read, and what is said of what cannot be.

use crate::{Fact, FactKind, Fault, Map, Section};
use serde_json::{Value, json};

fn faults(text: &str) -> Vec<Fault> {
    Map::read(text.as_bytes()).unwrap_err()
}

fn element(facts: &str) -> String {
    format!("landkarte: 1\nid: a\nelements:\n  - id: one\n{facts}")
}

fn read_element(facts: &str) -> crate::Entry {
    Map::read(element(facts).as_bytes()).unwrap().entries(Section::Elements)[0].clone()
}

#[test]
fn texts_stay_as_they_are_written() {
    let it = read_element(
        "    version: 1.10\n    homepage: 2026-06-14\n    name: true\n    tags: [0x1F, yes, 1e3]\n",
    );
    assert_eq!(it.text("version"), Some("1.10"));
    assert_eq!(it.text("homepage"), Some("2026-06-14"));
    assert_eq!(it.text("name"), Some("true"));
    assert_eq!(it.references("tags"), ["0x1F", "yes", "1e3"]);
    let json = br#"{"landkarte": 1, "id": "a", "elements": [{"id": "one", "version": 1.10}]}"#;
    assert_eq!(Map::read(json).unwrap().entries(Section::Elements)[0].text("version"), Some("1.10"));
}

#[test]
fn unknown_fits_everywhere_and_is_no_text() {
    let facts = "    open_source: unknown\n    claims: unknown\n    lifecycle: {state: unknown}\n    licence: unknown\n";
    let it = read_element(facts);
    assert!(it.is_unknown("open_source") && it.is_unknown("claims") && it.is_unknown("licence"));
    assert!(!it.is_unknown("backup"), "what is not said is not said to be unknown");
    assert_eq!((it.text("licence"), it.words("licence", true)), (None, None));
    assert!(it.list("claims").is_empty() && it.references("claims").is_empty());
    assert_eq!(it.fact("lifecycle").unwrap().value, json!({"state": "unknown"}));
}

#[test]
fn words_are_in_one_language_or_in_both() {
    let it = read_element("    name: {de: Eins}\n    description: {de: Das, en: This}\n    support: nie\n");
    assert_eq!((it.words("name", false), it.title(false)), (Some("Eins"), "Eins"));
    assert_eq!((it.words("description", true), it.words("description", false)), (Some("Das"), Some("This")));
    assert_eq!(it.words("support", false), Some("nie"));
}

#[test]
fn provenance_is_inherited() {
    let text = "landkarte: 1\nid: a\nsource: all\nkind: statement\ndate: 2026\nsources:\n  - id: all\n  - {id: other, date: 2024-05}\n\
                elements:\n  - id: one\n    name: One\n    kind: product\n    licence: {value: MIT, source: other, kind: checked, note: gesehen}\n\
                \x20 - {id: two, name: Two, fact_kind: official, date: 2025-01-31, backup: {value: none, source: lost}}\n";
    let map = Map::read(text.as_bytes()).unwrap();
    let of = |id: &str, key: &str| {
        let entry = map.entry(Section::Elements, id).unwrap();
        let origin = map.origin(entry, entry.fact(key).unwrap());
        let note = origin.note.and_then(Value::as_str);
        (origin.source_id, origin.source.is_some(), origin.date, origin.kind, note)
    };
    assert_eq!(of("one", "name"), (Some("all"), true, Some("2026"), Some(FactKind::Statement), None));
    let checked = (Some("other"), true, Some("2024-05"), Some(FactKind::Checked), Some("gesehen"));
    assert_eq!(of("one", "licence"), checked);
    assert_eq!(of("two", "name"), (Some("all"), true, Some("2025-01-31"), Some(FactKind::Official), None));
    assert_eq!(of("two", "backup"), (Some("lost"), false, Some("2026"), Some(FactKind::Official), None));
}

#[test]
fn entries_are_found_by_id_also_after_changes() {
    let mut map = Map::new("a");
    map.push(Section::Terms, crate::Entry::new("one"));
    assert!(map.entry(Section::Terms, "one").is_some() && map.entry(Section::Terms, "two").is_none());
    map.push(Section::Terms, crate::Entry::new("two"));
    assert!(map.entry(Section::Terms, "two").is_some());
    map.entries_mut(Section::Terms).remove(0);
    assert!(map.entry(Section::Terms, "one").is_none());
    assert_eq!(map.entry(Section::Terms, "two").unwrap().id, "two");
    let entry = &mut map.entries_mut(Section::Terms)[0];
    entry.say(Fact::new("title", "Zwei").by("s"));
    entry.set("title", "Drei");
    assert_eq!(entry.fact("title"), Some(&Fact::new("title", "Drei")));
    assert!(entry.remove("title").is_some() && entry.facts.is_empty());
}

#[test]
fn relations_follow_the_shapes() {
    let text = element(
        "    uses: [two, three]\n    owner: town\n    operators: [Somebody]\n    needs: [{name: A, from: two}]\n    licence: {value: MIT, source: s}\n  - id: two\nparties: [{id: town}]\n",
    );
    let map = Map::read(text.as_bytes()).unwrap();
    let found: Vec<_> = map.relations().iter().map(|it| (it.key, it.part, it.to, it.known)).collect();
    let elements = Section::Elements;
    assert_eq!(
        found,
        [
            ("uses", None, (elements, "two"), true),
            ("uses", None, (elements, "three"), false),
            ("owner", None, (Section::Parties, "town"), true),
            ("needs", Some("from"), (elements, "two"), true),
            ("licence", Some("source"), (Section::Sources, "s"), false),
        ]
    );
}

#[test]
fn an_unknown_key_names_its_place_and_the_nearest() {
    let found = faults(&element("    licens: MIT\n    offers: [{name: A, adress: b}]\n"));
    assert_eq!(found.len(), 2, "{found:?}");
    assert_eq!(found[0].to_string().split_once(": ").unwrap().0, "5:5");
    assert_eq!(found[0].pointer, "/elements/0/licens");
    assert!(found[0].en.contains("Perhaps `licence` is meant") && found[0].de.contains("„licence“"));
    assert!(found[1].en.contains("`address`") && found[1].place.line == 6, "{found:?}");
    let head = faults("landkarte: 1\nid: a\nelement: []\n");
    assert!(head[0].en.contains("Perhaps `elements` is meant"), "{head:?}");
}

#[test]
fn values_of_another_shape_are_refused_with_what_is_wanted() {
    for (facts, wanted) in [
        ("    uses: two\n", "`uses`: here is `two`, expected is a list of ids of `elements`, or `unknown`."),
        ("    kind: thing\n", "one of: component, service, standard, platform, product"),
        ("    open_source: maybe\n", "true or false"),
        ("    claims: [{criterion: a, level: high}]\n", "`level`: here is `high`, expected is a number"),
        ("    claims: [{criterion: a, level: .inf}]\n", "expected is a number"),
        ("    claims: {criterion: a}\n", "a list of {criterion, level, percent"),
        ("    name:\n", "`name`: here is nothing"),
        ("    name: {fr: un}\n", "a text or {de: …, en: …}"),
        ("    lifecycle: {}\n", "{state, since, until}"),
        ("    networks: [internet, moon]\n", "one of: internet, federal, state, municipal"),
        ("    licence: {value: MIT, kind: sure}\n", "official, statement, checked, derived"),
        ("    licence: {value: MIT, sorce: a}\n", "a text or {de: …, en: …}"),
    ] {
        let found = faults(&element(facts));
        assert_eq!(found.len(), 1, "{facts}: {found:?}");
        assert!(found[0].en.contains(wanted), "{facts}: {}", found[0].en);
        assert!(!found[0].de.is_empty() && found[0].place.line == 5, "{facts}: {found:?}");
    }
}

#[test]
fn what_is_no_map_is_refused() {
    for (text, wanted) in [
        ("", "`landkarte: 1` is missing"),
        ("[1, 2]", "`landkarte: 1` is missing"),
        ("landkarte: 2\nid: a\n", "version of the format is not known"),
        ("landkarte: 1\n", "has no `id`"),
        ("landkarte: 1\nid: unknown\n", "An id is a text in one line"),
        ("landkarte: 1\nid: [a]\n", "An id is a text in one line"),
        ("landkarte: 1\nid: a\nelements: {id: b}\n", "`elements` is a list"),
        ("landkarte: 1\nid: a\nelements: [b]\n", "needs an `id`"),
        ("landkarte: 1\nid: a\nterms: [{id: b}, {id: b}]\n", "The id `b` already stands in `terms`"),
        ("landkarte: 1\nid: a\nid: b\n", "stands twice"),
        ("{\"landkarte\": 1, \"id\": \"a\"", "ends too early"),
        ("landkarte: 1\nid: \"a\n", "no YAML"),
    ] {
        let found = faults(text);
        assert!(found.iter().any(|it| it.en.contains(wanted)), "{text}: {found:?}");
        assert!(found.iter().all(|it| it.place.line > 0 && !it.de.is_empty()), "{text}: {found:?}");
    }
    assert!(Map::read(b"landkarte: 1\nid: \xff").is_err());
    let deep = format!("landkarte: 1\nid: a\nx_deep: {}{}\n", "[".repeat(5000), "]".repeat(5000));
    assert_eq!(faults(&deep).len(), 1);
    let many = format!("landkarte: 1\nid: a\nelements:\n{}", "  - name: b\n".repeat(3000));
    assert_eq!(faults(&many).len(), 1000);
}

#[test]
fn own_keys_are_kept_as_they_are() {
    let it = read_element(
        "    x_a: {b: [1, two, null], value: 3}\n    x_c: {value: 3, kind: own}\n    x_d: {value: 3, kind: checked}\n    lifecycle: {state: pilot, x_e: 1}\n",
    );
    assert_eq!(it.fact("x_a").unwrap().value, json!({"b": [1, "two", null], "value": 3}));
    assert_eq!(it.fact("x_c").unwrap().value, json!({"value": 3, "kind": "own"}));
    let wrapped = it.fact("x_d").unwrap();
    assert_eq!((&wrapped.value, wrapped.kind), (&json!(3), Some(FactKind::Checked)));
    assert_eq!(it.fact("lifecycle").unwrap().value, json!({"state": "pilot", "x_e": 1}));
}

#[test]
fn what_is_cut_off_or_bent_is_refused_or_read_but_never_a_panic() {
    let text = crate::shipped_text().unwrap();
    let text: String = text.lines().take(330).map(|it| format!("{it}\n")).collect();
    let json = Map::read(text.as_bytes()).unwrap().to_json();
    for text in [text, json] {
        let bytes = text.as_bytes();
        for at in (0..bytes.len()).step_by(211) {
            drop(Map::read(&bytes[..at]));
            for bent in [b'"', b'{', b'-', b':', b'&', b'*', b'#', b'\t', b'\n', 0, 0xFF] {
                if at % 17 == 0 {
                    let mut bytes = bytes.to_vec();
                    bytes[at] = bent;
                    match Map::read(&bytes) {
                        Ok(map) => drop(Map::read(map.to_yaml().as_bytes()).unwrap()),
                        Err(faults) => assert!(faults.iter().all(|it| it.place.line > 0)),
                    }
                }
            }
        }
    }
}

#[test]
fn aliases_are_written_out_and_bounded() {
    let it = read_element("    tags: &t [a, b]\n    uses: *t\n    x_c: *t\n");
    assert_eq!((it.references("uses"), it.references("x_c")), (vec!["a", "b"], vec!["a", "b"]));
    let mut bomb = String::from("landkarte: 1\nid: a\nx_0: &x0 [a, a, a, a, a, a, a, a, a, a]\n");
    for level in 1..12 {
        let items = format!("*x{}, ", level - 1).repeat(10);
        bomb.push_str(&format!("x_{level}: &x{level} [{}]\n", items.trim_end_matches(", ")));
    }
    assert_eq!(faults(&bomb).len(), 1);
}
