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
pub use operations::Forms;

use kernel::{Block, Migration, Nav, Role, Text};
use names::{fault, may};

impl Forms {
    /// The block as the node sees it.
    #[must_use]
    pub fn block(&self) -> Block {
        Block {
            migrations: &[Migration { version: 1, sql: include_str!("../migrations/0001_init.sql") }],
            api: api::router(self.clone()),
            web: web::router(self.clone()),
            nav: vec![
                Nav { path: "/forms", label: Text { de: "Formulare", en: "Forms" }, admin: false, also: &[] },
                Nav {
                    path: "/forms/admin",
                    label: Text { de: "Formulardateien", en: "Form files" },
                    admin: true,
                    also: &[],
                },
            ],
            jobs: jobs::jobs(self),
            grants: vec![(Role::Everyone, &[may::READ, may::SUBMIT]), (Role::Clerk, &[may::SUPERVISE])],
            faults: fault::ALL,
            ..Block::new("forms", Text { de: "Formulare", en: "Forms" })
        }
    }
}
