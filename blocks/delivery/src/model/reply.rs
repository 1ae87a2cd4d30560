//! Replies: what an office sends back in a case.

use super::State;
use ports::ids::{CaseId, DestinationId, ReplyId};

/// A reply without its content.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct ReplyRow {
    pub id: ReplyId,
    pub tenant: String,
    pub case_id: CaseId,
    pub destination: DestinationId,
    /// The client that writes it.
    pub author: String,
    /// The sender of the case, who reads it.
    pub reader: String,
    #[sqlx(try_from = "String")]
    pub state: State,
}

/// A reply on a list.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct WaitingReply {
    pub id: ReplyId,
    pub case_id: CaseId,
    pub destination: DestinationId,
}

/// A reply to be opened.
#[derive(Debug, Clone)]
pub struct ReplyOpening {
    pub case: CaseId,
    pub announced: Vec<ports::ids::AttachmentId>,
    /// The author's own id of the request.
    pub request: Option<String>,
}
