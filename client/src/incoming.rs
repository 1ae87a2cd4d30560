//! Something received, still closed: opened and checked in the order that FIT-Connect prescribes.

mod attachment;

pub use attachment::ReceivedAttachment;

use crate::checklist::{Checklist, Outcome, Step};
use crate::connection::Client;
use crate::{Error, Result};
use async_trait::async_trait;
use fitconnect::event::{AuthenticationTags, Problem};
use fitconnect::jwe::{Decrypter, JweShape};
use fitconnect::jwk::{Jwk, KeyUse, PrivateJwk};
use fitconnect::metadata::{Metadata, ReadFault};
use serde_json::Value;
use std::{collections::BTreeSet, path::PathBuf, sync::Arc};
use uuid::Uuid;

/// Largest metadata and largest data that are read, in plain bytes.
const LARGEST_DOCUMENT: usize = 100_000_000;

/// Private keys of a receiver: the current one and, after a rotation, older ones.
#[derive(Debug, Clone)]
pub(crate) struct Keyring(Arc<Vec<(String, Decrypter)>>);

impl Keyring {
    pub(crate) fn new(keys: &[PrivateJwk]) -> Result<Self> {
        let keys: Result<Vec<_>> = keys.iter().map(|it| Ok((it.kid.clone(), Decrypter::new(it)?))).collect();
        Ok(Self(Arc::new(keys?)))
    }

    /// Decrypts with the key that the header names; where it names none of ours (old clients write a thumbprint), with
    /// any that fits.
    async fn decrypt(&self, compact: String, largest: usize) -> Result<Vec<u8>> {
        let keys = self.clone();
        let work = move || {
            let kid = JweShape::parse(&compact).ok().and_then(|it| it.header.kid).unwrap_or_default();
            let (named, others): (Vec<_>, Vec<_>) = keys.0.iter().partition(|it| it.0 == kid);
            let mut failed = Error::Crypto("there is no private key".to_owned());
            for (_, key) in named.into_iter().chain(others) {
                match key.decrypt(&compact, largest) {
                    Ok(plain) => return Ok(plain),
                    Err(fault) => failed = fault.into(),
                }
            }
            Err(failed)
        };
        tokio::task::spawn_blocking(work).await.map_err(|it| Error::Crypto(it.to_string()))?
    }
}

/// Says whether data follow the schema that the metadata name.
#[async_trait]
pub trait SchemaCheck: Send + Sync {
    /// Checks `data` (of `media_type`) against the schema at `schema_uri`.
    ///
    /// # Errors
    /// When the check could not be made now but may be made later; the submission is then left alone.
    async fn check(&self, schema_uri: &str, media_type: &str, data: &[u8]) -> Result<SchemaVerdict>;
}

/// What a schema check found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SchemaVerdict {
    /// The data follow the schema.
    Fits,
    /// The schema is not at hand, so nothing was checked.
    Unknown,
    /// This receiver does not take data of this schema.
    Unsupported,
    /// The data do not follow the schema: each entry says where and why.
    Violated(Vec<String>),
}

/// Data as they were received.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct ReceivedDocument {
    /// The plain bytes.
    pub bytes: Vec<u8>,
    /// `application/json` or `application/xml`.
    pub media_type: String,
    /// The schema that the metadata name.
    pub schema_uri: String,
}

/// Something received, still closed.
pub(crate) struct Parcel {
    pub(crate) id: Uuid,
    /// `submissions` or `replies`.
    pub(crate) path: &'static str,
    pub(crate) attachments: Vec<Uuid>,
    pub(crate) encrypted_metadata: String,
    pub(crate) encrypted_data: Option<String>,
    pub(crate) public_service: Option<String>,
}

/// The content of a parcel.
pub(crate) struct Contents {
    pub(crate) metadata: Value,
    pub(crate) data: Option<ReceivedDocument>,
    pub(crate) attachments: Vec<ReceivedAttachment>,
    pub(crate) reply_key: Option<Jwk>,
}

/// What is needed to open a parcel.
pub(crate) struct Opener<'o> {
    pub(crate) client: &'o Client,
    pub(crate) keys: &'o Keyring,
    pub(crate) schemas: Option<&'o dyn SchemaCheck>,
    pub(crate) folder: PathBuf,
}

fn problem(name: &str, detail: impl Into<String>, instance: &str) -> Problem {
    Problem::new(name, detail, instance)
}

