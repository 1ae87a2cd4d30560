#![doc = include_str!("../README.md")]

mod api;
mod config;
mod jobs;
mod listen;
mod model;
pub mod names;
mod operations;
mod port;
mod rules;
mod sign;
mod store;
mod web;

#[cfg(test)]
mod tests;

pub use config::Config;
pub use model::NewClient;

use kernel::{Block, Ctx, Migration, Result, Role, Text};
use names::{fault, may};
use ports::identity::Clients;
use std::sync::{Arc, RwLock};

/// The delivery service of this node; cheap to copy.
#[derive(Clone)]
pub struct Delivery(Arc<Inner>);

struct Inner {
    config: Config,
    signer: sign::Signer,
    clients: Arc<dyn Clients>,
    trust: RwLock<Arc<rules::certificate::Anchors>>,
}

impl Delivery {
    /// A delivery service with these settings, whose clients `clients` keeps.
    pub fn new(config: Config, clients: Arc<dyn Clients>) -> Self {
        Self(Arc::new(Inner { config, signer: sign::Signer::default(), clients, trust: RwLock::default() }))
    }

    /// The block as the node sees it.
    pub fn block(&self) -> Block {
        let delivery = self.clone();
        let mut block = Block::new("delivery", Text { de: "Zustellung", en: "Delivery" });
        block.migrations = MIGRATIONS;
        block.api = api::router(self);
        block.web = web::router(self);
        block.nav = web::nav();
        block.jobs = jobs::all(self);
        block.listeners = listen::all(self);
        block.grants = vec![
            (Role::Sender, may::OF_SENDERS),
            (Role::Subscriber, may::OF_SUBSCRIBERS),
            (Role::Owner, may::OF_OWNERS),
            (Role::Clerk, may::OF_CLERKS),
            (Role::Everyone, may::OF_EVERYONE),
        ];
        block.faults = fault::ALL;
        block.scopes = Some(Arc::new(self.clone()));
        block.prepare = Some(Arc::new(move |ctx| {
            let delivery = delivery.clone();
            Box::pin(async move {
                delivery.hand_over_clients(&ctx).await?;
                delivery.read_trust(&ctx).await?;
                sign::start(&delivery, &ctx);
                Ok(())
            })
        }));
        block
    }

    /// How many events of the log still wait for their signature.
    pub async fn unsigned(&self, ctx: &Ctx) -> Result<i64> {
        sign::unsigned(ctx).await
    }

    pub(crate) fn config(&self) -> &Config {
        &self.0.config
    }

    pub(crate) fn clients(&self) -> &dyn Clients {
        self.0.clients.as_ref()
    }

    pub(crate) fn trust(&self) -> &RwLock<Arc<rules::certificate::Anchors>> {
        &self.0.trust
    }

    pub(crate) fn signer(&self) -> &sign::Signer {
        &self.0.signer
    }
}

const MIGRATIONS: &[Migration] = &[
    Migration { version: 1, sql: include_str!("../migrations/0001_init.sql") },
    Migration { version: 2, sql: include_str!("../migrations/0002_destinations.sql") },
];
