//! What the adapter does by the clock.

use crate::Upstream;
use kernel::{HOUR, Job};

pub fn jobs(upstream: &Upstream) -> Vec<Job> {
    let upstream = upstream.clone();
    vec![Job::new("upstream.tidy", HOUR, move |ctx| {
        let upstream = upstream.clone();
        async move { upstream.tidy(&ctx).await }
    })]
}
