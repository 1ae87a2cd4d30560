//! Delivery: carries encrypted submissions to destinations and replies back, and keeps the log of each case.

use crate::ids::{AttachmentId, CaseId, DestinationId, ReplyId, SubmissionId};
use async_trait::async_trait;
use bytes::Bytes;
use futures_util::stream::BoxStream;
use kernel::{Ctx, Event, Result};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

/// Content that arrives bit by bit.
pub type Pieces = BoxStream<'static, Result<Bytes>>;

/// What any delivery, ours or another's, can be asked by the blocks of this node.
///
/// The asker acts as a sender of its own name (`Actor::new("forms", …, Role::Sender)`) and sees only what it sent.
#[async_trait]
pub trait Delivery: Send + Sync {
    /// Opens a submission; asked again with the same request id it answers the same.
    async fn open(&self, ctx: &Ctx, new: NewSubmission) -> Result<OpenedSubmission>;

    /// Takes an announced attachment, a compact JWE; it may be overwritten until the submission is sent.
    async fn attach(
        &self,
        ctx: &Ctx,
        submission: &SubmissionId,
        attachment: &AttachmentId,
        body: Pieces,
    ) -> Result<()>;

    /// Sends a submission off; sending the same content again is no error.
    async fn submit(&self, ctx: &Ctx, submission: &SubmissionId, content: SealedContent) -> Result<()>;

    /// What has happened in a case, oldest first.
    async fn case_log(&self, ctx: &Ctx, case: &CaseId) -> Result<CaseLog>;

    /// A reply in a case of the asker.
    async fn reply(&self, ctx: &Ctx, reply: &ReplyId) -> Result<Reply>;

    /// An attachment of a reply, with its size in bytes.
    async fn reply_attachment(
        &self,
        ctx: &Ctx,
        reply: &ReplyId,
        attachment: &AttachmentId,
    ) -> Result<(u64, Pieces)>;

    /// Confirms that a reply reached its reader; the log then says `accept-reply`. Doing it again is no error.
    async fn acknowledge(&self, ctx: &Ctx, reply: &ReplyId) -> Result<()>;
}

/// A submission to be opened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct NewSubmission {
    /// The asker's own id of this request, a UUID: the same id is the same submission.
    pub request_id: String,
    /// Where it goes.
    pub destination_id: DestinationId,
    /// The attachments (and fragments) that will follow.
    pub announced_attachments: Vec<AttachmentId>,
    /// The URN of the public service.
    pub public_service: String,
    /// The name of the public service.
    pub public_service_name: String,
    /// An existing case that this belongs to.
    pub case_id: Option<CaseId>,
}

/// A submission that was opened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct OpenedSubmission {
    /// The submission.
    pub submission_id: SubmissionId,
    /// Its case.
    pub case_id: CaseId,
    /// Where it goes.
    pub destination_id: DestinationId,
}

/// The encrypted content of a submission or reply, each part a compact JWE.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct SealedContent {
    /// The metadata.
    pub encrypted_metadata: String,
    /// The data of the form.
    pub encrypted_data: Option<String>,
}

/// What has happened in a case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct CaseLog {
    /// The case.
    pub case_id: CaseId,
    /// Where its submissions went.
    pub destination_id: DestinationId,
    /// The name of the destination, for people.
    pub destination_name: String,
    /// The URN of the public service.
    pub public_service: String,
    /// The name of the public service.
    pub public_service_name: String,
    /// The events, oldest first.
    pub events: Vec<CaseEvent>,
}

/// An event of a case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct CaseEvent {
    /// When, microseconds since the epoch.
    pub at: i64,
    /// The name of the event: `submit-submission`, `accept-submission`, …
    pub kind: String,
    /// What it is about: `submission:<uuid>` or `reply:<uuid>`.
    pub subject: String,
    /// Who said so: this node's address, or the id of a destination.
    pub issuer: String,
    /// The payload of the event (problems, authentication tags).
    #[schema(value_type = Object)]
    pub payload: Value,
}

/// A reply of an office, still encrypted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Reply {
    /// The reply.
    pub reply_id: ReplyId,
    /// Its case.
    pub case_id: CaseId,
    /// Its attachments.
    pub attachments: Vec<AttachmentId>,
    /// Its content.
    #[serde(flatten)]
    pub content: SealedContent,
    /// The tags that the log vouches for (FIT-Connect `authenticationTags`).
    #[schema(value_type = Object)]
    pub authentication_tags: Value,
}

/// A destination was made or changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct DestinationChanged {
    /// The destination.
    pub destination_id: DestinationId,
    /// Counts its changes, so that a late delivery of an older state can be told.
    pub revision: i64,
    /// `created`, `active`, `inactive`, `decommissioned` or `deleted`.
    pub status: String,
    /// Its name, for people.
    pub name: String,
    /// Contact data as the destination has it (legalName, address, phone, email, unit).
    pub contact: Value,
    /// What it takes, and where.
    pub public_services: Vec<OfferedPublicService>,
}

/// A public service that a destination takes submissions for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OfferedPublicService {
    /// The URN.
    pub identifier: String,
    /// `DE` followed by a region key of 0 to 12 digits.
    pub regions: Vec<String>,
}

impl Event for DestinationChanged {
    const TOPIC: &'static str = "delivery.destination_changed.v1";
}

/// Something was added to the log of a case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct CaseEventAppended {
    /// The case.
    pub case_id: CaseId,
    /// What it is about: `submission:<uuid>` or `reply:<uuid>`.
    pub subject: String,
    /// The name of the event.
    pub kind: String,
    /// The public service of the submission, where the teller had it at hand.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub public_service: Option<String>,
}

impl Event for CaseEventAppended {
    const TOPIC: &'static str = "delivery.case_event_appended.v1";
}

/// An office sent a reply in a case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ReplySubmitted {
    /// The reply.
    pub reply_id: ReplyId,
    /// Its case.
    pub case_id: CaseId,
    /// When, microseconds since the epoch.
    pub at: i64,
    /// How large it is, bytes.
    pub size: i64,
}

impl Event for ReplySubmitted {
    const TOPIC: &'static str = "delivery.reply_submitted.v1";
}
