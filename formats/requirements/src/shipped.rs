//! The sets inside the binary.

use crate::{Fault, Library, Set};
use flate2::read::GzDecoder;
use std::{io::Read, sync::LazyLock};
use tree::Place;

const PACKED: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/requirements.json.gz"));

/// The library that is part of the product. The files are checked by the tests, so that it is never empty.
pub(crate) fn library() -> &'static Library {
    static LIBRARY: LazyLock<Library> = LazyLock::new(|| read().unwrap_or_default());
    &LIBRARY
}

/// The files that are part of the product: name and text.
///
/// # Errors
/// When the program file is damaged.
pub fn files() -> Result<Vec<(String, String)>, Fault> {
    let mut text = Vec::new();
    let unpacked = GzDecoder::new(PACKED).read_to_end(&mut text).map_err(|it| it.to_string());
    unpacked.and_then(|_| serde_json::from_slice(&text).map_err(|it| it.to_string())).map_err(|cause| Fault {
        file: "data/requirements".into(),
        place: Place { line: 1, column: 1 },
        pointer: String::new(),
        de: format!(
            "Die mitgelieferten Anforderungen sind nicht lesbar: {cause}. Bauen Sie das Programm neu."
        ),
        en: format!("The requirements inside the program cannot be read: {cause}. Build the program again."),
    })
}

fn read() -> Result<Library, Vec<Fault>> {
    let mut sets = Vec::new();
    let mut faults = Vec::new();
    for (name, text) in files().map_err(|it| vec![it])? {
        match Set::read(&name, text.as_bytes()) {
            Ok(it) => sets.push(it),
            Err(more) => faults.extend(more),
        }
    }
    if faults.is_empty() { Library::new(sets) } else { Err(faults) }
}

#[cfg(test)]
mod tests;
