//! The crate from outside: published cases, status lists, and what must be refused.

mod cases;
mod credentials;
mod refusals;
mod status_lists;
mod yaml;

use std::path::PathBuf;

/// The folder with published vectors, or nothing (with a line that says so).
fn vectors(folder: &str) -> Option<PathBuf> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/identity").join(folder);
    if path.is_dir() {
        return Some(path);
    }
    println!("skipped: {} is not here", path.display());
    None
}
