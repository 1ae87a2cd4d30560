//! What the block does by the clock.

use crate::operations::Rollout;
use kernel::{HOUR, Job};

/// Removes previews that nobody kept.
pub fn jobs(rollout: &Rollout) -> Vec<Job> {
    let rollout = rollout.clone();
    vec![Job::new("rollout.tidy", HOUR, move |ctx| {
        let rollout = rollout.clone();
        async move { rollout.tidy(&ctx).await }
    })]
}
