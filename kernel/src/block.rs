//! A block as the node sees it: plain data, no trait, no registry. Off means that the value does not exist.

use crate::{
    Actor, Code, Ctx, Frame, Grant, Job, Lang, Listener, Permission, Result, Text, http::Credentials,
};
use async_trait::async_trait;
use axum::http::request::Parts;
use futures_util::future::BoxFuture;
use std::sync::Arc;
use utoipa_axum::router::OpenApiRouter;

/// Everything that a block adds to a node.
pub struct Block {
    /// The name in configuration, tables, permissions, topics and paths.
    pub id: &'static str,
    /// What it is called on screen.
    pub title: Text,
    /// Its tables, oldest first.
    pub migrations: &'static [Migration],
    /// Its JSON routes, complete paths, its own state already inside.
    pub api: OpenApiRouter,
    /// Its HTML routes, complete paths.
    pub web: axum::Router,
    /// Its entries in the navigation.
    pub nav: Vec<Nav>,
    /// What it does by the clock.
    pub jobs: Vec<Job>,
    /// What it does when another block tells something.
    pub listeners: Vec<Listener>,
    /// Which roles have which of its permissions; operator and system have all.
    pub grants: Vec<Grant>,
    /// Its published errors, for the reference and the problem pages.
    pub faults: &'static [Code],
    /// Recognises credentials, where the block issues any.
    pub authenticate: Option<Arc<dyn Check>>,
    /// Says which scopes a client can be given by what the block knows of it.
    pub scopes: Option<Arc<dyn Scopes>>,
    /// Says whether a second person has agreed to a dangerous act.
    pub approvals: Option<Arc<dyn Approvals>>,
    /// Runs once before the node serves: loads indexes. Must be quick.
    pub prepare: Option<Prepare>,
    /// Whether the block can do its work, for `/health/ready` and `fachwerk doctor`.
    pub health: Option<Health>,
}

/// What a block does once before the node serves.
pub type Prepare = Arc<dyn Fn(Arc<Ctx>) -> BoxFuture<'static, Result<()>> + Send + Sync>;

/// Says in a sentence what is wrong, or nothing.
pub type Health = Arc<dyn Fn(Arc<Ctx>) -> BoxFuture<'static, Result<Option<Text>>> + Send + Sync>;

/// Credentials as they were shown, and with what request.
pub struct Shown<'r> {
    /// The value of `Authorization`, or `Session` and the value of the session's cookie.
    pub authorization: &'r str,
    /// Whether it came by header or by cookie.
    pub by: Credentials,
    /// The request without its body: method, address, headers, extensions (the certificate of the connection).
    pub request: &'r Parts,
}

impl<'r> Shown<'r> {
    /// What stands behind a scheme (`Bearer`, `DPoP`, `Session` …), in any case of letters; nothing for another scheme.
    pub fn under(&self, scheme: &str) -> Option<&'r str> {
        let (shown, rest) = self.authorization.split_once(' ')?;
        shown.eq_ignore_ascii_case(scheme).then(|| rest.trim())
    }
}

/// Recognises credentials.
#[async_trait]
pub trait Check: Send + Sync {
    /// The actor behind credentials; nothing if they are not of this block's kind.
    ///
    /// # Errors
    /// When they are of this block's kind, but not valid.
    async fn check(&self, frame: &Arc<Frame>, shown: &Shown<'_>) -> Result<Option<Actor>>;
}

/// Knows scopes of clients.
#[async_trait]
pub trait Scopes: Send + Sync {
    /// Of the scopes asked for, those that the client can have; all of them (at most a few) where none is asked for.
    async fn scopes(&self, ctx: &Ctx, client: &ScopeClient<'_>, asked: &[String]) -> Result<Vec<String>>;
}

/// A client, as far as its scopes depend on it.
#[derive(Debug, Clone, Copy)]
pub struct ScopeClient<'c> {
    /// Its id.
    pub id: &'c str,
    /// Its tenant.
    pub tenant: &'c str,
    /// What it is.
    pub roles: &'c [crate::Role],
}

/// A dangerous act in words that a second person understands: what will be done to what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Act {
    /// In German.
    pub de: String,
    /// In English.
    pub en: String,
}

impl Act {
    /// An act in both languages, and what it is done to.
    pub fn new(de: &str, en: &str, to: &str) -> Self {
        Self { de: format!("{de}: {to}"), en: format!("{en}: {to}") }
    }

    /// The words in one language.
    pub fn get(&self, lang: Lang) -> &str {
        lang.pick(&self.de, &self.en)
    }
}

impl From<&str> for Act {
    fn from(same: &str) -> Self {
        Self { de: same.to_owned(), en: same.to_owned() }
    }
}

impl From<&String> for Act {
    fn from(same: &String) -> Self {
        same.as_str().into()
    }
}

/// Knows which dangerous acts a second person has agreed to.
#[async_trait]
pub trait Approvals: Send + Sync {
    /// Lets an act through once, if a second person has agreed to it or none is needed; `act` says in words that
    /// a second person understands what will be done to what.
    ///
    /// # Errors
    /// When somebody still has to agree; the request to do so has been put down.
    async fn approved(&self, ctx: &Ctx, permission: Permission, act: &Act) -> Result<()>;
}

impl Block {
    /// A block that adds nothing yet.
    pub fn new(id: &'static str, title: Text) -> Self {
        Self {
            id,
            title,
            migrations: &[],
            api: OpenApiRouter::new(),
            web: axum::Router::new(),
            nav: Vec::new(),
            jobs: Vec::new(),
            listeners: Vec::new(),
            grants: Vec::new(),
            faults: &[],
            authenticate: None,
            scopes: None,
            approvals: None,
            prepare: None,
            health: None,
        }
    }
}

/// One step of a block's schema; it never changes once it has been released.
pub struct Migration {
    /// Counts from one.
    pub version: i64,
    /// The statements, the same text for both engines.
    pub sql: &'static str,
}

/// A link in the navigation.
#[derive(Debug, Clone, Copy)]
pub struct Nav {
    /// Where it leads.
    pub path: &'static str,
    /// What it says.
    pub label: Text,
    /// Whether only clerks and the operator see it.
    pub admin: bool,
    /// Further pages that belong to it: they and what is below them mark it too.
    pub also: &'static [&'static str],
}
