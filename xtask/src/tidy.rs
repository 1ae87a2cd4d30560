//! The laws of the house (architecture, 1.9): each is a function that lists what breaks it, and a test.

mod files;
mod glossary;
mod names;
mod paths;
mod rooms;
mod sql;

use crate::{Outcome, machine::root};
use std::path::{Path, PathBuf};

/// One law: its name and what breaks it.
type Law = (&'static str, fn() -> Vec<String>);

const LAWS: &[Law] = &[
    ("dependencies obey the path law", paths::broken),
    ("SQL stands in the store and touches only the block's own tables", sql::broken),
    ("no file is longer than 600 lines", files::too_long),
    ("the kernel keeps its budget of 6000 lines", files::kernel_too_large),
    ("every lint exception has a reason, nothing is left to do", files::unfinished),
    ("every published name begins with its block and is listed", names::broken),
    ("every room has its furniture and its README its chapters", rooms::broken),
    ("words that the glossary bans do not occur", glossary::banned),
];

/// Checks every law.
pub fn all() -> Outcome {
    let mut faults = Vec::new();
    for (law, broken) in LAWS {
        faults.extend(broken().into_iter().map(|it| format!("{law}: {it}")));
    }
    if faults.is_empty() { Ok(()) } else { Err(format!("{} faults\n{}", faults.len(), faults.join("\n"))) }
}

/// Every file of the checkout with one of these endings, build products and packages left out.
fn files_with(endings: &[&str]) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut open = vec![root()];
    while let Some(folder) = open.pop() {
        let Ok(entries) = std::fs::read_dir(&folder) else { continue };
        for path in entries.flatten().map(|it| it.path()) {
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            if path.is_dir() {
                if !name.starts_with('.')
                    && !["target", "node_modules", "dist", "var"].contains(&name.as_str())
                {
                    open.push(path);
                }
            } else if endings.iter().any(|it| name.ends_with(it)) {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

/// Every Rust file of the checkout.
pub fn rust_files() -> Vec<PathBuf> {
    files_with(&[".rs"])
}

/// A path as seen from the root.
fn short(path: &Path) -> String {
    path.strip_prefix(root()).unwrap_or(path).display().to_string()
}

fn read(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_laws_hold() {
        for (law, broken) in super::LAWS {
            let faults = broken();
            assert!(faults.is_empty(), "{law}:\n{}", faults.join("\n"));
        }
    }
}
