//! Real inputs, which lie beside the workspace. Where they are not, the tests say so and do nothing.

use super::{exports::archimate_is_sound, round};
use crate::{Remark, Severity, differences, export, import, lint};
use jiff::civil::date;
use landkarte::{Map, Section};
use std::path::{Path, PathBuf};

fn real(path: &str) -> Option<PathBuf> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data").join(path);
    if !path.exists() {
        println!("skipped: {} is not there", path.display());
        return None;
    }
    Some(path)
}

fn files(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder).unwrap().map(|it| it.unwrap().path()).collect();
    files.sort();
    files
        .iter()
        .map(|it| (it.file_name().unwrap().to_string_lossy().into_owned(), std::fs::read(it).unwrap()))
        .collect()
}

fn sound(map: &Map) {
    round(map);
    archimate_is_sound(map);
    assert!(serde_json::from_str::<serde_json::Value>(&export::jsonld(map, "https://example.org/")).is_ok());
    let csv = export::csv(map);
    let (read, _) = import::read("map.csv", csv.as_bytes(), &[]).unwrap_or_else(|it| panic!("{it:#?}"));
    assert_eq!(read.entries(Section::Elements).len(), map.entries(Section::Elements).len());
    assert_eq!(differences(map, map), []);
}

#[test]
fn all_stacks() {
    let Some(folder) = real("stacks") else { return };
    let beside: Vec<_> =
        files(&folder.join("items")).into_iter().chain(files(&folder.join("layers"))).collect();
    let siblings: Vec<(&str, &[u8])> =
        beside.iter().map(|(name, it)| (name.as_str(), it.as_slice())).collect();
    let stacks = files(&folder.join("stacks"));
    assert_eq!(stacks.len(), 24);
    let mut elements = 0;
    for (name, content) in stacks {
        let (map, _) =
            import::read(&name, &content, &siblings).unwrap_or_else(|it| panic!("{name}: {it:#?}"));
        elements += map.entries(Section::Elements).len();
        sound(&map);
        let remarks = lint(&map, date(2026, 11, 28));
        assert!(remarks.iter().all(|it| it.rule != "dangling-reference"), "{name}: {remarks:#?}");
    }
    assert_eq!(elements, 336);
}

#[test]
fn the_landscape_as_tables() {
    let Some(folder) = real("stacks") else { return };
    for (name, count) in [("items.csv", 130), ("projects.csv", 128)] {
        let content = std::fs::read(folder.join(name)).unwrap();
        let (map, _) = import::read(name, &content, &[]).unwrap();
        assert_eq!(map.entries(Section::Elements).len(), count, "{name}");
        sound(&map);
    }
    let content = std::fs::read(folder.join("items.csv")).unwrap();
    let (map, _) = import::read("items.csv", &content, &[]).unwrap();
    assert_eq!(map.entries(Section::Layers).iter().filter(|it| it.text("part_of").is_none()).count(), 4);
}

#[test]
fn publiccode_files() {
    let Some(folder) = real("publiccode/samples_de") else { return };
    for (name, content) in files(&folder) {
        let (map, _) = import::read(&name, &content, &[]).unwrap_or_else(|it| panic!("{name}: {it:#?}"));
        assert_eq!(map.entries(Section::Elements).len(), 1);
        sound(&map);
    }
}

#[test]
fn bills_of_materials() {
    let Some(folder) = real("sbom/bsi-fixtures/bsi/cdx") else { return };
    for (name, content) in files(&folder) {
        let (map, _) = import::read(&name, &content, &[]).unwrap_or_else(|it| panic!("{name}: {it:#?}"));
        round(&map);
        archimate_is_sound(&map);
    }
}

/// What is known to be wrong with the official map, counted by hand in its published data.
#[test]
fn the_shipped_map_of_the_deutschland_stack() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../data/landkarte/deutschland-stack.yaml");
    let Ok(content) = std::fs::read(&path) else {
        println!("skipped: {} is not there", path.display());
        return;
    };
    let map = Map::read(&content).unwrap_or_else(|it| panic!("{it:#?}"));
    let remarks = lint(&map, date(2026, 11, 28));
    let of = |rule: &str| -> Vec<&Remark> { remarks.iter().filter(|it| it.rule == rule).collect() };
    let about = |rule: &str, title: &str| of(rule).into_iter().any(|it| it.de.contains(title));
    for it in remarks.iter().filter(|it| it.severity < Severity::Hint) {
        println!("{it}");
    }
    assert!(
        of("same-scores")[0].de.starts_with("107 von 128 bewerteten Bausteinen"),
        "{:#?}",
        of("same-scores")
    );
    for title in ["Budibase", "Messaging Layer Security"] {
        assert!(about("mean", title), "{title}: {:#?}", of("mean"));
    }
    for title in ["MongoDB", "Nomad", "n8n"] {
        assert!(about("open-source-closed", title), "{title}");
    }
    for title in ["iOS", "Bluetooth", "Mobilfunk", "WiFi"] {
        assert!(about("open-source-own-terms", title), "{title}: {:#?}", of("open-source-own-terms"));
    }
    assert!(about("leftover", "Piveau"), "{:#?}", of("leftover"));
    assert_eq!(of("binding-without-element").len(), 13);
    assert_eq!(of("dangling-reference").len(), 0, "{:#?}", of("dangling-reference"));
    sound(&map);
}
