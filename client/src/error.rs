//! What can go wrong, in one enum.

use fitconnect::event::Problem;
use fitconnect::x509::ChainReport;
use serde::Deserialize;
use std::fmt;

/// The result of every call.
pub type Result<T> = std::result::Result<T, Error>;

/// Why a call did not do what it should.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The other side refused, and says why (RFC 9457).
    #[error("{what}: {refusal}")]
    Refused {
        /// What was tried, for people.
        what: &'static str,
        /// The answer.
        refusal: Box<Refusal>,
    },
    /// No answer, in spite of all retries.
    #[error("{what}: no answer from {host} after {attempts} attempts: {cause}")]
    Unreachable {
        /// What was tried.
        what: &'static str,
        /// The host that was asked.
        host: String,
        /// How often it was tried.
        attempts: u32,
        /// What went wrong last.
        cause: String,
    },
    /// An answer that does not follow the standard.
    #[error("{what}: the answer is not as the standard says: {reason}")]
    BadAnswer {
        /// What was tried.
        what: &'static str,
        /// What is wrong with the answer.
        reason: String,
    },
    /// The address, the credentials or another setting cannot be used.
    #[error("{0}")]
    Setting(String),
    /// A key of the other side must not be used.
    #[error("the key {kid} must not be used: {reason}")]
    BadKey {
        /// Which key.
        kid: String,
        /// Why.
        reason: String,
        /// What is known about its certificates, if there are any.
        report: Option<Box<ChainReport>>,
    },
    /// The event log of a case does not hold what it claims.
    #[error("the event log of the case is not valid: {0}")]
    BadLog(String),
    /// What was received has these problems; a receiver rejects with them.
    #[error("what was received is not sound: {}", told(.0))]
    Unsound(Vec<Problem>),
    /// Encrypting, decrypting or signing failed.
    #[error("cryptography: {0}")]
    Crypto(String),
    /// A file could not be read or written.
    #[error("{what}: {cause}")]
    File {
        /// Which file, or what was done with it.
        what: String,
        /// Why.
        cause: std::io::Error,
    },
    /// A stored draft belongs to something else.
    #[error("the draft does not fit: {0}")]
    Draft(String),
}

impl Error {
    /// The HTTP status, where the other side refused.
    pub fn status(&self) -> Option<u16> {
        match self {
            Self::Refused { refusal, .. } => Some(refusal.status),
            _ => None,
        }
    }

    /// Whether trying the same again later may help.
    pub fn is_transient(&self) -> bool {
        match self {
            Self::Unreachable { .. } => true,
            Self::Refused { refusal, .. } => retryable(refusal.status),
            _ => false,
        }
    }

    pub(crate) fn file(what: impl Into<String>) -> impl FnOnce(std::io::Error) -> Self {
        let what = what.into();
        move |cause| Self::File { what, cause }
    }

    pub(crate) fn answer(what: &'static str, reason: impl fmt::Display) -> Self {
        Self::BadAnswer { what, reason: reason.to_string() }
    }
}

impl From<fitconnect::jwe::JweFault> for Error {
    fn from(fault: fitconnect::jwe::JweFault) -> Self {
        Self::Crypto(fault.to_string())
    }
}

impl From<fitconnect::jwk::KeyFault> for Error {
    fn from(fault: fitconnect::jwk::KeyFault) -> Self {
        Self::Crypto(fault.to_string())
    }
}

impl From<fitconnect::jws::JwsFault> for Error {
    fn from(fault: fitconnect::jws::JwsFault) -> Self {
        Self::Crypto(fault.to_string())
    }
}

/// Statuses that speak of now, not of the request.
pub(crate) fn retryable(status: u16) -> bool {
    matches!(status, 408 | 429 | 500 | 502 | 503 | 504)
}

/// A refusal as problem details (RFC 9457).
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct Refusal {
    /// The HTTP status.
    pub status: u16,
    /// The type of the problem, a URI.
    #[serde(rename = "type")]
    pub kind: String,
    /// In a few words.
    pub title: String,
    /// What, where and how to mend it.
    pub detail: String,
    /// Which occurrence.
    pub instance: String,
}

impl Refusal {
    /// Reads the body of a refusal; whatever it is, the status stays true.
    pub(crate) fn read(status: u16, body: &[u8]) -> Self {
        let mut refusal: Self = serde_json::from_slice(body).unwrap_or_default();
        refusal.status = status;
        refusal
    }

    /// The last part of the type: `wrong-state`, `submission-not-found`.
    pub fn slug(&self) -> &str {
        self.kind.rsplit('/').next().unwrap_or_default()
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(to, "refused with {}", self.status)?;
        let text = if self.detail.is_empty() { &self.title } else { &self.detail };
        if !text.is_empty() {
            write!(to, ": {text}")?;
        }
        if !self.kind.is_empty() {
            write!(to, " ({})", self.kind)?;
        }
        Ok(())
    }
}

fn told(problems: &[Problem]) -> String {
    problems
        .iter()
        .map(|it| {
            format!("{}: {}", if it.instance.is_empty() { "submission" } else { &it.instance }, it.detail)
        })
        .collect::<Vec<_>>()
        .join("; ")
}
