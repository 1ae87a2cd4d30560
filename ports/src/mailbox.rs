//! Mailbox: where a citizen finds what offices send in a case.

use crate::ids::CaseId;
use async_trait::async_trait;
use kernel::{Ctx, Result};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

/// What any mailbox, ours or another's, can be asked by the blocks of this node.
#[async_trait]
pub trait Mailbox: Send + Sync {
    /// Opens the mailbox of a case; opening it again with the same hash is no error.
    async fn open(&self, ctx: &Ctx, case: &CaseId, new: NewMailbox) -> Result<()>;

    /// Refuses whoever does not hold the secret of a case.
    ///
    /// `authorization` is the value of the header: `Case` and the access token derived from the secret.
    async fn admit(&self, ctx: &Ctx, case: &CaseId, authorization: Option<&str>) -> Result<()>;
}

/// What a browser made for a new case; none of it lets the node read anything.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct NewMailbox {
    /// SHA-256 of the access token, base64url.
    pub access_hash: String,
    /// The citizen's public key (JWK, RSA-OAEP-256): replies are encrypted to it.
    #[schema(value_type = Object)]
    pub public_key: Value,
    /// The private key, encrypted with a key that only the link of the case gives, base64url.
    pub wrapped_key: String,
}
