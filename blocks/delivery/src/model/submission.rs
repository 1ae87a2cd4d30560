//! Submissions, and what they share with replies: states, attachments, content.

use crate::names::may;
use kernel::Permission;
use ports::{
    delivery::SealedContent,
    ids::{AttachmentId, CaseId, DestinationId, ReplyId, SubmissionId},
};
use std::fmt;

/// Where a submission or reply stands (FIT-Connect, states of a submission).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum State {
    /// Opened, not sent off yet.
    Incomplete,
    /// Sent off, waits to be fetched.
    Submitted,
    /// Handed on to another system (version 1 only).
    Forwarded,
    Accepted,
    Rejected,
    /// Its content is gone; the log remains.
    Deleted,
}

impl State {
    pub const ALL: [Self; 6] =
        [Self::Incomplete, Self::Submitted, Self::Forwarded, Self::Accepted, Self::Rejected, Self::Deleted];

    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Incomplete => "incomplete",
            Self::Submitted => "submitted",
            Self::Forwarded => "forwarded",
            Self::Accepted => "accepted",
            Self::Rejected => "rejected",
            Self::Deleted => "deleted",
        }
    }
}

impl fmt::Display for State {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        to.write_str(self.as_str())
    }
}

impl TryFrom<String> for State {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        Self::ALL.into_iter().find(|it| it.as_str() == text).ok_or_else(|| format!("unknown state {text}"))
    }
}

/// A submission without its content.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct Submission {
    pub id: SubmissionId,
    /// The tenant of its destination.
    pub tenant: String,
    pub case_id: CaseId,
    pub destination: DestinationId,
    /// The client that opened it.
    pub sender: String,
    #[sqlx(try_from = "String")]
    pub state: State,
    pub public_service: String,
    pub public_service_name: String,
    pub public_service_description: Option<String>,
    pub callback_url: Option<String>,
    pub callback_secret: Option<String>,
}

/// A submission on a list.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct WaitingSubmission {
    pub id: SubmissionId,
    pub case_id: CaseId,
    pub destination: DestinationId,
}

/// A submission to be opened, whatever interface it came through.
#[derive(Debug, Clone)]
pub struct Opening {
    pub destination: DestinationId,
    pub announced: Vec<AttachmentId>,
    pub public_service: String,
    pub public_service_name: String,
    pub public_service_description: Option<String>,
    /// `DE` and a region key, where the sender says for which region (version 2).
    pub region: Option<String>,
    pub case: Option<CaseId>,
    pub callback: Option<super::Callback>,
    /// The sender's own id of the request.
    pub request: Option<String>,
}

/// An announced attachment of a submission or reply.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct Attachment {
    pub id: AttachmentId,
    /// Where its content lies; empty until it has arrived.
    pub content: String,
    /// The authentication tag of its JWE.
    pub tag: String,
    pub size: i64,
}

/// What is stored of the content of a submission or reply.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct StoredContent {
    pub metadata: String,
    pub data: Option<String>,
    /// SHA-256 over both, base64url.
    pub digest: String,
    /// The authentication tags as JSON.
    pub tags: String,
}

/// A submission with everything but the attachments themselves.
#[derive(Debug, Clone)]
pub struct Fetched {
    pub submission: Submission,
    pub attachments: Vec<AttachmentId>,
    pub content: SealedContent,
}

/// Which interface a request came through; version 2 is stricter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Version {
    V1,
    V2,
}

/// A part of a list.
#[derive(Debug, Clone)]
pub struct Page<T> {
    pub items: Vec<T>,
    pub offset: i64,
    /// How many there are altogether.
    pub total: i64,
}

/// Which part of a list is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Window {
    pub limit: i64,
    pub offset: i64,
}

/// What attachments and content belong to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Owner {
    Submission(SubmissionId),
    Reply(ReplyId),
}

impl Owner {
    pub fn as_str(&self) -> &str {
        match self {
            Self::Submission(id) => id.as_str(),
            Self::Reply(id) => id.as_str(),
        }
    }

    /// The permission to fill it and send it off.
    pub const fn may_fill(&self) -> Permission {
        match self {
            Self::Submission(_) => may::SEND,
            Self::Reply(_) => may::REPLY,
        }
    }
}

/// A submission or reply as the one who fills it sees it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Filling {
    pub state: State,
}

/// What was sent off.
#[derive(Debug, Clone)]
pub struct Filled {
    pub tags: fitconnect::event::AuthenticationTags,
    pub attachments: Vec<AttachmentId>,
    /// Bytes of everything together.
    pub size: i64,
}
