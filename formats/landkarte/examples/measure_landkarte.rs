//! Measures reading, writing and looking up in a large map: `measure [ELEMENTS]`, best as a release build.

use landkarte::{Map, Section};
use std::{env, error::Error, io::Write, time::Instant};

fn main() -> Result<(), Box<dyn Error>> {
    let count: usize = env::args().nth(1).map_or(Ok(20_000), |it| it.parse())?;
    let mut text = String::from("landkarte: 1\nid: large # a comment\nelements:\n");
    for number in 0..count {
        let other = (number * 7 + 3) % count;
        text.push_str(&format!(
            "  - id: element-{number}\n    name: {{de: Baustein {number}, en: Element {number}}}\n    kind: product\n    \
             description: {{de: Ein Baustein mit einer Beschreibung in einem Satz}}\n    version: 1.{number}\n    \
             tags: [eins, zwei, drei]\n    uses: [element-{other}]\n    owner: somebody\n    \
             lifecycle: {{value: {{state: productive}}, kind: checked}}\n    licence: EUPL-1.2\n    \
             claims:\n      - {{criterion: a, level: 1, percent: 10}}\n      - {{criterion: b, level: 2, percent: 40}}\n"
        ));
    }
    let mut out = std::io::stdout();
    let mut lap = Instant::now();
    let mut tell = |what: &str| -> std::io::Result<()> {
        writeln!(out, "{what}: {} ms", lap.elapsed().as_millis())?;
        lap = Instant::now();
        Ok(())
    };
    tree::Tree::read(text.as_bytes(), &tree::Limits::default())?;
    tell("YAML alone")?;
    let map = Map::read(text.as_bytes()).map_err(|it| format!("{it:?}"))?;
    tell("read YAML")?;
    let found =
        (0..count).filter(|it| map.entry(Section::Elements, &format!("element-{it}")).is_some()).count();
    tell(&format!("looked up {found}"))?;
    tell(&format!("{} relations", map.relations().len()))?;
    let yaml = map.to_yaml();
    tell(&format!("written YAML, {} bytes", yaml.len()))?;
    let json = map.to_json();
    tell(&format!("written JSON, {} bytes", json.len()))?;
    Map::read(json.as_bytes()).map_err(|it| format!("{it:?}"))?;
    tell("read JSON")?;
    let line: serde_json::Value = serde_json::from_str(&json)?;
    let line = line.to_string();
    tell("made JSON of one line")?;
    Map::read(line.as_bytes()).map_err(|it| format!("{it:?}"))?;
    tell("read JSON of one line")?;
    Ok(())
}
