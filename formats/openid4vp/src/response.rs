//! The response of a wallet: `vp_token`, encrypted (OpenID4VP 1.0, section 8).

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::encryption::{Encryption, EncryptionFault, EncryptionKey, PublicEncryptionKey, encrypt};

/// Longest response that is read, in bytes.
pub const MAX_LENGTH: usize = 2 * 1024 * 1024;

/// Why a response is refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ResponseFault {
    #[error(transparent)]
    Encryption(#[from] EncryptionFault),
    #[error("the response must have vp_token: a list of presentations for each id of the query; {0}")]
    Shape(String),
    #[error("the response has no presentation")]
    Empty,
    #[error("the response belongs to another request (state)")]
    State,
}

/// What a wallet answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Response {
    /// Presentations by the ids of the query.
    Presentations(BTreeMap<String, Vec<String>>),
    /// It refused: an error code, for instance `access_denied`.
    Refusal(String),
}

#[derive(Serialize, Deserialize)]
struct Body {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    vp_token: Option<BTreeMap<String, Vec<String>>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    state: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    error: Option<String>,
}

impl Response {
    /// Decrypts and reads a response. A `state` in it has to be the one of the request.
    pub fn open(compact: &str, key: &EncryptionKey, state: &str) -> Result<Self, ResponseFault> {
        let json = key.decrypt(compact, MAX_LENGTH)?;
        let body: Body = serde_json::from_slice(&json).map_err(|it| ResponseFault::Shape(place(&it)))?;
        if body.state.is_some_and(|it| it != state) {
            return Err(ResponseFault::State);
        }
        match (body.vp_token, body.error) {
            (None, Some(error)) => Ok(Self::Refusal(error)),
            (Some(token), None) if token.is_empty() || token.values().any(Vec::is_empty) => {
                Err(ResponseFault::Empty)
            }
            (Some(token), None) => Ok(Self::Presentations(token)),
            _ => Err(ResponseFault::Shape("vp_token is missing".to_owned())),
        }
    }

    /// The wallet's side: encrypts the response for the verifier's key.
    pub fn seal(
        &self,
        recipient: &PublicEncryptionKey,
        encryption: Encryption,
        state: &str,
    ) -> Result<String, ResponseFault> {
        let state = Some(state.to_owned());
        let body = match self {
            Self::Presentations(token) => Body { vp_token: Some(token.clone()), state, error: None },
            Self::Refusal(error) => Body { vp_token: None, state, error: Some(error.clone()) },
        };
        let json = serde_json::to_vec(&body).map_err(|it| ResponseFault::Shape(place(&it)))?;
        Ok(encrypt(&json, recipient, encryption)?)
    }
}

/// Where reading failed, without repeating what was there: it may be personal.
fn place(error: &serde_json::Error) -> String {
    format!("line {}, column {}", error.line(), error.column())
}
