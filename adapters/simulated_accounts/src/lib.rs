#![doc = include_str!("../README.md")]

mod model;
pub mod names;
mod operations;
mod rules;
mod store;
mod web;

#[cfg(test)]
mod tests;

pub use operations::SimulatedAccounts;
pub use store::{connections, prepare_files};

use kernel::{Block, Role, Text};
use names::{fault, may};

impl SimulatedAccounts {
    /// The simulators as the node sees them.
    #[must_use]
    pub fn block(&self) -> Block {
        Block {
            web: web::router(self),
            grants: vec![(Role::Everyone, &[may::PLAY])],
            faults: fault::ALL,
            ..Block::new("simulated_accounts", Text { de: "Simulierte Konten", en: "Simulated accounts" })
        }
    }
}
