//! What is known about something on its way, so that an interrupted sending goes on instead of beginning again.

use crate::{Error, Result};
use serde::{Deserialize, Serialize};
use std::{io::Write as _, path::Path};
use uuid::Uuid;

/// The state of one sending: the ids that were made, what has arrived, and the encrypted content, ready to be repeated
/// byte for byte. Holds no plain content; file names of attachments are in it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Draft {
    /// The submission or reply, once the delivery service has opened it.
    pub id: Option<Uuid>,
    /// Its case.
    pub case_id: Option<Uuid>,
    /// Where it goes: a destination, or the id of the key a reply is encrypted to.
    pub to: String,
    /// Its attachments, in order.
    pub attachments: Vec<DraftAttachment>,
    /// The encrypted metadata, once they are made.
    pub encrypted_metadata: Option<String>,
    /// The encrypted data, once they are made.
    pub encrypted_data: Option<String>,
    /// Whether the delivery service has confirmed that all of it arrived.
    pub sent: bool,
}

/// One attachment of a draft.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct DraftAttachment {
    /// Its id.
    pub attachment_id: Uuid,
    /// The ids of its fragments, where it is too large for one piece.
    pub fragments: Vec<Uuid>,
    /// Its name.
    pub name: String,
    /// Its size in bytes.
    pub size: u64,
    /// SHA-512 of the whole, hexadecimal; known once all of it has been uploaded.
    pub hash: Option<String>,
}

impl DraftAttachment {
    /// The ids under which it travels.
    pub fn travels_as(&self) -> Vec<Uuid> {
        if self.fragments.is_empty() { vec![self.attachment_id] } else { self.fragments.clone() }
    }
}

/// Where a draft is kept while it is on its way.
pub trait DraftKeeper: Send + Sync {
    /// The draft that was kept before, if any.
    ///
    /// # Errors
    /// When it cannot be read.
    fn load(&self) -> Result<Option<Draft>>;

    /// Keeps the draft; it must be durable when this returns.
    ///
    /// # Errors
    /// When it cannot be written; sending then stops.
    fn save(&self, draft: &Draft) -> Result<()>;
}

/// Keeps a draft in a file.
#[derive(Debug, Clone)]
pub struct DraftFile(std::path::PathBuf);

impl DraftFile {
    /// The file at `path`; it is made when the first step is done, readable by its owner only.
    pub fn new(path: impl AsRef<Path>) -> Self {
        Self(path.as_ref().to_owned())
    }
}

impl DraftKeeper for DraftFile {
    fn load(&self) -> Result<Option<Draft>> {
        match std::fs::read(&self.0) {
            Ok(bytes) => serde_json::from_slice(&bytes)
                .map(Some)
                .map_err(|it| Error::Draft(format!("{} is not a draft: {it}", self.0.display()))),
            Err(cause) if cause.kind() == std::io::ErrorKind::NotFound => Ok(None),
            Err(cause) => Err(Error::file(self.0.display().to_string())(cause)),
        }
    }

    fn save(&self, draft: &Draft) -> Result<()> {
        let failed = |cause| Error::file(self.0.display().to_string())(cause);
        let folder = match self.0.parent() {
            Some(it) if !it.as_os_str().is_empty() => it,
            _ => Path::new("."),
        };
        let bytes = serde_json::to_vec(draft).map_err(|it| Error::Draft(it.to_string()))?;
        // Whole or not at all: written beside the old one, flushed, then renamed over it.
        let mut file = tempfile::NamedTempFile::new_in(folder).map_err(failed)?;
        file.write_all(&bytes).map_err(failed)?;
        file.as_file().sync_all().map_err(failed)?;
        file.persist(&self.0).map_err(|it| failed(it.error))?;
        std::fs::File::open(folder).and_then(|it| it.sync_all()).map_err(failed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_draft_is_found_again() {
        let folder = tempfile::tempdir().unwrap();
        let keeper = DraftFile::new(folder.path().join("draft.json"));
        assert_eq!(keeper.load().unwrap(), None);
        let draft = Draft { id: Some(Uuid::nil()), sent: true, ..Draft::default() };
        keeper.save(&draft).unwrap();
        assert_eq!(keeper.load().unwrap(), Some(draft));
    }
}
