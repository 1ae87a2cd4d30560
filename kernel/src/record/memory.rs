//! What this node signed last, remembered outside the database: whoever writes the database alone can delete checkpoints,
//! but cannot have the node sign another log in their place.

use super::{Checkpoint, open_checkpoint};
use crate::Keys;
use serde_json::{Value, json};
use std::{
    fs, io,
    path::{Path, PathBuf},
};

/// The name of what a node remembers of its own record, among what witnesses keep.
pub const REMEMBERED: &str = "the file of this node";

/// The newest checkpoint this node signed, in memory and in a file.
#[derive(Debug)]
pub struct Memory {
    file: PathBuf,
    last: Option<Checkpoint>,
}

impl Memory {
    /// What the file remembers; nothing where there is none yet.
    #[must_use]
    pub fn open(file: PathBuf, keys: &Keys) -> Self {
        let last = token(&file).and_then(|it| open_checkpoint(keys, &it));
        if last.is_none() && file.exists() {
            tracing::error!(file = %file.display(), "this node did not sign what the file remembers of its record");
        }
        Self { file, last }
    }

    pub(super) fn last(&self) -> Option<&Checkpoint> {
        self.last.as_ref()
    }

    pub(super) fn remember(&mut self, made: Checkpoint) {
        if let Err(cause) = write(&self.file, &made.token) {
            tracing::error!(%cause, file = %self.file.display(), "the newest checkpoint could not be written");
        }
        self.last = Some(made);
    }
}

/// The checkpoint in a file of the shape `{"checkpoint":"…"}`.
fn token(file: &Path) -> Option<String> {
    let value: Value = serde_json::from_slice(&fs::read(file).ok()?).ok()?;
    value.get("checkpoint")?.as_str().map(str::to_owned)
}

fn write(file: &Path, token: &str) -> io::Result<()> {
    let fresh = file.with_extension("new");
    fs::write(&fresh, json!({ "witness": REMEMBERED, "checkpoint": token }).to_string())?;
    fs::rename(&fresh, file)
}
