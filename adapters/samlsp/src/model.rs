//! What the adapter keeps for a while.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A request on its way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    pub id: String,
    pub tenant: String,
    pub connection: String,
    pub attempt: String,
    pub until: i64,
}

/// What a verified response said, until the browser comes for it. It never lies in the database readable.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Landing {
    pub attempt: String,
    pub issuer: String,
    pub session: Option<String>,
    pub found: Found,
}

/// Who it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Found {
    pub subject: String,
    pub level: saml::Level,
    pub claims: BTreeMap<String, String>,
    pub organisation: Option<(String, BTreeMap<String, String>)>,
}

/// How a browser gets to an identity provider.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Passage {
    /// It follows this address.
    Address(String),
    /// It posts these fields.
    Form { action: String, label: String, fields: [(&'static str, String); 2] },
}

/// How a response was taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Taken {
    /// The browser goes on with this handle.
    Handle(String),
    /// Nobody was signed in.
    Refused { attempt: String, why: &'static str },
}
