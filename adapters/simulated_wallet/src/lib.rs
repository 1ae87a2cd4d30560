#![doc = include_str!("../README.md")]

mod model;
pub mod names;
mod operations;
mod rules;
mod store;
mod web;

#[cfg(test)]
mod tests;

pub use operations::SimulatedWallet;
pub use store::prepare_files;

use kernel::{Block, Role, Text};
use names::{fault, may};

impl SimulatedWallet {
    /// The block as the node sees it.
    #[must_use]
    pub fn block(&self) -> Block {
        Block {
            web: web::router(self.clone()),
            grants: vec![(Role::Everyone, &[may::PRESENT])],
            faults: fault::ALL,
            ..Block::new("simulated_wallet", Text { de: "Entwicklungs-Wallet", en: "Development wallet" })
        }
    }
}
