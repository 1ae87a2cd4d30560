//! Writes the outlines of states and districts from a file of SVG paths: `import_outlines svg_paths.json OUT`.
//!
//! Read are absolute paths of straight lines (`M`, `L`, `Z`; one decimal place), written are relative ones in tenths, which are
//! exactly the same points in half the room. Anything else is an error: nothing is guessed.

use serde_json::{Value, json};
use std::{env, error::Error, fmt::Write as _, fs, io, path::Path};

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let [paths, out] = arguments.as_slice() else {
        return Err(fault("usage: import_outlines svg_paths.json OUT"));
    };
    let read: Value = serde_json::from_slice(&fs::read(paths)?)?;
    let size = said(&read, "viewBox")?;
    let [0, 0, width, height] = <[i64; 4]>::try_from(numbers(size)?).map_err(|_| fault(size))? else {
        return Err(fault("the picture does not begin at 0 0"));
    };
    let folder = Path::new(out).join("outlines");
    fs::create_dir_all(&folder)?;
    let written = format!(
        "{{\"width\":{width},\"height\":{height},\n\"states\":{},\n\"districts\":{}}}\n",
        areas(&read, "laender", 2)?,
        areas(&read, "kreise", 5)?,
    );
    fs::write(folder.join("germany.json"), written)?;
    Ok(())
}

/// One line an area: key, name, path.
fn areas(read: &Value, layer: &str, digits: usize) -> Result<String, Box<dyn Error>> {
    let all = read.get(layer).and_then(Value::as_array).ok_or_else(|| fault(layer))?;
    let mut lines = Vec::new();
    for area in all {
        let (key, name) = (said(area, "ars")?, said(area, "name")?);
        if key.len() != digits || !key.bytes().all(|it| it.is_ascii_digit()) {
            return Err(fault(&format!("{key} is no key of {layer}")));
        }
        lines.push((key, json!([key, name, relative(said(area, "d")?)?]).to_string()));
    }
    lines.sort_unstable();
    let lines: Vec<String> = lines.into_iter().map(|it| it.1).collect();
    Ok(format!("[\n{}\n]", lines.join(",\n")))
}

/// The same path in relative coordinates of tenths.
fn relative(path: &str) -> Result<String, Box<dyn Error>> {
    let mut written = String::new();
    let mut at = (0, 0);
    for ring in path.split_inclusive('Z') {
        let ring = ring.strip_prefix('M').and_then(|it| it.strip_suffix('Z'));
        let ring = ring.ok_or_else(|| fault(&format!("no closed ring: {path}")))?;
        let mut start = None;
        for (place, point) in ring.split('L').enumerate() {
            let [x, y] = <[i64; 2]>::try_from(numbers(point)?).map_err(|_| fault(point))?;
            let (across, down) = (x - at.0, y - at.1);
            let before = match place {
                0 => "m",
                1 => "l",
                _ if across < 0 => "",
                _ => " ",
            };
            write!(written, "{before}{across}{}{down}", if down < 0 { "" } else { " " })?;
            at = (x, y);
            start.get_or_insert(at);
        }
        written.push('z');
        at = start.unwrap_or(at);
    }
    Ok(written)
}

/// Numbers between spaces, in tenths.
fn numbers(text: &str) -> Result<Vec<i64>, Box<dyn Error>> {
    text.split_whitespace().map(tenths).collect()
}

fn tenths(text: &str) -> Result<i64, Box<dyn Error>> {
    let (whole, rest) = text.split_once('.').unwrap_or((text, "0"));
    let digits = |it: &str| !it.is_empty() && it.bytes().all(|it| it.is_ascii_digit());
    if !digits(whole) || !digits(rest) || rest.len() > 1 {
        return Err(fault(&format!("{text} is no number with at most one decimal place")));
    }
    Ok(whole.parse::<i64>()? * 10 + rest.parse::<i64>()?)
}

fn said<'v>(value: &'v Value, key: &str) -> Result<&'v str, Box<dyn Error>> {
    value.get(key).and_then(Value::as_str).ok_or_else(|| fault(&format!("no text under {key}")))
}

fn fault(text: &str) -> Box<dyn Error> {
    io::Error::other(text).into()
}
