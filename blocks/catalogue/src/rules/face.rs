//! What lists show of a map.

use crate::{model::Face, rules::sha256};
use landkarte::{Map, Section};

/// What lists show of a map with this canonical text.
pub fn face(map: &Map, text: &str) -> Face {
    let said = |key: &str| map.head.words(key, true).map(str::to_owned);
    let count = |section| i64::try_from(map.entries(section).len()).unwrap_or(i64::MAX);
    Face {
        sha256: sha256(text.as_bytes()),
        title_de: map.head.title(true).to_owned(),
        title_en: map.head.title(false).to_owned(),
        publisher: said("publisher"),
        licence: said("licence"),
        as_of: said("date"),
        elements: count(Section::Elements),
        standards: count(Section::Standards),
    }
}

/// The section with the most entries.
pub fn largest_section(map: &Map) -> (Section, usize) {
    let counts = Section::ALL.into_iter().map(|it| (it, map.entries(it).len()));
    counts.max_by_key(|it| it.1).unwrap_or((Section::Elements, 0))
}
