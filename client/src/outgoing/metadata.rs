//! The metadata of what is sent (FIT-Connect metadata schema 2.1.0, or an older one for old destinations).

use super::{Document, Outgoing, To, seal::sha512};
use crate::destination::{Destination, Recipient};
use crate::draft::Draft;
use crate::{Error, Result};
use serde_json::{Map, Value, json};

/// The version that is written to destinations that read it.
const NEWEST: &str = "2.1.0";
/// How replies of this project are built; our own name, since FIT-Connect publishes none.
pub(crate) const REPLY_STANDARD: &str = "urn:fachwerk:reply:1";

pub(super) fn make(outgoing: &Outgoing, draft: &Draft, recipient: Option<&Recipient>) -> Result<String> {
    let version = recipient.map_or(NEWEST, |it| version(&it.destination));
    let modern = version.starts_with("2.");
    let mut content = Map::new();
    content.insert("attachments".to_owned(), Value::Array(attachments(outgoing, draft, modern)?));
    if let Some(data) = &outgoing.data {
        let uri = schema(outgoing, data, recipient)?;
        content.insert(
            "data".to_owned(),
            json!({
                "hash": { "type": "sha512", "content": sha512(&data.bytes) },
                "submissionSchema": { "schemaUri": uri, "mimeType": data.media },
            }),
        );
    }
    let mut metadata = Map::new();
    let address = format!("https://schema.fitko.de/fit-connect/metadata/{version}/metadata.schema.json");
    metadata.insert("$schema".to_owned(), json!(address));
    metadata.insert("contentStructure".to_owned(), Value::Object(content));
    if let (To::Destination(_, public_service), false) = (&outgoing.to, modern) {
        metadata.insert("publicServiceType".to_owned(), json!(public_service));
    }
    if let Some(key) = &outgoing.reply_key {
        if !modern {
            return Err(Error::Setting(
                "this destination reads only old metadata, which know no reply key".to_owned(),
            ));
        }
        let channel = json!({ "processStandards": [REPLY_STANDARD], "encryptionPublicKey": key });
        metadata.insert("replyChannel".to_owned(), json!({ "fitConnect": channel }));
    }
    Ok(Value::Object(metadata).to_string())
}

fn attachments(outgoing: &Outgoing, draft: &Draft, modern: bool) -> Result<Vec<Value>> {
    let mut list = Vec::new();
    for (kept, (new, _)) in draft.attachments.iter().zip(&outgoing.attachments) {
        let hash = kept.hash.as_deref().unwrap_or_default();
        let mut entry = json!({
            "attachmentId": kept.attachment_id,
            "hash": { "type": "sha512", "content": hash },
            "purpose": new.purpose,
            "mimeType": new.media,
            "filename": new.name,
        });
        if !kept.fragments.is_empty() {
            if !modern {
                return Err(Error::Setting(format!(
                    "{} must be cut into fragments, which this destination does not read; raise fragments_of",
                    new.name
                )));
            }
            if let Some(fields) = entry.as_object_mut() {
                fields.insert("fragments".to_owned(), json!(kept.fragments));
            }
        }
        list.push(entry);
    }
    Ok(list)
}

/// The newest version that both sides know: 2.1.0, or the last 1.x of the destination.
fn version(destination: &Destination) -> &str {
    let versions = &destination.metadata_versions;
    if versions.is_empty() || versions.iter().any(|it| it.starts_with("2.")) {
        return NEWEST;
    }
    versions.iter().filter(|it| it.starts_with("1.")).max().map_or(NEWEST, String::as_str)
}

/// The schema of the data: as said, or the first of this kind that the destination names for the public service.
fn schema(outgoing: &Outgoing, data: &Document, recipient: Option<&Recipient>) -> Result<String> {
    if let Some(said) = &data.schema {
        return Ok(said.clone());
    }
    let To::Destination(_, public_service) = &outgoing.to else { return Ok(REPLY_STANDARD.to_owned()) };
    recipient
        .and_then(|it| {
            it.destination.public_services.iter().find(|it| it.identifier == public_service.identifier)
        })
        .and_then(|it| it.submission_schemas.iter().find(|it| json!(it.mime_type) == data.media.as_str()))
        .map(|it| it.schema_uri.clone())
        .ok_or_else(|| {
            Error::Setting(format!(
                "the destination names no {} schema for {}; say which one by schema()",
                data.media, public_service.identifier
            ))
        })
}
