//! What a form with a file sent.

use axum::extract::{FromRequest, Multipart, Request, multipart::MultipartError};
use kernel::{Error, Result, fault};

/// A form with one file.
#[derive(Default)]
pub(super) struct SentFile {
    pub name: String,
    pub content: Vec<u8>,
    fields: Vec<(String, String)>,
}

impl SentFile {
    /// Reads the form; `largest` is what a refusal says.
    pub async fn read(request: Request, largest: u64) -> Result<Self> {
        let unreadable = |it: MultipartError| -> Error {
            if it.status() == axum::http::StatusCode::PAYLOAD_TOO_LARGE {
                return fault::TOO_LARGE.with("limit", largest);
            }
            fault::BAD_PARAMETER.with("reason", it.body_text())
        };
        let mut parts = Multipart::from_request(request, &())
            .await
            .map_err(|_| fault::BAD_MEDIA_TYPE.with("expected", "multipart/form-data"))?;
        let mut sent = Self::default();
        while let Some(part) = parts.next_field().await.map_err(unreadable)? {
            let name = part.name().unwrap_or_default().to_owned();
            if name == "file" {
                part.file_name().unwrap_or_default().clone_into(&mut sent.name);
                sent.content = part.bytes().await.map_err(unreadable)?.to_vec();
            } else {
                sent.fields.push((name, part.text().await.map_err(unreadable)?));
            }
        }
        Ok(sent)
    }

    /// A field, empty where there is none.
    pub fn get(&self, name: &str) -> &str {
        self.fields.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value.as_str())
    }
}
