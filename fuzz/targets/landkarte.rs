//! Any bytes as a map; a map that was read is written and read as the same, byte for byte.
#![no_main]

use landkarte::{Map, Section};

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    match Map::read(data) {
        Ok(map) => {
            written_again(&map, Map::to_yaml);
            written_again(&map, Map::to_json);
            ask(&map);
        }
        Err(faults) => {
            assert!(!faults.is_empty(), "refused without a reason");
            assert!(faults.iter().all(|it| !it.de.is_empty() && !it.en.is_empty()));
        }
    }
});

fn written_again(map: &Map, form: fn(&Map) -> String) {
    let text = form(map);
    let again = Map::read(text.as_bytes());
    assert!(again.is_ok(), "what was written cannot be read: {:?}\n{text}", again.err());
    if let Ok(again) = again {
        assert!(again == *map, "what was written reads as another map\n{text}");
        assert_eq!(form(&again), text, "written twice, two texts");
    }
}

fn ask(map: &Map) {
    for relation in map.relations() {
        let _ = relation.known;
    }
    for section in Section::ALL {
        for entry in map.entries(section) {
            assert!(map.entry(section, &entry.id).is_some(), "an entry cannot be found by its id");
            let _ = (entry.title(true), entry.title(false));
            for fact in &entry.facts {
                let _ = map.origin(entry, fact);
            }
        }
    }
}
