//! Two nodes that witness each other, and what a witness finds.

use super::{MAY, act};
use crate::{Config, Peer, Record};
use axum::{Router, extract::Request, response::IntoResponse};
use kernel::{Actor, Audit, MINUTE, Role};
use std::sync::{Arc, Mutex};
use testkit::Node;
use tower::ServiceExt;

/// An address that leads to one node or another.
struct Address {
    url: String,
    leads_to: Arc<Mutex<Router>>,
}

impl Address {
    async fn of(node: &Node) -> Self {
        let leads_to = Arc::new(Mutex::new(node.router.clone()));
        let current = Arc::clone(&leads_to);
        let router = Router::new().fallback(move |request: Request| {
            let router = current.lock().unwrap().clone();
            async move { router.oneshot(request).await.into_response() }
        });
        let listener = tokio::net::TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        Self { url, leads_to }
    }

    fn lead_to(&self, node: &Node) {
        *self.leads_to.lock().unwrap() = node.router.clone();
    }
}

struct Place {
    node: Node,
    record: Record,
    address: Address,
}

async fn place() -> Place {
    let folder = tempfile::tempdir().unwrap().keep();
    let record = Record::new(Config { folder: Some(folder), ..Config::default() }, None, None);
    let node = testkit::node(vec![record.block()]).await;
    let address = Address::of(&node).await;
    act(&node, "kassel", "delivery.opened", "one").await;
    Place { node, record, address }
}

impl Place {
    async fn visits(&self, other: &Address) -> crate::Visited {
        self.node.clock.advance(MINUTE);
        let visited = self.record.visit(&self.node.system(""), &other.url, false).await.unwrap();
        kernel::record::seal_once(&self.node.frame).await.unwrap();
        visited
    }

    /// Whether the page of witnesses shows a fault; the node itself stays in service.
    async fn doubts(&self) -> bool {
        assert_eq!(self.record.health(&self.node.system("")).await.unwrap(), None);
        let page = self.node.as_admin().with("cookie", "lang=en").get("/record/witnesses").await.expect(200);
        page.text().contains("fault</span>")
    }
}

#[tokio::test]
async fn two_nodes_witness_each_other() {
    let (one, two) = (place().await, place().await);
    let first = one.visits(&two.address).await;
    assert_eq!((first.witnessed, first.confirmed, first.faults), (1, 0, vec![]));
    let second = two.visits(&one.address).await;
    assert_eq!((second.witnessed, second.confirmed), (one_size(&one).await, 1), "{second:?}");
    let third = one.visits(&two.address).await;
    assert!(third.witnessed > 1 && third.confirmed > 0 && third.faults.is_empty(), "{third:?}");
    assert!(!one.doubts().await);
    // The confirmation lies in a file beside the database, with the keys it was signed with.
    let folder = one.record.config.folder.clone().unwrap();
    let file = std::fs::read_dir(folder).unwrap().next().unwrap().unwrap().path();
    let kept: serde_json::Value = serde_json::from_slice(&std::fs::read(file).unwrap()).unwrap();
    assert!(kept["checkpoint"].is_string() && kept["keys"]["keys"].is_array(), "{kept}");
    let page =
        one.node.as_admin().with("cookie", "lang=en").get("/record/witnesses").await.expect(200).text();
    assert!(page.contains(&two.address.url) && page.contains("in order"), "{page}");
    let row = one.node.as_admin().get("/api/v1/record/events?subject=one").await.json();
    let path = format!("/record/entries/{}", row["events"][0]["id"].as_str().unwrap());
    let page = one.node.as_admin().with("cookie", "lang=en").get(&path).await.expect(200).text();
    assert!(page.contains("saw the entry in the record"), "{page}");
}

async fn one_size(place: &Place) -> i64 {
    let seen = place.node.as_nobody().get("/api/v1/record/checkpoint").await.expect(200).json();
    seen["size"].as_i64().unwrap()
}

#[tokio::test]
async fn the_job_visits_whoever_is_configured() {
    let other = place().await;
    let peer = Peer { url: format!("{}/", other.address.url) };
    let record = Record::new(Config { witnesses: vec![peer], ..Config::default() }, None, None);
    let node = testkit::node(vec![record.block()]).await;
    node.settle().await;
    let page = node.as_admin().get("/record/witnesses").await.expect(200).text();
    assert!(page.contains(&other.address.url), "{page}");
    let origin = other.node.as_nobody().get("/api/v1/record/checkpoint").await.json()["origin"].clone();
    let path = format!("/api/v1/record/witness?origin={}", origin.as_str().unwrap());
    let view = node.as_nobody().get(&path).await.expect(200).json();
    assert_eq!(view["size"], 1);
    assert_eq!(
        node.as_nobody().get("/api/v1/record/witness?origin=other").await.expect(404).code(),
        "record.not_witnessed"
    );
}

