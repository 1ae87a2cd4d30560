//! What the adapter does by the clock.

use crate::Wallet;
use kernel::{Job, MINUTE};

pub(crate) fn jobs(wallet: &Wallet) -> Vec<Job> {
    let (tidy, refresh) = (wallet.clone(), wallet.clone());
    vec![
        Job::new("wallet.tidy", 5 * MINUTE, move |ctx| {
            let wallet = tidy.clone();
            async move { wallet.tidy(&ctx).await }
        }),
        Job::new("wallet.refresh_status", 10 * MINUTE, move |ctx| {
            let wallet = refresh.clone();
            async move {
                wallet.refresh_lists(&ctx).await;
                Ok(())
            }
        }),
    ]
}
