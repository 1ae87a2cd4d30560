//! What the block does by the clock.

use crate::Conformance;
use kernel::{DAY, Job};

pub(crate) fn jobs(conformance: &Conformance) -> Vec<Job> {
    let sweep = conformance.clone();
    vec![Job::new("conformance.sweep", DAY, move |ctx| {
        let conformance = sweep.clone();
        async move { conformance.sweep(&ctx).await }
    })]
}
