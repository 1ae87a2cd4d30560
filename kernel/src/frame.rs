//! What all operations of one node share.

use crate::{Actor, Clock, Content, Db, Ids, Keys, Listener, Permission, Role};
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
    /// Rung when something was told.
    pub(crate) told: Notify,
    /// Rung when the outbox has been emptied.
    pub(crate) settled: Notify,
}

impl Frame {
    /// A frame of these parts, grants and listeners.
    pub fn new(parts: FrameParts, grants: Vec<Grant>, listeners: Vec<Listener>) -> Arc<Self> {
        let mut roles: BTreeMap<&'static str, Vec<Role>> = BTreeMap::new();
        for (role, permissions) in grants {
            for permission in permissions {
                roles.entry(permission.0).or_default().push(role);
            }
        }
        let topics = listeners.iter().map(|it| it.topic).collect();
        Arc::new(Self {
            parts,
            grants: roles,
            listeners,
            topics,
            told: Notify::new(),
            settled: Notify::new(),
        })
    }

    /// Whether an actor has a permission, by any of its roles or because everyone has it.
    pub fn allows(&self, actor: &Actor, permission: Permission) -> bool {
        if actor.is(Role::Admin) || actor.is(Role::System) {
            return true;
        }
        self.grants
            .get(permission.0)
            .is_some_and(|roles| roles.iter().any(|it| *it == Role::Everyone || actor.is(*it)))
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
