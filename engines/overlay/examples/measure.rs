//! Measures laying maps over each other: `measure FILE...` reads maps, or makes 16 of 1,000 elements where none is given.

use overlay::{Decisions, Input, Question, Weights, overlay, report};
use std::{io::Write, time::Instant};

fn main() -> Result<(), String> {
    let began = Instant::now();
    let maps: Vec<landkarte::Map> = (0..16).map(map).collect::<Result<_, _>>()?;
    let read = began.elapsed();
    let inputs = maps.iter().map(|map| Input { map, file: String::new(), sha256: String::new() }).collect();
    let weights = Weights::shipped().map_err(|it| format!("{it:?}"))?;
    let question = Question { inputs, decisions: Decisions::default(), weights, by: None };
    let picture = overlay(&question).map_err(|it| format!("{it:?}"))?;
    let laid = began.elapsed();
    let mut json = Vec::new();
    report::json(&picture, &mut json).map_err(|it| it.to_string())?;
    let written = began.elapsed();
    let line = format!(
        "read {read:?}, laid over {:?}, written {:?} ({} bytes); {} clusters, {} suggestions\n",
        laid - read,
        written - laid,
        json.len(),
        picture.clusters.len(),
        picture.suggestions.len()
    );
    std::io::stdout().write_all(line.as_bytes()).map_err(|it| it.to_string())
}

/// Half of the elements stand in every map, half in this one only.
fn map(number: usize) -> Result<landkarte::Map, String> {
    let mut text = format!("{{\"landkarte\":1,\"id\":\"map-{number}\",\"title\":\"Map {number}\",\"capabilities\":[");
    for it in 0..100 {
        let comma = if it < 99 { "," } else { "],\"elements\":[" };
        text.push_str(&format!("{{\"id\":\"c{it}\",\"title\":\"Capability {it}\"}}{comma}"));
    }
    for it in 0..1000 {
        let name = if it % 2 == 0 { format!("Register {it}") } else { format!("Verfahren {number} {it}") };
        let comma = if it < 999 { "," } else { "]}" };
        text.push_str(&format!(
            "{{\"id\":\"e{it}\",\"name\":\"{name}\",\"kind\":\"component\",\"description\":\"Baustein {name} für das Register der Gemeinde {}\",\"licence\":\"EUPL-1.2\",\"capabilities\":[\"c{}\"],\"lifecycle\":{{\"state\":\"productive\"}}}}{comma}",
            it % 37,
            it % 100
        ));
    }
    landkarte::Map::read(text.as_bytes()).map_err(|it| format!("{it:?}"))
}
