//! What the event log speaks of: the thirteen events, their payloads, and the problems a rejection names.

use std::collections::BTreeMap;

use serde::{Deserialize, Deserializer, Serialize};
use serde_json::{Map, Value, json};
use utoipa::ToSchema;
use uuid::Uuid;

/// Prefix of all event URIs.
pub const EVENT_PREFIX: &str = "https://schema.fitko.de/fit-connect/events/";
/// Prefix of the problem types in rejections.
pub const PROBLEM_PREFIX: &str = "https://schema.fitko.de/fit-connect/events/problems/";

/// Who may sign an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Issuers {
    /// Only the delivery service.
    Service,
    /// Only the receiving system, under its destination id.
    Receiver,
    /// Either of them: rejection after 14 days comes from the service, and senders of version 2 have no destination
    /// under which they could sign receipts for replies.
    Either,
}

/// What an event or token speaks about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SubjectKind {
    Submission,
    Reply,
}

macro_rules! events {
    ($($variant:ident $name:literal $subject:ident $issuers:ident $tags:literal;)*) => {
        /// The events of FIT-Connect.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum EventKind { $(#[doc = $name] $variant,)* }

        impl EventKind {
            /// All events, in the order of a life.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// The last part of the URI, for example `submit-submission`.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)* }
            }

            /// The URI that is the key inside `events`.
            pub const fn uri(self) -> &'static str {
                match self { $(Self::$variant => concat!("https://schema.fitko.de/fit-connect/events/", $name),)* }
            }

            /// Whether the event is about a submission or a reply.
            pub const fn subject(self) -> SubjectKind {
                match self { $(Self::$variant => SubjectKind::$subject,)* }
            }

            /// Who may sign it.
            pub const fn issuers(self) -> Issuers {
                match self { $(Self::$variant => Issuers::$issuers,)* }
            }

            /// Whether authentication tags belong into the payload.
            pub const fn carries_tags(self) -> bool {
                match self { $(Self::$variant => $tags,)* }
            }
        }
    };
}

events! {
    CreateSubmission "create-submission" Submission Service false;
    SubmitSubmission "submit-submission" Submission Service true;
    NotifySubmission "notify-submission" Submission Service false;
    ForwardSubmission "forward-submission" Submission Receiver false;
    RejectSubmission "reject-submission" Submission Either false;
    AcceptSubmission "accept-submission" Submission Receiver true;
    DeleteSubmission "delete-submission" Submission Service false;
    CreateReply "create-reply" Reply Service false;
    SubmitReply "submit-reply" Reply Service true;
    NotifyReply "notify-reply" Reply Service false;
    RejectReply "reject-reply" Reply Either false;
    AcceptReply "accept-reply" Reply Either true;
    DeleteReply "delete-reply" Reply Service false;
}

impl EventKind {
    /// The event with this URI.
    pub fn from_uri(uri: &str) -> Option<Self> {
        uri.strip_prefix(EVENT_PREFIX).and_then(Self::from_name)
    }

    /// The event with this name, for example `accept-reply`.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|kind| kind.name() == name)
    }

    /// Whether a client may post this event; all others come from the delivery service alone.
    pub const fn may_be_posted(self) -> bool {
        !matches!(self.issuers(), Issuers::Service)
    }

    /// Whether the payload lists problems.
    pub const fn carries_problems(self) -> bool {
        matches!(self, Self::RejectSubmission | Self::RejectReply)
    }
}

/// The authentication tags of everything that was sent: the fifth segments of the JWEs.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct AuthenticationTags {
    pub metadata: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub data: Option<String>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty", deserialize_with = "null_as_empty")]
    #[schema(value_type = std::collections::HashMap<String, String>)]
    pub attachments: BTreeMap<Uuid, String>,
}

fn null_as_empty<'de, D: Deserializer<'de>>(deserializer: D) -> Result<BTreeMap<Uuid, String>, D::Error> {
    Ok(Option::deserialize(deserializer)?.unwrap_or_default())
}

/// One reason for a rejection (RFC 7807 inside an event).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Problem {
    #[serde(rename = "type")]
    pub kind: String,
    #[serde(default)]
    pub title: String,
    #[serde(default)]
    pub detail: String,
    /// `submission`, `metadata`, `data`, `attachment:<uuid>`.
    #[serde(default)]
    pub instance: String,
}

impl Problem {
    /// A problem with a type name out of [`PROBLEM_TYPES`]; the title is taken from there.
    pub fn new(name: &str, detail: impl Into<String>, instance: impl Into<String>) -> Self {
        let title = PROBLEM_TYPES.iter().find(|known| known.name == name).map_or(name, |known| known.title);
        Self {
            kind: format!("{PROBLEM_PREFIX}{name}"),
            title: title.to_owned(),
            detail: detail.into(),
            instance: instance.into(),
        }
    }

    /// The type without the prefix, when it has the prefix.
    pub fn name(&self) -> Option<&str> {
        self.kind.strip_prefix(PROBLEM_PREFIX)
    }
}

/// A known problem type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ProblemType {
    pub name: &'static str,
    pub title: &'static str,
}

const fn problem(name: &'static str, title: &'static str) -> ProblemType {
    ProblemType { name, title }
}

/// The problem types in use. Data on purpose: others may appear and are shown as they come.
pub const PROBLEM_TYPES: &[ProblemType] = &[
    problem("invalid-event-log", "The event log is not valid"),
    problem("missing-authentication-tags", "Authentication tags are missing"),
    problem("attachments-mismatch", "The attachments do not match"),
    problem("service-mismatch", "The public service does not match"),
    problem("incorrect-authentication-tag", "An authentication tag is not correct"),
    problem("encryption-issue", "The content cannot be decrypted"),
    problem("syntax-violation", "The content is not well-formed"),
    problem("missing-schema", "The reference to a schema is missing"),
    problem("schema-violation", "The content does not follow its schema"),
    problem("unsupported-schema", "The schema is not supported"),
    problem("unsupported-service", "The public service is not supported"),
    problem("missing-data", "The data are missing"),
    problem("hash-mismatch", "The hash does not match"),
    problem("missing-attachment", "An attachment is missing"),
    problem("technical-error", "A technical error occurred"),
];

/// One event with its payload.
#[derive(Clone, Debug, PartialEq)]
pub struct Event {
    pub kind: EventKind,
    pub tags: Option<AuthenticationTags>,
    /// Reasons, for the two rejections.
    pub problems: Vec<Problem>,
    /// Further members of the payload, as found.
    pub other: Map<String, Value>,
}

impl Event {
    /// An event with an empty payload.
    pub fn new(kind: EventKind) -> Self {
        Self { kind, tags: None, problems: Vec::new(), other: Map::new() }
    }

    /// An event that carries authentication tags.
    pub fn with_tags(kind: EventKind, tags: AuthenticationTags) -> Self {
        Self { tags: Some(tags), ..Self::new(kind) }
    }

    /// A rejection with its reasons.
    pub fn with_problems(kind: EventKind, problems: Vec<Problem>) -> Self {
        Self { problems, ..Self::new(kind) }
    }

    /// The payload as it stands in the token.
    pub fn payload(&self) -> Value {
        let mut payload = self.other.clone();
        if let Some(tags) = &self.tags {
            payload.insert("authenticationTags".to_owned(), json!(tags));
        }
        if self.kind.carries_problems() || !self.problems.is_empty() {
            payload.insert("problems".to_owned(), json!(self.problems));
        }
        Value::Object(payload)
    }
}
