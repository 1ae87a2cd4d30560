//! Changes of state.

use super::{
    BAD_DATE, BAD_PUBLIC_SERVICE, FUTURE, Known, NO_SOURCE, Said,
    authority::authority,
    is_below, public_service,
    table::{Row, Table},
};
use crate::{Connection, Day, Entry, Faults, Level, Stage, Territory, Wording};
use std::{
    collections::{BTreeMap, HashMap},
    io::Read,
};

pub const REQUIRED: [&str; 6] = ["public_service", "authority", "state", "since", "connection", "source"];
pub const OPTIONAL: [&str; 2] = ["name", "note"];

/// A file with changes, by public service.
#[derive(Debug, Default)]
pub struct ChangeFile {
    /// The changes of each public service.
    pub public_services: BTreeMap<String, PublicServiceChanges>,
    /// The texts that rows refer to.
    pub texts: Texts,
}

/// The changes of one public service in a file.
#[derive(Debug, Default)]
pub struct PublicServiceChanges {
    /// What the file calls it, where it does.
    pub name: Option<String>,
    /// The rows, by region and day; no two for the same.
    pub rows: Vec<ChangeRow>,
}

/// A change with where it comes from.
#[derive(Debug, Clone, Copy)]
pub struct ChangeRow {
    /// The change.
    pub entry: Entry,
    /// Who says so: a number of [`Texts`].
    pub source: u32,
    /// A remark: a number of [`Texts`].
    pub note: u32,
    /// The line in the file.
    pub line: u32,
}

/// Texts that occur often, kept once.
#[derive(Debug, Default)]
pub struct Texts {
    all: Vec<Box<str>>,
    numbers: HashMap<Box<str>, u32>,
    last: u32,
}

impl Texts {
    /// The number of a text.
    pub fn number(&mut self, text: &str) -> u32 {
        if self.all.get(self.last as usize).is_some_and(|it| &**it == text) {
            return self.last;
        }
        self.last = self.numbers.get(text).copied().unwrap_or_else(|| {
            let number = u32::try_from(self.all.len()).unwrap_or(u32::MAX);
            self.all.push(text.into());
            self.numbers.insert(text.into(), number);
            number
        });
        self.last
    }

    /// The text of a number.
    pub fn get(&self, number: u32) -> &str {
        self.all.get(number as usize).map_or("", |it| it)
    }
}

impl PublicServiceChanges {
    /// The level that is competent as far as the rows show: the lowest that occurs. Rows about the Bund, Länder and
    /// Regierungsbezirke alone show nothing, since they hold for everything in them: then it is the municipalities.
    pub fn lowest_level(&self, territory: &Territory) -> Level {
        let levels = self.rows.iter().map(|it| territory.key(it.entry.place).level());
        let shown = levels.max().filter(|it| *it >= Level::District);
        shown.unwrap_or(Level::Municipality)
    }
}

pub fn read<R: Read>(table: &mut Table<R>, known: Known<'_>, faults: &mut Faults) -> ChangeFile {
    let mut file = ChangeFile::default();
    let mut last = String::new();
    table.rows(faults, |row, faults| {
        let Some(key) = public_service(row.get("public_service")) else {
            return row.fault(faults, "public_service", BAD_PUBLIC_SERVICE);
        };
        if key != last {
            key.clone_into(&mut last);
            file.public_services.entry(last.clone()).or_default();
        }
        let Some(read) = change(row, key, known, &mut file.texts, faults) else { return };
        let Some(public_service) = file.public_services.get_mut(&last) else { return };
        let name = row.get("name");
        if public_service.name.is_none() && !name.is_empty() {
            public_service.name = Some(name.to_owned());
        }
        public_service.rows.push(read);
    });
    for public_service in file.public_services.values_mut() {
        contradictions(&mut public_service.rows, known.territory, faults);
    }
    file
}

