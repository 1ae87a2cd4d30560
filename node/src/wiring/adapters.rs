//! The adapters: other people's systems behind our ports. They are asked for their ways in before identity is built, and get
//! it afterwards.

use crate::config::Adapters;
use identity::Identity;
use kernel::Block;
use ports::identity::Way;
use std::sync::Arc;

/// Every way in that the adapters' settings make.
pub fn ways(settings: &Adapters) -> Vec<Way> {
    upstream::ways(&settings.upstream)
}

/// Builds the adapters that have something to do.
pub fn wire(settings: &Adapters, identity: &Arc<Identity>) -> Vec<Block> {
    let mut blocks = Vec::new();
    if !settings.upstream.connections.is_empty() {
        blocks.push(upstream::Upstream::new(&settings.upstream, Arc::clone(identity) as _).block());
    }
    blocks
}
