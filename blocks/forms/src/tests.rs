//! The block seen from its doors, with a directory, a delivery and a mailbox that only remember.

mod files;
mod pages;
mod sending;
mod stand_ins;

use crate::{Config, Forms};
use stand_ins::{Calls, StandIn};
use std::sync::Arc;
use testkit::Node;

/// A node with the shipped forms, and what the stand-ins were asked.
async fn node() -> (Node, Arc<Calls>) {
    node_with(Config::default()).await
}

async fn node_with(config: Config) -> (Node, Arc<Calls>) {
    let stand_in = Arc::new(StandIn::default());
    let calls = Arc::clone(&stand_in.calls);
    let forms = Forms::new(config, stand_in.clone(), stand_in.clone(), stand_in);
    (testkit::node(vec![forms.block()]).await, calls)
}

/// The page of a form on a node that is no demo.
async fn strict_page() -> String {
    let stand_in = Arc::new(StandIn::default());
    let forms = Forms::new(Config::default(), stand_in.clone(), stand_in.clone(), stand_in);
    let node = testkit::strict_node(vec![forms.block()]).await;
    node.as_nobody().get("/forms/wohnsitzanmeldung?region=066110000000").await.expect(200).text()
}
