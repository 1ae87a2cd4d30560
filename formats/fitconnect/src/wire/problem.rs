//! Error answers.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Prefix of the problem types of the Submission API.
pub const PROBLEM_PREFIX: &str = "https://schema.fitko.de/fit-connect/submission-api/problems/";

/// An error answer, `application/problem+json` (RFC 7807). Always send `detail`: published clients read it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ProblemDetails {
    #[serde(rename = "type", default)]
    #[schema(required = true)]
    pub kind: String,
    #[serde(default)]
    #[schema(required = true)]
    pub title: String,
    #[serde(default)]
    #[schema(required = true)]
    pub status: u16,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub instance: Option<String>,
}

impl ProblemDetails {
    /// `name` is the last part of the type, for example `submission-not-found`.
    pub fn new(name: &str, status: u16, title: impl Into<String>, detail: impl Into<String>) -> Self {
        Self {
            kind: format!("{PROBLEM_PREFIX}{name}"),
            title: title.into(),
            status,
            detail: Some(detail.into()),
            instance: None,
        }
    }

    /// The last part of the type, when it is one of the Submission API.
    pub fn name(&self) -> Option<&str> {
        self.kind.strip_prefix(PROBLEM_PREFIX)
    }
}
