//! What the block does by the clock.

use crate::operations::Catalogue;
use kernel::{HOUR, Job};

/// Removes previews that nobody kept.
pub fn jobs(catalogue: &Catalogue) -> Vec<Job> {
    let catalogue = catalogue.clone();
    vec![Job::new("catalogue.tidy", HOUR, move |ctx| {
        let catalogue = catalogue.clone();
        async move { catalogue.tidy(&ctx).await }
    })]
}
