//! Forms that bring files.

use crate::{Error, Result, fault};
use axum::{
    extract::{FromRequest, Multipart, Request, multipart::MultipartError},
    http::StatusCode,
};
use bytes::Bytes;

/// A form with files (RFC 7578).
#[derive(Debug, Default)]
pub struct SentForm {
    /// The files that were chosen, in their order; a field without a chosen file brings none.
    pub files: Vec<SentFile>,
    fields: Vec<(String, String)>,
}

/// A file of a form.
#[derive(Debug, Clone, Default)]
pub struct SentFile {
    /// What the sender calls it.
    pub name: String,
    /// What is in it.
    pub content: Bytes,
}

impl SentForm {
    /// Reads a form whose files stand in fields called `file`. `largest` is what a refusal says, in bytes; what is refused is set
    /// by the route's body limit.
    ///
    /// # Errors
    /// When it is no form with files, too large, or broken off.
    pub async fn read(request: Request, largest: u64) -> Result<Self> {
        let unreadable = |it: MultipartError| -> Error {
            if it.status() == StatusCode::PAYLOAD_TOO_LARGE {
                return fault::TOO_LARGE.with("limit", largest);
            }
            fault::BAD_PARAMETER.with("reason", it.body_text())
        };
        let mut parts = Multipart::from_request(request, &())
            .await
            .map_err(|_| fault::BAD_MEDIA_TYPE.with("expected", "multipart/form-data"))?;
        let mut sent = Self::default();
        while let Some(part) = parts.next_field().await.map_err(unreadable)? {
            let field = part.name().unwrap_or_default().to_owned();
            if field == "file" {
                let name = part.file_name().unwrap_or_default().to_owned();
                let content = part.bytes().await.map_err(unreadable)?;
                if !(name.is_empty() && content.is_empty()) {
                    sent.files.push(SentFile { name, content });
                }
            } else {
                sent.fields.push((field, part.text().await.map_err(unreadable)?));
            }
        }
        Ok(sent)
    }

    /// The file, where the form has one; an empty one otherwise.
    #[must_use]
    pub fn file(&self) -> SentFile {
        self.files.first().cloned().unwrap_or_default()
    }

    /// A field as it was written, empty where there is none.
    #[must_use]
    pub fn get(&self, name: &str) -> &str {
        self.fields.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value.as_str())
    }

    /// All values of a field that may stand more than once.
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.fields.iter().filter(move |(key, _)| key == name).map(|(_, value)| value.as_str())
    }
}
