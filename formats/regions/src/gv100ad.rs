//! The fixed-width file GV100AD of the Statistisches Bundesamt, records of 220 characters.
//!
//! Columns (1-based, inclusive): 1–2 record type, 3–10 date, 11–12 Land, 13 Regierungsbezirk, 14–15 Kreis,
//! 16–18 Gemeinde, 19–22 Verband, 23–72 name, 73–122 seat, 123–124 Textkennzeichen, 129–139 area in hectares,
//! 140–150 population, 166–170 postcode of the seat.

mod record;

use crate::{Dataset, Faults, Kind, Level, Region, RegionKey, Wording, dataset};
use record::Record;
use std::{borrow::Cow, collections::BTreeMap};

/// Reads a whole file, UTF-8 (with or without byte order mark) or Latin-1.
///
/// # Errors
/// Every fault with its line and column; nothing is guessed or left out.
pub fn parse(bytes: &[u8]) -> Result<Dataset, Faults> {
    let mut faults = Faults::default();
    let text = decode(bytes, &mut faults);
    let mut regions: Vec<(Region, usize)> = Vec::new();
    let mut notes = BTreeMap::new();
    let mut as_of: Option<String> = None;
    for (at, line) in text.lines().enumerate() {
        if line.is_empty() {
            continue;
        }
        let Some(record) = Record::cut(at + 1, line, &mut faults) else { continue };
        let date = record.date(&mut faults);
        match (&as_of, date) {
            (None, Some(date)) => as_of = Some(date),
            (Some(first), Some(date)) if *first != date => other_date(&mut faults, at + 1, first, &date),
            _ => {}
        }
        let Some(region) = record.region(&mut faults) else { continue };
        if record.name_may_be_cut() {
            notes.insert(region.key, CUT.to_owned());
        }
        regions.push((region, at + 1));
    }
    if regions.is_empty() {
        nothing(&mut faults);
        return Err(faults);
    }
    finish(regions, notes, as_of.unwrap_or_default(), faults)
}

const CUT: &str =
    "Der Name füllt das Feld der amtlichen Datei (50 Zeichen) und kann dort abgeschnitten sein.";

fn finish(
    mut regions: Vec<(Region, usize)>,
    notes: BTreeMap<RegionKey, String>,
    as_of: String,
    mut faults: Faults,
) -> Result<Dataset, Faults> {
    regions.sort_by_key(|(region, _)| region.key);
    let (mut regions, lines): (Vec<Region>, Vec<usize>) = regions.into_iter().unzip();
    // The file states people and area for municipalities only; above them both are sums.
    let sums = dataset::sums(&regions);
    for region in &mut regions {
        if let Some((population, area)) = sums.get(&region.key) {
            region.population = u32::try_from(*population).unwrap_or(u32::MAX);
            region.area = u32::try_from(*area).unwrap_or(u32::MAX);
        }
    }
    let dataset = Dataset { as_of, regions, notes };
    dataset.check(&lines, &mut faults);
    faults.or(dataset)
}

/// Editions before 2025 are Latin-1. Bytes 80 to 9F mean neither: they are control characters there.
fn decode<'a>(bytes: &'a [u8], faults: &mut Faults) -> Cow<'a, str> {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Cow::Borrowed(text);
    }
    for (at, line) in bytes.split(|byte| *byte == b'\n').enumerate() {
        if let Some(position) = line.iter().position(|byte| (0x80..0xA0).contains(byte)) {
            faults.add(
                at + 1,
                format!("{}", position + 1),
                Wording::new(
                    "Das Zeichen ist weder UTF-8 noch Latin-1.",
                    "The character is neither UTF-8 nor Latin-1.",
                ),
                Wording::new(
                    "Laden Sie die Datei so, wie das Statistische Bundesamt sie veröffentlicht.",
                    "Load the file as the Statistisches Bundesamt publishes it.",
                ),
            );
        }
    }
    Cow::Owned(bytes.iter().map(|byte| char::from(*byte)).collect())
}

fn other_date(faults: &mut Faults, line: usize, first: &str, date: &str) {
    faults.add(
        line,
        "Gebietsstand (3–10)",
        Wording::new(
            format!("Der Gebietsstand {date} weicht vom ersten Satz ({first}) ab."),
            format!("The date {date} differs from that of the first record ({first})."),
        ),
        Wording::new(
            "Mischen Sie keine zwei Ausgaben in einer Datei.",
            "Do not mix two editions in one file.",
        ),
    );
}

fn nothing(faults: &mut Faults) {
    faults.add(
        0,
        "",
        Wording::new("Die Datei enthält keine Region.", "The file has no region."),
        Wording::new(
            "Erwartet wird die entpackte Textdatei GV100AD_….txt, nicht die Excel-Datei oder das ZIP.",
            "The unpacked text file GV100AD_….txt is expected, not the spreadsheet or the ZIP file.",
        ),
    );
}

impl Record {
    fn region(&self, faults: &mut Faults) -> Option<Region> {
        let level = self.level(faults)?;
        let key = self.key(level, faults)?;
        let name = self.name(faults)?;
        let kind = self.kind(level, faults)?;
        let mut region = Region { key, ags: None, name, kind, area: 0, population: 0, seat_postcode: None };
        if level == Level::Municipality {
            region.ags = Some(self.ags(faults)?);
            region.area = self.number("area (129–139)", 128..139, faults)?;
            region.population = self.number("population (140–150)", 139..150, faults)?;
            region.seat_postcode = self.postcode(faults)?;
        }
        Some(region)
    }

    fn kind(&self, level: Level, faults: &mut Faults) -> Option<Kind> {
        let text = self.field(122..124);
        let code = if text.trim().is_empty() { Some(0) } else { text.parse::<u8>().ok() };
        let kind = code.and_then(|code| Kind::of(code, level));
        if kind.is_none() {
            self.fault(
                faults,
                "Textkennzeichen (123–124)",
                Wording::new(
                    format!("„{text}“ ist für die Ebene {} kein Textkennzeichen.", level.german()),
                    format!("\"{text}\" is no Textkennzeichen of the level {}.", level.english()),
                ),
                Wording::new(
                    "Kreise tragen 41–45, Verbände 50–58, Gemeinden 60–68, Länder und Bezirke keines.",
                    "Districts have 41–45, associations 50–58, municipalities 60–68, states and regions none.",
                ),
            );
        }
        kind
    }
}

#[cfg(test)]
mod tests;
