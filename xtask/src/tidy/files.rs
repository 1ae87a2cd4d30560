//! The tail is the thing to forbid: no long files, nothing left to do.

use super::{files_with, read, short};

/// Files of more than 600 lines.
pub fn too_long() -> Vec<String> {
    files_with(&[".rs", ".ts", ".mjs", ".py", ".css"])
        .into_iter()
        .filter_map(|path| {
            let lines = read(&path).lines().count();
            (lines > 600).then(|| format!("{} has {lines} lines", short(&path)))
        })
        .collect()
}

/// What must not be left in the code.
pub fn unfinished() -> Vec<String> {
    // Put together here, so that this file does not find itself.
    let words = [
        concat!("to", "do!("),
        concat!("unimple", "mented!("),
        concat!("FIX", "ME"),
        concat!("#[", "ignore"),
    ];
    let mut faults = Vec::new();
    for path in files_with(&[".rs", ".ts", ".mjs", ".py"]) {
        for (number, line) in read(&path).lines().enumerate() {
            for word in words {
                if line.contains(word) {
                    faults.push(format!("{}:{}: {word}", short(&path), number + 1));
                }
            }
        }
    }
    faults
}
