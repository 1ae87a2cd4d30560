#![doc = include_str!("../README.md")]

mod config;
pub mod names;

pub use config::Config;

use kernel::{Block, Migration, Text};

/// The block's handle; cheap to copy.
#[derive(Clone)]
pub struct Conformance {
    config: Config,
}

impl Conformance {
    /// The block with these settings.
    pub fn new(config: Config) -> Self {
        Self { config }
    }

    /// The block as the node sees it.
    pub fn block(&self) -> Block {
        Block {
            migrations: &[Migration { version: 1, sql: include_str!("../migrations/0001_init.sql") }],
            ..Block::new("conformance", Text { de: "Conformance", en: "Conformance" })
        }
    }
}
