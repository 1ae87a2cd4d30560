//! What the block does when another block tells something.

use crate::Delivery;
use kernel::Listener;
use ports::identity::ClientRemoved;

pub fn all(delivery: &Delivery) -> Vec<Listener> {
    let delivery = delivery.clone();
    vec![Listener::new(<ClientRemoved as kernel::Event>::TOPIC, move |ctx, envelope| {
        let delivery = delivery.clone();
        async move {
            let removed: ClientRemoved = envelope.read()?;
            delivery.unlink_everywhere(&ctx, &removed.client).await
        }
    })]
}
