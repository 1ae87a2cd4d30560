//! What the block does by the clock.

use crate::operations::Directory;
use kernel::{HOUR, Job};

/// Warns about certificates that come to their end.
pub fn jobs(directory: &Directory) -> Vec<Job> {
    let directory = directory.clone();
    vec![Job::new("directory.warn", HOUR, move |ctx| {
        let directory = directory.clone();
        async move { directory.warn(&ctx).await }
    })]
}
