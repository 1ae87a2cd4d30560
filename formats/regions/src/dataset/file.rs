//! `regions.csv`: our own form of the register, one line a region, ordered by key.

use super::{Dataset, Region};
use crate::{Faults, Kind, Level, RegionKey, postcodes::number, table};
use std::{collections::BTreeMap, io::Write};

const HEADER: [&str; 11] = [
    "level",
    "ars",
    "ags",
    "name",
    "kind",
    "kind_name",
    "area_ha",
    "population",
    "seat_postcode",
    "as_of",
    "note",
];

impl Dataset {
    /// Reads our own form.
    ///
    /// # Errors
    /// Every fault with line and column, and every broken sum or missing parent.
    pub fn read(bytes: &[u8]) -> Result<Self, Faults> {
        let mut faults = Faults::default();
        let (mut rows, mut notes, mut as_of) = (Vec::new(), BTreeMap::new(), String::new());
        table::read(bytes, &HEADER, &mut faults, |row, faults| {
            let Some(region) = region(row, faults) else { return };
            if !row.get("note").is_empty() {
                notes.insert(region.key, row.get("note").to_owned());
            }
            if as_of.is_empty() {
                row.get("as_of").clone_into(&mut as_of);
            }
            rows.push((region, row.line));
        });
        rows.sort_by_key(|(region, _)| region.key);
        let (regions, lines): (Vec<Region>, Vec<usize>) = rows.into_iter().unzip();
        let dataset = Self { as_of, regions, notes };
        if faults.is_empty() {
            dataset.check(&lines, &mut faults);
        }
        faults.or(dataset)
    }

    /// Writes our own form.
    ///
    /// # Errors
    /// When the writer fails.
    pub fn write(&self, out: impl Write) -> csv::Result<()> {
        let mut writer = csv::Writer::from_writer(out);
        writer.write_record(HEADER)?;
        for (at, region) in self.regions.iter().enumerate() {
            let kind = if region.kind == Kind::NONE { String::new() } else { region.kind.0.to_string() };
            writer.write_record([
                region.key.level().name(),
                &region.key.to_string(),
                &region.ags_text(),
                &region.name,
                &kind,
                region.kind.german(),
                &region.area.to_string(),
                &region.population.to_string(),
                &region.seat_postcode.map(|postcode| format!("{postcode:05}")).unwrap_or_default(),
                // Once is enough, and keeps the differences between two editions small.
                if at == 0 { &self.as_of } else { "" },
                self.notes.get(&region.key).map_or("", String::as_str),
            ])?;
        }
        Ok(writer.flush()?)
    }
}

fn region(row: &table::Row<'_>, faults: &mut Faults) -> Option<Region> {
    let level: Option<Level> = row.get("level").parse().ok();
    let key: Option<RegionKey> = row.get("ars").parse().ok();
    let (Some(level), Some(key)) = (level, key) else {
        row.fault(faults, "ars", ("Ebene und ARS müssen gültig sein.", "Level and ARS must be valid."));
        return None;
    };
    if key.level() != level {
        row.fault(
            faults,
            "level",
            ("Die Länge des ARS gibt die Ebene vor.", "The length of the ARS says the level."),
        );
        return None;
    }
    let code = if row.get("kind").is_empty() { Some(0) } else { row.get("kind").parse().ok() };
    let Some(kind) = code.and_then(|code| Kind::of(code, level)) else {
        row.fault(
            faults,
            "kind",
            ("Nehmen Sie ein Textkennzeichen dieser Ebene.", "Use a Textkennzeichen of this level."),
        );
        return None;
    };
    let ags = number(row.get("ags"), 8);
    if level == Level::Municipality && ags.is_none() {
        row.fault(faults, "ags", ("Schreiben Sie acht Ziffern.", "Write eight digits."));
        return None;
    }
    let (Ok(area), Ok(population)) = (row.get("area_ha").parse(), row.get("population").parse()) else {
        row.fault(
            faults,
            "population",
            ("Fläche und Einwohner sind Zahlen.", "Area and population are numbers."),
        );
        return None;
    };
    let name: Box<str> = row.get("name").into();
    let seat_postcode = number(row.get("seat_postcode"), 5);
    Some(Region {
        key,
        ags: ags.filter(|_| level == Level::Municipality),
        name,
        kind,
        area,
        population,
        seat_postcode,
    })
}
