//! Maps laid over each other, as a whole process: how long, how much memory.

use crate::{
    Outcome, Settings, machine, mention,
    node::binary,
    process,
    table::{Figure, Promise, Table},
};
use std::{
    fmt::Write as _,
    fs,
    hint::black_box,
    path::{Path, PathBuf},
    process::Command,
    time::Instant,
};

/// How often it is done.
const TURNS: usize = 7;
const MAPS: usize = 16;
const ELEMENTS: usize = 1_000;

/// Measures 16 maps of 1,000 elements, half of which stand in every map.
pub fn measure(settings: &Settings, table: &mut Table) -> Outcome {
    mention("overlay: 16 maps of 1,000 elements, a process each time");
    let program = binary(settings)?;
    let folder = settings.fresh_folder()?;
    let mut files = Vec::new();
    for number in 0..MAPS {
        let path = folder.path().join(format!("map-{number}.json"));
        fs::write(&path, map(number)).map_err(|it| it.to_string())?;
        files.push(path);
    }
    let seconds = process::timed(TURNS, || command(&program, &files))?;
    let watched = process::watched(command(&program, &files))?;
    let plain: Vec<f64> = (0..TURNS).map(|_| parse(&files)).collect::<Outcome<_>>()?;
    table.figures.push(Figure {
        what: "overlay of 16 maps of 1,000 elements, whole process".to_owned(),
        measured: seconds,
        unit: "s",
        limit: machine::median(plain),
        limit_is: "reading them as JSON and forgetting them",
        promise: Promise::AtMost(1.0),
    });
    let size: u64 = files.iter().filter_map(|it| fs::metadata(it).ok()).map(|it| it.len()).sum();
    table.figures.push(Figure {
        what: "… its memory".to_owned(),
        measured: watched.memory,
        unit: "MB",
        limit: megabytes(size),
        limit_is: "the files themselves",
        promise: Promise::AtMost(300.0),
    });
    Ok(())
}

#[expect(clippy::cast_precision_loss, reason = "files are smaller than 2^52 bytes")]
fn megabytes(size: u64) -> f64 {
    size as f64 / 1e6
}

fn command(program: &Path, files: &[PathBuf]) -> Command {
    let mut command = Command::new(program);
    command.args(["overlay", "--format", "json"]).args(files);
    command
}

fn parse(files: &[PathBuf]) -> Outcome<f64> {
    let began = Instant::now();
    for file in files {
        let content = fs::read(file).map_err(|it| it.to_string())?;
        let read: serde::de::IgnoredAny = serde_json::from_slice(&content).map_err(|it| it.to_string())?;
        black_box(read);
    }
    Ok(began.elapsed().as_secs_f64())
}

/// A map: every other element stands in all maps, under a name, a website and a repository.
fn map(number: usize) -> String {
    let mut text = format!(
        "{{\"landkarte\":1,\"id\":\"map-{number}\",\"title\":{{\"de\":\"Karte {number}\",\"en\":\"Map {number}\"}},\
         \"sources\":[{{\"id\":\"s\",\"title\":\"made\"}}],\"source\":\"s\",\"date\":\"2026-11-01\",\
         \"parties\":[{{\"id\":\"land\",\"name\":\"Land {number}\",\"kind\":\"state\"}}],\"capabilities\":["
    );
    for it in 0..100 {
        let comma = if it < 99 { "," } else { "],\"elements\":[" };
        // Writing into a string cannot fail.
        let _ = write!(text, "{{\"id\":\"c{it}\",\"title\":\"Capability {it}\"}}{comma}");
    }
    for it in 0..ELEMENTS {
        let shared = it % 2 == 0;
        let name = if shared { format!("Register {it}") } else { format!("Verfahren {number}-{it}") };
        let path = if shared { format!("shared/e{it}") } else { format!("land-{number}/e{it}") };
        let state = if it % 5 == 0 { "pilot" } else { "productive" };
        let comma = if it + 1 < ELEMENTS { "," } else { "]}" };
        let _ = write!(
            text,
            "{{\"id\":\"e{it}\",\"name\":\"{name}\",\"kind\":\"component\",\
             \"description\":{{\"de\":\"{name} führt Angaben der Gemeinde {}, damit Anträge schneller geprüft werden\"}},\
             \"homepage\":\"https://software.example/{path}\",\"repository\":\"https://code.example/{path}\",\
             \"licence\":\"EUPL-1.2\",\"open_source\":true,\"version\":\"{}.{number}\",\"operators\":[\"land\"],\
             \"capabilities\":[\"c{}\"],\"lifecycle\":{{\"state\":\"{state}\"}}}}{comma}",
            it % 37,
            number % 3,
            it % 100,
        );
    }
    text
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_maps_are_json_and_share_half() {
        let read =
            |number: usize| -> serde_json::Value { serde_json::from_str(&super::map(number)).unwrap() };
        let (one, other) = (read(0), read(1));
        assert_eq!(one["elements"].as_array().unwrap().len(), super::ELEMENTS);
        assert_eq!(one["elements"][0]["repository"], other["elements"][0]["repository"]);
        assert_ne!(one["elements"][1]["name"], other["elements"][1]["name"]);
    }
}
