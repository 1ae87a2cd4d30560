//! What metadata state about the rest, read leniently across the versions 1.0.0 to 2.x.

use fitconnect::jwk::{Jwk, KeyUse};
use serde::Deserialize;
use serde_json::Value;
use std::collections::BTreeSet;
use uuid::Uuid;

/// What metadata state.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Stated {
    pub(crate) content_structure: Content,
    public_service_type: Option<PublicServiceType>,
    reply_channel: Option<ReplyChannel>,
}

#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Content {
    pub(crate) data: Option<AboutData>,
    #[serde(default)]
    pub(crate) attachments: Vec<AboutAttachment>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct AboutData {
    pub(crate) hash: Hash,
    pub(crate) submission_schema: Schema,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Schema {
    pub(crate) schema_uri: String,
    pub(crate) mime_type: String,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct AboutAttachment {
    pub(crate) attachment_id: Uuid,
    pub(crate) hash: Hash,
    pub(crate) purpose: String,
    pub(crate) mime_type: String,
    pub(crate) filename: Option<String>,
    pub(crate) description: Option<String>,
    #[serde(default)]
    fragments: Vec<Uuid>,
}

#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Hash {
    #[serde(rename = "type")]
    kind: String,
    content: String,
}

#[derive(Debug, Clone, Deserialize)]
struct PublicServiceType {
    identifier: String,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
struct ReplyChannel {
    fit_connect: Option<ReplyOverFitConnect>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
struct ReplyOverFitConnect {
    encryption_public_key: Jwk,
}

impl Hash {
    /// Whether this is the stated hash; hexadecimal digits in lower case.
    pub(crate) fn is_of(&self, sha512: &str) -> bool {
        self.kind == "sha512" && self.content == sha512
    }
}

impl AboutAttachment {
    /// The ids under which it travelled, in the order of the file.
    pub(crate) fn travels_as(&self) -> Vec<Uuid> {
        if self.fragments.is_empty() { vec![self.attachment_id] } else { self.fragments.clone() }
    }
}

impl Stated {
    /// Reads metadata; where they cannot be used, the problem type and the reason.
    pub(crate) fn read(value: &Value) -> Result<Self, (&'static str, String)> {
        let schema = value.get("$schema").and_then(Value::as_str);
        if let Some(schema) = schema {
            let known = ["1.", "2."]
                .iter()
                .any(|it| schema.starts_with(&format!("https://schema.fitko.de/fit-connect/metadata/{it}")));
            if !known {
                return Err((
                    "unsupported-schema",
                    format!("metadata of the schema {schema} cannot be read"),
                ));
            }
        }
        serde_json::from_value(value.clone())
            .map_err(|it| ("schema-violation", format!("the metadata do not follow their schema: {it}")))
    }

    /// Everything that must have travelled.
    pub(crate) fn travelling(&self) -> BTreeSet<Uuid> {
        self.content_structure.attachments.iter().flat_map(AboutAttachment::travels_as).collect()
    }

    /// Whether no piece is used twice.
    pub(crate) fn is_unique(&self) -> bool {
        let pieces: usize = self.content_structure.attachments.iter().map(|it| it.travels_as().len()).sum();
        pieces == self.travelling().len()
    }

    pub(crate) fn public_service(&self) -> Option<&str> {
        self.public_service_type.as_ref().map(|it| it.identifier.as_str())
    }

    /// The key that replies are to be encrypted to, where there is a usable one.
    pub(crate) fn reply_key(&self) -> Option<Jwk> {
        let key = &self.reply_channel.as_ref()?.fit_connect.as_ref()?.encryption_public_key;
        key.check(KeyUse::Encrypt).ok().map(|()| key.clone())
    }
}
