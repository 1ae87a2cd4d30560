//! What clients are given in a person's name.

use kernel::Level;
use oidc::AuthorizationRequest;
use uuid::Uuid;

/// An authorization request: pushed, or begun in a browser.
#[derive(Debug, Clone)]
pub struct Requested {
    pub id: String,
    pub tenant: String,
    pub client: String,
    pub request: AuthorizationRequest,
    pub made_at: i64,
    pub until: i64,
    pub browser_hash: Option<String>,
    pub begun_at: Option<i64>,
    pub ended_at: Option<i64>,
}

/// A person's yes to a client, with the code and the tokens that hang on it.
#[derive(Debug, Clone)]
pub struct Granted {
    pub id: Uuid,
    pub tenant: String,
    pub client: String,
    pub person: Uuid,
    pub session: Uuid,
    pub request: AuthorizationRequest,
    pub scope: String,
    pub level: Level,
    pub way: String,
    pub proved_at: i64,
    pub code_hash: String,
    pub code_until: i64,
    pub code_used_at: Option<i64>,
    /// What the holder must prove, JSON of `cnf`; empty for nothing.
    pub confirmation: String,
    /// Counts the refresh tokens that were given; only the newest is good.
    pub generation: i64,
    pub made_at: i64,
    pub until: i64,
    pub revoked_at: Option<i64>,
}

impl Granted {
    /// Whether it outlives the session.
    pub fn offline(&self) -> bool {
        self.scope.split(' ').any(|it| it == "offline_access")
    }
}

/// What a person agreed to once and for all.
#[derive(Debug, Clone)]
pub struct Consent {
    pub person: Uuid,
    pub client: String,
    pub tenant: String,
    pub scope: String,
    pub given_at: i64,
}

/// A client that must hear that a session is over.
#[derive(Debug, Clone)]
pub struct Farewell {
    pub id: Uuid,
    pub tenant: String,
    pub client: String,
    pub subject: String,
    pub session: String,
    pub attempts: i64,
}
