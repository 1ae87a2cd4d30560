//! CSV for spreadsheets.

use landkarte::{Entry, Map, Section, vocabulary};
use serde_json::Value;
use spreadsheet::guarded;
use std::collections::HashSet;

/// Elements and standards, one line each: `section`, `id` and a column for each fact that any of them has, named by its key
/// (`key.de` and `key.en` where it is in two languages). Lists of words are joined by ` | `, what has parts is JSON. The
/// provenance of single facts is not in it: see [`facts`]. `import::read` reads it back.
pub fn csv(map: &Map) -> String {
    let sections = [Section::Elements, Section::Standards];
    let entries: Vec<(Section, &Entry)> = sections
        .into_iter()
        .flat_map(|section| map.entries(section).iter().map(move |it| (section, it)))
        .collect();
    let columns = columns(&entries);
    let mut rows =
        vec![["section".to_owned(), "id".to_owned()].into_iter().chain(columns.iter().cloned()).collect()];
    for (section, entry) in entries {
        let mut row = vec![section.name().to_owned(), guarded(&entry.id).into_owned()];
        row.extend(columns.iter().map(|it| guarded(&cell(entry, it)).into_owned()));
        rows.push(row);
    }
    written(&rows)
}

/// Every fact of every entry, one line each, with its source, date, kind and end after inheritance.
pub fn facts(map: &Map) -> String {
    let header = [
        "section",
        "id",
        "name",
        "key",
        "value",
        "source",
        "source_title",
        "source_url",
        "source_licence",
        "date",
        "kind",
        "until",
    ];
    let mut rows: Vec<Vec<String>> = vec![header.map(str::to_owned).to_vec()];
    for section in Section::ALL {
        for entry in map.entries(section) {
            for fact in &entry.facts {
                let origin = map.origin(entry, fact);
                let source = |key: &str| origin.source.and_then(|it| it.words(key, true)).unwrap_or_default();
                let row = [
                    section.name(),
                    &entry.id,
                    entry.title(true),
                    &fact.key,
                    &plain(&fact.value),
                    origin.source_id.unwrap_or_default(),
                    source("title"),
                    source("url"),
                    source("licence"),
                    origin.date.unwrap_or_default(),
                    origin.kind.map(landkarte::FactKind::name).unwrap_or_default(),
                    origin.until.unwrap_or_default(),
                ];
                rows.push(row.into_iter().map(|it| guarded(it).into_owned()).collect());
            }
        }
    }
    written(&rows)
}

/// The columns that are needed, in the order of the vocabulary; keys of one's own stand last.
fn columns(entries: &[(Section, &Entry)]) -> Vec<String> {
    let mut used = HashSet::new();
    let mut own = Vec::new();
    for fact in entries.iter().flat_map(|(_, it)| &it.facts) {
        for column in fact_columns(&fact.key, &fact.value) {
            let new = used.insert(column.clone());
            if new && column.starts_with("x_") {
                own.push(column);
            }
        }
    }
    let mut columns = Vec::new();
    let known = [Section::Elements, Section::Standards].into_iter().flat_map(vocabulary);
    for key in known {
        for column in [key.name.to_owned(), format!("{}.de", key.name), format!("{}.en", key.name)] {
            if used.contains(&column) && !columns.contains(&column) {
                columns.push(column);
            }
        }
    }
    columns.extend(own);
    columns
}

fn fact_columns(key: &str, value: &Value) -> Vec<String> {
    match value.as_object() {
        Some(words) if is_words(words) => words.keys().map(|it| format!("{key}.{it}")).collect(),
        _ => vec![key.to_owned()],
    }
}

fn is_words(object: &serde_json::Map<String, Value>) -> bool {
    !object.is_empty()
        && object.iter().all(|(key, value)| matches!(key.as_str(), "de" | "en") && value.is_string())
}

fn cell(entry: &Entry, column: &str) -> String {
    if let Some((key, language)) = column.rsplit_once('.').filter(|(_, it)| matches!(*it, "de" | "en")) {
        let words = entry.fact(key).and_then(|it| it.value.as_object()).filter(|it| is_words(it));
        return words.and_then(|it| it.get(language)).and_then(Value::as_str).unwrap_or_default().to_owned();
    }
    match entry.fact(column).map(|it| &it.value) {
        Some(Value::Object(words)) if is_words(words) => String::new(),
        Some(value) => plain(value),
        None => String::new(),
    }
}

/// A value as text: lists of texts joined, what has parts as JSON.
fn plain(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Array(items) if !items.is_empty() && items.iter().all(Value::is_string) => {
            items.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(" | ")
        }
        other => other.to_string(),
    }
}

fn written(rows: &[Vec<String>]) -> String {
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    for row in rows {
        // Writing into memory, rows of equal length: there is nothing that could go wrong.
        if writer.write_record(row).is_err() {
            break;
        }
    }
    writer.into_inner().ok().and_then(|it| String::from_utf8(it).ok()).unwrap_or_default()
}
