//! Writes what follows from the vocabulary: the JSON Schema, and the tables of `docs/reference/landkarte.md`.

use std::{error::Error, fs, io, path::Path};

fn main() -> Result<(), Box<dyn Error>> {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let schema = serde_json::to_string_pretty(&landkarte::json_schema())? + "\n";
    fs::write(here.join("schema/landkarte-1.schema.json"), schema)?;
    let page = here.join("../../docs/reference/landkarte.md");
    let text = fs::read_to_string(&page)?;
    let mark = "<!-- tables: written by `cargo run -p landkarte --example refresh`; do not edit below -->\n";
    let (kept, _) =
        text.split_once(mark).ok_or_else(|| io::Error::other("the mark of the tables is gone"))?;
    fs::write(page, format!("{kept}{mark}\n{}", landkarte::tables()))?;
    Ok(())
}
