//! The block seen from its doors.

mod dataset;
mod entry;
mod look_up;
mod page;
mod routing;

use crate::{
    Config, Directory,
    names::{did, may},
};
use axum::Extension;
use serde_json::{Value, json};
use std::sync::Arc;
use testkit::Node;

pub const RESIDENCE: &str = "99115005104000";
pub const KASSEL: &str = "066110000000";
pub const DESTINATION: &str = "0a0a0a0a-0000-4000-8000-000000000001";
pub const OTHER: &str = "0a0a0a0a-0000-4000-8000-000000000002";

pub async fn node() -> Node {
    let mut node = testkit::node(vec![Directory::new(Config::default()).block()]).await;
    let site = Arc::new(ui::Site::default());
    node.router = node.router.layer(Extension(site));
    node
}

/// What delivery tells about a destination.
pub async fn tell(node: &Node, destination: &str, revision: i64, status: &str, regions: &[&str]) {
    let told = json!({
        "destinationId": destination, "revision": revision, "status": status, "name": "Bürgeramt Musterstadt",
        "contact": {"legalName": "Stadt Musterstadt", "address": "Rathausplatz 1", "phone": "0561 1", "email": "a@example.org"},
        "publicServices": [{"identifier": format!("urn:de:fim:leika:leistung:{RESIDENCE}"), "regions": regions}],
    });
    let told: ports::delivery::DestinationChanged = serde_json::from_value(told).unwrap();
    let ctx = node.system("town");
    let mut tx = ctx.write(may::LEARN).await.unwrap();
    tx.tell(&told).await.unwrap();
    tx.commit(did::LEARNT, destination).await.unwrap();
    node.settle().await;
}

/// Enters something as the town's clerk and gives its id.
pub async fn enter(node: &Node, path: &str, body: &Value) -> String {
    let answer = node.as_clerk("town").post(&format!("/api/v1/directory/{path}"), body).await.expect(201);
    answer.json()["id"].as_str().unwrap().to_owned()
}
