//! Encrypting: attachments piece by piece while they are read, then metadata and data.

use super::{Outgoing, metadata};
use crate::connection::Call;
use crate::destination::Recipient;
use crate::draft::Draft;
use crate::source::Source;
use crate::{Error, Result, Version};
use fitconnect::{jwe, jwk::Jwk, metadata::Sha512};
use uuid::Uuid;

impl Outgoing {
    /// Uploads every attachment that has not arrived yet; an interrupted one begins again, its ids stay.
    pub(super) async fn upload(&mut self, draft: &mut Draft, key: &Jwk) -> Result<()> {
        for index in 0..self.attachments.len() {
            let Some(planned) = draft.attachments.get(index) else { break };
            if planned.hash.is_some() {
                continue;
            }
            let ids = planned.travels_as();
            let whole = planned.fragments.is_empty();
            let Some(id) = draft.id else { break };
            let Some((new, source)) = self.attachments.get_mut(index) else { break };
            let media = if whole { new.media.clone() } else { "application/octet-stream".to_owned() };
            let mut source = std::mem::replace(source, Source::bytes(Vec::new()));
            let hash = self.upload_one(id, &ids, &mut source, &media, key).await?;
            if let Some(planned) = draft.attachments.get_mut(index) {
                planned.hash = Some(hash);
            }
            self.save(draft)?;
        }
        Ok(())
    }

    /// Uploads the pieces of one attachment; holds one piece in memory. Gives the hash of the whole.
    async fn upload_one(
        &self,
        id: Uuid,
        ids: &[Uuid],
        source: &mut Source,
        media: &str,
        key: &Jwk,
    ) -> Result<String> {
        let mut pieces = source.open().await?;
        let mut whole = Sha512::new();
        for piece_id in ids {
            let piece = pieces.next(self.fragment).await?;
            whole.update(&piece);
            let sealed = seal(piece, key, media).await?;
            let url = self.client.submission_url(format_args!("{}/{id}/attachments/{piece_id}", self.path()));
            self.client.call(Call::put("upload an attachment", url).with("application/jose", sealed)).await?;
        }
        pieces.end().await?;
        Ok(whole.hex())
    }

    /// Encrypts metadata and data into the draft, so that every repetition sends the same bytes.
    pub(super) async fn seal(
        &self,
        draft: &mut Draft,
        key: &Jwk,
        recipient: Option<&Recipient>,
    ) -> Result<()> {
        if self.data.is_none() && self.client.version() == Version::V2 {
            return Err(Error::Setting(
                "version 2 of the Submission API does not send without data".to_owned(),
            ));
        }
        let metadata = metadata::make(self, draft, recipient)?;
        draft.encrypted_metadata = Some(seal(metadata.to_json(), key, "application/json").await?);
        if let Some(data) = &self.data {
            draft.encrypted_data = Some(seal(data.bytes.clone(), key, &data.media).await?);
        }
        Ok(())
    }
}

/// Encrypts where it blocks nobody.
async fn seal(plain: Vec<u8>, key: &Jwk, media: &str) -> Result<String> {
    let (key, media) = (key.clone(), media.to_owned());
    let work = move || jwe::encrypt(&plain, &key, Some(&media), &key.kid);
    let sealed = tokio::task::spawn_blocking(work).await.map_err(|it| Error::Crypto(it.to_string()))?;
    Ok(sealed?)
}
