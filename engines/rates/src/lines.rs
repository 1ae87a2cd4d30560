//! Changes as they are kept: canonical CSV of one public service, what is in force, and what differs.

use crate::{
    Connection, Day, Entry, Stage, Territory, Wording,
    reader::{ChangeRow, Texts},
};
use csv::{ReaderBuilder, WriterBuilder};
use std::collections::{BTreeMap, HashSet};

/// The header of a kept set of changes.
const HEADER: [&str; 6] = ["authority", "state", "since", "connection", "source", "note"];

/// A kept change with where it comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// The change.
    pub entry: Entry,
    /// Who says so.
    pub source: String,
    /// A remark, empty for none.
    pub note: String,
    /// The version it came with.
    pub version: i64,
}

/// A change that is there, gone or altered between two versions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// The change before; nothing where there was none.
    pub before: Option<Line>,
    /// The change after; nothing where there is none any more.
    pub after: Option<Line>,
}

/// Writes changes as they are kept: UTF-8, LF, in the order of region and day. Equal changes give equal bytes.
pub fn write_lines(rows: &[ChangeRow], texts: &Texts, territory: &Territory) -> Vec<u8> {
    let mut writer = WriterBuilder::new().from_writer(Vec::with_capacity(rows.len() * 64 + 64));
    // Writing into memory cannot fail.
    let _ = writer.write_record(HEADER);
    for row in rows {
        let it = &row.entry;
        let _ = writer.write_record([
            territory.key_text(it.place).as_str(),
            it.stage.name(),
            &it.since.to_string(),
            it.connection.name(),
            texts.get(row.source),
            texts.get(row.note),
        ]);
    }
    writer.into_inner().unwrap_or_default()
}

/// Reads kept changes without their sources. Lines about regions that this edition of the register does not know are left
/// out; the second value says how many.
pub fn pack(kept: &[u8], territory: &Territory) -> (Vec<Entry>, usize) {
    let text = String::from_utf8_lossy(kept);
    let (mut entries, mut gone) = (Vec::with_capacity(kept.len() / 48), 0);
    for line in text.lines().skip(1) {
        // The first four cells are never quoted, and no cell has a line break.
        let mut cells = line.splitn(5, ',');
        let mut next = || cells.next().unwrap_or_default();
        match entry([next(), next(), next(), next()], territory) {
            Some(entry) => entries.push(entry),
            None => gone += 1,
        }
    }
    (entries, gone)
}

/// Reads kept changes with their sources; lines about unknown regions are left out.
pub fn read_lines(kept: &[u8], territory: &Territory, version: i64) -> Vec<Line> {
    let mut reader = ReaderBuilder::new().has_headers(true).from_reader(kept);
    let one = |row: csv::StringRecord| {
        let cell = |at| row.get(at).unwrap_or_default();
        let entry = entry([cell(0), cell(1), cell(2), cell(3)], territory)?;
        Some(Line { entry, source: cell(4).to_owned(), note: cell(5).to_owned(), version })
    };
    reader.records().filter_map(Result::ok).filter_map(one).collect()
}

fn entry([authority, how_far, since, connection]: [&str; 4], territory: &Territory) -> Option<Entry> {
    let place = if authority == "DE" { 0 } else { territory.find(authority.parse().ok()?)? };
    let since: Day = since.parse().ok()?;
    let (stage, connection): (Stage, Connection) = (how_far.parse().ok()?, connection.parse().ok()?);
    Some(Entry { place, since, stage, connection })
}

/// Which versions count at `at`: those up to it that no later one undoes. An undoing can itself be undone. `versions`
/// gives each number with the number that it undoes, in order.
pub fn in_force(versions: &[(i64, Option<i64>)], at: i64) -> Vec<i64> {
    let mut undone = HashSet::new();
    let mut counting = Vec::new();
    for (number, undoes) in versions.iter().rev().filter(|it| it.0 <= at) {
        if undone.contains(number) {
            continue;
        }
        counting.push(*number);
        undone.extend(*undoes);
    }
    counting.reverse();
    counting
}

/// What differs between the changes of one public service at two versions; of two for the same region and day the
/// later one in a list holds.
pub fn differences(before: Vec<Line>, after: Vec<Line>) -> Vec<Difference> {
    let by_place = |all: Vec<Line>| -> BTreeMap<(u32, Day), Line> {
        all.into_iter().map(|it| ((it.entry.place, it.entry.since), it)).collect()
    };
    let (mut old, new) = (by_place(before), by_place(after));
    let mut found = Vec::new();
    for (at, after) in new {
        let before = old.remove(&at);
        if before.as_ref().is_none_or(|it| it.entry != after.entry || it.source != after.source) {
            found.push((at, Difference { before, after: Some(after) }));
        }
    }
    found.extend(old.into_iter().map(|(at, it)| (at, Difference { before: Some(it), after: None })));
    found.sort_by_key(|it| it.0);
    found.into_iter().map(|it| it.1).collect()
}

impl Difference {
    /// The change it is about.
    pub fn line(&self) -> Option<&Line> {
        self.after.as_ref().or(self.before.as_ref())
    }

    /// What differs, as a sentence.
    pub fn sentence(&self, territory: &Territory) -> Wording {
        let Some(line) = self.line() else { return Wording::new("", "") };
        let (name, since) = (territory.name(line.entry.place), line.entry.since);
        let stage = line.entry.stage;
        match (&self.before, &self.after) {
            (None, _) => Wording::new(
                format!("{name}: {} seit {since} (neu)", stage.german()),
                format!("{name}: {} since {since} (new)", stage.english()),
            ),
            (_, None) => Wording::new(
                format!("{name}: {} seit {since} (entfallen)", stage.german()),
                format!("{name}: {} since {since} (gone)", stage.english()),
            ),
            (Some(before), Some(_)) if before.entry == line.entry => Wording::new(
                format!("{name}: {} seit {since} (andere Quelle)", stage.german()),
                format!("{name}: {} since {since} (another source)", stage.english()),
            ),
            (Some(before), Some(_)) if before.entry.stage == stage => {
                let (one, other) = (before.entry.connection, line.entry.connection);
                Wording::new(
                    format!(
                        "{name}: {} seit {since}, {} statt {}",
                        stage.german(),
                        other.german(),
                        one.german()
                    ),
                    format!(
                        "{name}: {} since {since}, {} instead of {}",
                        stage.english(),
                        other.english(),
                        one.english()
                    ),
                )
            }
            (Some(before), Some(_)) => Wording::new(
                format!("{name}: seit {since} {} statt {}", stage.german(), before.entry.stage.german()),
                format!(
                    "{name}: since {since} {} instead of {}",
                    stage.english(),
                    before.entry.stage.english()
                ),
            ),
        }
    }
}
