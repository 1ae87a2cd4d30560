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

pub use config::{Asked, Binding, Config, Connection, ConnectionKind};

use kernel::{Block, Migration, Role, Text};
use names::{fault, may};
use operations::provider::Provider;
use ports::identity::{Identity, Way, WayKind};
use std::sync::Arc;

/// The adapter to SAML identity providers; cheap to copy.
#[derive(Clone)]
pub struct Samlsp(Arc<Inner>);

struct Inner {
    identity: Arc<dyn Identity>,
    providers: Vec<Provider>,
}

/// The ways in that these settings make.
#[must_use]
pub fn ways(config: &Config) -> Vec<Way> {
    let way = |it: &Connection| Way {
        id: it.id.clone(),
        label: (it.label.clone(), it.label_en.clone().unwrap_or_else(|| it.label.clone())),
        hint: (it.hint.clone(), it.hint_en.clone().unwrap_or_else(|| it.hint.clone())),
        level: rules::level(it.level),
        path: format!("/sign-in/saml/{}", it.id),
        tenant: it.tenant.clone(),
        kind: match it.kind {
            ConnectionKind::CompanyAccount => WayKind::Organisation,
            ConnectionKind::Bundid | ConnectionKind::Saml => WayKind::Person,
        },
    };
    config.connections.iter().map(way).collect()
}

impl Samlsp {
    /// An adapter with these connections that brings people to `identity`.
    #[must_use]
    pub fn new(config: &Config, identity: Arc<dyn Identity>) -> Self {
        let providers = config.connections.iter().cloned().map(Provider::new).collect();
        Self(Arc::new(Inner { identity, providers }))
    }

    /// The adapter as the node sees it.
    #[must_use]
    pub fn block(&self) -> Block {
        let samlsp = self.clone();
        Block {
            migrations: &[Migration { version: 1, sql: include_str!("../migrations/0001_init.sql") }],
            web: web::router(self),
            jobs: jobs::jobs(self),
            grants: vec![(Role::Everyone, &[may::SIGN_IN])],
            faults: fault::ALL,
            prepare: Some(Arc::new(move |ctx| {
                let samlsp = samlsp.clone();
                Box::pin(async move { samlsp.prepare(&ctx).await })
            })),
            ..Block::new("samlsp", Text { de: "BundID und andere Konten", en: "BundID and other accounts" })
        }
    }

    pub(crate) fn identity(&self) -> &Arc<dyn Identity> {
        &self.0.identity
    }

    pub(crate) fn providers(&self) -> &[Provider] {
        &self.0.providers
    }
}
