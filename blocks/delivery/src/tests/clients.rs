//! Clients, their links, and the scopes that follow from them.

use super::{
    stand_in::StandIn,
    town::{make, subscriber},
};
use crate::{
    Config,
    names::{did, may},
    store::{self, client::Kept},
};
use kernel::{Actor, Role, ScopeClient};
use ports::identity::Clients;
use serde_json::json;
use std::sync::Arc;
use testkit::Node;

async fn node() -> Node {
    testkit::node(vec![super::stand_in::delivery(Config::default()).block()]).await
}

const CLIENTS: &str = "/api/v1/delivery/clients";
const SEND: &str = "https://schema.fitko.de/fit-connect/oauth/scopes/send-submissions";

async fn new_client(node: &Node, tenant: &str, roles: &[&str]) -> (String, String) {
    let body = json!({ "name": "Fachverfahren", "roles": roles });
    let made = node.as_clerk(tenant).post(CLIENTS, &body).await.expect(201).json();
    let text = |name: &str| made[name].as_str().unwrap().to_owned();
    (text("clientId"), text("clientSecret"))
}

#[tokio::test]
async fn a_client_gets_the_scopes_that_follow_from_links_and_ownership() {
    let node = node().await;
    let (id, _) = new_client(&node, "kassel", &["subscriber", "owner"]).await;
    let client = node.as_client(&id, "kassel", &[Role::Subscriber, Role::Owner], &[]);
    let scopes = async |roles: &[Role], asked: &[&str]| {
        let asked: Vec<String> = asked.iter().map(|it| (*it).to_owned()).collect();
        let client = ScopeClient { id: &id, tenant: "kassel", roles };
        let ctx = node.ctx(Actor::nobody());
        node.frame.scopes()[0].scopes(&ctx, &client, &asked).await.unwrap()
    };
    let both = [Role::Subscriber, Role::Owner];
    let before = scopes(&both, &[]).await;
    assert!(before.contains(&"create:destination".to_owned()) && !before.contains(&SEND.to_owned()));
    let made = make(&client).await;
    let (subscribe, manage) = (format!("subscribe:destination:{made}"), format!("manage:destination:{made}"));
    let after = scopes(&both, &[]).await;
    assert!(after.contains(&subscribe) && after.contains(&manage));
    assert_eq!(scopes(&[Role::Subscriber], &[&subscribe, &manage, SEND]).await, [subscribe]);
    assert!(scopes(&[], &[]).await.is_empty());
}

#[tokio::test]
async fn links_of_a_removed_client_end() {
    let node = node().await;
    let (id, _) = new_client(&node, "kassel", &["subscriber"]).await;
    let clerk = node.as_clerk("kassel");
    let destination = make(&subscriber(&node, "owner-1", "kassel")).await;
    let links = format!("/api/v1/delivery/destinations/{destination}/clients");
    let _ = clerk.put(&format!("{links}/{id}"), &json!({})).await.expect(204);
    assert_eq!(clerk.get(&links).await.expect(200).json()["clients"][0]["name"], "Fachverfahren");
    let _ = clerk.delete(&format!("{CLIENTS}/{id}")).await.expect(204);
    let _ = clerk.get(&format!("{CLIENTS}/{id}")).await.expect(404);
    assert_eq!(clerk.get(&links).await.expect(200).json()["clients"], json!([]));
    let left = async || {
        let ctx = node.system("");
        let mut tx = ctx.read(may::EXPIRE).await.unwrap();
        store::link::ids(&mut tx, &id, 10).await.unwrap().len()
    };
    assert_eq!(left().await, 1);
    node.settle().await;
    assert_eq!(left().await, 0);
}

#[tokio::test]
async fn clients_of_an_older_version_are_handed_to_identity_once() {
    let clients = Arc::new(StandIn::default());
    let delivery = crate::Delivery::new(Config::default(), Arc::clone(&clients) as _);
    let node = testkit::node(vec![delivery.block()]).await;
    let ctx = node.system("");
    let mut tx = ctx.write(may::EXPIRE).await.unwrap();
    for (id, name) in [("client-1", "Fachverfahren"), ("client-2", "Onlinedienst")] {
        let kept = Kept {
            id: id.to_owned(),
            tenant: "kassel".to_owned(),
            name: name.to_owned(),
            roles: "sender subscriber".to_owned(),
            secret_hash: "the-hash".to_owned(),
            created_at: 7,
        };
        store::client::insert(&mut tx, &kept).await.unwrap();
    }
    tx.commit(did::EXPIRED, "").await.unwrap();
    // As if the node had been killed after it handed over the first, and before it forgot it.
    let known = ports::identity::NewClient { id: Some("client-1".into()), ..Default::default() };
    clients.register(&ctx, known).await.unwrap();
    delivery.hand_over_clients(&ctx).await.unwrap();
    let (client, secret) = clients.all.lock().unwrap()["client-2"].clone();
    assert_eq!(
        (client.tenant.as_str(), client.name.as_str(), secret.as_str()),
        ("kassel", "Onlinedienst", "the-hash")
    );
    assert_eq!((client.roles.len(), client.created_at), (2, 7));
    clients.all.lock().unwrap().clear();
    delivery.hand_over_clients(&ctx).await.unwrap();
    assert!(clients.all.lock().unwrap().is_empty(), "handed over once only");
}

