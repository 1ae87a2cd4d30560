//! Identity: who somebody is, and which programs may ask in whose name.

use async_trait::async_trait;
use axum::{
    http::{HeaderValue, header},
    response::{IntoResponse, Redirect, Response},
};
use kernel::{Ctx, Event, Level, Result, Role, Text};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use utoipa::ToSchema;
use uuid::Uuid;

/// What a way in (BundID, a wallet, another provider) asks of identity.
#[async_trait]
pub trait Identity: Send + Sync {
    /// A sign-in that has begun in this browser.
    ///
    /// # Errors
    /// When there is none, it has ended, or another browser began it.
    async fn attempt(&self, ctx: &Ctx, id: &str) -> Result<Attempt>;

    /// Ends a sign-in with what a way in found out; the browser is sent to the answer's location with its cookies.
    ///
    /// # Errors
    /// When the sign-in cannot be ended so: see `attempt`; or the way in is not allowed, or the level is too low.
    async fn arrive(&self, ctx: &Ctx, arrival: Arrival) -> Result<Arrived>;

    /// Ends the sessions that a way in had begun for somebody (single logout of an upstream provider).
    async fn depart(&self, ctx: &Ctx, way: &str, issuer: &str, upstream_session: &str) -> Result<()>;
}

/// What blocks ask of identity about programs.
#[async_trait]
pub trait Clients: Send + Sync {
    /// A client of any tenant; nothing if there is none.
    async fn client(&self, ctx: &Ctx, id: &str) -> Result<Option<Client>>;

    /// The clients of a tenant (of all where it is empty) with some of these roles, the newest first, and how many there are.
    async fn clients(&self, ctx: &Ctx, sought: Sought<'_>) -> Result<(i64, Vec<Client>)>;

    /// Makes a client that proves itself with a secret; the secret is in the answer and nowhere else.
    ///
    /// # Errors
    /// When the id is taken.
    async fn register(&self, ctx: &Ctx, new: NewClient) -> Result<Registered>;

    /// Gives a client a new secret; the old one and the tokens made with it are void at once on this node.
    async fn renew_secret(&self, ctx: &Ctx, id: &str) -> Result<Registered>;

    /// Removes a client; removing one that is not there is no error.
    async fn remove(&self, ctx: &Ctx, id: &str) -> Result<()>;
}

/// A way in, as the page to sign in shows it; plain data from an adapter's configuration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Way {
    /// Its name in configuration and in the record: `bundid`, `wallet`.
    pub id: String,
    /// What the button says; an operator's own words are the same in both languages.
    pub label: (String, String),
    /// A line below it.
    pub hint: (String, String),
    /// The highest level it can reach.
    pub level: Level,
    /// Where it begins; `?attempt=ID` is added.
    pub path: String,
    /// For one tenant only; for all where nothing is said.
    pub tenant: Option<String>,
    /// For persons, for organisations, or both.
    pub kind: WayKind,
}

/// For whom a way in is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WayKind {
    /// People as themselves.
    Person,
    /// People who act for an organisation (a company account).
    Organisation,
}

/// A sign-in that has begun.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attempt {
    /// Its id: random, and of no use in another browser.
    pub id: String,
    /// The tenant it is for; empty where none in particular is.
    pub tenant: String,
    /// The level that is asked for.
    pub level: Level,
    /// Who asks, for people: the name of the client, or nothing for the node itself.
    pub client: Option<String>,
    /// Whether somebody is signed in already and adds a further way in.
    pub adds_to: Option<Uuid>,
}

/// What a way in found out.
#[derive(Debug, Clone)]
pub struct Arrival {
    /// The sign-in.
    pub attempt: String,
    /// The way in (`Way::id`).
    pub way: String,
    /// Who vouches: an entity id, an issuer's address, the fingerprint of a trust anchor.
    pub issuer: String,
    /// By what it knows the person; only ever compared as a keyed hash.
    pub subject: String,
    /// How sure it is.
    pub level: Level,
    /// What is known about the person, by OpenID Connect claim name (`given_name`, `family_name`, `birthdate` as YYYY-MM-DD,
    /// `email`, `address.street_address` …); kept only as far as the tenant's settings say.
    pub claims: BTreeMap<String, String>,
    /// The organisation for which the person acts.
    pub organisation: Option<ArrivedOrganisation>,
    /// The session at the other side, for `depart`.
    pub upstream_session: Option<String>,
}