fn change(
    row: &Row<'_>,
    key: &str,
    known: Known<'_>,
    texts: &mut Texts,
    faults: &mut Faults,
) -> Option<ChangeRow> {
    let before = faults.total;
    let place = authority(row.get("authority"), known.territory)
        .map_err(|cure| row.fault_with(faults, "authority", cure))
        .ok();
    if let (Some(place), Some(level)) = (place, known.levels.get(key)) {
        let region = known.territory.key(place);
        if is_below(region, *level) {
            let upper = known.territory.at(place, *level).unwrap_or(0);
            row.fault_with(faults, "authority", too_low(known.territory, upper, *level));
        }
    }
    let stage: Option<Stage> = row.get("state").parse().ok();
    if stage.is_none() {
        row.fault(faults, "state", BAD_STATE);
    }
    let connection: Option<Connection> = row.get("connection").parse().ok();
    if connection.is_none() {
        row.fault(faults, "connection", BAD_CONNECTION);
    }
    let since = day(row, "since", known.today, faults);
    if row.get("source").is_empty() {
        row.fault(faults, "source", NO_SOURCE);
    }
    if faults.total > before {
        return None;
    }
    Some(ChangeRow {
        entry: Entry { place: place?, since: since?, stage: stage?, connection: connection? },
        source: texts.number(row.get("source")),
        note: texts.number(row.get("note")),
        line: u32::try_from(row.line).unwrap_or(u32::MAX),
    })
}

/// A day that is not in the future.
pub fn day(row: &Row<'_>, column: &str, today: Day, faults: &mut Faults) -> Option<Day> {
    let Ok(day) = row.get(column).parse::<Day>() else {
        row.fault(faults, column, BAD_DATE);
        return None;
    };
    if day > today {
        let what = Wording::new(
            format!("{day} liegt in der Zukunft; heute ist {today}."),
            format!("{day} lies in the future; today is {today}."),
        );
        faults.add(row.line, column, what, FUTURE.wording());
        return None;
    }
    Some(day)
}

/// Sorts rows by region and day. Two lines that say the same become one; two that contradict each other are a fault.
fn contradictions(rows: &mut Vec<ChangeRow>, territory: &Territory, faults: &mut Faults) {
    rows.sort_by_key(|it| (it.entry.place, it.entry.since, it.line));
    rows.dedup_by(|later, first| {
        if (later.entry.place, later.entry.since) != (first.entry.place, first.entry.since) {
            return false;
        }
        if later.entry != first.entry {
            let (name, since) = (territory.name(later.entry.place), later.entry.since);
            let (one, other) = (first.line, later.line);
            let what = Wording::new(
                format!("Zeile {other} widerspricht Zeile {one}: {name} am {since} zweimal, verschieden."),
                format!("Line {other} contradicts line {one}: {name} on {since} twice, differently."),
            );
            faults.add(other as usize, "state", what, TWICE.wording());
        }
        true
    });
}

fn too_low(territory: &Territory, upper: u32, level: Level) -> Wording {
    let (key, name) = (territory.key_text(upper), territory.name(upper));
    Wording::new(
        format!("Zuständig ist hier die Ebene {}: schreiben Sie {key} ({name}).", level.german()),
        format!("Competent here is the level {}: write {key} ({name}).", level.english()),
    )
}

const BAD_STATE: Said = Said(
    "Erwartet wird connected, in_progress, planned oder none.",
    "Expected is connected, in_progress, planned or none.",
);
const BAD_CONNECTION: Said = Said(
    "Erwartet wird own (selbst angeschlossen), state (durch das Land) oder federation (durch den Bund).",
    "Expected is own (connected by itself), state (by the Land) or federation (by the Bund).",
);
const TWICE: Said = Said(
    "Löschen Sie die falsche der beiden Zeilen, oder berichtigen Sie ihr Datum.",
    "Delete the wrong one of the two lines, or correct its date.",
);
