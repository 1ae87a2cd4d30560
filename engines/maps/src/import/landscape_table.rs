//! The CSV downloads of a landscape2 site: `items.csv` (all columns) and `projects.csv` (names, maturity and dates). They hold
//! less than `full.json`: no ratings, no versions, no owners.

use super::Note;
use super::draft::{Draft, own_key, say_list};
use super::table::records;
use landkarte::{Entry, Fault, Map, Section};
use serde_json::json;

pub(super) fn read(name: &str, content: &[u8]) -> Result<(Map, Vec<Note>), Vec<Fault>> {
    let records = records(content)?;
    let mut draft = Draft::new(name, json!(name), name);
    let mut nameless = 0;
    for record in &records.rows {
        let get = |key: &str| records.get(record, key);
        let Some(title) = get("name").or_else(|| get("project_name")) else {
            nameless += 1;
            continue;
        };
        let mut entry = draft.entry(Section::Elements, title);
        entry.set("name", title);
        entry.set("kind", landkarte::UNKNOWN);
        if let Some(category) = get("category") {
            let layer = draft.layer(category, None);
            let group = get("subcategory").map(|it| draft.layer(it, Some(&layer)));
            entry.set("layer", group.unwrap_or(layer));
        }
        for (column, value) in records.columns.iter().zip(&record.values) {
            if !value.trim().is_empty() {
                column_value(&mut draft, &mut entry, column, value.trim());
            }
        }
        evidence(
            &mut entry,
            get("last_audit_date").or_else(|| get("last_security_audit_date")),
            get("last_audit_url"),
        );
        draft.push(Section::Elements, entry);
    }
    if nameless > 0 {
        draft.note(
            format!("{nameless} Zeilen ohne Namen wurden ausgelassen."),
            format!("{nameless} lines without a name were left out."),
        );
    }
    Ok(draft.finish())
}

fn column_value(draft: &mut Draft, entry: &mut Entry, column: &str, value: &str) {
    match column {
        "name"
        | "project_name"
        | "category"
        | "subcategory"
        | "last_audit_date"
        | "last_audit_url"
        | "last_security_audit_date" => {}
        "homepage" | "description" => entry.set(column, value),
        "license" => entry.set("licence", value),
        "github_repo" => entry.set("repository", value),
        "headquarters" => entry.set("origin", value),
        "organization" => {
            let party = draft.party(value);
            entry.set("owner", party);
        }
        "tag" => {
            let tags = value.split(',').map(str::trim).filter(|it| !it.is_empty());
            say_list(entry, "tags", tags.map(|it| json!(it)).collect());
        }
        "oss" => match value {
            "true" => entry.set("open_source", true),
            "false" => entry.set("open_source", false),
            _ => draft.left(column),
        },
        // The step in the foundation's incubator; items.csv writes it into `relation`.
        "relation" | "maturity" => entry.set("x_maturity", value),
        "archived_date" => {
            entry.set("lifecycle", json!({"state": "retired", "since": value}));
        }
        "accepted" | "incubation" | "graduated" | "accepted_date" | "sandbox_date" | "incubating_date"
        | "graduated_date" => entry.set(&own_key(column), value),
        _ => draft.left(column),
    }
}

fn evidence(entry: &mut Entry, date: Option<&str>, address: Option<&str>) {
    let mut document = serde_json::Map::new();
    for (key, value) in [("address", address), ("date", date)] {
        if let Some(value) = value {
            document.insert(key.into(), json!(value));
        }
    }
    if !document.is_empty() {
        document.insert("kind".into(), json!("document"));
        entry.set("evidence", json!([document]));
    }
}
