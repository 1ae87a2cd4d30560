//! The engine on the shipped regions.

mod formula;
mod reading;
mod scale;

use crate::{Day, Known, Level, Sent, Territory, read};
use std::{collections::HashMap, sync::OnceLock};

pub fn territory() -> &'static Territory {
    static ALL: OnceLock<Territory> = OnceLock::new();
    ALL.get_or_init(|| Territory::new(&regions::shipped::dataset().unwrap()))
}

pub fn day(text: &str) -> Day {
    text.parse().unwrap()
}

/// Reads a file on 28 November 2026, when these public services are followed.
pub fn sent(bytes: &[u8], levels: &[(&str, Level)]) -> Result<Sent, crate::Faults> {
    let levels: HashMap<String, Level> = levels.iter().map(|(key, it)| ((*key).to_owned(), *it)).collect();
    read(bytes, Known { territory: territory(), today: day("2026-11-28"), levels: &levels })
}
