//! What the block does when another block tells something.

use crate::operations::Directory;
use kernel::{Event as _, Listener};
use ports::delivery::DestinationChanged;

/// Learns destinations from delivery.
pub fn listeners(directory: &Directory) -> Vec<Listener> {
    let directory = directory.clone();
    vec![Listener::new(DestinationChanged::TOPIC, move |ctx, envelope| {
        let directory = directory.clone();
        async move { directory.learn(&ctx, envelope.read::<DestinationChanged>()?).await }
    })]
}
