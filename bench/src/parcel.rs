//! What is sent, encrypted beforehand: encrypting is the sender's work, not the node's.

use crate::Outcome;
use bytes::Bytes;
use fitconnect::{
    event::AuthenticationTags,
    jwe,
    jwk::Jwk,
    metadata::{AttachmentDescription, Hash, Metadata, Purpose},
};
use kernel::Ids;
use std::sync::Arc;
use uuid::Uuid;

/// How large the attachment is before encryption, bytes.
pub const ATTACHMENT: usize = 100_000;

/// One encrypted submission: metadata, data and an attachment of 100 kB.
pub struct Parcel {
    /// The id of the attachment.
    pub attachment_id: Uuid,
    /// Compact JWE.
    pub attachment: Bytes,
    /// Compact JWE.
    pub metadata: String,
    /// Compact JWE.
    pub data: String,
    /// Metadata and data as the body of a request.
    pub body: Bytes,
    /// The tags of all three.
    pub tags: AuthenticationTags,
}

/// So many parcels, no two alike: what is mixed up is seen.
pub fn pack(count: usize, key: &Jwk) -> Outcome<Arc<[Parcel]>> {
    (0..count).map(|number| Parcel::pack(number, key)).collect::<Outcome<Vec<_>>>().map(Into::into)
}

impl Parcel {
    fn pack(number: usize, key: &Jwk) -> Outcome<Self> {
        let attachment_id = Ids::Random.uuid();
        let content: Vec<u8> = Ids::Random.bytes::<1000>().into_iter().cycle().take(ATTACHMENT).collect();
        let data =
            serde_json::json!({ "number": number, "text": "Straße der Republik ".repeat(20) }).to_string();
        let mut metadata =
            Metadata::for_data(data.as_bytes(), "https://schema.example/bench.json", "application/json");
        metadata.content_structure.attachments.push(AttachmentDescription {
            attachment_id,
            hash: Hash::of(&content),
            purpose: Purpose::Attachment,
            mime_type: "application/pdf".to_owned(),
            ..AttachmentDescription::default()
        });
        let seal = |plain: &[u8], media| {
            jwe::encrypt(plain, key, Some(media), &key.kid).map_err(|it| format!("encrypting failed: {it}"))
        };
        let attachment = seal(&content, "application/pdf")?;
        let metadata = seal(&metadata.to_json(), "application/json")?;
        let data = seal(data.as_bytes(), "application/json")?;
        let tag = |compact: &str| compact.rsplit('.').next().unwrap_or_default().to_owned();
        let tags = AuthenticationTags {
            metadata: tag(&metadata),
            data: Some(tag(&data)),
            attachments: [(attachment_id, tag(&attachment))].into(),
        };
        let body = serde_json::json!({ "encryptedMetadata": metadata, "encryptedData": data }).to_string();
        Ok(Self { attachment_id, attachment: attachment.into(), metadata, data, body: body.into(), tags })
    }
}
