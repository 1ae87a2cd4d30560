//! Submissions counted elsewhere, by month.

use super::{BAD_PUBLIC_SERVICE, FUTURE, Known, NO_SOURCE, Said, public_service, table::Table};
use crate::{Faults, Month, Wording};
use std::io::Read;

pub const REQUIRED: [&str; 4] = ["public_service", "month", "count", "source"];

/// How many submissions a source counted in a month.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Count {
    /// The public service.
    pub public_service: String,
    /// The month.
    pub month: Month,
    /// How many.
    pub count: u64,
    /// Who says so.
    pub source: String,
}

pub fn read<R: Read>(table: &mut Table<R>, known: Known<'_>, faults: &mut Faults) -> Vec<Count> {
    let mut found: Vec<(Count, usize)> = Vec::new();
    table.rows(faults, |row, faults| {
        let before = faults.total;
        let key = public_service(row.get("public_service"));
        if key.is_none() {
            row.fault(faults, "public_service", BAD_PUBLIC_SERVICE);
        }
        let month: Option<Month> = row.get("month").parse().ok();
        match month {
            None => row.fault(faults, "month", BAD_MONTH),
            Some(it) if it > known.today.month() => row.fault(faults, "month", FUTURE),
            Some(_) => {}
        }
        let text = row.get("count");
        let digits = (1..=12).contains(&text.len()) && text.bytes().all(|it| it.is_ascii_digit());
        let count: Option<u64> = digits.then(|| text.parse().ok()).flatten();
        if count.is_none() {
            row.fault(faults, "count", BAD_COUNT);
        }
        if row.get("source").is_empty() {
            row.fault(faults, "source", NO_SOURCE);
        }
        if let (true, Some(key), Some(month), Some(count)) = (faults.total == before, key, month, count) {
            let source = row.get("source").to_owned();
            found.push((Count { public_service: key.to_owned(), month, count, source }, row.line));
        }
    });
    found.sort_by(|(one, line), (other, below)| {
        (&one.public_service, one.month, &one.source, line).cmp(&(
            &other.public_service,
            other.month,
            &other.source,
            below,
        ))
    });
    found.dedup_by(|(later, line), (first, above)| {
        let same = (&later.public_service, later.month, &later.source)
            == (&first.public_service, first.month, &first.source);
        if same && later.count != first.count {
            let what = Wording::new(
                format!("Zeile {line} widerspricht Zeile {above}: zwei Zahlen für {}.", later.month),
                format!("Line {line} contradicts line {above}: two counts for {}.", later.month),
            );
            faults.add(*line, "count", what, TWICE.wording());
        }
        same
    });
    found.into_iter().map(|it| it.0).collect()
}

const BAD_MONTH: Said = Said(
    "Erwartet wird ein Monat wie 2026-02, ab 2000-01.",
    "Expected is a month like 2026-02, from 2000-01 on.",
);
const BAD_COUNT: Said = Said(
    "Erwartet wird eine ganze Zahl ohne Trennzeichen, höchstens zwölf Ziffern.",
    "Expected is a whole number without separators, at most twelve digits.",
);
const TWICE: Said = Said(
    "Löschen Sie die falsche der beiden Zeilen, oder nennen Sie zwei verschiedene Quellen.",
    "Delete the wrong one of the two lines, or name two different sources.",
);