#[tokio::test]
async fn clients_belong_to_one_tenant() {
    let node = node().await;
    let (id, _) = new_client(&node, "kassel", &["sender", "subscriber"]).await;
    let _ = new_client(&node, "kassel", &["sender"]).await;
    let (clerk, other, admin) = (node.as_clerk("kassel"), node.as_clerk("fulda"), node.as_admin());
    let shown = clerk.get(&format!("{CLIENTS}/{id}")).await.expect(200).json();
    assert_eq!(shown["roles"], json!(["sender", "subscriber"]));
    assert!(!shown.to_string().to_lowercase().contains("secret"));
    assert_eq!(clerk.get(&format!("{CLIENTS}?q=FACH&limit=1")).await.expect(200).json()["totalCount"], 2);
    assert_eq!(clerk.get(&format!("{CLIENTS}?q=100%25")).await.expect(200).json()["totalCount"], 0);
    assert_eq!(other.get(CLIENTS).await.expect(200).json()["totalCount"], 0);
    assert_eq!(admin.get(CLIENTS).await.expect(200).json()["totalCount"], 2);
    for path in [format!("{CLIENTS}/{id}"), format!("{CLIENTS}/{id}/secret")] {
        let method = if path.ends_with("secret") { "POST" } else { "DELETE" };
        let _ = other.ask(method, &path, None, axum::body::Body::empty()).await.expect(404);
        let _ = node.as_nobody().ask(method, &path, None, axum::body::Body::empty()).await.expect(401);
        let stranger = subscriber(&node, "client", "kassel");
        let _ = stranger.ask(method, &path, None, axum::body::Body::empty()).await.expect(403);
    }
    let _ = other.get(&format!("{CLIENTS}/{id}")).await.expect(404);
    let _ = node.as_nobody().get(CLIENTS).await.expect(401);
    let _ = node.as_nobody().post(CLIENTS, &json!(7)).await.expect(401);
    let _ = subscriber(&node, "client", "kassel").post(CLIENTS, &json!({})).await.expect(403);
    for body in [
        json!({ "name": "", "roles": ["sender"] }),
        json!({ "name": "a", "roles": [] }),
        json!({ "name": "a", "roles": ["clerk"] }),
    ] {
        assert_eq!(clerk.post(CLIENTS, &body).await.expect(400).code(), "delivery.bad_client");
    }
}

#[tokio::test]
async fn a_client_is_linked_by_owner_or_clerk() {
    let node = node().await;
    let (id, _) = new_client(&node, "kassel", &["subscriber"]).await;
    let (sender, _) = new_client(&node, "kassel", &["sender"]).await;
    let (foreign, _) = new_client(&node, "fulda", &["subscriber"]).await;
    let owner = subscriber(&node, "owner-1", "kassel");
    let destination = make(&owner).await;
    let links = format!("/api/v1/delivery/destinations/{destination}/clients");
    let path = format!("{links}/{id}");
    let reader = node.as_client(&id, "kassel", &[Role::Subscriber], &[]);
    let stranger = subscriber(&node, "owner-2", "kassel");
    for (who, status) in
        [(&node.as_nobody(), 401), (&reader, 403), (&stranger, 403), (&node.as_clerk("fulda"), 404)]
    {
        let _ = who.put(&path, &json!({})).await.expect(status);
        let _ = who.get(&links).await.expect(status);
        let _ = who.delete(&path).await.expect(status);
    }
    assert_eq!(reader.get("/v1/destinations").await.expect(200).json()["totalCount"], 0);
    let _ = owner.put(&path, &json!({})).await.expect(204);
    let _ = node.as_clerk("kassel").put(&path, &json!({})).await.expect(204);
    assert_eq!(reader.get("/v1/destinations").await.expect(200).json()["totalCount"], 1);
    let shown = owner.get(&links).await.expect(200).json();
    assert_eq!(shown["clients"][0]["clientId"], id.as_str());
    assert_eq!(
        owner.put(&format!("{links}/{sender}"), &json!({})).await.expect(409).code(),
        "delivery.not_a_subscriber"
    );
    let _ = owner.put(&format!("{links}/{foreign}"), &json!({})).await.expect(404);
    let seen = reader.get(&format!("/v1/destinations/{destination}")).await.expect(200).json();
    assert_eq!(seen["contactInformation"]["legalName"], "Stadt Beispiel");
    let _ = owner.delete(&path).await.expect(204);
    assert_eq!(reader.get("/v1/destinations").await.expect(200).json()["totalCount"], 0);
}

#[tokio::test]
async fn clerks_keep_destinations_of_their_tenant() {
    let node = node().await;
    let (clerk, other) = (node.as_clerk("kassel"), node.as_clerk("fulda"));
    let all = "/api/v1/delivery/destinations";
    let made = clerk.post(all, &super::town::destination()).await.expect(201);
    let path = made.header("location").to_owned();
    let _ = clerk.get(&path).await.expect(200);
    let _ = clerk.patch(&path, &json!({ "status": "active", "name": "Rathaus" })).await.expect(200);
    assert_eq!(clerk.get(&format!("{all}?q=rathaus")).await.expect(200).json()["totalCount"], 1);
    for (who, status) in
        [(&node.as_nobody(), 401), (&subscriber(&node, "tenant", "kassel"), 403), (&other, 404)]
    {
        let _ = who.get(&path).await.expect(status);
        let _ = who.patch(&path, &json!({})).await.expect(status);
        let _ = who.delete(&path).await.expect(status);
    }
    // A client that calls itself like the tenant does not own what is the tenant's.
    let v1 = path.replace("/api/v1/delivery", "/v1");
    let _ = node.as_client("tenant", "kassel", &[Role::Owner], &[]).delete(&v1).await.expect(403);
    assert_eq!(other.get(all).await.expect(200).json()["totalCount"], 0);
    let _ = clerk.delete(&path).await.expect(204);
}
