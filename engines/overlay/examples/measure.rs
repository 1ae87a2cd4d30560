//! Measures laying 16 maps of 1,000 elements over each other, without the process around it.

use overlay::{Decisions, Input, Question, Weights, overlay, report};
use std::{io::Write, time::Instant};

fn main() -> Result<(), String> {
    let texts: Vec<String> = (0..16).map(map).collect();
    let began = Instant::now();
    let maps: Vec<landkarte::Map> = texts
        .iter()
        .map(|it| maps::import::read("map.json", it.as_bytes(), &[]).map_err(|it| format!("{it:?}")))
        .map(|it| it.map(|it| it.0))
        .collect::<Result<_, _>>()?;
    let read = began.elapsed();
    let began = Instant::now();
    let inputs = maps.iter().map(|map| Input { map, file: String::new(), sha256: String::new() }).collect();
    let weights = Weights::shipped().map_err(|it| format!("{it:?}"))?;
    let question = Question { inputs, decisions: Decisions::default(), weights, by: None };
    let picture = overlay(&question).map_err(|it| format!("{it:?}"))?;
    let laid = began.elapsed();
    let began = Instant::now();
    let mut json = Vec::new();
    report::json(&picture, &mut json).map_err(|it| it.to_string())?;
    let written = began.elapsed();
    let (bytes, clusters, suggestions) = (json.len(), picture.clusters.len(), picture.suggestions.len());
    let line = format!(
        "read {read:?}, laid over {laid:?}, written {written:?} ({bytes} bytes); {clusters} clusters, {suggestions} suggestions\n"
    );
    std::io::stdout().write_all(line.as_bytes()).map_err(|it| it.to_string())
}

/// Half of the elements stand in every map, half in this one only.
fn map(number: usize) -> String {
    let mut text =
        format!("{{\"landkarte\":1,\"id\":\"map-{number}\",\"title\":\"Map {number}\",\"capabilities\":[");
    for it in 0..100 {
        let comma = if it < 99 { "," } else { "],\"elements\":[" };
        text.push_str(&format!("{{\"id\":\"c{it}\",\"title\":\"Capability {it}\"}}{comma}"));
    }
    for it in 0..1000 {
        let name = if it % 2 == 0 { format!("Register {it}") } else { format!("Verfahren {number} {it}") };
        let path = if it % 2 == 0 { format!("shared/e{it}") } else { format!("land-{number}/e{it}") };
        let comma = if it < 999 { "," } else { "]}" };
        text.push_str(&format!(
            "{{\"id\":\"e{it}\",\"name\":\"{name}\",\"kind\":\"component\",\"description\":\"Baustein {name} für das Register der Gemeinde {}\",\"homepage\":\"https://software.example/{path}\",\"repository\":\"https://code.example/{path}\",\"version\":\"{}.{number}\",\"licence\":\"EUPL-1.2\",\"capabilities\":[\"c{}\"],\"lifecycle\":{{\"state\":\"productive\"}}}}{comma}",
            it % 37,
            number % 3,
            it % 100
        ));
    }
    text
}
