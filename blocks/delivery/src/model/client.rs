//! Clients: programs that send, fetch or manage, and prove themselves with a secret.

use kernel::{Role, Text};
use ports::ids::DestinationId;

/// A client, as its tenant sees it. The secret is known only as a hash.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Client {
    /// What it names itself with at the token endpoint.
    pub id: String,
    pub tenant: String,
    /// For people.
    pub name: String,
    pub roles: Vec<ClientRole>,
    /// SHA-256 of the secret, base64url.
    pub secret_hash: String,
    pub created_at: i64,
    /// When the secret was made.
    pub rotated_at: i64,
}

/// What a client is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ClientRole {
    /// Sends submissions.
    Sender,
    /// Fetches submissions of the destinations it is linked to.
    Subscriber,
    /// Makes and manages destinations.
    Owner,
}

impl ClientRole {
    pub const ALL: [Self; 3] = [Self::Sender, Self::Subscriber, Self::Owner];

    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Sender => "sender",
            Self::Subscriber => "subscriber",
            Self::Owner => "owner",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.as_str() == text)
    }

    /// For people.
    pub const fn title(self) -> Text {
        match self {
            Self::Sender => Text { de: "Senden", en: "Send" },
            Self::Subscriber => Text { de: "Abholen", en: "Fetch" },
            Self::Owner => Text { de: "Zustellpunkte verwalten", en: "Manage destinations" },
        }
    }

    /// What it means, for people.
    pub const fn hint(self) -> Text {
        match self {
            Self::Sender => Text {
                de: "Ein Onlinedienst, der Anträge sendet",
                en: "An online service that sends submissions",
            },
            Self::Subscriber => Text {
                de: "Ein Fachverfahren, das bei verbundenen Zustellpunkten abholt",
                en: "A casework system that fetches at the destinations it is connected to",
            },
            Self::Owner => Text {
                de: "Ein Werkzeug, das Zustellpunkte über die Schnittstelle anlegt; ihm gehört, was es anlegt",
                en: "A tool that makes destinations over the interface; it owns what it makes",
            },
        }
    }

    /// The role an actor with this role has.
    pub const fn role(self) -> Role {
        match self {
            Self::Sender => Role::Sender,
            Self::Subscriber => Role::Subscriber,
            Self::Owner => Role::Owner,
        }
    }
}

/// A client to be made.
#[derive(Debug, Clone, Default)]
pub struct NewClient {
    /// For people.
    pub name: String,
    /// `sender`, `subscriber`, `owner`; at least one.
    pub roles: Vec<String>,
    /// The tenant it belongs to; the maker's own where it is empty.
    pub tenant: String,
    /// A fixed id, for demonstrations; otherwise a new one.
    pub client_id: Option<String>,
    /// A fixed secret, for demonstrations; otherwise a new one.
    pub secret: Option<String>,
}

/// What a client needs to ask for tokens; the secret is shown this once.
#[derive(Clone)]
pub struct NewSecret {
    pub client_id: String,
    pub client_secret: String,
}

/// That a client may fetch what arrives at a destination.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    pub client_id: String,
    pub client_name: String,
    pub destination_id: DestinationId,
    pub linked_at: i64,
}
