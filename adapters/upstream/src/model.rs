//! The nouns.

/// A sign-in that is on its way to a provider.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    pub state_hash: String,
    pub tenant: String,
    pub connection: String,
    pub attempt: String,
    pub nonce: String,
    /// The code verifier (RFC 7636).
    pub verifier: String,
    pub until: i64,
}
