//! SQL stands in `store`, and a block touches only its own tables.

use super::{files_with, read, short};
use crate::machine::rooms;

/// Words that begin a statement; sqlx is the only way to send one.
const CALLS: &[&str] = &["sqlx::query", "query_as(", "query_scalar(", "raw_sql("];

/// Every statement outside a store, and every foreign table inside one.
pub fn broken() -> Vec<String> {
    let names: Vec<String> = rooms().into_iter().map(|it| it.name).collect();
    let mut faults = Vec::new();
    for path in files_with(&[".rs"]) {
        let place = short(&path);
        let text = read(&path);
        let mut parts = place.split('/');
        let (role, name) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
        let in_store = place.contains("/src/store/") || place.ends_with("/src/store.rs");
        if matches!(role, "blocks" | "adapters" | "desk" | "node") && !in_store {
            for call in CALLS {
                if text.contains(call) {
                    faults.push(format!("{place}: `{call}` outside the store"));
                }
            }
        }
        let own = if matches!(role, "blocks" | "adapters") { name } else { role };
        if in_store {
            faults.extend(foreign_tables(&place, &text, own, &names));
        }
        if in_store && text.contains("AssertSqlSafe") {
            faults.push(format!("{place}: statements are fixed texts"));
        }
    }
    for path in files_with(&[".sql"]) {
        let place = short(&path);
        let in_room = place.starts_with("blocks/") || place.starts_with("adapters/");
        let own = place.split('/').nth(usize::from(in_room)).unwrap_or_default().to_owned();
        faults.extend(foreign_tables(&place, &read(&path), &own, &names));
        for word in ["BOOLEAN", "SERIAL", "JSONB", "TIMESTAMP", " INTEGER", " INT "] {
            if read(&path).contains(word) {
                faults.push(format!("{place}: `{}` does not mean the same on both engines", word.trim()));
            }
        }
    }
    faults
}

fn foreign_tables(place: &str, text: &str, own: &str, names: &[String]) -> Vec<String> {
    let mut faults = Vec::new();
    for other in names.iter().map(String::as_str).chain(["kernel", "desk"]).filter(|it| *it != own) {
        for verb in ["FROM ", "INTO ", "UPDATE ", "JOIN ", "TABLE ", "EXISTS ", "REFERENCES "] {
            if text.contains(&format!("{verb}{other}_")) {
                faults.push(format!("{place}: a table of {other}"));
            }
        }
    }
    faults
}
