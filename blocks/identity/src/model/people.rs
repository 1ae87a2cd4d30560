//! The nouns of accounts, rights and how people come in.

use kernel::Level;
use std::collections::BTreeMap;
use uuid::Uuid;

/// What a link that lets somebody in once is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LinkKind {
    /// The first administrator of the node.
    First,
    /// Somebody who was invited, or has lost every other way in.
    Invitation,
    /// An administrator in an emergency.
    Emergency,
}

impl LinkKind {
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::First => "first",
            Self::Invitation => "invitation",
            Self::Emergency => "emergency",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        [Self::First, Self::Invitation, Self::Emergency].into_iter().find(|it| it.as_str() == text)
    }
}

/// A link that lets somebody in once.
#[derive(Debug, Clone)]
pub struct Link {
    /// SHA-256 of its code; the code itself is kept nowhere.
    pub hash: String,
    pub tenant: String,
    pub kind: LinkKind,
    /// Whom it lets in; nobody yet for the first administrator and in an emergency.
    pub person: Option<Uuid>,
    /// The level that whoever made the link vouches for.
    pub level: Level,
    pub reason: String,
    pub made_by: String,
    pub made_at: i64,
    pub until: i64,
    pub used_at: Option<i64>,
}

/// A passkey of somebody.
#[derive(Debug, Clone)]
pub struct Passkey {
    pub id: Uuid,
    pub person: Uuid,
    /// Its id as the device knows it, base64url.
    pub credential_id: String,
    /// What the person calls it.
    pub name: String,
    /// Public key, counter and flags, as the WebAuthn library writes them.
    pub credential: String,
    pub level: Level,
    pub created_at: i64,
    pub used_at: Option<i64>,
}

/// A challenge that a passkey still has to answer.
#[derive(Debug, Clone)]
pub struct Ceremony {
    pub id: String,
    /// `register` or `sign_in`.
    pub kind: String,
    pub state: String,
    pub until: i64,
}

/// How many recovery codes somebody has, and how many of them are used.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct RecoveryState {
    pub all: i64,
    pub used: i64,
}

/// A role that a tenant made itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnRole {
    pub tenant: String,
    pub name: String,
    pub title: String,
    /// Names of permissions.
    pub permissions: Vec<String>,
    pub changed_at: i64,
}

/// An organisation for which people act.
#[derive(Debug, Clone)]
pub struct Organisation {
    pub id: Uuid,
    pub tenant: String,
    pub way: String,
    pub name: String,
    pub facts: BTreeMap<String, String>,
    pub created_at: i64,
    pub seen_at: i64,
    /// How many people have acted for it.
    pub people: i64,
}

/// Two administrators are to agree: what one asks and what the other says.
#[derive(Debug, Clone)]
pub struct Approval {
    pub id: Uuid,
    pub tenant: String,
    pub permission: String,
    pub act: kernel::Act,
    pub requester: String,
    pub requested_at: i64,
    pub until: i64,
    /// `approved` or `declined`; nothing while it waits.
    pub decision: Option<String>,
    pub decided_by: Option<String>,
    pub decided_at: Option<i64>,
    pub used_at: Option<i64>,
}

/// Somebody went in by the emergency link.
#[derive(Debug, Clone)]
pub struct Alarm {
    pub id: Uuid,
    pub at: i64,
    pub reason: String,
    pub link_hash: String,
    /// Nobody while the link has not been used.
    pub person: Option<Uuid>,
    pub active_until: i64,
    pub acknowledged_by: Option<String>,
    pub acknowledged_at: Option<i64>,
}

/// Somebody in a list of people.
#[derive(Debug, Clone)]
pub struct ListedPerson {
    pub id: Uuid,
    pub tenant: String,
    pub name: String,
    pub created_at: i64,
    pub seen_at: Option<i64>,
    pub locked_at: Option<i64>,
}
