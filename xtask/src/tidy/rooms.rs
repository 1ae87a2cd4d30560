//! The same room in every block and adapter: furniture by name, README with its chapters.

use super::{files_with, read, short};
use crate::machine::{rooms, root};

const FURNITURE: &[&str] = &[
    "lib",
    "names",
    "config",
    "model",
    "rules",
    "store",
    "operations",
    "api",
    "web",
    "jobs",
    "listen",
    "tests",
    "port",
    "sign",
];
const CHAPTERS: &[&str] = &[
    "## What it does",
    "## Standards",
    "## Asks and answers",
    "## Data",
    "## Switch",
    "## Configuration",
    "## Limits",
];
const DRAWERS: &[&str] = &["utils", "util", "helpers", "helper", "common", "misc", "types"];

/// Files that belong in no room, and READMEs that lack a chapter.
pub fn broken() -> Vec<String> {
    let mut faults = Vec::new();
    for room in rooms() {
        let place = room.folder();
        let folder = root().join(&place);
        for entry in std::fs::read_dir(folder.join("src")).into_iter().flatten().flatten() {
            let name = entry.path().file_stem().unwrap_or_default().to_string_lossy().into_owned();
            if !FURNITURE.contains(&name.as_str()) {
                faults.push(format!("{place}/src/{name} is no furniture of a room"));
            }
        }
        let text = read(&folder.join("README.md"));
        faults.extend(
            CHAPTERS
                .iter()
                .filter(|it| !text.contains(**it))
                .map(|it| format!("{place}/README.md lacks “{it}”")),
        );
    }
    for path in files_with(&[".rs"]) {
        let stem = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        if DRAWERS.contains(&stem.as_str()) {
            faults.push(format!("{} is a drawer for everything", short(&path)));
        }
    }
    for path in files_with(&["Cargo.toml"]) {
        let folder = path.parent().map(std::path::Path::to_owned).unwrap_or_default();
        if folder != root() && !folder.join("README.md").exists() {
            faults.push(format!("{} has no README.md", short(&folder)));
        }
    }
    faults
}
