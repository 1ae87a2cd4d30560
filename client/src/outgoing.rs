//! Something on its way to the other side: a submission to an office, or a reply to a citizen.

mod metadata;
mod seal;

use crate::connection::{Call, Client};
use crate::destination::{PublicService, Recipient};
use crate::draft::{Draft, DraftAttachment, DraftKeeper};
use crate::source::Source;
use crate::{Error, Result, Version, edge};
use fitconnect::jwk::{Jwk, KeyUse};
use fitconnect::metadata::Purpose;
use fitconnect::wire::CreateCallback;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::path::Path;
use uuid::Uuid;

/// Plain bytes of one fragment where nothing else is said: 8 MB, what a browser can handle in one piece.
pub const FRAGMENT: usize = 8_000_000;

/// Something on its way: filled step by step, then sent.
#[must_use = "nothing is sent before send()"]
pub struct Outgoing {
    client: Client,
    to: To,
    data: Option<Document>,
    attachments: Vec<(NewAttachment, Source)>,
    reply_key: Option<Jwk>,
    region: Option<String>,
    case_id: Option<Uuid>,
    callback: Option<CreateCallback>,
    keeper: Option<Box<dyn DraftKeeper>>,
    fragment: usize,
    failed: Option<Error>,
}

enum To {
    Destination(Uuid, PublicService),
    Case(Uuid, Box<Jwk>),
}

struct Document {
    bytes: Vec<u8>,
    media: String,
    schema: Option<String>,
}

struct NewAttachment {
    name: String,
    media: String,
    purpose: Purpose,
}

/// What was sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Sent {
    /// The submission, or the reply.
    pub id: Uuid,
    /// Its case.
    pub case_id: Uuid,
}

impl Outgoing {
    fn new(client: &Client, to: To) -> Self {
        Self {
            client: client.clone(),
            to,
            data: None,
            attachments: Vec::new(),
            reply_key: None,
            region: None,
            case_id: None,
            callback: None,
            keeper: None,
            fragment: FRAGMENT,
            failed: None,
        }
    }

    pub(crate) fn submission(client: &Client, destination: Uuid, public_service: PublicService) -> Self {
        Self::new(client, To::Destination(destination, public_service))
    }

    pub(crate) fn reply(client: &Client, case: Uuid, key: Jwk) -> Self {
        Self::new(client, To::Case(case, Box::new(key)))
    }

    /// The data as JSON. Without [`Outgoing::schema`] the first JSON schema that the destination names is stated.
    pub fn data_json(mut self, data: &impl Serialize) -> Self {
        match serde_json::to_vec(data) {
            Ok(bytes) => {
                self.data = Some(Document { bytes, media: "application/json".to_owned(), schema: None });
            }
            Err(cause) => self.failed = Some(Error::Setting(format!("the data are not JSON: {cause}"))),
        }
        self
    }

    /// The data as XML, with the URI of their schema.
    pub fn data_xml(mut self, data: impl Into<Vec<u8>>, schema_uri: impl Into<String>) -> Self {
        let media = "application/xml".to_owned();
        self.data = Some(Document { bytes: data.into(), media, schema: Some(schema_uri.into()) });
        self
    }

    /// A text, as the data of a reply (process standard `urn:fachwerk:reply:1`).
    pub fn text(self, subject: &str, text: &str) -> Self {
        self.data_json(&json!({ "subject": subject, "text": text }))
    }

    /// The URI of the schema of the data.
    pub fn schema(mut self, uri: impl Into<String>) -> Self {
        if let Some(data) = &mut self.data {
            data.schema = Some(uri.into());
        }
        self
    }

    /// An attachment from a file, read as a stream.
    ///
    /// # Errors
    /// When there is no such file.
    pub async fn attachment_file(self, path: impl AsRef<Path>, media: &str) -> Result<Self> {
        let path = path.as_ref();
        let name =
            path.file_name().map_or_else(|| "attachment".to_owned(), |it| it.to_string_lossy().into_owned());
        let source = Source::file(path).await?;
        Ok(self.attachment(&name, media, source))
    }

    /// An attachment with its name and media type.
    pub fn attachment(mut self, name: &str, media: &str, source: Source) -> Self {
        let new =
            NewAttachment { name: name.to_owned(), media: media.to_owned(), purpose: Purpose::Attachment };
        self.attachments.push((new, source));
        self
    }

