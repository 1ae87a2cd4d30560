mod annexes;
mod searches;

use landkarte::{Entry, Map, Section};

fn map(yaml: &str) -> Map {
    let text = format!("landkarte: 1\n{yaml}");
    Map::read(text.as_bytes()).unwrap_or_else(|it| panic!("{it:#?}\n{text}"))
}

fn element<'m>(map: &'m Map, id: &str) -> &'m Entry {
    map.entry(Section::Elements, id).unwrap_or_else(|| panic!("there is no element {id}"))
}
