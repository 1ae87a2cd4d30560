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
pub use operations::Mailbox;

use kernel::{Block, Migration, Nav, Role, Text};
use names::{fault, may};

impl Mailbox {
    /// The block as the node sees it.
    #[must_use]
    pub fn block(&self) -> Block {
        Block {
            migrations: &[
                Migration { version: 1, sql: include_str!("../migrations/0001_init.sql") },
                Migration { version: 2, sql: include_str!("../migrations/0002_claims.sql") },
            ],
            api: api::router(self.clone()),
            web: web::router(self.clone()),
            nav: vec![Nav {
                path: "/mailbox",
                label: Text { de: "Postfach", en: "Mailbox" },
                admin: false,
                also: &[],
            }],
            jobs: jobs::jobs(self),
            listeners: listen::listeners(self),
            grants: vec![
                (Role::Everyone, &[may::READ]),
                (Role::Sender, &[may::OPEN]),
                (Role::Person, &[may::CLAIM]),
            ],
            faults: fault::ALL,
            ..Block::new("mailbox", Text { de: "Postfach", en: "Mailbox" })
        }
    }
}
