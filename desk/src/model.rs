//! The nouns of the desk.

use client::{Check, Reference};
use fitconnect::event::Problem;
use fitconnect::jwk::Jwk;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// The desk serves one office; its rows carry this tenant.
pub const TENANT: &str = "office";

/// How far a submission is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum State {
    /// Sound and undecided.
    Received,
    /// A check failed; undecided.
    Faulty,
    /// Decided, not yet confirmed by the delivery service.
    Accepting,
    /// Decided, not yet confirmed by the delivery service.
    Rejecting,
    /// The delivery service knows that it is in good hands.
    Accepted,
    /// The delivery service knows that it was refused.
    Rejected,
    /// Accepted, and a reply was sent.
    Replied,
}

impl State {
    pub const ALL: &'static [Self] = &[
        Self::Received,
        Self::Faulty,
        Self::Accepting,
        Self::Rejecting,
        Self::Accepted,
        Self::Rejected,
        Self::Replied,
    ];

    /// As it stands in the database and in addresses.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Received => "received",
            Self::Faulty => "faulty",
            Self::Accepting => "accepting",
            Self::Rejecting => "rejecting",
            Self::Accepted => "accepted",
            Self::Rejected => "rejected",
            Self::Replied => "replied",
        }
    }

    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|it| it.name() == name)
    }
}

/// A submission as the list shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    pub id: String,
    pub at: i64,
    pub state: State,
    pub public_service: String,
    pub attachments: i64,
}

/// A submission as it was received.
#[derive(Debug, Clone)]
pub struct Entry {
    pub id: String,
    pub case_id: String,
    pub public_service: String,
    pub public_service_name: String,
    /// When it was fetched, microseconds since the epoch.
    pub at: i64,
    pub state: State,
    pub reference: Reference,
    pub checks: Vec<Check>,
    pub problems: Vec<Problem>,
    pub metadata: Value,
    /// The name of the data in the content store.
    pub data_content: Option<String>,
    pub data_media: Option<String>,
    pub schema_uri: Option<String>,
    pub reply_key: Option<Jwk>,
    pub log: Vec<LogLine>,
    pub log_at: i64,
    /// Why the last attempt to report a decision failed.
    pub trouble: Option<String>,
}

/// An attachment in the content store.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attachment {
    pub id: String,
    pub name: String,
    pub media: String,
    pub size: i64,
    pub content: String,
}

/// An event of the case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LogLine {
    /// Microseconds since the epoch.
    pub at: i64,
    /// `submit-submission`, `accept-reply`, …
    pub kind: String,
    /// `submission:<uuid>` or `reply:<uuid>`.
    pub subject: String,
    /// Who signed it.
    pub issuer: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub problems: Vec<Problem>,
}

/// A reply that was written here.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(clippy::struct_field_names, reason = "reply_id is its name at the delivery service")]
pub struct Reply {
    pub id: String,
    pub submission_id: String,
    pub at: i64,
    /// `sending` or `sent`.
    pub state: String,
    pub subject: String,
    /// The name of the text in the content store.
    pub content: String,
    pub attachment_name: Option<String>,
    pub attachment_content: Option<String>,
    /// Its id at the delivery service.
    pub reply_id: Option<String>,
    /// When its reader opened it.
    pub read_at: Option<i64>,
    pub trouble: Option<String>,
}

/// How far the handing on to a target is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Handover {
    pub target: String,
    pub submission_id: String,
    /// `waiting` or `done`.
    pub state: String,
    pub attempts: i64,
    pub receipt: Option<String>,
    pub receipt_at: Option<i64>,
    pub trouble: Option<String>,
}

/// What is asked of the list.
#[derive(Debug, Clone, Default)]
pub struct Asked {
    pub state: String,
    /// Folded words.
    pub words: String,
    /// `at`, `-at`, `name` or `-name`.
    pub sort: String,
    pub limit: i64,
    pub offset: i64,
}
