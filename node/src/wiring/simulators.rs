//! The demo's stand-ins for systems that nobody has at hand: a wallet, BundID, a company account. They run in this process, are
//! marked as simulators on every page, and refuse to be built anywhere but in a demo.

use crate::config::Adapters;
use kernel::{Block, Result, fault};
use simulated_accounts::SimulatedAccounts;
use simulated_wallet::SimulatedWallet;
use std::path::Path;

/// The adapters' settings with the simulators connected, and the simulators themselves. What an operator has configured stays.
pub fn connect(settings: &mut Adapters, data: &Path, base_url: &str, now: i64) -> Result<Vec<Block>> {
    let mut blocks = Vec::new();
    if settings.samlsp.connections.is_empty() {
        let folder = data.join("demo").join("accounts");
        simulated_accounts::prepare_files(&folder, base_url)?;
        let connections = simulated_accounts::connections(&folder, base_url)?;
        settings.samlsp = toml::from_str(&connections).map_err(|it| fault::INTERNAL.because(it))?;
        blocks.push(SimulatedAccounts::new(&folder, base_url, true)?.block());
    }
    if !settings.wallet.is_on() {
        let folder = data.join("demo").join("wallet");
        simulated_wallet::prepare_files(&folder, base_url, now)?;
        settings.wallet.access_certificate = Some(folder.join("access.pem"));
        settings.wallet.access_key_file = Some(folder.join("access.key"));
        settings.wallet.issuer_anchors = vec![folder.join("issuer-anchor.pem")];
        blocks.push(SimulatedWallet::new(&folder, true)?.block());
    }
    Ok(blocks)
}
