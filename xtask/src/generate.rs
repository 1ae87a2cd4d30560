//! Everything that can be generated is, and is checked in, so that a change shows in review.

mod reference;

use crate::{
    Outcome,
    machine::{build_programs, program, root},
};
use std::{fs, process::Command};

/// Path and text of every generated file.
fn files() -> Result<Vec<(&'static str, String)>, String> {
    build_programs()?;
    Ok(vec![
        ("openapi/fachwerk.json", say(&["openapi"])?),
        ("docs/reference/errors.md", say(&["faults"])?),
        ("docs/reference/permissions.md", reference::permissions()),
        ("docs/reference/audit.md", reference::audit()),
        ("docs/reference/events.md", reference::events()),
        ("docs/reference/tables.md", reference::tables()),
        ("docs/reference/configuration.md", reference::configuration()),
    ])
}

/// Writes them.
pub fn write() -> Outcome {
    for (path, text) in files()? {
        let path = root().join(path);
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder).map_err(|it| it.to_string())?;
        }
        fs::write(&path, text).map_err(|it| format!("{}: {it}", path.display()))?;
    }
    Ok(())
}

/// Says which of them are not what they would be now.
pub fn check() -> Outcome {
    let stale: Vec<_> = files()?
        .into_iter()
        .filter(|(path, text)| fs::read_to_string(root().join(path)).ok().as_deref() != Some(text))
        .map(|(path, _)| path)
        .collect();
    if stale.is_empty() {
        Ok(())
    } else {
        Err(format!("not current: {}; run `make generate`", stale.join(", ")))
    }
}

/// What the program itself says.
fn say(words: &[&str]) -> Result<String, String> {
    let output = Command::new(program("fachwerk"))
        .args(words)
        .current_dir(root())
        .output()
        .map_err(|it| it.to_string())?;
    if !output.status.success() {
        return Err(String::from_utf8_lossy(&output.stderr).into_owned());
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}
