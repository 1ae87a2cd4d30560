//! Reading CSV: rows by the names of their columns, and the table that `export::csv` writes.

use super::Note;
use super::draft::Draft;
use landkarte::{Entry, Fact, Fault, Key, Map, Section, Shape};
use serde_json::{Value, json};
use spreadsheet::unguarded;
use tree::Place;

/// A file of rows.
pub(super) struct Records {
    pub(super) columns: Vec<String>,
    pub(super) rows: Vec<Row>,
}

/// One row, with the line it begins in.
pub(super) struct Row {
    pub(super) line: usize,
    pub(super) values: Vec<String>,
}

impl Records {
    /// The value of a column without white space around it; nothing where it is blank or there is no such column.
    pub(super) fn get<'r>(&self, row: &'r Row, column: &str) -> Option<&'r str> {
        let index = self.columns.iter().position(|it| it == column)?;
        row.values.get(index).map(|it| it.trim()).filter(|it| !it.is_empty())
    }
}

/// Reads CSV with a header; every row has as many values as the header.
pub(super) fn records(content: &[u8]) -> Result<Records, Vec<Fault>> {
    let content = content.strip_prefix(b"\xef\xbb\xbf").unwrap_or(content);
    let mut reader = csv::Reader::from_reader(content);
    let columns = reader.headers().map_err(|it| vec![unreadable(&it)])?;
    let columns: Vec<String> = columns.iter().map(|it| it.trim().to_owned()).collect();
    let mut rows = Vec::new();
    let mut faults = Vec::new();
    for record in reader.records() {
        match record {
            Ok(record) => {
                let line = record.position().map_or(0, |it| begins(content, it));
                rows.push(Row { line, values: record.iter().map(str::to_owned).collect() });
            }
            Err(error) => faults.push(unreadable(&error)),
        }
    }
    if faults.is_empty() { Ok(Records { columns, rows }) } else { Err(faults) }
}

/// The line in which a record begins. The reader stands before the line feed of the line above where that ended in CR LF.
fn begins(content: &[u8], position: &csv::Position) -> usize {
    let feed = usize::try_from(position.byte()).ok().and_then(|it| content.get(it)) == Some(&b'\n');
    line(position.line()) + usize::from(feed)
}

fn line(line: u64) -> usize {
    usize::try_from(line).unwrap_or(usize::MAX)
}

fn unreadable(error: &csv::Error) -> Fault {
    let place = Place { line: error.position().map_or(1, |it| line(it.line())), column: 1 };
    Fault {
        place,
        pointer: String::new(),
        de: format!(
            "Die Zeile ist nicht lesbar ({error}). Speichern Sie die Datei als UTF-8, mit Komma getrennt."
        ),
        en: format!("The line cannot be read ({error}). Save the file as UTF-8, separated by commas."),
    }
}

/// Reads the table that `export::csv` writes: `section,id` and one column for each fact.
pub(super) fn read(name: &str, content: &[u8]) -> Result<(Map, Vec<Note>), Vec<Fault>> {
    let records = records(content)?;
    let mut draft = Draft::new(name, json!(name), name);
    let mut faults = Vec::new();
    for row in &records.rows {
        let (Some(section), Some(id)) = (records.get(row, "section"), records.get(row, "id")) else {
            faults.push(wrong(
                row,
                "section",
                "section und id müssen ausgefüllt sein",
                "section and id must be filled",
            ));
            continue;
        };
        let Some(section) = Section::named(section).filter(|it| *it != Section::Sources) else {
            faults.push(wrong(
                row,
                "section",
                &format!("„{section}“ ist hier kein Abschnitt"),
                &format!("\"{section}\" is no section here"),
            ));
            continue;
        };
        if !draft.claim(section, id) {
            faults.push(wrong(
                row,
                "id",
                &format!("„{id}“ steht zweimal da"),
                &format!("\"{id}\" stands twice"),
            ));
            continue;
        }
        match entry(&records, row, section, id) {
            Ok(entry) => draft.push(section, entry),
            Err(found) => faults.extend(found),
        }
    }
    if faults.is_empty() { Ok(draft.finish()) } else { Err(faults) }
}

fn entry(records: &Records, row: &Row, section: Section, id: &str) -> Result<Entry, Vec<Fault>> {
    let mut entry = Entry::new(id);
    let mut faults = Vec::new();
    for (column, value) in records.columns.iter().zip(&row.values).skip(2) {
        if value.is_empty() {
            continue;
        }
        let (name, language) = match column.rsplit_once('.') {
            Some((name, language @ ("de" | "en"))) => (name, Some(language)),
            _ => (column.as_str(), None),
        };
        let key = landkarte::key(section, name);
        if key.is_none() && !name.starts_with("x_") {
            faults.push(wrong(row, column, "Diese Spalte gibt es nicht", "There is no such column"));
            continue;
        }
        let value = unguarded(value);
        match (language, cell(key, value)) {
            (Some(language), _) => in_language(&mut entry, name, language, value),
            (None, Some(value)) => entry.say(Fact::new(name, value)),
            (None, None) => faults.push(wrong(
                row,
                column,
                "Der Wert passt nicht in diese Spalte",
                "The value does not fit this column",
            )),
        }
    }
    if faults.is_empty() { Ok(entry) } else { Err(faults) }
}

fn in_language(entry: &mut Entry, name: &str, language: &str, value: &str) {
    let mut words = entry.fact(name).and_then(|it| it.value.as_object().cloned()).unwrap_or_default();
    words.insert(language.to_owned(), json!(value));
    entry.set(name, Value::Object(words));
}

/// The value of a cell, by the shape of its key. Nothing where it does not fit.
fn cell(key: Option<&Key>, text: &str) -> Option<Value> {
    if text == landkarte::UNKNOWN {
        return Some(json!(text));
    }
    let structured = || serde_json::from_str::<Value>(text).ok();
    match key.map(|it| &it.shape) {
        Some(Shape::Truth) => text.parse::<bool>().ok().map(Value::Bool),
        Some(Shape::Number) => structured().filter(Value::is_number),
        Some(Shape::Record(_)) => structured().filter(Value::is_object),
        Some(Shape::Records(_) | Shape::WordsList) => structured().filter(Value::is_array),
        Some(Shape::Texts | Shape::SomeOf(_) | Shape::References(_) | Shape::ReferencesOrTexts(_)) => {
            Some(text.split(" | ").map(|it| json!(it)).collect())
        }
        Some(Shape::Anything) | None => Some(structured().unwrap_or_else(|| json!(text))),
        Some(_) => Some(json!(text)),
    }
}

fn wrong(row: &Row, column: &str, de: &str, en: &str) -> Fault {
    Fault {
        place: Place { line: row.line, column: 1 },
        pointer: format!("/{column}"),
        de: format!("{de} (Spalte {column})."),
        en: format!("{en} (column {column})."),
    }
}
