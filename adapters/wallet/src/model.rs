//! The nouns.

use kernel::{Code, Error};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Where the wallet is, seen from the browser that signs in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Device {
    /// On the same device: the wallet sends the browser back.
    Same,
    /// On another one: the browser has to ask.
    Other,
}

impl Device {
    /// The name in tables.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Same => "same",
            Self::Other => "other",
        }
    }

    /// The device with this name; the same where it is not known, which allows less.
    pub fn parse(name: &str) -> Self {
        if name == "other" { Self::Other } else { Self::Same }
    }
}

/// How far a request has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Phase {
    /// No wallet has answered.
    Open,
    /// A wallet's answer was checked.
    Answered,
    /// A wallet's answer was refused, or it declined.
    Failed,
}

impl Phase {
    /// The name in tables.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Answered => "answered",
            Self::Failed => "failed",
        }
    }

    /// The phase with this name.
    pub fn parse(name: &str) -> Self {
        match name {
            "open" => Self::Open,
            "answered" => Self::Answered,
            _ => Self::Failed,
        }
    }
}

/// A request to a wallet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WalletRequest {
    pub id: String,
    pub tenant: String,
    pub attempt: String,
    pub device: Device,
    pub phase: Phase,
    pub state: String,
    pub nonce: String,
    /// The private key for the answer, base64url; empty once there is one.
    pub encryption_key: String,
    /// SHA-256 of the code that finishes; empty before the answer.
    pub code_hash: String,
    /// The answer as JSON: a [`ShownPerson`] or a [`Failure`].
    pub answer: String,
    /// How many answers were tried.
    pub tries: i64,
    pub created_at: i64,
    pub until: i64,
}

/// Who showed identity data, as identity is told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShownPerson {
    pub issuer: String,
    pub subject: String,
    pub claims: BTreeMap<String, String>,
}

/// Why an answer was refused, to be shown in the browser.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Failure {
    pub code: String,
    pub reason: String,
}

impl Failure {
    /// The failure as the error it was.
    pub fn error(&self, all: &[Code], otherwise: Code) -> Error {
        let code = all.iter().copied().find(|it| it.code == self.code).unwrap_or(otherwise);
        code.with("reason", &self.reason)
    }
}

/// What is wrong with an answer, and why in a few words.
#[derive(Debug)]
pub struct Refused {
    pub code: Code,
    pub reason: String,
}

impl Refused {
    /// A refusal with its reason.
    pub fn new(code: Code, reason: impl std::fmt::Display) -> Self {
        Self { code, reason: format!("{reason}") }
    }
}

impl From<Refused> for Error {
    fn from(it: Refused) -> Self {
        it.code.with("reason", it.reason)
    }
}
