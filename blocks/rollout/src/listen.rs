//! What the block does when delivery tells something.

use crate::operations::Rollout;
use kernel::{Event, Listener};
use ports::delivery::CaseEventAppended;

/// Counts submissions as they are sent off.
pub fn listeners(rollout: &Rollout) -> Vec<Listener> {
    let rollout = rollout.clone();
    vec![Listener::new(CaseEventAppended::TOPIC, move |ctx, envelope| {
        let rollout = rollout.clone();
        async move { rollout.count(&ctx, &envelope.id, envelope.at, &envelope.read()?).await }
    })]
}
