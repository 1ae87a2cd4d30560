//! What the block does by the clock.

use crate::Identity;
use kernel::{HOUR, Job, SECOND};

pub fn jobs(identity: &Identity) -> Vec<Job> {
    let identity = identity.clone();
    let parting = identity.clone();
    vec![
        Job::new("identity.tidy", HOUR, move |ctx| {
            let identity = identity.clone();
            async move { identity.tidy(&ctx).await }
        }),
        Job::new("identity.say_farewells", 10 * SECOND, move |ctx| {
            let identity = parting.clone();
            async move { identity.say_farewells(&ctx).await }
        }),
    ]
}