    /// The form as a readable document (purpose `form`).
    pub fn form_document(mut self, name: &str, media: &str, source: Source) -> Self {
        let new = NewAttachment { name: name.to_owned(), media: media.to_owned(), purpose: Purpose::Form };
        self.attachments.push((new, source));
        self
    }

    /// The key that replies shall be encrypted to; its private half stays with the sender.
    pub fn reply_key(mut self, key: Jwk) -> Self {
        self.reply_key = Some(key);
        self
    }

    /// The region that the submission is about: a region key (ARS).
    pub fn region(mut self, ars: &str) -> Self {
        self.region = Some(if ars.starts_with("DE") { ars.to_owned() } else { format!("DE{ars}") });
        self
    }

    /// An existing case that the submission belongs to.
    pub fn case(mut self, case: Uuid) -> Self {
        self.case_id = Some(case);
        self
    }

    /// Where to tell that something happened in the case.
    pub fn callback(mut self, callback: CreateCallback) -> Self {
        self.callback = Some(callback);
        self
    }

    /// Keeps the draft outside, so that an interrupted sending goes on where it was, in another process too. Sending
    /// a finished draft again answers what it answered before.
    pub fn keep_draft(mut self, keeper: impl DraftKeeper + 'static) -> Self {
        self.keeper = Some(Box::new(keeper));
        self
    }

    /// The size of a fragment in plain bytes; a smaller attachment travels in one piece. 8 MB where nothing is said.
    pub fn fragments_of(mut self, bytes: usize) -> Self {
        self.fragment = bytes.max(1);
        self
    }

    /// Encrypts and sends everything; answers when the delivery service has confirmed it. May be repeated after any
    /// failure when a draft is kept: nothing is sent twice.
    ///
    /// # Errors
    /// When the other side refuses, cannot be reached, or its key must not be used.
    pub async fn send(mut self) -> Result<Sent> {
        if let Some(failed) = self.failed.take() {
            return Err(failed);
        }
        let kept = self.keeper.as_ref().map(|it| it.load()).transpose()?.flatten();
        let mut draft = match kept {
            Some(draft) => self.resume(draft)?,
            None => self.plan(),
        };
        if let (true, Some(sent)) = (draft.sent, sent(&draft)) {
            return Ok(sent);
        }
        let (key, recipient) = self.key().await?;
        if draft.id.is_none() {
            self.open(&mut draft).await?;
            self.save(&draft)?;
        }
        self.upload(&mut draft, &key).await?;
        if draft.encrypted_metadata.is_none() {
            self.seal(&mut draft, &key, recipient.as_ref()).await?;
            self.save(&draft)?;
        }
        self.submit(&draft).await?;
        draft.sent = true;
        self.save(&draft)?;
        sent(&draft).ok_or_else(|| Error::answer("send", "the service named no case"))
    }

    fn address(&self) -> String {
        match &self.to {
            To::Destination(id, _) => id.to_string(),
            To::Case(case, key) => format!("{case} {}", key.kid),
        }
    }

    fn plan(&self) -> Draft {
        let attachments =
            self.attachments.iter().map(|(new, source)| self.plan_attachment(new, source)).collect();
        let case_id = match &self.to {
            To::Destination(..) => self.case_id,
            To::Case(case, _) => Some(*case),
        };
        Draft { to: self.address(), attachments, case_id, ..Draft::default() }
    }

    fn plan_attachment(&self, new: &NewAttachment, source: &Source) -> DraftAttachment {
        let pieces = source.size().div_ceil(self.fragment as u64);
        let fragments = if pieces > 1 { (0..pieces).map(|_| edge::id()).collect() } else { Vec::new() };
        DraftAttachment {
            attachment_id: edge::id(),
            fragments,
            name: new.name.clone(),
            size: source.size(),
            hash: None,
        }
    }

    fn resume(&self, draft: Draft) -> Result<Draft> {
        let same = draft.attachments.len() == self.attachments.len()
            && draft.attachments.iter().zip(&self.attachments).all(|(kept, (new, source))| {
                let pieces = source.size().div_ceil(self.fragment as u64);
                let planned = if pieces > 1 { pieces } else { 0 };
                kept.name == new.name && kept.size == source.size() && kept.fragments.len() as u64 == planned
            });
        if draft.to != self.address() || !same {
            return Err(Error::Draft("it goes elsewhere or has other attachments".to_owned()));
        }
        Ok(draft)
    }

