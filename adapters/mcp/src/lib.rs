#![doc = include_str!("../README.md")]

mod api;
mod model;
pub mod names;
mod operations;
mod rules;
mod web;

#[cfg(test)]
mod tests;

use kernel::{Block, Text};
use names::fault;
use ports::{catalogue::Catalogue, conformance::Conformance};
use rules::Addresses;
use std::sync::Arc;

/// The server for assistants; cheap to copy.
#[derive(Clone)]
pub struct Mcp(Arc<Inner>);

struct Inner {
    catalogue: Option<Arc<dyn Catalogue>>,
    conformance: Option<Arc<dyn Conformance>>,
    addresses: Addresses,
}

impl Mcp {
    /// A server that reads from these two; what is missing is not offered.
    ///
    /// `base_url` is how the node is reached from outside; addresses of records begin with it, and only its host and its
    /// pages may ask (besides programs on this machine).
    #[must_use]
    pub fn new(
        catalogue: Option<Arc<dyn Catalogue>>,
        conformance: Option<Arc<dyn Conformance>>,
        base_url: &str,
    ) -> Self {
        Self(Arc::new(Inner { catalogue, conformance, addresses: Addresses::new(base_url) }))
    }

    /// The adapter as the node sees it.
    #[must_use]
    pub fn block(&self) -> Block {
        Block {
            web: web::router(self),
            faults: fault::ALL,
            ..Block::new("mcp", Text { de: "Zugang für KI-Assistenten", en: "Access for assistants" })
        }
    }

    pub(crate) fn catalogue(&self) -> Option<&Arc<dyn Catalogue>> {
        self.0.catalogue.as_ref()
    }

    pub(crate) fn conformance(&self) -> Option<&Arc<dyn Conformance>> {
        self.0.conformance.as_ref()
    }

    pub(crate) fn addresses(&self) -> &Addresses {
        &self.0.addresses
    }
}
