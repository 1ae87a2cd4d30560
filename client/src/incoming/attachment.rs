//! Attachments: fetched piece by piece, checked and put together in a file.

use super::{Opener, Parcel, problem, tag_of};
use crate::checklist::{Checklist, Outcome, Step};
use crate::connection::Call;
use crate::{Error, Result};
use fitconnect::event::{AuthenticationTags, Problem};
use fitconnect::metadata::{AttachmentDescription, Hash, Metadata, Purpose, Sha512};
use std::path::Path;
use tempfile::NamedTempFile;
use tokio::io::AsyncWriteExt as _;
use uuid::Uuid;

/// Largest piece that is decrypted, in plain bytes: the largest attachment FIT-Connect allows.
const LARGEST_PIECE: usize = 500_000_000;

/// An attachment that was received; its plain content lies in a temporary file that only this user can read and that
/// vanishes with this value.
#[derive(Debug)]
#[non_exhaustive]
pub struct ReceivedAttachment {
    /// Its id.
    pub id: Uuid,
    /// The name its sender gave it; to be treated as foreign text.
    pub name: Option<String>,
    /// The media type its sender stated; to be treated as foreign text.
    pub media_type: String,
    /// What it is for.
    pub purpose: Purpose,
    /// What its sender says about it.
    pub description: Option<String>,
    /// Bytes.
    pub size: u64,
    file: NamedTempFile,
}

impl ReceivedAttachment {
    /// Where the content lies for now.
    pub fn path(&self) -> &Path {
        self.file.path()
    }

    /// The whole content.
    pub async fn bytes(&self) -> Result<Vec<u8>> {
        tokio::fs::read(self.path()).await.map_err(Error::file("a received attachment"))
    }

    /// Writes the content to `writer`, piece by piece; returns the bytes written.
    pub async fn copy_to(&self, writer: &mut (impl tokio::io::AsyncWrite + Unpin + ?Sized)) -> Result<u64> {
        let failed = Error::file("a received attachment");
        let mut file =
            tokio::fs::File::open(self.path()).await.map_err(Error::file("a received attachment"))?;
        tokio::io::copy(&mut file, writer).await.map_err(failed)
    }
}

impl Opener<'_> {
    /// Fetches every attachment that the metadata name; the ids have been compared before.
    pub(super) async fn attachments(
        &self,
        parcel: &Parcel,
        tags: &AuthenticationTags,
        stated: &Metadata,
        list: &mut Checklist,
    ) -> Result<Vec<ReceivedAttachment>> {
        let mut received = Vec::new();
        let mut found = Vec::new();
        for about in &stated.content_structure.attachments {
            match self.attachment(parcel, tags, about).await? {
                Ok(it) => received.push(it),
                Err(it) => found.push(it),
            }
        }
        if stated.content_structure.attachments.is_empty() {
            list.note(Step::Attachments, Outcome::Skipped);
        } else {
            list.close(Step::Attachments, found);
        }
        Ok(received)
    }

    async fn attachment(
        &self,
        parcel: &Parcel,
        tags: &AuthenticationTags,
        about: &AttachmentDescription,
    ) -> Result<std::result::Result<ReceivedAttachment, Problem>> {
        let file = NamedTempFile::new_in(&self.folder).map_err(Error::file("a temporary file"))?;
        let handle = file.reopen().map_err(Error::file("a temporary file"))?;
        let mut writer = tokio::fs::File::from_std(handle);
        let mut whole = Sha512::new();
        let mut size = 0;
        for &id in about.parts() {
            let plain = match self.piece(parcel, tags, about.attachment_id, id).await? {
                Ok(it) => it,
                Err(found) => return Ok(Err(found)),
            };
            whole.update(&plain);
            size += plain.len() as u64;
            writer.write_all(&plain).await.map_err(Error::file("a temporary file"))?;
        }
        writer.flush().await.map_err(Error::file("a temporary file"))?;
        if about.hash != Hash::from_hex(whole.hex()) {
            let detail = "the attachment does not have the hash that the metadata state";
            return Ok(Err(problem("hash-mismatch", detail, &instance(about.attachment_id))));
        }
        Ok(Ok(ReceivedAttachment {
            id: about.attachment_id,
            name: about.filename.clone(),
            media_type: about.mime_type.clone(),
            purpose: about.purpose,
            description: about.description.clone(),
            size,
            file,
        }))
    }

    /// One attachment or fragment, decrypted.
    async fn piece(
        &self,
        parcel: &Parcel,
        tags: &AuthenticationTags,
        attachment: Uuid,
        piece: Uuid,
    ) -> Result<std::result::Result<Vec<u8>, Problem>> {
        let refuse = |name, detail: &str| Ok(Err(problem(name, detail, &instance(attachment))));
        let url =
            self.client.submission_url(format_args!("{}/{}/attachments/{piece}", parcel.path, parcel.id));
        let body = match self.client.call(Call::get("fetch an attachment", url)).await {
            Ok(it) => it,
            Err(error) if error.status() == Some(404) => {
                return refuse("missing-attachment", "the delivery service does not have the attachment");
            }
            Err(error) => return Err(error),
        };
        let Ok(compact) = String::from_utf8(body.to_vec()) else {
            return refuse("encryption-issue", "the attachment is not a compact JWE");
        };
        drop(body);
        if tags.attachments.get(&piece).map(String::as_str) != Some(tag_of(&compact)) {
            return refuse(
                "incorrect-authentication-tag",
                "the tag of the attachment is not the one in the event log",
            );
        }
        match self.keys.decrypt(compact, LARGEST_PIECE).await {
            Ok(plain) => Ok(Ok(plain)),
            Err(cause) => refuse("encryption-issue", &cause.to_string()),
        }
    }
}

fn instance(attachment: Uuid) -> String {
    format!("attachment:{attachment}")
}
