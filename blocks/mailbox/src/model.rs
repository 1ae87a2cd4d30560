//! The nouns: rows, and what the page of a case is told.

use kernel::Actor;
use ports::{
    delivery::SealedContent,
    ids::{AttachmentId, CaseId, ReplyId},
};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::{IntoParams, ToSchema};

/// The mailbox of a case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MailboxCase {
    pub case_id: CaseId,
    pub tenant: String,
    /// In whose name delivery is asked.
    pub sender: String,
    pub access_hash: String,
    pub public_key: String,
    pub wrapped_key: String,
    pub version: i64,
    pub missing_since: Option<i64>,
}

impl MailboxCase {
    /// The sender that opened the case: delivery shows it what belongs to it, and nothing else.
    pub fn asker(&self) -> Actor {
        Actor::new(self.sender.clone(), self.tenant.clone(), kernel::Role::Sender)
    }
}

/// What the page of a case shows.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct CaseView {
    /// The case.
    pub case_id: CaseId,
    /// What it is about.
    pub public_service: PublicServiceName,
    /// Where the submission went, for people.
    pub destination_name: String,
    /// What has happened, oldest first.
    pub steps: Vec<CaseStep>,
    /// The citizen's public key (JWK).
    #[schema(value_type = Object)]
    pub public_key: Value,
    /// The citizen's private key, encrypted with a key that only the link gives.
    pub wrapped_key: String,
    /// What the office sent, oldest first.
    pub messages: Vec<Message>,
    /// Counts changes; `?after=` waits for a greater one.
    pub version: i64,
    /// That the case is in the account of whoever is signed in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub claim: Option<Claim>,
}

/// That a case is in somebody's account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Claim {
    /// The secret of the case, encrypted with a key that only the passkey gives; absent where there is none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub wrapped_key: Option<String>,
    /// Which passkey that is, base64url.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub credential: Option<String>,
    /// Since when, microseconds since the epoch.
    pub claimed_at: i64,
}

/// A case on its way into an account.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(default, rename_all = "camelCase", deny_unknown_fields)]
pub struct NewClaim {
    /// The secret of the case, encrypted with a key that only a passkey gives: 60 bytes, base64url.
    pub wrapped_key: Option<String>,
    /// Which passkey that is, base64url.
    pub credential: Option<String>,
}

/// A case of an account as it is stored.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct ClaimRow {
    pub case_id: CaseId,
    pub tenant: String,
    pub sender: String,
    pub wrapped_key: Option<String>,
    pub claimed_at: i64,
    pub messages: i64,
    pub unread: i64,
}

/// A case in an account.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ClaimedCase {
    /// The case.
    pub case_id: CaseId,
    /// What it is about; absent where nothing is known of it at present.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub public_service: Option<PublicServiceName>,
    /// Where the submission went, for people.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub destination_name: Option<String>,
    /// What happened last.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_step: Option<CaseStep>,
    /// How many messages the office has sent.
    pub messages: i64,
    /// How many of them nobody has read yet.
    pub unread: i64,
    /// Since when it is in the account, microseconds since the epoch.
    pub claimed_at: i64,
    /// Whether a passkey opens its messages without the link.
    pub readable: bool,
}

/// The cases of an account.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ClaimList {
    /// How many are in this part.
    pub count: usize,
    /// Where this part begins.
    pub offset: i64,
    /// How many there are.
    pub total_count: i64,
    /// The cases, the newest first.
    pub claims: Vec<ClaimedCase>,
}

/// Which part of a list is asked for.
#[derive(Debug, Clone, Copy, Default, Deserialize, IntoParams)]
#[serde(default)]
#[into_params(parameter_in = Query)]
pub struct Part {
    /// The first one, from 0 on.
    pub offset: i64,
    /// How many at most, 1 to 100; 20 where nothing is said.
    pub limit: Option<i64>,
}

impl Part {
    /// Offset and limit within bounds.
    pub fn checked(self) -> (i64, i64) {
        (self.offset.max(0), self.limit.unwrap_or(20).clamp(1, 100))
    }
}

/// What a case is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct PublicServiceName {
    /// The URN of the public service.
    pub identifier: String,
    /// Its name.
    pub name: String,
}

/// Something that happened in a case.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct CaseStep {
    /// When, microseconds since the epoch.
    pub at: i64,
    /// The name of the event: `submit-submission`, `accept-submission`, …
    pub kind: String,
    /// Who said so: the node's address, or the id of a destination.
    pub issuer: String,
    /// Why a submission or reply was rejected.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Vec<Object>>)]
    pub problems: Option<Value>,
}

/// A message in a case; its content is encrypted and fetched by itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Message {
    /// Its id.
    pub id: ReplyId,
    /// When it arrived, microseconds since the epoch.
    pub at: i64,
    /// When it was read for the first time, microseconds since the epoch.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub read_at: Option<i64>,
    /// How large it is, bytes.
    pub size: i64,
}

/// The encrypted content of a message.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct MessageContent {
    /// Metadata and data, each a compact JWE.
    #[serde(flatten)]
    pub content: SealedContent,
    /// The attachments.
    pub attachments: Vec<AttachmentId>,
    /// The tags that the log vouches for (FIT-Connect `authenticationTags`).
    #[schema(value_type = Object)]
    pub authentication_tags: Value,
}

/// How to wait for news of a case.
#[derive(Debug, Clone, Copy, Default, Deserialize, IntoParams)]
#[serde(default)]
#[into_params(parameter_in = Query)]
pub struct Since {
    /// The version already known; the answer is 204 if there is nothing newer.
    pub after: Option<i64>,
    /// How many seconds to wait for something newer, at most 25.
    pub wait: u64,
}
