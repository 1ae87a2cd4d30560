//! Reading a form file.

use crate::{Fault, Form, fault::Faults, rules, schema};
use serde_json::Value;
use serde_path_to_error::{Path, Segment};

impl Form {
    /// Reads a form file and refuses it unless it is whole. `file` is its name, for the faults.
    ///
    /// # Errors
    /// Everything that is wrong, as far as it can be seen at once.
    pub fn read(file: &str, text: &str) -> Result<Self, Vec<Fault>> {
        let mut faults = Faults::new(file);
        let raw: Value = match serde_json::from_str(text.trim_start_matches('\u{feff}')) {
            Ok(it) => it,
            Err(error) => {
                let place = format!("{}:{}", error.line(), error.column());
                faults.add(
                    place,
                    format!("Das ist kein gültiges JSON: {error}. Prüfen Sie Kommas, Klammern und Anführungszeichen."),
                    format!("This is no valid JSON: {error}. Check commas, brackets and quotation marks."),
                );
                return Err(faults.found);
            }
        };
        rules::languages(&raw, "", &mut faults);
        let form = match serde_path_to_error::deserialize::<_, Self>(&raw) {
            Ok(it) => it,
            Err(error) => {
                faults.add(
                    pointer(error.path()),
                    format!("Der Aufbau passt nicht: {}. Die Schlüssel stehen in der Anleitung zu Formulardateien.", error.inner()),
                    format!("The shape does not fit: {}. The keys stand in the guide to form files.", error.inner()),
                );
                return Err(faults.found);
            }
        };
        rules::whole(&form, &mut faults);
        if faults.found.is_empty() { Ok(form) } else { Err(faults.found) }
    }
}

fn pointer(path: &Path) -> String {
    let mut pointer = String::new();
    for segment in path {
        let part = match segment {
            Segment::Seq { index } => index.to_string(),
            Segment::Map { key } => schema::escape(key),
            Segment::Enum { variant } => variant.clone(),
            Segment::Unknown => continue,
        };
        pointer.push('/');
        pointer.push_str(&part);
    }
    pointer
}
