//! Clients as this block sees them: made through its forms, linked to its destinations. Identity keeps them.

/// A client to be made.
#[derive(Debug, Clone, Default)]
pub struct NewClient {
    /// For people.
    pub name: String,
    /// `sender`, `subscriber`, `owner`; at least one.
    pub roles: Vec<String>,
    /// The tenant it belongs to; the maker's own where it is empty.
    pub tenant: String,
}

/// That a client may fetch what arrives at a destination.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    pub client_id: String,
    pub client_name: String,
    pub linked_at: i64,
}
