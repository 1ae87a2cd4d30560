#![doc = include_str!("../README.md")]

mod api;
mod config;
mod jobs;
mod model;
pub mod names;
mod operations;
mod port;
mod rules;
mod store;
mod web;

#[cfg(test)]
mod tests;

pub use config::{Anchor, Config};

use kernel::{Block, Ctx, Migration, Nav, Role, Text};
use names::{fault, may};
use ports::identity::Way;
use std::sync::{Arc, atomic::AtomicI64};

/// What a permission of any block means, in words.
pub fn permission_words(name: &str) -> Option<Text> {
    rules::permission::words(name)
}

/// The identity block; cheap to copy.
#[derive(Clone)]
pub struct Identity(Arc<Inner>);

struct Inner {
    config: Config,
    secret: [u8; 32],
    ways: Vec<Way>,
    sessions: operations::session::Sessions,
    access: operations::token::Access,
    protocol: operations::bound::Memory,
    failures: operations::throttle::Failures,
    emergency: Arc<AtomicI64>,
}

impl Identity {
    /// An identity block with these settings and ways in.
    ///
    /// `secret` keys the hashes of upstream subjects and the pairwise pseudonyms: with another one nobody is recognised.
    #[must_use]
    pub fn new(config: Config, secret: [u8; 32], ways: Vec<Way>) -> Self {
        Self(Arc::new(Inner {
            config,
            secret,
            ways,
            sessions: operations::session::Sessions::default(),
            access: operations::token::Access::default(),
            protocol: operations::bound::Memory::default(),
            failures: operations::throttle::Failures::default(),
            emergency: Arc::default(),
        }))
    }

    /// The block as the node sees it.
    #[must_use]
    pub fn block(&self) -> Block {
        let prepared = self.clone();
        Block {
            migrations: &[
                Migration { version: 1, sql: include_str!("../migrations/0001_init.sql") },
                Migration { version: 2, sql: include_str!("../migrations/0002_people.sql") },
                Migration { version: 3, sql: include_str!("../migrations/0003_protocol.sql") },
                Migration { version: 4, sql: include_str!("../migrations/0004_parting.sql") },
            ],
            api: api::router(self),
            web: web::router(self),
            jobs: jobs::jobs(self),
            grants: vec![
                (Role::Everyone, &[may::SIGN_IN, may::ASK_TOKEN, may::READ_KEYS]),
                (Role::Person, &[may::OWN_ACCOUNT]),
                (Role::Clerk, &[may::READ_PEOPLE, may::MANAGE_CLIENTS, may::DELEGATE, may::APPROVE]),
            ],
            faults: fault::ALL,
            authenticate: Some(Arc::new(self.clone())),
            approvals: Some(Arc::new(self.clone())),
            nav: vec![Nav {
                path: "/admin/people",
                label: Text { de: "Personen und Rechte", en: "People and rights" },
                admin: true,
                also: &[
                    "/admin/lending",
                    "/admin/organisations",
                    "/admin/roles",
                    "/admin/programs",
                    "/admin/approvals",
                    "/admin/settings",
                    "/admin/alarms",
                ],
            }],
            prepare: Some(Arc::new(move |ctx: Arc<Ctx>| {
                let identity = prepared.clone();
                Box::pin(async move {
                    identity.passkey_makers()?;
                    identity.learn_emergency(&ctx).await
                })
            })),
            ..Block::new("identity", Text { de: "Anmeldung und Konten", en: "Sign-in and accounts" })
        }
    }

    pub(crate) fn config(&self) -> &Config {
        &self.0.config
    }

    pub(crate) fn ways(&self) -> &[Way] {
        &self.0.ways
    }

    pub(crate) fn secret(&self) -> &[u8; 32] {
        &self.0.secret
    }

    pub(crate) fn access(&self) -> &operations::token::Access {
        &self.0.access
    }

    pub(crate) fn protocol(&self) -> &operations::bound::Memory {
        &self.0.protocol
    }

    /// Until when an emergency lasts, microseconds; pages for administrators say so until then.
    #[must_use]
    pub fn emergency(&self) -> &Arc<AtomicI64> {
        &self.0.emergency
    }

    pub(crate) fn failures(&self) -> &operations::throttle::Failures {
        &self.0.failures
    }

    pub(crate) fn sessions(&self) -> &operations::session::Sessions {
        &self.0.sessions
    }
}
