//! What stands in for delivery.

use super::{case, reply};
use async_trait::async_trait;
use bytes::Bytes;
use futures_util::{StreamExt, stream};
use kernel::{Code, Ctx, Kind, Result, Text};
use ports::{
    delivery::{CaseEvent, CaseLog, Delivery, NewSubmission, OpenedSubmission, Pieces, Reply, SealedContent},
    ids::{AttachmentId, CaseId, ReplyId, SubmissionId},
};
use serde_json::json;
use std::sync::{
    Arc, Mutex,
    atomic::{AtomicBool, AtomicUsize, Ordering},
};

const TEXT: Text = Text { de: "nein", en: "no" };
const NOT_FOUND: Code = Code { code: "test.not_found", kind: Kind::NotFound, title: TEXT, detail: TEXT };
const BROKEN: Code = Code { code: "test.broken", kind: Kind::Unavailable, title: TEXT, detail: TEXT };
/// The attachment of the only reply.
pub const ATTACHMENT: &str = "aaaaaaaa-0000-4000-8000-000000000001";

/// What was asked, and what delivery no longer has.
#[derive(Default)]
pub struct Memory {
    pub asked_by: Mutex<Vec<String>>,
    pub acknowledged: AtomicUsize,
    pub case_gone: AtomicBool,
    pub reply_gone: AtomicBool,
    pub broken: AtomicBool,
}

/// Delivery with one case and one reply.
#[derive(Default)]
pub struct StandIn {
    pub memory: Arc<Memory>,
}

impl StandIn {
    fn asked(&self, ctx: &Ctx, gone: &AtomicBool) -> Result<()> {
        self.memory.asked_by.lock().unwrap().push(format!("{}/{}", ctx.actor().name, ctx.tenant()));
        if self.memory.broken.load(Ordering::SeqCst) {
            return Err(BROKEN.into());
        }
        if gone.load(Ordering::SeqCst) { Err(NOT_FOUND.into()) } else { Ok(()) }
    }
}

#[async_trait]
impl Delivery for StandIn {
    async fn open(&self, _: &Ctx, _: NewSubmission) -> Result<OpenedSubmission> {
        Err(NOT_FOUND.into())
    }

    async fn attach(&self, _: &Ctx, _: &SubmissionId, _: &AttachmentId, _: Pieces) -> Result<()> {
        Err(NOT_FOUND.into())
    }

    async fn submit(&self, _: &Ctx, _: &SubmissionId, _: SealedContent) -> Result<()> {
        Err(NOT_FOUND.into())
    }

    async fn case_log(&self, ctx: &Ctx, case: &CaseId) -> Result<CaseLog> {
        self.asked(ctx, &self.memory.case_gone)?;
        let event = |at, kind: &str, payload| CaseEvent {
            at,
            kind: kind.to_owned(),
            subject: "submission:x".to_owned(),
            issuer: "http://localhost:8080".to_owned(),
            payload,
        };
        let problems =
            json!({"problems": [{"type": "t", "title": "Fehlt", "detail": "d", "instance": "data"}]});
        Ok(CaseLog {
            case_id: case.clone(),
            destination_id: "7a1e0000-0000-4000-8000-000000000001".parse().unwrap(),
            destination_name: "Bürgeramt".to_owned(),
            public_service: "urn:de:fim:leika:leistung:99115005104000".to_owned(),
            public_service_name: "Wohnsitzanmeldung".to_owned(),
            events: vec![
                event(1, "submit-submission", json!({"authenticationTags": {"metadata": "x"}})),
                event(2, "reject-submission", problems),
            ],
        })
    }

    async fn reply(&self, ctx: &Ctx, wanted: &ReplyId) -> Result<Reply> {
        self.asked(ctx, &self.memory.reply_gone)?;
        Ok(Reply {
            reply_id: wanted.clone(),
            case_id: case(),
            attachments: vec![ATTACHMENT.parse().unwrap()],
            content: SealedContent {
                encrypted_metadata: "m".to_owned(),
                encrypted_data: Some("d".to_owned()),
            },
            authentication_tags: json!({"metadata": "tag"}),
        })
    }

    async fn reply_attachment(
        &self,
        ctx: &Ctx,
        wanted: &ReplyId,
        attachment: &AttachmentId,
    ) -> Result<(u64, Pieces)> {
        self.asked(ctx, &self.memory.reply_gone)?;
        if *wanted != reply() || attachment.as_str() != ATTACHMENT {
            return Err(NOT_FOUND.into());
        }
        Ok((6, stream::iter(["abc", "def"]).map(|it| Ok(Bytes::from(it))).boxed()))
    }

    async fn acknowledge(&self, ctx: &Ctx, _: &ReplyId) -> Result<()> {
        self.asked(ctx, &self.memory.reply_gone)?;
        self.memory.acknowledged.fetch_add(1, Ordering::SeqCst);
        Ok(())
    }
}