/// An organisation, as a way in knows it.
#[derive(Debug, Clone)]
pub struct ArrivedOrganisation {
    /// By what the way in knows it.
    pub subject: String,
    /// Its name.
    pub name: String,
    /// Legal form, register number …, by name.
    pub facts: BTreeMap<String, String>,
}

/// How the browser goes on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Arrived {
    /// Where it is sent (303).
    pub location: String,
    /// Values of `Set-Cookie`.
    pub cookies: Vec<String>,
}

/// 303 to the location, with the cookies.
impl IntoResponse for Arrived {
    fn into_response(self) -> Response {
        let mut response = Redirect::to(&self.location).into_response();
        for cookie in self.cookies {
            if let Ok(value) = HeaderValue::from_str(&cookie) {
                response.headers_mut().append(header::SET_COOKIE, value);
            }
        }
        response
    }
}

/// A program that proves itself to the node.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Client {
    /// What it names itself with.
    pub id: String,
    /// The tenant it belongs to.
    pub tenant: String,
    /// For people.
    pub name: String,
    /// What it may be.
    pub roles: Vec<ClientRole>,
    /// When it was made, microseconds.
    pub created_at: i64,
    /// When its credentials were last changed, microseconds.
    pub rotated_at: i64,
}

/// What a client is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ClientRole {
    /// Sends submissions.
    Sender,
    /// Fetches submissions of the destinations it is linked to.
    Subscriber,
    /// Makes and manages destinations.
    Owner,
}

impl ClientRole {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Sender, Self::Subscriber, Self::Owner];

    /// The name in tables, tokens and configuration.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Sender => "sender",
            Self::Subscriber => "subscriber",
            Self::Owner => "owner",
        }
    }

    /// The role with this name.
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

    /// The role an actor with this role has.
    pub const fn role(self) -> Role {
        match self {
            Self::Sender => Role::Sender,
            Self::Subscriber => Role::Subscriber,
            Self::Owner => Role::Owner,
        }
    }
}

/// Which clients are sought.
#[derive(Debug, Clone, Copy, Default)]
pub struct Sought<'s> {
    /// The tenant; all where it is empty.
    pub tenant: &'s str,
    /// Words in name or id; any where it is empty.
    pub words: &'s str,
    /// The first one to answer.
    pub offset: i64,
    /// How many to answer at most.
    pub limit: i64,
}

/// A client to be made, with a secret.
#[derive(Debug, Clone, Default)]
pub struct NewClient {
    /// A fixed id, for demonstrations and moves; otherwise a new one.
    pub id: Option<String>,
    /// The tenant it belongs to.
    pub tenant: String,
    /// For people.
    pub name: String,
    /// What it may be.
    pub roles: Vec<ClientRole>,
    /// A fixed secret; otherwise a new one.
    pub secret: Option<String>,
    /// SHA-256 of a secret that is known only so (base64url), for moves from elsewhere; then `secret` is not looked at.
    pub secret_hash: Option<String>,
    /// When it was made, for moves from elsewhere, microseconds; otherwise now.
    pub created_at: Option<i64>,
}

/// What a client needs to ask for tokens; the secret is shown this once.
#[derive(Clone)]
pub struct Registered {
    /// The client's id.
    pub id: String,
    /// Its secret; empty where it was known only as a hash.
    pub secret: String,
}

/// Somebody's account was removed: what belongs to it ends.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct PersonRemoved {
    /// The account.
    pub person: Uuid,
}

impl Event for PersonRemoved {
    const TOPIC: &'static str = "identity.person_removed.v1";
}

/// A client was removed: links to it end.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ClientRemoved {
    /// The client.
    pub client: String,
}

impl Event for ClientRemoved {
    const TOPIC: &'static str = "identity.client_removed.v1";
}
