//! Writes the map of the Deutschland-Stack from the collected facts: `import_dstack dstack.json DATA`, where DATA is the
//! folder `data` of this repository.

mod capabilities;
mod elements;
mod frame;
mod input;
mod parties;
mod sources;
mod standards;
mod titles;

use landkarte::{Entry, Map, Section};
use serde_json::json;
use std::{env, error::Error, fs, io, path::Path};

const NOTE: &str = include_str!("source.md");

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let [from, to] = arguments.as_slice() else {
        return Err(io::Error::other("usage: import_dstack dstack.json DATA").into());
    };
    let input: input::Collection = serde_json::from_slice(&fs::read(from)?)?;
    let map = map(&input)?;
    let folder = Path::new(to).join("landkarte");
    fs::create_dir_all(&folder)?;
    let text = map.to_yaml();
    Map::read(text.as_bytes())
        .map_err(|faults| faults.iter().map(|it| format!("{it}\n")).collect::<String>())?;
    fs::write(folder.join("deutschland-stack.yaml"), text)?;
    fs::write(folder.join("SOURCE.md"), NOTE)?;
    Ok(())
}

fn map(input: &input::Collection) -> Result<Map, String> {
    let mut map = Map::new("deutschland-stack");
    head(&mut map.head);
    let mut sources = sources::Sources::default();
    frame::add(&mut map, input, &mut sources)?;
    capabilities::add(&mut map, &mut sources)?;
    let mut parties = parties::Parties::default();
    for it in &input.standards {
        let entry = standards::entry(it, &mut sources, &mut parties)?;
        map.push(Section::Standards, entry);
    }
    for it in &input.elements {
        let entry = elements::entry(it, &input.findings, &mut sources, &mut parties)?;
        map.push(Section::Elements, entry);
    }
    elements::realise(&mut map, &input.elements);
    parties.entries().for_each(|it| map.push(Section::Parties, it));
    sources.entries().for_each(|it| map.push(Section::Sources, it));
    Ok(map)
}

fn head(head: &mut Entry) {
    head.set("title", "Deutschland-Stack");
    head.set(
        "description",
        json!({
            "de": "Bausteine, Standards, Beschlüsse und Prinzipien des Deutschland-Stacks, wie sie veröffentlicht sind; jede Angabe mit Quelle.",
            "en": "Building blocks, standards, decisions and principles of the Deutschland-Stack as published; every fact with its source.",
        }),
    );
    head.set("publisher", "Fachwerk");
    head.set("version", "2026-06-14");
    head.set("licence", "unknown");
    head.set(
        "notice",
        json!({
            "de": "Bewertungen, Lizenzangaben und Angaben zur Quelloffenheit sind die der amtlichen Landkarte und nicht geprüft. Beschreibungen in eigenen Worten. Für die Daten der amtlichen Landkarte ist im Original keine Lizenz angegeben. Der Beschluss B-2026/03-IT ist nach einer Abschrift Dritter und nach Presseberichten wiedergegeben; seine Anlagen lagen nicht vor.",
            "en": "Ratings, licences and open-source flags are those of the official map and unchecked. Descriptions are in our own words. The original states no licence for the data of the official map. Decision B-2026/03-IT is given after a transcription by others and press reports; its annexes were not available.",
        }),
    );
}
