//! Replies. No published description was found: paths and shapes mirror submissions and are our own reading.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::check::{Faults, WireFault, read_id};
use super::submission::{SubmitSubmission, check_announced, distinct};

/// Body of `POST /v2/replies`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct CreateReply {
    #[serde(default)]
    #[schema(required = true, format = Uuid)]
    pub case_id: String,
    #[serde(default)]
    #[schema(required = true)]
    pub announced_attachments: Vec<String>,
}

impl CreateReply {
    /// Everything that is wrong; empty when the body can be used.
    pub fn check(&self) -> Vec<WireFault> {
        let mut faults = Faults::default();
        faults.id(&self.case_id, "/caseId");
        check_announced(&self.announced_attachments, &mut faults);
        faults.0
    }

    /// The case, when the body passed [`Self::check`].
    pub fn case(&self) -> Option<Uuid> {
        read_id(&self.case_id)
    }

    /// The announced attachments in their order, each once.
    pub fn attachments(&self) -> Vec<Uuid> {
        distinct(&self.announced_attachments)
    }
}

/// Answer to `POST /v2/replies` (201).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ReplyCreated {
    pub reply_id: Uuid,
    pub case_id: Uuid,
}

/// Body of `PUT /v2/replies/{id}`: the same two documents as for a submission.
pub type SubmitReply = SubmitSubmission;

/// A reply as its receiver fetches it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Reply {
    pub reply_id: Uuid,
    pub case_id: Uuid,
    #[serde(default)]
    pub attachments: Vec<Uuid>,
    pub encrypted_metadata: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub encrypted_data: Option<String>,
}

/// One line of the list of replies that wait to be fetched.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ReplyForPickup {
    pub reply_id: Uuid,
    pub case_id: Uuid,
}

/// Answer to `GET /v2/replies`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ReplyList {
    #[serde(default)]
    pub count: i64,
    #[serde(default)]
    pub offset: i64,
    #[serde(default)]
    pub total_count: i64,
    pub replies: Vec<ReplyForPickup>,
}
