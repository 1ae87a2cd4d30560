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
pub use operations::Catalogue;

use kernel::{Block, Migration, Nav, Role, Text};
use names::{fault, may};

impl Catalogue {
    /// The block as the node sees it.
    #[must_use]
    pub fn block(&self) -> Block {
        let nav = |path, label, admin| Nav { path, label, admin, also: &[] };
        Block {
            migrations: &[
                Migration { version: 1, sql: include_str!("../migrations/0001_init.sql") },
                Migration { version: 2, sql: include_str!("../migrations/0002_history.sql") },
            ],
            api: api::router(self.clone()),
            web: web::router(self.clone()),
            nav: vec![
                nav("/catalogue", Text { de: "Landkarte", en: "Map" }, false),
                nav("/catalogue/import", Text { de: "Karten importieren", en: "Import maps" }, true),
            ],
            jobs: jobs::jobs(self),
            grants: vec![(Role::Everyone, &[may::READ]), (Role::Clerk, &[may::EDIT])],
            faults: fault::ALL,
            ..Block::new("catalogue", Text { de: "Landkarte", en: "Map" })
        }
    }
}
