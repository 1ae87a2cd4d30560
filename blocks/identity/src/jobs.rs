//! What the block does by the clock.

use crate::Identity;
use kernel::{HOUR, Job};

pub fn jobs(identity: &Identity) -> Vec<Job> {
    let identity = identity.clone();
    vec![Job::new("identity.tidy", HOUR, move |ctx| {
        let identity = identity.clone();
        async move { identity.tidy(&ctx).await }
    })]
}