impl Opener<'_> {
    /// Opens a parcel and checks it against the tags that the log vouches for. Nothing comes out where a check that
    /// everything else rests on fails.
    pub(crate) async fn open(
        &self,
        parcel: &Parcel,
        tags: &AuthenticationTags,
        list: &mut Checklist,
    ) -> Result<Option<Contents>> {
        let ids: BTreeSet<Uuid> = parcel.attachments.iter().copied().collect();
        let vouched: BTreeSet<Uuid> = tags.attachments.keys().copied().collect();
        if ids != vouched {
            let detail = "the attachments of the submission are not those that the event log vouches for";
            list.close(Step::AttachmentIds, vec![problem("attachments-mismatch", detail, "submission")]);
            return Ok(None);
        }
        let (metadata, stated) = match self.metadata(parcel, tags).await? {
            Ok(it) => it,
            Err(found) => {
                list.close(Step::Metadata, vec![found]);
                return Ok(None);
            }
        };
        list.note(Step::Metadata, Outcome::Passed);
        let pieces: Vec<Uuid> =
            stated.content_structure.attachments.iter().flat_map(|it| it.parts().iter().copied()).collect();
        let same = pieces.len() == ids.len() && pieces.iter().copied().collect::<BTreeSet<_>>() == ids;
        let detail = "the metadata name other attachments than were sent";
        let found = if same { Vec::new() } else { vec![problem("attachments-mismatch", detail, "metadata")] };
        list.close(Step::AttachmentIds, found);
        Self::public_service(parcel, &stated, list);
        let data = self.data(parcel, tags, &stated, list).await?;
        let attachments =
            if same { self.attachments(parcel, tags, &stated, list).await? } else { Vec::new() };
        Ok(Some(Contents { metadata, data, attachments, reply_key: reply_key(&stated) }))
    }

    async fn metadata(
        &self,
        parcel: &Parcel,
        tags: &AuthenticationTags,
    ) -> Result<std::result::Result<(Value, Metadata), Problem>> {
        let refuse = |name, detail: &str| Ok(Err(problem(name, detail, "metadata")));
        if tag_of(&parcel.encrypted_metadata) != tags.metadata {
            return refuse(
                "incorrect-authentication-tag",
                "the tag of the metadata is not the one in the event log",
            );
        }
        let plain = match self.keys.decrypt(parcel.encrypted_metadata.clone(), LARGEST_DOCUMENT).await {
            Ok(it) => it,
            Err(cause) => return refuse("encryption-issue", &cause.to_string()),
        };
        match Metadata::read(&plain) {
            Ok(stated) => Ok(Ok((serde_json::from_slice(&plain).unwrap_or_default(), stated))),
            Err(cause @ ReadFault::Syntax { .. }) => refuse("syntax-violation", &cause.to_string()),
            Err(cause @ ReadFault::Version(_)) => refuse("unsupported-schema", &cause.to_string()),
            Err(cause) => refuse("schema-violation", &cause.to_string()),
        }
    }

    /// Only metadata of version 1 name the public service; where they do, it must be the one of the submission.
    fn public_service(parcel: &Parcel, stated: &Metadata, list: &mut Checklist) {
        match (&parcel.public_service, stated.public_service_type.as_ref().map(|it| &it.identifier)) {
            (Some(announced), Some(stated)) if announced != stated => {
                let detail = format!("the submission is for {announced}, its metadata name {stated}");
                list.close(Step::PublicService, vec![problem("service-mismatch", detail, "submission")]);
            }
            (Some(_), Some(_)) => list.note(Step::PublicService, Outcome::Passed),
            _ => list.note(Step::PublicService, Outcome::Skipped),
        }
    }

    async fn data(
        &self,
        parcel: &Parcel,
        tags: &AuthenticationTags,
        stated: &Metadata,
        list: &mut Checklist,
    ) -> Result<Option<ReceivedDocument>> {
        let (compact, about) = match (&parcel.encrypted_data, &stated.content_structure.data) {
            (None, None) => return Ok(None),
            (Some(compact), Some(about)) => (compact, about),
            (None, Some(_)) => {
                list.close(
                    Step::Data,
                    vec![problem("missing-data", "the metadata speak of data, none were sent", "data")],
                );
                return Ok(None);
            }
            (Some(_), None) => {
                let detail = "data were sent, but the metadata do not name their schema";
                list.close(Step::Data, vec![problem("missing-schema", detail, "metadata")]);
                return Ok(None);
            }
        };
        if tags.data.as_deref() != Some(tag_of(compact)) {
            let detail = "the tag of the data is not the one in the event log";
            list.close(Step::Data, vec![problem("incorrect-authentication-tag", detail, "data")]);
            return Ok(None);
        }
        let bytes = match self.keys.decrypt(compact.clone(), LARGEST_DOCUMENT).await {
            Ok(it) => it,
            Err(cause) => {
                list.close(Step::Data, vec![problem("encryption-issue", cause.to_string(), "data")]);
                return Ok(None);
            }
        };
        let media_type = about.submission_schema.mime_type.clone();
        let mut found = Vec::new();
        if !about.hash.matches(&bytes) {
            found.push(problem(
                "hash-mismatch",
                "the data do not have the hash that the metadata state",
                "data",
            ));
        }
        if media_type == "application/json" && serde_json::from_slice::<Value>(&bytes).is_err() {
            found.push(problem("syntax-violation", "the data are not JSON", "data"));
        }
        let sound = list.close(Step::Data, found);
        let document =
            ReceivedDocument { bytes, media_type, schema_uri: about.submission_schema.schema_uri.clone() };
        if sound {
            self.schema(&document, list).await?;
        }
        Ok(Some(document))
    }

    async fn schema(&self, document: &ReceivedDocument, list: &mut Checklist) -> Result<()> {
        let Some(schemas) = self.schemas else { return Ok(()) };
        match schemas.check(&document.schema_uri, &document.media_type, &document.bytes).await? {
            SchemaVerdict::Fits => list.note(Step::DataSchema, Outcome::Passed),
            SchemaVerdict::Unknown => list.note(Step::DataSchema, Outcome::Skipped),
            SchemaVerdict::Unsupported => {
                let detail = format!("data of the schema {} are not taken here", document.schema_uri);
                list.close(Step::DataSchema, vec![problem("unsupported-schema", detail, "data")]);
            }
            SchemaVerdict::Violated(reasons) => {
                let found = reasons.into_iter().map(|it| problem("schema-violation", it, "data")).collect();
                list.close(Step::DataSchema, found);
            }
        }
        Ok(())
    }
}

/// The key that replies are to be encrypted to, where there is a usable one.
fn reply_key(stated: &Metadata) -> Option<Jwk> {
    let key = &stated.reply_channel.as_ref()?.fit_connect.as_ref()?.encryption_public_key;
    key.check(KeyUse::Encrypt).ok().map(|()| key.clone())
}

/// The authentication tag: the fifth segment of a compact JWE.
pub(crate) fn tag_of(compact: &str) -> &str {
    compact.rsplit('.').next().unwrap_or_default()
}