    fn save(&self, draft: &Draft) -> Result<()> {
        self.keeper.as_ref().map_or(Ok(()), |it| it.save(draft))
    }

    /// The key to encrypt to, checked.
    async fn key(&self) -> Result<(Jwk, Option<Recipient>)> {
        match &self.to {
            To::Destination(id, _) => {
                let recipient = self.client.recipient(*id).await?;
                Ok((recipient.key.clone(), Some(recipient)))
            }
            // The key came inside the encrypted, verified metadata of the submission; it needs no certificate.
            To::Case(_, key) => match key.check(KeyUse::Encrypt) {
                Ok(()) => Ok(((**key).clone(), None)),
                Err(it) => Err(Error::BadKey { kid: key.kid.clone(), reason: it.to_string(), report: None }),
            },
        }
    }

    /// Opens the submission or reply. A repetition after a lost answer leaves an empty one behind, which the delivery
    /// service throws away after a day; only the one whose id is known is ever sent.
    async fn open(&self, draft: &mut Draft) -> Result<()> {
        let announced: Vec<Uuid> = draft.attachments.iter().flat_map(DraftAttachment::travels_as).collect();
        let (what, path, body) = match &self.to {
            To::Destination(id, public_service) => {
                ("open a submission", "submissions", self.opening(*id, public_service, &announced))
            }
            To::Case(case, _) => {
                ("open a reply", "replies", json!({ "caseId": case, "announcedAttachments": announced }))
            }
        };
        let url = self.client.submission_url(format_args!("{path}"));
        let opened: Opened = self.client.json(Call::post(what, url).with_json(&body)?).await?;
        draft.id = opened.id;
        draft.case_id = opened.case.or(draft.case_id);
        if draft.id.is_none() { Err(Error::answer(what, "it names no id")) } else { Ok(()) }
    }

    fn opening(&self, destination: Uuid, public_service: &PublicService, announced: &[Uuid]) -> Value {
        let version = self.client.version();
        let public_service_name = if version == Version::V1 { "serviceType" } else { "publicService" };
        let mut body = json!({ "destinationId": destination, "announcedAttachments": announced });
        if let Some(fields) = body.as_object_mut() {
            fields.insert(public_service_name.to_owned(), json!(public_service));
            if let Some(case) = self.case_id {
                fields.insert("caseId".to_owned(), json!(case));
            }
            if let Some(callback) = &self.callback {
                fields.insert("callback".to_owned(), json!(callback));
            }
            if let (Some(region), Version::V2) = (&self.region, version) {
                fields.insert("region".to_owned(), json!(region));
            }
        }
        body
    }

    async fn submit(&self, draft: &Draft) -> Result<()> {
        let (Some(id), Some(metadata)) = (draft.id, &draft.encrypted_metadata) else {
            return Err(Error::Draft("it has no id or no content".to_owned()));
        };
        let mut body = json!({ "encryptedMetadata": metadata });
        if let (Some(fields), Some(data)) = (body.as_object_mut(), &draft.encrypted_data) {
            fields.insert("encryptedData".to_owned(), json!(data));
        }
        let url = self.client.submission_url(format_args!("{}/{id}", self.path()));
        match self.client.call(Call::put("send it off", url).with_json(&body)?).await {
            Ok(_) => Ok(()),
            // Others answer a repetition with 409; the log of the case knows whether it was sent.
            Err(error) if error.status() == Some(409) => match draft.case_id {
                Some(case) if self.client.was_sent(case, id, metadata).await? => Ok(()),
                _ => Err(error),
            },
            Err(error) => Err(error),
        }
    }

    fn path(&self) -> &'static str {
        match self.to {
            To::Destination(..) => "submissions",
            To::Case(..) => "replies",
        }
    }
}

#[derive(Deserialize)]
struct Opened {
    #[serde(alias = "submissionId", alias = "replyId")]
    id: Option<Uuid>,
    #[serde(rename = "caseId")]
    case: Option<Uuid>,
}

fn sent(draft: &Draft) -> Option<Sent> {
    Some(Sent { id: draft.id?, case_id: draft.case_id? })
}
