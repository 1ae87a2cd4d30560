//! The adapters: other people's systems behind our ports. They are asked for their ways in before identity is built, and get
//! it afterwards.

use crate::config::Adapters;
use identity::Identity;
use kernel::{Block, Code, Result, Text};
use ports::identity::Way;
use samlsp::Samlsp;
use std::sync::Arc;
use upstream::Upstream;
use wallet::Wallet;

/// Where the development wallet is; the real adapter links to it in the demo only.
const WALLET: &str = "/simulator/wallet";

/// Every way in that the adapters' settings make.
pub fn ways(settings: &Adapters) -> Vec<Way> {
    [samlsp::ways(&settings.samlsp), wallet::ways(&settings.wallet), upstream::ways(&settings.upstream)]
        .concat()
}

/// Builds the adapters that have something to do.
pub fn wire(settings: &Adapters, demo: bool, identity: &Arc<Identity>) -> Result<Vec<Block>> {
    let mut blocks = Vec::new();
    if !settings.samlsp.connections.is_empty() {
        blocks.push(Samlsp::new(&settings.samlsp, Arc::clone(identity) as _).block());
    }
    if settings.wallet.is_on() {
        let wallet = Wallet::new(&settings.wallet, Arc::clone(identity) as _)?;
        blocks.push(if demo { wallet.with_simulator(WALLET) } else { wallet }.block());
    }
    if !settings.upstream.connections.is_empty() {
        blocks.push(Upstream::new(&settings.upstream, Arc::clone(identity) as _).block());
    }
    Ok(blocks)
}

/// The errors of all adapters and simulators, also of those that are off here: for the reference.
pub fn published() -> Vec<Block> {
    let of = |id, de, en, faults: &'static [Code]| Block { faults, ..Block::new(id, Text { de, en }) };
    vec![
        of("samlsp", "BundID und andere Konten", "BundID and other accounts", samlsp::names::fault::ALL),
        of("upstream", "Andere Anmeldedienste", "Other providers", upstream::names::fault::ALL),
        of("wallet", "EUDI-Wallet", "EUDI Wallet", wallet::names::fault::ALL),
        of(
            "simulated_accounts",
            "Entwicklungs-Konten",
            "Development accounts",
            simulated_accounts::names::fault::ALL,
        ),
        of(
            "simulated_wallet",
            "Entwicklungs-Wallet",
            "Development wallet",
            simulated_wallet::names::fault::ALL,
        ),
    ]
}
