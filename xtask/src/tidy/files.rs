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

/// The kernel's budget: a thing enters it when three blocks need it and no block owns it. Tests are not counted.
pub fn kernel_too_large() -> Vec<String> {
    let code = |it: &String| it.starts_with("kernel/src/") && !it.contains("/tests");
    let lines: usize = files_with(&[".rs"])
        .iter()
        .filter(|path| code(&short(path)))
        .map(|path| read(path).lines().count())
        .sum();
    if lines > 6000 { vec![format!("the kernel has {lines} lines")] } else { Vec::new() }
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
