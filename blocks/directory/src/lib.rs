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
pub use operations::Directory;

use kernel::{Block, Ctx, Migration, Nav, Role, Text};
use names::{fault, may};
use std::sync::Arc;

impl Directory {
    /// The block as the node sees it.
    #[must_use]
    pub fn block(&self) -> Block {
        let (prepared, healthy) = (self.clone(), self.clone());
        Block {
            migrations: &[Migration { version: 1, sql: include_str!("../migrations/0001_init.sql") }],
            api: api::router(self.clone()),
            web: web::router(self.clone()),
            nav: vec![
                Nav {
                    path: "/",
                    label: Text { de: "Leistung finden", en: "Find a public service" },
                    admin: false,
                    also: &[],
                },
                Nav {
                    path: "/directory",
                    label: Text { de: "Verzeichnis", en: "Directory" },
                    admin: false,
                    also: &[],
                },
                Nav {
                    path: "/directory/admin",
                    label: Text { de: "Zuständigkeiten", en: "Competences" },
                    admin: true,
                    also: &[],
                },
            ],
            jobs: jobs::jobs(self),
            listeners: listen::listeners(self),
            grants: vec![(Role::Everyone, &[may::READ]), (Role::Clerk, &[may::SUPERVISE, may::EDIT])],
            faults: fault::ALL,
            prepare: Some(Arc::new(move |ctx: Arc<Ctx>| {
                let directory = prepared.clone();
                Box::pin(async move { directory.prepare(&ctx).await })
            })),
            health: Some(Arc::new(move |_| {
                let trouble = healthy.index().trouble;
                Box::pin(async move { Ok(trouble) })
            })),
            ..Block::new("directory", Text { de: "Verzeichnis", en: "Directory" })
        }
    }
}
