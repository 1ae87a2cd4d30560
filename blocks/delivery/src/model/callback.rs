//! Callbacks: short messages that say that there is something to fetch.

use ports::ids::{CaseId, DestinationId};

/// What a callback is about (FIT-Connect, callbacks).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CallbackKind {
    Submissions,
    Events,
    Replies,
}

impl CallbackKind {
    /// The last part of the type's address.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Submissions => "new-submissions",
            Self::Events => "new-events",
            Self::Replies => "new-replies",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        [Self::Submissions, Self::Events, Self::Replies].into_iter().find(|it| it.as_str() == text)
    }
}

/// What there is to fetch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct News {
    pub kind: CallbackKind,
    pub destination: DestinationId,
    pub case: CaseId,
    /// The id of the submission, or of the reply.
    pub subject: String,
}

/// A callback on its way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PendingCallback {
    pub id: String,
    pub tenant: String,
    pub news: News,
    pub to: super::destination::Callback,
    pub attempts: i64,
    pub created_at: i64,
}
