//! The glossary's last column: what must not be said.

use super::{files_with, read, short};
use crate::machine::root;

/// Banned words as identifiers in code.
pub fn banned() -> Vec<String> {
    let words = banned_words();
    if words.is_empty() {
        return vec!["docs/GLOSSARY.md has no banned words".to_owned()];
    }
    let mut faults = Vec::new();
    for path in files_with(&[".rs"]) {
        let place = short(&path);
        if place.starts_with("xtask/") {
            continue;
        }
        for (number, line) in read(&path).lines().enumerate() {
            let code = line.split("//").next().unwrap_or_default();
            for word in identifiers(code) {
                if words.contains(&word) {
                    faults.push(format!("{place}:{}: `{word}`", number + 1));
                }
            }
        }
    }
    faults
}

/// The words in code quotes of the column “do not say”.
fn banned_words() -> Vec<String> {
    read(&root().join("docs/GLOSSARY.md"))
        .lines()
        .filter(|it| it.starts_with('|'))
        .filter_map(|it| it.trim_end_matches('|').rsplit('|').next().map(str::to_owned))
        .flat_map(|it| it.split('`').skip(1).step_by(2).map(str::to_owned).collect::<Vec<_>>())
        .collect()
}

/// Identifiers of a line, text in quotes left out.
fn identifiers(code: &str) -> Vec<String> {
    code.split('"')
        .step_by(2)
        .flat_map(|it| it.split(|it: char| !it.is_alphanumeric() && it != '_'))
        .filter(|it| !it.is_empty())
        .map(str::to_owned)
        .collect()
}
