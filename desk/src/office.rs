//! The office's side of the delivery service, as small as the desk needs it; tests put another one in its place.

mod schemas;

pub(crate) use schemas::Schemas;

use crate::model::LogLine;
use async_trait::async_trait;
use client::{
    Check, Client, DraftFile, Fetched, PublicService, ReceivedAttachment, Reference, Result, Sent, Source,
    Subscriber, Trust, Uuid,
};
use fitconnect::event::Problem;
use fitconnect::jwk::Jwk;
use kernel::SECOND;
use serde_json::Value;
use std::{path::PathBuf, sync::Arc};

/// What the desk asks of the delivery service. Everything may be repeated without doing it twice.
#[async_trait]
pub(crate) trait Office: Send + Sync {
    /// The ids of submissions that wait.
    async fn list(&self) -> Result<Vec<Uuid>>;
    /// Fetches and checks one.
    async fn fetch(&self, submission: Uuid) -> Result<Arrived>;
    /// Accepts one.
    async fn accept(&self, reference: &Reference) -> Result<()>;
    /// Rejects one.
    async fn reject(&self, reference: &Reference, problems: Vec<Problem>) -> Result<()>;
    /// The verified log of a case.
    async fn log(&self, case: Uuid) -> Result<Vec<LogLine>>;
    /// Sends a reply; `draft` is a file that lets a repetition go on where it was.
    async fn reply(&self, reply: Outgoing, draft: PathBuf) -> Result<Sent>;
}

/// A submission that has been fetched and checked.
pub(crate) struct Arrived {
    pub(crate) reference: Reference,
    pub(crate) public_service: PublicService,
    /// What is wrong; empty where it is sound.
    pub(crate) problems: Vec<Problem>,
    pub(crate) checks: Vec<Check>,
    pub(crate) metadata: Value,
    pub(crate) data: Option<Document>,
    pub(crate) attachments: Vec<ArrivedAttachment>,
    pub(crate) reply_key: Option<Jwk>,
    pub(crate) log: Vec<LogLine>,
}

/// Data with their media type and schema.
pub(crate) struct Document {
    pub(crate) bytes: Vec<u8>,
    pub(crate) media: String,
    pub(crate) schema_uri: String,
}

/// An attachment with its plain content.
pub(crate) struct ArrivedAttachment {
    pub(crate) id: Uuid,
    pub(crate) name: String,
    pub(crate) media: String,
    pub(crate) size: u64,
    pub(crate) plain: Plain,
}

/// Where plain content lies for the moment.
pub(crate) enum Plain {
    File(ReceivedAttachment),
    #[cfg_attr(not(test), expect(dead_code, reason = "tests make attachments without files"))]
    Memory(Vec<u8>),
}

/// A reply to be sent.
pub(crate) struct Outgoing {
    pub(crate) case: Uuid,
    pub(crate) key: Jwk,
    /// The data as JSON.
    pub(crate) data: Value,
    pub(crate) attachment: Option<(String, Vec<u8>)>,
}

/// The delivery service by the SDK.
pub(crate) struct Delivery {
    subscriber: Subscriber,
}

impl Delivery {
    pub(crate) fn new(config: &crate::DeskConfig, schemas: Arc<Schemas>) -> Result<Self> {
        let settings = &config.settings;
        let (base, id, secret) = (&settings.base_url, &settings.client_id, &config.client_secret.0);
        let client = if settings.version_1 {
            Client::connect_v1(base, id, secret)
        } else {
            Client::connect(base, id, secret)
        }?;
        let trust = if settings.allow_self_signed {
            Trust::AllowSelfSigned
        } else {
            Trust::Anchors { certificates: config.trust_anchors.clone(), revocation_lists: Vec::new() }
        };
        let subscriber = client
            .trusting(trust)
            .subscriber(settings.destination_id, &config.decrypt, &config.sign)?
            .checking(schemas)
            .unpacking_in(config.data.join("unpacking"));
        Ok(Self { subscriber })
    }
}

#[async_trait]
impl Office for Delivery {
    async fn list(&self) -> Result<Vec<Uuid>> {
        Ok(self.subscriber.list().await?.into_iter().map(|it| it.submission_id).collect())
    }

    async fn fetch(&self, submission: Uuid) -> Result<Arrived> {
        Ok(match self.subscriber.fetch(submission).await? {
            Fetched::Sound(it) => Arrived {
                log: lines(&it.log),
                reference: it.reference,
                public_service: it.public_service,
                problems: Vec::new(),
                checks: it.checks,
                metadata: it.metadata,
                data: it.data.map(|it| Document {
                    bytes: it.bytes,
                    media: it.media_type,
                    schema_uri: it.schema_uri,
                }),
                attachments: it.attachments.into_iter().map(attachment).collect(),
                reply_key: it.reply_key,
            },
            Fetched::Faulty(it) => Arrived {
                reference: it.reference,
                public_service: it.public_service,
                problems: it.problems,
                checks: it.checks,
                metadata: Value::Null,
                data: None,
                attachments: Vec::new(),
                reply_key: None,
                log: Vec::new(),
            },
        })
    }

    async fn accept(&self, reference: &Reference) -> Result<()> {
        self.subscriber.accept(reference).await
    }

    async fn reject(&self, reference: &Reference, problems: Vec<Problem>) -> Result<()> {
        self.subscriber.reject(reference, problems).await
    }

    async fn log(&self, case: Uuid) -> Result<Vec<LogLine>> {
        Ok(lines(&self.subscriber.case_log(case).await?))
    }

    async fn reply(&self, reply: Outgoing, draft: PathBuf) -> Result<Sent> {
        let mut outgoing = self
            .subscriber
            .reply(reply.case, reply.key)
            .data_json(&reply.data)
            .keep_draft(DraftFile::new(draft));
        if let Some((name, content)) = reply.attachment {
            outgoing = outgoing.attachment(&name, "application/pdf", Source::bytes(content));
        }
        outgoing.send().await
    }
}

fn attachment(it: ReceivedAttachment) -> ArrivedAttachment {
    ArrivedAttachment {
        id: it.id,
        name: it.name.clone().unwrap_or_default(),
        media: it.media_type.clone(),
        size: it.size,
        plain: Plain::File(it),
    }
}

fn lines(log: &client::CaseLog) -> Vec<LogLine> {
    let line = |it: &fitconnect::set::VerifiedSet| LogLine {
        at: it.set.iat.saturating_mul(SECOND),
        kind: it.set.event.kind.name().to_owned(),
        subject: it.set.sub.to_string(),
        issuer: it.set.iss.to_string(),
        problems: it.set.event.problems.clone(),
    };
    log.events.iter().map(line).collect()
}
