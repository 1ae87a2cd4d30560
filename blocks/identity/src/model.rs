//! The nouns.

pub mod client;
pub mod grant;
mod people;
mod setting;

pub use people::{
    Alarm, Approval, Ceremony, Link, LinkKind, ListedPerson, Organisation, OwnRole, Passkey, RecoveryState,
};
pub use setting::{ACCENTS, Settings};

use kernel::Level;
use ports::identity::ClientRole;
use serde_json::Value;
use uuid::Uuid;

/// Somebody with an account.
#[derive(Debug, Clone)]
pub struct Person {
    pub id: Uuid,
    /// The tenant that invited them; empty for citizens.
    pub tenant: String,
    /// What the account is called on screen.
    pub name: String,
    /// What is known, by OpenID Connect claim name.
    pub claims: Value,
    pub created_at: i64,
    pub seen_at: Option<i64>,
    pub locked_at: Option<i64>,
}

/// How somebody can sign in.
#[derive(Debug, Clone)]
pub struct Login {
    pub id: Uuid,
    pub person: Uuid,
    pub way: String,
    pub issuer: String,
    pub subject_hash: String,
    pub level: Level,
    pub created_at: i64,
    pub used_at: Option<i64>,
}

/// What somebody is in a tenant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Membership {
    pub person: Uuid,
    /// Empty for the whole node.
    pub tenant: String,
    /// `admin`, `clerk`, `auditor`, or the name of a tenant's own role.
    pub role: String,
    pub given_by: String,
    pub given_at: i64,
    /// When it ends by itself (delegation).
    pub until: Option<i64>,
}

/// A browser in which somebody is signed in.
#[derive(Debug, Clone)]
pub struct Session {
    pub id: Uuid,
    pub token_hash: String,
    /// In whose name the person acts now; empty for nobody but themselves.
    pub tenant: String,
    pub person: Uuid,
    pub way: String,
    pub issuer: String,
    pub upstream: Option<String>,
    pub level: Level,
    /// Browser and system in a few words, for recognising one's own devices.
    pub device: String,
    pub began_at: i64,
    /// When the person last proved who they are.
    pub proved_at: i64,
    pub seen_at: i64,
    pub until: i64,
    pub revoked_at: Option<i64>,
}

/// A sign-in that has begun.
#[derive(Debug, Clone)]
pub struct Begun {
    pub id: String,
    pub tenant: String,
    pub browser_hash: String,
    pub level: Level,
    pub client: Option<String>,
    /// A path on this node.
    pub destination: String,
    pub adds_to: Option<Uuid>,
    /// Browser and system in a few words.
    pub device: String,
    pub began_at: i64,
    pub until: i64,
    pub ended_at: Option<i64>,
}

/// A program that proves itself to the node.
#[derive(Debug, Clone)]
pub struct Client {
    pub id: String,
    pub tenant: String,
    /// For people.
    pub name: String,
    pub roles: Vec<ClientRole>,
    /// How it proves itself, by its name in OpenID Connect.
    pub auth_method: String,
    /// SHA-256 of its secret, base64url; empty where it has none.
    pub secret_hash: String,
    /// Redirect addresses, keys and switches.
    pub settings: Value,
    pub created_at: i64,
    /// When its credentials were last changed.
    pub rotated_at: i64,
}

impl From<Client> for ports::identity::Client {
    fn from(it: Client) -> Self {
        Self {
            id: it.id,
            tenant: it.tenant,
            name: it.name,
            roles: it.roles,
            created_at: it.created_at,
            rotated_at: it.rotated_at,
        }
    }
}
