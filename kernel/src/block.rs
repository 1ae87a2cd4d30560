//! A block as the node sees it: plain data, no trait, no registry. Off means that the value does not exist.

use crate::{Actor, Code, Ctx, Frame, Grant, Job, Listener, Result, Text};
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
    /// Recognises credentials (the value of `Authorization`), where the block issues any.
    pub authenticate: Option<Arc<dyn Check>>,
    /// Runs once before the node serves: loads indexes. Must be quick.
    pub prepare: Option<Prepare>,
    /// Whether the block can do its work, for `/health/ready` and `fachwerk doctor`.
    pub health: Option<Health>,
}

/// What a block does once before the node serves.
pub type Prepare = Arc<dyn Fn(Arc<Ctx>) -> BoxFuture<'static, Result<()>> + Send + Sync>;

/// Says in a sentence what is wrong, or nothing.
pub type Health = Arc<dyn Fn(Arc<Ctx>) -> BoxFuture<'static, Result<Option<Text>>> + Send + Sync>;

/// Recognises credentials.
pub trait Check: Send + Sync {
    /// The actor behind the value of an `Authorization` header; nothing if it is not this block's kind of credentials.
    ///
    /// # Errors
    /// When it is this block's kind, but not valid.
    fn check(&self, frame: &Arc<Frame>, authorization: &str) -> Result<Option<Actor>>;
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
}
