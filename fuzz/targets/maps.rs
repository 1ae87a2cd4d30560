//! Any bytes imported as a map, written in all forms, linted, compared with itself.
#![no_main]

use maps::{Map, export};
use tree::{Limits, Tree};

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    match maps::import::read("hostile", data, &[]) {
        Ok((map, notes)) => {
            let _ = notes.len();
            all(&map);
        }
        Err(faults) => assert!(!faults.is_empty(), "refused without a reason"),
    }
});

fn all(map: &Map) {
    let limits = Limits { depth: 512, ..Limits::default() };
    let archimate = export::archimate(map);
    let again = Tree::xml(archimate.as_bytes(), &limits);
    assert!(again.is_ok(), "the ArchiMate model is no XML: {again:?}");
    let jsonld = export::jsonld(map, "https://example.org/map");
    let again = Tree::json(jsonld.as_bytes(), &limits);
    assert!(again.is_ok(), "JSON-LD is no JSON: {again:?}");
    let table = export::csv(map);
    let facts = export::facts(map);
    assert!(!table.is_empty() && !facts.is_empty());
    let yaml = map.to_yaml();
    let again = Map::read(yaml.as_bytes());
    assert!(
        again.as_ref().is_ok_and(|it| it == map),
        "what was imported is no map: {:?}\n{yaml}",
        again.err()
    );
    for remark in maps::lint(map, jiff::civil::date(2026, 11, 28)) {
        assert!(!remark.wording(true).is_empty() && !remark.wording(false).is_empty());
    }
    assert!(maps::differences(map, map).is_empty(), "a map differs from itself");
    let _ = maps::capability_tree(map);
}
