//! What the kernel does behind the blocks' backs, on whichever engine the tests run.

use crate::node;
use kernel::{Actor, Audit, Block, Event, Listener, Permission, Role, SECOND, Text, fault};
use std::sync::{
    Arc,
    atomic::{AtomicU64, Ordering},
};

const MAY: Permission = Permission("trial.say");

#[derive(serde::Serialize)]
struct Said;

impl Event for Said {
    const TOPIC: &'static str = "trial.said.v1";
}

#[tokio::test]
async fn what_a_listener_failed_to_hear_comes_again() {
    let tries = Arc::new(AtomicU64::new(0));
    let counted = Arc::clone(&tries);
    let mut block = Block::new("trial", Text { de: "Versuch", en: "Trial" });
    block.grants = vec![(Role::Sender, &[MAY])];
    block.listeners = vec![Listener::new(Said::TOPIC, move |_, _| {
        let first = counted.fetch_add(1, Ordering::SeqCst) == 0;
        async move { if first { Err(fault::INTERNAL.into()) } else { Ok(()) } }
    })];
    let node = node(vec![block]).await;
    let ctx = node.ctx(Actor::new("sender", "a", Role::Sender));
    let mut tx = ctx.write(MAY).await.unwrap();
    tx.tell(&Said).await.unwrap();
    tx.commit(Audit("trial.said"), "").await.unwrap();
    assert_eq!(kernel::deliver_once(&node.frame).await.unwrap(), 0);
    node.clock.advance(10 * SECOND);
    assert_eq!(kernel::deliver_once(&node.frame).await.unwrap(), 1);
    assert_eq!(tries.load(Ordering::SeqCst), 2);
}