#[tokio::test]
async fn another_log_a_shorter_one_and_a_changed_one_are_refused_and_never_signed() {
    let witness = place().await;
    let good = place().await;
    for number in 0..5 {
        act(&good.node, "kassel", "delivery.opened", &number.to_string()).await;
    }
    let before = witness.visits(&good.address).await;
    assert_eq!((before.witnessed, before.faults.len()), (6, 0));
    // A log of another name: the database was replaced.
    let other = place().await;
    good.address.lead_to(&other.node);
    let replaced = witness.visits(&good.address).await;
    assert!(replaced.faults[0].contains("another one"), "{replaced:?}");
    assert_eq!(replaced.witnessed, 6, "what was seen stays");
    assert!(witness.doubts().await);
    // Its operator says why: it is taken as it is now, and that is recorded.
    let ctx = witness.node.ctx(Actor::new("admin", "", Role::Admin));
    let anew = witness.record.visit(&ctx, &good.address.url, true).await.unwrap();
    assert_eq!((anew.witnessed, anew.faults), (1, vec![]));
    good.address.lead_to(&good.node);
    let back = witness.record.visit(&ctx, &good.address.url, true).await.unwrap();
    assert_eq!((back.witnessed, back.faults), (6, vec![]));
    kernel::record::seal_once(&witness.node.frame).await.unwrap();
    let traces = witness.node.as_admin().get("/api/v1/record/events?event=record.accepted").await.json();
    assert_eq!(traces["events"].as_array().unwrap().len(), 2);
    // Nothing there at all.
    let empty = testkit::node(vec![Record::new(Config::default(), None, None).block()]).await;
    good.address.lead_to(&empty);
    assert!(witness.visits(&good.address).await.faults[0].contains("the log is gone"));
    // No such block.
    let without = testkit::node(Vec::new()).await;
    good.address.lead_to(&without);
    assert!(witness.visits(&good.address).await.faults[0].contains("no keys"));
    good.address.lead_to(&good.node);
    assert!(witness.visits(&good.address).await.faults.is_empty());
    assert!(!witness.doubts().await);
}

#[tokio::test]
async fn a_proof_that_does_not_fit_is_found() {
    use crate::{
        model::{ConsistencyView, Witnessed},
        rules::peer,
    };
    let good = place().await;
    for number in 0..5 {
        act(&good.node, "kassel", "delivery.opened", &number.to_string()).await;
    }
    let anybody = good.node.as_nobody();
    let keys = oidc::Jwks::read(&anybody.get("/api/v1/record/keys").await.json()).unwrap();
    let shown = anybody.get("/api/v1/record/checkpoint").await.json();
    let policy = kernel::Policy::shipped();
    let trust = (&*policy, testkit::NOON);
    let new = peer::checkpoint(shown["checkpoint"].as_str().unwrap(), &keys, trust).unwrap();
    let proof = anybody.get("/api/v1/record/consistency?first=3&second=6").await.json();
    let proof: ConsistencyView = serde_json::from_value(proof).unwrap();
    let ctx = good.node.system("");
    let root = kernel::record::root(&mut ctx.read(MAY).await.unwrap(), 3).await.unwrap().unwrap();
    let root = kernel::record::Checkpoint { root, ..new.clone() }.root_text();
    let last = Witnessed { size: 3, root, origin: new.origin.clone(), ..nothing() };
    assert_eq!(peer::comparable(&last, &new), Ok(()));
    assert_eq!(peer::grew(&last, &new, &proof), Ok(()));
    let bent = Witnessed { root: new.root_text(), ..last.clone() };
    assert!(peer::grew(&bent, &new, &proof).unwrap_err().contains("does not continue"));
    let short = ConsistencyView { path: proof.path[1..].to_vec(), ..proof.clone() };
    assert!(peer::grew(&last, &new, &short).is_err());
    let unreadable = ConsistencyView { path: vec!["?".to_owned()], ..proof };
    assert!(peer::grew(&last, &new, &unreadable).unwrap_err().contains("cannot be read"));
    assert!(peer::comparable(&Witnessed { size: 7, ..last.clone() }, &new).unwrap_err().contains("was cut"));
    assert!(peer::comparable(&Witnessed { size: 6, ..last }, &new).unwrap_err().contains("was changed"));
    // A checkpoint of another key, or with another claim, is none.
    let other = oidc::Jwks::default();
    assert!(peer::checkpoint(&new.token, &other, trust).is_err());
    let end = (&*policy, 2_082_758_400 * kernel::SECOND);
    let late = peer::checkpoint(&new.token, &keys, end).unwrap_err();
    assert!(late.contains("2035-12-31"), "the crypto policy ends it: {late}");
    let mut parts: Vec<&str> = new.token.split('.').collect();
    parts[1] = "eyJvcmlnaW4iOiJ4Iiwic2l6ZSI6MSwicm9vdCI6IiIsImF0IjoxfQ";
    assert!(peer::checkpoint(&parts.join("."), &keys, trust).is_err());
}

fn nothing() -> crate::model::Witnessed {
    crate::model::Witnessed {
        peer: String::new(),
        origin: String::new(),
        size: 0,
        root: String::new(),
        token: String::new(),
        cosignature: String::new(),
        seen_at: 0,
        visited_at: 0,
        fault: String::new(),
    }
}

#[tokio::test]
async fn a_confirmation_of_what_this_node_never_had_is_a_fault() {
    // The witness saw a log that went on; then this node's database is another one with the same name: rolled back.
    let (one, two) = (place().await, place().await);
    two.visits(&one.address).await;
    let ctx = one.node.ctx(Actor::new("somebody", "kassel", Role::Admin));
    ctx.write(MAY).await.unwrap().commit(Audit("delivery.opened"), "more").await.unwrap();
    kernel::record::seal_once(&one.node.frame).await.unwrap();
    let fine = one.visits(&two.address).await;
    assert!(fine.faults.is_empty() && fine.confirmed == 1, "{fine:?}");
}

#[tokio::test]
async fn an_address_that_is_none_is_refused() {
    let one = place().await;
    for url in ["ftp://x", "https://user@host", ""] {
        assert_eq!(
            one.record.visit(&one.node.system(""), url, false).await.unwrap_err().code().code,
            "record.bad_peer"
        );
    }
    let gone = one.visits(&Address { url: "http://127.0.0.1:9".to_owned(), leads_to: Arc::default() }).await;
    assert!(gone.faults[0].contains("does not answer"), "{gone:?}");
}
