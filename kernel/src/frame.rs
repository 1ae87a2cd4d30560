//! What all operations of one node share.

use crate::{Actor, Approvals, Block, Clock, Content, Db, Ids, Keys, Listener, Permission, Role, Scopes};
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};
use tokio::sync::Notify;

/// A block's permissions for one role.
pub type Grant = (Role, &'static [Permission]);

/// What a frame is made of.
pub struct FrameParts {
    /// The database.
    pub db: Db,
    /// Where content lies.
    pub content: Content,
    /// The node's signing keys.
    pub keys: Keys,
    /// The time.
    pub clock: Clock,
    /// Ids and secrets.
    pub ids: Ids,
    /// How the node is reached from outside, without a slash at the end.
    pub base_url: String,
    /// Whether this is a demo: self-signed certificates and callbacks to loopback are let through, and every page says so.
    pub demo: bool,
}

/// What all operations of one node share: its database, content, keys, clock, ids, grants and listeners.
pub struct Frame {
    pub(crate) parts: FrameParts,
    grants: BTreeMap<&'static str, Vec<Role>>,
    pub(crate) listeners: Vec<Listener>,
    topics: BTreeSet<&'static str>,
    scopes: Vec<Arc<dyn Scopes>>,
    approvals: Option<Arc<dyn Approvals>>,
    /// Rung when something was told.
    pub(crate) told: Notify,
    /// Rung when the outbox has been emptied.
    pub(crate) settled: Notify,
}

impl Frame {
    /// A frame of these parts, with what the blocks grant, hear and know.
    pub fn new(parts: FrameParts, blocks: &[Block]) -> Arc<Self> {
        let mut roles: BTreeMap<&'static str, Vec<Role>> = BTreeMap::new();
        for (role, permissions) in blocks.iter().flat_map(|it| &it.grants) {
            for permission in *permissions {
                roles.entry(permission.0).or_default().push(*role);
            }
        }
        let listeners: Vec<Listener> = blocks.iter().flat_map(|it| it.listeners.clone()).collect();
        Arc::new(Self {
            parts,
            grants: roles,
            topics: listeners.iter().map(|it| it.topic).collect(),
            listeners,
            scopes: blocks.iter().filter_map(|it| it.scopes.clone()).collect(),
            approvals: blocks.iter().find_map(|it| it.approvals.clone()),
            told: Notify::new(),
            settled: Notify::new(),
        })
    }

    /// Every permission that the blocks grant to some role, by name, for choosing among them.
    pub fn permissions(&self) -> impl Iterator<Item = &'static str> {
        self.grants.keys().copied()
    }

    /// Who knows scopes of clients.
    pub fn scopes(&self) -> &[Arc<dyn Scopes>] {
        &self.scopes
    }

    /// Who knows what a second person has agreed to.
    pub(crate) fn approvals(&self) -> Option<&Arc<dyn Approvals>> {
        self.approvals.as_ref()
    }

    /// Whether an actor has a permission: by one of its roles, by name, or because everyone has it.
    pub fn allows(&self, actor: &Actor, permission: Permission) -> bool {
        if actor.is(Role::Admin) || actor.is(Role::System) {
            return true;
        }
        let by_role = self
            .grants
            .get(permission.0)
            .is_some_and(|roles| roles.iter().any(|it| *it == Role::Everyone || actor.is(*it)));
        by_role || actor.rights.contains(permission.0)
    }

    /// Whether anybody listens to a topic; what nobody hears is not written down.
    pub(crate) fn hears(&self, topic: &str) -> bool {
        self.topics.contains(topic)
    }

    /// The database.
    pub fn db(&self) -> &Db {
        &self.parts.db
    }

    /// The content store.
    pub fn content(&self) -> &Content {
        &self.parts.content
    }

    /// The keyring.
    pub fn keys(&self) -> &Keys {
        &self.parts.keys
    }

    /// The clock.
    pub fn clock(&self) -> &Clock {
        &self.parts.clock
    }

    /// Ids and secrets.
    pub fn ids(&self) -> &Ids {
        &self.parts.ids
    }

    /// How the node is reached from outside, without a slash at the end.
    pub fn base_url(&self) -> &str {
        &self.parts.base_url
    }

    /// Whether this is a demo.
    pub fn demo(&self) -> bool {
        self.parts.demo
    }
}
