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

pub use config::Config;
pub use operations::Conformance;
pub use rules::{PolicyRules, map_linter};

use kernel::{Block, Migration, Nav, Role, Text};
use names::{fault, may};

impl Conformance {
    /// The block as the node sees it.
    #[must_use]
    pub fn block(&self) -> Block {
        Block {
            migrations: &[
                Migration { version: 1, sql: include_str!("../migrations/0001_init.sql") },
                Migration { version: 2, sql: include_str!("../migrations/0002_size.sql") },
            ],
            api: api::router(self),
            web: web::router(self),
            nav: vec![Nav {
                path: "/conformance",
                label: Text { de: "Anforderungen", en: "Requirements" },
                admin: false,
                also: &[],
            }],
            jobs: jobs::jobs(self),
            grants: vec![(Role::Everyone, &[may::READ]), (Role::Clerk, &[may::CHECK, may::KEEP, may::PROBE])],
            faults: fault::ALL,
            ..Block::new("conformance", Text { de: "Konformität", en: "Conformity" })
        }
    }
}
