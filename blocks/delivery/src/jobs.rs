//! What the block does by the clock.

use crate::Delivery;
use kernel::{HOUR, Job, MINUTE, SECOND};

pub fn all(delivery: &Delivery) -> Vec<Job> {
    let [callbacks, terms, sweep, trust] = [(); 4].map(|()| delivery.clone());
    vec![
        Job::new("delivery.call_back", 2 * SECOND, move |ctx| {
            let delivery = callbacks.clone();
            async move { delivery.send_callbacks(&ctx).await.map(drop) }
        }),
        Job::new("delivery.keep_terms", 10 * MINUTE, move |ctx| {
            let delivery = terms.clone();
            async move { delivery.keep_terms(&ctx).await }
        }),
        Job::new("delivery.sweep", 6 * HOUR, move |ctx| {
            let delivery = sweep.clone();
            async move { delivery.sweep_content(&ctx).await }
        }),
        Job::new("delivery.read_trust", HOUR, move |ctx| {
            let delivery = trust.clone();
            async move { delivery.read_trust(&ctx).await }
        }),
    ]
}
