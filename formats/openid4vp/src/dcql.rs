//! Digital Credentials Query Language (OpenID4VP 1.0, section 6): what a verifier asks for.

mod check;
mod path;
mod satisfy;

use serde::{Deserialize, Serialize};
use serde_json::Value;

pub use path::{ClaimPath, PathFault, PathPart};
pub use satisfy::{Candidate, Choice, Unsatisfied, choose, satisfied};

/// The format of SD-JWT VC.
pub const SD_JWT: &str = "dc+sd-jwt";
/// The format of ISO mdoc.
pub const MDOC: &str = "mso_mdoc";

/// Why a query is not right.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum QueryFault {
    #[error("the query cannot be read: {0}")]
    Shape(String),
    #[error("{0} must not be empty")]
    Empty(&'static str),
    #[error("the id '{0}' must consist of letters, digits, _ and -")]
    Id(String),
    #[error("the id '{0}' occurs twice")]
    RepeatedId(String),
    #[error("the id '{0}' is referred to, but there is nothing of that name")]
    UnknownId(String),
    #[error("meta of '{credential}' needs {expected}")]
    Meta { credential: String, expected: &'static str },
    #[error("with claim_sets each claim of '{0}' that they name needs an id, and there have to be claims")]
    ClaimSets(String),
    #[error("a path in '{0}' must be two names (namespace and element) in an mdoc")]
    MdocPath(String),
    #[error("a path in '{0}' occurs twice")]
    RepeatedPath(String),
}

/// A query.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Query {
    pub credentials: Vec<CredentialQuery>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub credential_sets: Option<Vec<CredentialSet>>,
}

/// What is asked about one credential.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CredentialQuery {
    pub id: String,
    /// `dc+sd-jwt`, `mso_mdoc`, or another format, which is never satisfied here.
    pub format: String,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub multiple: bool,
    pub meta: Meta,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub trusted_authorities: Option<Vec<Value>>,
    #[serde(default = "yes", skip_serializing_if = "is_yes")]
    pub require_cryptographic_holder_binding: bool,
    /// Nothing: no claim is asked for, only what is never hidden.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub claims: Option<Vec<ClaimQuery>>,
    /// Alternatives among the claims by their ids, the preferred one first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub claim_sets: Option<Vec<Vec<String>>>,
}

/// Which types of a format.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Meta {
    /// For SD-JWT VC.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub vct_values: Option<Vec<String>>,
    /// For mdoc.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub doctype_value: Option<String>,
    /// Of other formats.
    #[serde(flatten)]
    pub other: serde_json::Map<String, Value>,
}

impl Meta {
    /// Whether a credential of this type (`vct` or document type) is meant.
    pub fn allows(&self, kind: &str) -> bool {
        self.doctype_value.as_deref() == Some(kind)
            || self.vct_values.as_ref().is_some_and(|it| it.iter().any(|it| it == kind))
    }
}

/// A claim that is asked for.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ClaimQuery {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    pub path: ClaimPath,
    /// Only a claim with one of these values is of use.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub values: Option<Vec<Value>>,
    /// Whether the verifier keeps it; for mdoc.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub intent_to_retain: Option<bool>,
}

impl ClaimQuery {
    /// A claim without id and values.
    pub fn at(path: ClaimPath) -> Self {
        Self { id: None, path, values: None, intent_to_retain: None }
    }
}

/// Alternatives among the credentials by their ids, the preferred one first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CredentialSet {
    pub options: Vec<Vec<String>>,
    #[serde(default = "yes", skip_serializing_if = "is_yes")]
    pub required: bool,
}

impl Query {
    /// Reads and checks a query.
    pub fn read(json: &Value) -> Result<Self, QueryFault> {
        let query: Self = Deserialize::deserialize(json).map_err(|it| QueryFault::Shape(it.to_string()))?;
        query.check()?;
        Ok(query)
    }

    /// What is asked under an id.
    pub fn credential(&self, id: &str) -> Option<&CredentialQuery> {
        self.credentials.iter().find(|it| it.id == id)
    }
}

const fn yes() -> bool {
    true
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands in a reference")]
const fn is_yes(it: &bool) -> bool {
    *it
}
