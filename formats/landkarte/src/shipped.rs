//! The map of the Deutschland-Stack inside the binary, unpacked on demand.

use crate::{Fault, Map, entry::nowhere};
use flate2::read::GzDecoder;
use std::io::Read;

const DEUTSCHLAND_STACK: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/deutschland-stack.yaml.gz"));

/// The map of the Deutschland-Stack as it was published (`data/landkarte/SOURCE.md` says from where).
///
/// # Errors
/// When the file under `data/` was altered and no longer holds.
pub fn shipped() -> Result<Map, Vec<Fault>> {
    Map::read(shipped_text()?.as_bytes())
}

/// The same map as the YAML file that is shipped.
///
/// # Errors
/// When it cannot be unpacked.
pub fn shipped_text() -> Result<String, Vec<Fault>> {
    let mut text = String::new();
    match GzDecoder::new(DEUTSCHLAND_STACK).read_to_string(&mut text) {
        Ok(_) => Ok(text),
        Err(error) => Err(vec![Fault {
            place: nowhere(),
            pointer: String::new(),
            de: format!("Nicht entpackbar: {error}. Bauen Sie das Programm neu."),
            en: format!("Cannot be unpacked: {error}. Build the program again."),
        }]),
    }
}
