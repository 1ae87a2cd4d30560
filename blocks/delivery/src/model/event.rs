//! Events in the log of a case.

/// An event as the log keeps it.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct LoggedEvent {
    pub jti: String,
    pub at: i64,
    pub kind: String,
    pub subject: String,
    pub issuer: String,
    /// The claims as JSON, exactly as they are (or will be) signed.
    pub claims: String,
    /// The compact JWS; empty while the node has yet to sign it.
    pub token: String,
}

/// An event that waits for its signature.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct UnsignedEvent {
    pub jti: String,
    pub claims: String,
}

/// An event to be added to a log.
#[derive(Debug, Clone)]
pub struct NewEvent {
    pub jti: String,
    pub kind: &'static str,
    pub subject: String,
    pub issuer: String,
    pub claims: String,
    /// Empty for the node's own events.
    pub token: String,
    /// The public service of the submission, where it is at hand; it is told, not stored.
    pub public_service: Option<String>,
}

impl LoggedEvent {
    /// The part that is needed to sign it.
    pub fn unsigned(&self) -> UnsignedEvent {
        UnsignedEvent { jti: self.jti.clone(), claims: self.claims.clone() }
    }
}
