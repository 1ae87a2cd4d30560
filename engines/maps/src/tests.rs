mod differences;
mod duties;
mod exports;
mod graphs;
mod imports;
mod lints;
mod real;

use landkarte::{Entry, Map, Section};

fn sample(name: &str) -> Vec<u8> {
    std::fs::read(format!("{}/samples/{name}", env!("CARGO_MANIFEST_DIR"))).unwrap()
}

fn map(yaml: &str) -> Map {
    Map::read(format!("landkarte: 1\nid: test\n{yaml}").as_bytes()).unwrap()
}

fn element<'m>(map: &'m Map, id: &str) -> &'m Entry {
    map.entry(Section::Elements, id).unwrap_or_else(|| panic!("there is no element {id}"))
}

/// What an import makes must be a map that can be written and read again.
fn round(map: &Map) {
    let read = Map::read(map.to_yaml().as_bytes()).unwrap_or_else(|it| panic!("{it:#?}\n{}", map.to_yaml()));
    assert_eq!(&read, map);
}
