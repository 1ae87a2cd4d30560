#![doc = include_str!("../README.md")]

mod api;
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

pub use config::{Config, Peer};
pub use model::WitnessView;
pub use operations::{Record, Visited};

use kernel::{Block, Ctx, Migration, Nav, Role, Text};
use names::{fault, may};
use std::sync::Arc;

impl Record {
    /// The block as the node sees it.
    #[must_use]
    pub fn block(&self) -> Block {
        let record = self.clone();
        Block {
            migrations: &[Migration { version: 1, sql: include_str!("../migrations/0001_init.sql") }],
            api: api::router(self),
            web: web::router(self),
            nav: vec![Nav {
                path: "/record",
                label: Text { de: "Protokoll", en: "Record" },
                admin: true,
                also: &[],
            }],
            jobs: jobs::jobs(self),
            grants: vec![(Role::Auditor, &[may::READ]), (Role::Everyone, &[may::WITNESS, may::FOLLOW])],
            faults: fault::ALL,
            health: Some(Arc::new(move |ctx: Arc<Ctx>| {
                let record = record.clone();
                Box::pin(async move { record.health(&ctx).await })
            })),
            ..Block::new("record", Text { de: "Protokoll", en: "Record" })
        }
    }
}
