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

pub use config::{Config, StatusPolicy};
pub use operations::Wallet;

use kernel::{Block, Level, Migration, Role, Text};
use names::{fault, may};
use ports::identity::{Way, WayKind};
use std::sync::Arc;

/// The id of the way in.
pub const WAY: &str = "wallet";

/// The ways in that these settings make.
#[must_use]
pub fn ways(config: &Config) -> Vec<Way> {
    if !config.is_on() {
        return Vec::new();
    }
    let label = match &config.label {
        Some(own) => (own.clone(), own.clone()),
        None => ("EUDI-Wallet".to_owned(), "EUDI Wallet".to_owned()),
    };
    vec![Way {
        id: WAY.to_owned(),
        label,
        hint: (
            "Mit den Ausweisdaten aus der Wallet auf Ihrem Smartphone".to_owned(),
            "With the identity data from the wallet on your phone".to_owned(),
        ),
        level: Level::High,
        path: "/sign-in/wallet".to_owned(),
        tenant: config.tenant.clone(),
        kind: WayKind::Person,
    }]
}

impl Wallet {
    /// The adapter as the node sees it.
    #[must_use]
    pub fn block(&self) -> Block {
        let wallet = self.clone();
        Block {
            migrations: &[Migration { version: 1, sql: include_str!("../migrations/0001_init.sql") }],
            web: web::router(self),
            jobs: jobs::jobs(self),
            grants: vec![(Role::Everyone, &[may::SIGN_IN])],
            faults: fault::ALL,
            health: Some(Arc::new(move |ctx| {
                let health = wallet.health(ctx.now());
                Box::pin(async move { Ok(health) })
            })),
            ..Block::new(WAY, Text { de: "EUDI-Wallet", en: "EUDI Wallet" })
        }
    }
}
