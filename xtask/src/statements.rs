//! Every statement of every block was executed on both engines by some test: preparing alone misses casts.

use crate::{Outcome, machine::root};
use std::{collections::BTreeSet, fs, path::PathBuf};

const VERBS: [&str; 5] = ["SELECT ", "INSERT ", "UPDATE ", "DELETE ", "WITH "];

/// SQLite takes its snapshot at the first read, so the kernel reads something there; PostgreSQL needs no such thing.
const SQLITE_ONLY: &str = "SELECT version FROM kernel_migration LIMIT 1";

/// Forgets what earlier runs executed.
pub fn forget() -> Outcome {
    match fs::remove_dir_all(root().join("target/statements")) {
        Err(cause) if cause.kind() != std::io::ErrorKind::NotFound => Err(cause.to_string()),
        _ => Ok(()),
    }
}

/// Compares what stands in the stores with what was executed.
pub fn check() -> Outcome {
    let wanted = written();
    let mut faults = Vec::new();
    for engine in ["sqlite", "postgres"] {
        let executed =
            fs::read_to_string(root().join(format!("target/statements/{engine}.txt"))).unwrap_or_default();
        let executed: BTreeSet<&str> = executed.lines().collect();
        for (place, statement) in &wanted {
            let excused = engine == "postgres" && statement == SQLITE_ONLY;
            if !excused && !executed.contains(statement.as_str()) {
                faults.push(format!("never on {engine}: {place}: {statement}"));
            }
        }
    }
    if faults.is_empty() { Ok(()) } else { Err(format!("{} faults\n{}", faults.len(), faults.join("\n"))) }
}

/// Every statement in a store of a block or in the kernel, with its file.
fn written() -> BTreeSet<(String, String)> {
    let mut found = BTreeSet::new();
    for path in crate::tidy::rust_files() {
        let place = path.strip_prefix(root()).unwrap_or(&path).display().to_string();
        let store = place.contains("/src/store/") || place.ends_with("/src/store.rs");
        let ours = ((place.starts_with("blocks/") || place.starts_with("adapters/")) && store)
            || (place.starts_with("kernel/src/")
                && !place.ends_with("/tests.rs")
                && !place.contains("/tests/"));
        if ours {
            let text = fs::read_to_string(PathBuf::from(&path)).unwrap_or_default();
            for literal in literals(&text) {
                if VERBS.iter().any(|it| literal.starts_with(it)) {
                    let statement = literal.split_whitespace().collect::<Vec<_>>().join(" ");
                    found.insert((place.clone(), statement));
                }
            }
        }
    }
    found
}

/// The string literals of a Rust source, escapes resolved as far as statements need it.
fn literals(source: &str) -> Vec<String> {
    let (mut found, mut letters) = (Vec::new(), source.chars().peekable());
    while let Some(letter) = letters.next() {
        match letter {
            '/' if letters.peek() == Some(&'/') => {
                letters.by_ref().take_while(|it| *it != '\n').for_each(drop);
            }
            '\'' if letters.peek() == Some(&'"') => {
                letters.next();
            }
            '"' => {
                let mut text = String::new();
                while let Some(letter) = letters.next() {
                    match letter {
                        '"' => break,
                        '\\' => match letters.next() {
                            Some('\n') => while letters.next_if(|it| it.is_whitespace()).is_some() {},
                            Some(other) => text.push(other),
                            None => break,
                        },
                        other => text.push(other),
                    }
                }
                found.push(text);
            }
            _ => {}
        }
    }
    found
}

#[cfg(test)]
mod tests {
    #[test]
    fn literals_are_read_as_rust_reads_them() {
        let source =
            "// \"no\"\nlet a = \"SELECT 1 \\\n      FROM x\"; let q = '\"'; let b = \"say \\\"hi\\\"\";";
        assert_eq!(super::literals(source), ["SELECT 1 FROM x", "say \"hi\""]);
    }
}
