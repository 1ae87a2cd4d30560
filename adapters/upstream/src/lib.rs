#![doc = include_str!("../README.md")]

mod config;
mod jobs;
mod model;
pub mod names;
mod operations;
mod rules;
mod store;
mod web;

#[cfg(test)]
mod tests;

pub use config::{Config, Connection, LevelName};

use kernel::{Block, Migration, Role, Text};
use names::{fault, may};
use operations::provider::Provider;
use ports::identity::{Identity, Way, WayKind};
use std::sync::Arc;

/// The adapter to other providers; cheap to copy.
#[derive(Clone)]
pub struct Upstream(Arc<Inner>);

struct Inner {
    identity: Arc<dyn Identity>,
    providers: Vec<Provider>,
}

/// The ways in that these settings make.
#[must_use]
pub fn ways(config: &Config) -> Vec<Way> {
    let way = |it: &Connection| Way {
        id: way_id(&it.id),
        label: (it.label.clone(), it.label.clone()),
        hint: (it.hint.clone(), it.hint.clone()),
        level: it.highest(),
        path: format!("/sign-in/oidc/{}", it.id),
        tenant: it.tenant.clone(),
        kind: WayKind::Person,
    };
    config.connections.iter().map(way).collect()
}

fn way_id(connection: &str) -> String {
    format!("oidc-{connection}")
}

impl Upstream {
    /// An adapter with these connections that brings people to `identity`.
    #[must_use]
    pub fn new(config: &Config, identity: Arc<dyn Identity>) -> Self {
        let providers = config.connections.iter().cloned().map(Provider::new).collect();
        Self(Arc::new(Inner { identity, providers }))
    }

    /// The adapter as the node sees it.
    #[must_use]
    pub fn block(&self) -> Block {
        let upstream = self.clone();
        Block {
            migrations: &[Migration { version: 1, sql: include_str!("../migrations/0001_init.sql") }],
            web: web::router(self),
            jobs: jobs::jobs(self),
            grants: vec![(Role::Everyone, &[may::SIGN_IN])],
            faults: fault::ALL,
            prepare: Some(Arc::new(move |ctx| {
                let upstream = upstream.clone();
                Box::pin(async move { upstream.prepare(&ctx) })
            })),
            ..Block::new("upstream", Text { de: "Andere Anmeldedienste", en: "Other providers" })
        }
    }

    pub(crate) fn identity(&self) -> &Arc<dyn Identity> {
        &self.0.identity
    }

    pub(crate) fn providers(&self) -> &[Provider] {
        &self.0.providers
    }
}
