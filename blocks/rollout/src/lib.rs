#![doc = include_str!("../README.md")]

mod api;
mod config;
mod jobs;
mod listen;
mod model;
pub mod names;
mod operations;
mod rules;
mod store;
mod web;

#[cfg(test)]
mod tests;

pub use config::Config;
pub use operations::Rollout;

use kernel::{Block, Ctx, Migration, Nav, Role, Text};
use names::{fault, may};
use std::sync::Arc;

impl Rollout {
    /// The block as the node sees it.
    #[must_use]
    pub fn block(&self) -> Block {
        let prepared = self.clone();
        let nav = |path, label, admin| Nav { path, label, admin, also: &[] };
        Block {
            migrations: &[Migration { version: 1, sql: include_str!("../migrations/0001_init.sql") }],
            api: api::router(self.clone()),
            web: web::router(self.clone()),
            nav: vec![
                nav("/rollout", Text { de: "Rollout", en: "Roll-out" }, false),
                nav("/rollout/import", Text { de: "Rollout importieren", en: "Import roll-out" }, true),
            ],
            jobs: jobs::jobs(self),
            listeners: listen::listeners(self),
            grants: vec![(Role::Everyone, &[may::READ]), (Role::Clerk, &[may::EDIT])],
            faults: fault::ALL,
            prepare: Some(Arc::new(move |ctx: Arc<Ctx>| {
                let rollout = prepared.clone();
                Box::pin(async move { rollout.prepare(&ctx).await })
            })),
            ..Block::new("rollout", Text { de: "Rollout", en: "Roll-out" })
        }
    }
}
