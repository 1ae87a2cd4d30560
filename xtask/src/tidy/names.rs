//! Every published name begins with its block's id, is unique, and has its line in the reference.

use super::{read, short};
use crate::machine::{rooms, root};
use std::collections::BTreeSet;

/// What breaks it.
pub fn broken() -> Vec<String> {
    let mut faults = Vec::new();
    let reference: String = ["permissions", "audit", "errors", "events"]
        .iter()
        .map(|it| read(&root().join(format!("docs/reference/{it}.md"))))
        .collect();
    let mut seen = BTreeSet::new();
    for room in rooms() {
        let block = &room.name;
        for path in super::files_with(&["names.rs"]) {
            if !short(&path).starts_with(&format!("{}/", room.folder())) {
                continue;
            }
            for name in published(&read(&path)) {
                if !name.starts_with(&format!("{block}.")) {
                    faults.push(format!("{}: `{name}` does not begin with {block}", short(&path)));
                }
                if !reference.contains(&format!("`{name}`")) {
                    faults.push(format!("`{name}` has no line in docs/reference; run `make generate`"));
                }
                if !seen.insert(name.clone()) {
                    faults.push(format!("`{name}` is published twice"));
                }
            }
        }
    }
    faults.extend(without_words());
    faults
}

/// Audit events that auditors and citizens would read by their name only.
fn without_words() -> Vec<String> {
    let words = read(&root().join("blocks/record/src/rules/words.rs"));
    let mut faults = Vec::new();
    for path in super::files_with(&["names.rs"]) {
        // The desk has a record of its own, which nobody but its office reads.
        if short(&path).starts_with("desk/") {
            continue;
        }
        let text = read(&path);
        let events = text.split("Audit(\"").skip(1).filter_map(|it| it.split('"').next());
        faults.extend(
            events.filter(|it| !words.contains(&format!("\"{it}\" "))).map(|it| {
                format!("{}: `{it}` has no words in blocks/record/src/rules/words.rs", short(&path))
            }),
        );
    }
    faults
}

/// The names in a `names.rs`: quoted words with one dot inside.
pub fn published(text: &str) -> Vec<String> {
    let mut names: Vec<String> = text
        .lines()
        .filter(|it| !it.trim_start().starts_with("//"))
        .flat_map(|it| it.split('"').skip(1).step_by(2))
        .filter(|it| {
            let mut parts = it.split('.');
            let word = |it: Option<&str>| {
                it.is_some_and(|it| {
                    !it.is_empty() && it.chars().all(|it| it.is_ascii_lowercase() || it == '_')
                })
            };
            word(parts.next()) && word(parts.next()) && parts.next().is_none()
        })
        .map(str::to_owned)
        .collect();
    names.dedup();
    names
}

#[cfg(test)]
mod tests {
    #[test]
    fn names_are_words_with_a_dot() {
        let text = "// \"no.name\"\nPermission(\"payment.open\"); \"Der Betrag. Er fehlt\" \"a.b.c\" \"payment.no_amount\"";
        assert_eq!(super::published(text), ["payment.open", "payment.no_amount"]);
    }
}
