//! Values of bases.

use super::{
    Known, NO_SOURCE, Said,
    authority::authority,
    changes::day,
    table::{Row, Table},
};
use crate::{BaseValue, Faults, Wording};
use std::{collections::BTreeMap, io::Read};

pub const REQUIRED: [&str; 5] = ["authority", "base", "value", "date", "source"];

/// The values of one base in a file.
#[derive(Debug)]
pub struct BaseRows {
    /// What the base is called.
    pub base: String,
    /// The values with who says so, by region and day.
    pub rows: Vec<(BaseValue, String)>,
}

pub fn read<R: Read>(table: &mut Table<R>, known: Known<'_>, faults: &mut Faults) -> Vec<BaseRows> {
    let mut found: BTreeMap<String, Vec<(BaseValue, String, usize)>> = BTreeMap::new();
    table.rows(faults, |row, faults| {
        if let Some(value) = value(row, known, faults) {
            let rows = found.entry(row.get("base").to_owned()).or_default();
            rows.push((value, row.get("source").to_owned(), row.line));
        }
    });
    let bases = found.into_iter().map(|(base, mut rows)| {
        rows.sort_by_key(|(it, _, line)| (it.place, it.day, *line));
        rows.dedup_by(|later, first| {
            let same = (later.0.place, later.0.day) == (first.0.place, first.0.day);
            if same && later.0.amount != first.0.amount {
                let name = known.territory.name(later.0.place);
                let what = Wording::new(
                    format!("Zeile {} widerspricht Zeile {}: zwei Werte für {name}.", later.2, first.2),
                    format!("Line {} contradicts line {}: two values for {name}.", later.2, first.2),
                );
                faults.add(later.2, "value", what, TWICE.wording());
            }
            same
        });
        BaseRows { base, rows: rows.into_iter().map(|(value, source, _)| (value, source)).collect() }
    });
    bases.collect()
}

fn value(row: &Row<'_>, known: Known<'_>, faults: &mut Faults) -> Option<BaseValue> {
    let before = faults.total;
    let place = authority(row.get("authority"), known.territory)
        .map_err(|cure| row.fault_with(faults, "authority", cure))
        .ok();
    let base = row.get("base");
    let plain = |it: char| it.is_ascii_lowercase() || it.is_ascii_digit() || it == '_';
    let named = (2..=60).contains(&base.len()) && base.chars().all(plain);
    if !named || matches!(base, "authorities" | "population") {
        row.fault(faults, "base", BAD_BASE);
    }
    let amount = thousandths(row.get("value"));
    if amount.is_none() {
        let value = row.get("value");
        row.fault(faults, "value", if value.contains(',') { DECIMAL_COMMA } else { BAD_VALUE });
    }
    let day = day(row, "date", known.today, faults);
    if row.get("source").is_empty() {
        row.fault(faults, "source", NO_SOURCE);
    }
    (faults.total == before).then_some(())?;
    Some(BaseValue { place: place?, amount: amount?, day: day? })
}

/// A number of at most twelve digits before the point and three behind it, in thousandths.
pub fn thousandths(text: &str) -> Option<u64> {
    let (whole, rest) = text.split_once('.').unwrap_or((text, "0"));
    let digits = |it: &str| !it.is_empty() && it.bytes().all(|it| it.is_ascii_digit());
    if !digits(whole) || !digits(rest) || whole.len() > 12 || rest.len() > 3 {
        return None;
    }
    let rest: u64 = format!("{rest:0<3}").parse().ok()?;
    Some(whole.parse::<u64>().ok()? * 1000 + rest)
}

const DECIMAL_COMMA: Said = Said(
    "Schreiben Sie Dezimalzahlen mit Punkt und ohne Tausendertrennung: 1234.5 statt 1.234,5.",
    "Write decimal numbers with a point and without separating thousands: 1234.5 instead of 1.234,5.",
);
const BAD_VALUE: Said = Said(
    "Erwartet wird eine Zahl ab 0 mit höchstens 12 Ziffern vor und 3 hinter dem Punkt.",
    "Expected is a number from 0 on with at most 12 digits before and 3 behind the point.",
);
const BAD_BASE: Said = Said(
    "Ein Basisname besteht aus kleinen Buchstaben, Ziffern und Unterstrichen (vehicles); authorities und population gibt es schon.",
    "The name of a base consists of small letters, digits and underscores (vehicles); authorities and population are there already.",
);
const TWICE: Said =
    Said("Löschen Sie die falsche der beiden Zeilen.", "Delete the wrong one of the two lines.");
