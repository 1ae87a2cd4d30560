//! The metadata of what is sent (FIT-Connect metadata schema 2.1.0, or an older one for old destinations).

use super::{Document, Outgoing, To};
use crate::destination::{Destination, Recipient};
use crate::draft::Draft;
use crate::{Error, Result};
use fitconnect::metadata::{AttachmentDescription, Hash, Metadata};
use fitconnect::wire::PublicService;
use serde_json::json;

/// The version that is written to destinations that read it.
const NEWEST: &str = "2.1.0";
/// How replies of this project are built; our own name, since FIT-Connect publishes none.
const REPLY_STANDARD: &str = "urn:fachwerk:reply:1";

pub(super) fn make(outgoing: &Outgoing, draft: &Draft, recipient: Option<&Recipient>) -> Result<Metadata> {
    let version = recipient.map_or(NEWEST, |it| version(&it.destination));
    let modern = version.starts_with("2.");
    let mut metadata = match &outgoing.data {
        Some(data) => Metadata::for_data(&data.bytes, &schema(outgoing, data, recipient)?, &data.media),
        None => Metadata::default(),
    };
    metadata.schema =
        Some(format!("https://schema.fitko.de/fit-connect/metadata/{version}/metadata.schema.json"));
    metadata.content_structure.attachments = attachments(outgoing, draft, modern)?;
    if let (To::Destination(_, public_service), false) = (&outgoing.to, modern) {
        metadata.public_service_type = Some(PublicService {
            name: Some(public_service.name.clone()),
            description: None,
            identifier: public_service.identifier.clone(),
        });
    }
    if let Some(key) = &outgoing.reply_key {
        if !modern {
            return Err(Error::Setting(
                "this destination reads only old metadata, which know no reply key".to_owned(),
            ));
        }
        metadata = metadata.with_reply_key(key.clone(), vec![REPLY_STANDARD.to_owned()]);
    }
    let faults: Vec<String> = metadata.check().iter().map(ToString::to_string).collect();
    if faults.is_empty() {
        Ok(metadata)
    } else {
        Err(Error::Setting(format!("the metadata would not follow their schema: {}", faults.join("; "))))
    }
}

fn attachments(outgoing: &Outgoing, draft: &Draft, modern: bool) -> Result<Vec<AttachmentDescription>> {
    let mut list = Vec::new();
    for (kept, (new, _)) in draft.attachments.iter().zip(&outgoing.attachments) {
        if !kept.fragments.is_empty() && !modern {
            return Err(Error::Setting(format!(
                "{} must be cut into fragments, which this destination does not read; raise fragments_of",
                new.name
            )));
        }
        list.push(AttachmentDescription {
            attachment_id: kept.attachment_id,
            hash: Hash::from_hex(kept.hash.clone().unwrap_or_default()),
            purpose: new.purpose,
            mime_type: new.media.clone(),
            filename: Some(new.name.clone()),
            fragments: kept.fragments.clone(),
            ..AttachmentDescription::default()
        });
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
