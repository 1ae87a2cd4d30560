#![doc = include_str!("../README.md")]

mod api;
mod config;
mod entrance;
mod handover;
mod letter;
mod model;
pub mod names;
mod office;
mod operations;
mod rules;
mod serve;
mod store;
mod web;

#[cfg(test)]
mod tests;

pub use config::{DeskConfig, Secret, Settings, Target};
pub use serve::serve;

use std::{fmt, path::Path};

/// Why a desk does not start.
#[derive(Debug, thiserror::Error)]
pub enum Broken {
    /// A file, folder or address is of no use.
    #[error("{what}: {why}")]
    File {
        /// Which.
        what: String,
        /// Why.
        why: String,
    },
    /// The database or the content store does not do what it should.
    #[error("{0:?}")]
    Kernel(#[from] kernel::Error),
    /// The keys or the address of the delivery service are of no use.
    #[error(transparent)]
    Client(#[from] client::Error),
}

impl Broken {
    pub(crate) fn file(what: &Path, why: impl fmt::Display) -> Self {
        Self::File { what: what.display().to_string(), why: why.to_string() }
    }
}
