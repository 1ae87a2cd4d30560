//! Revocation: revoked, suspended, unknown; lists are fetched by the clock.

use super::{
    holder::{NOW, Twist, fetch, mdoc, mdoc_answer, sd_jwt, send},
    town::{Certified, Notes, Town, settings},
};
use crate::{StatusPolicy, Wallet, rules::Presented};
use axum::{Router, routing::get};
use kernel::{HOUR, MINUTE};
use sdjwt::{
    key::SigningKey,
    status::{StatusList, sign},
};
use std::sync::{
    Arc, Mutex,
    atomic::{AtomicUsize, Ordering},
};
use testkit::Answer;
use tokio::net::TcpListener;

/// An issuer's status list on loopback: place 1 is revoked, place 2 is suspended.
struct Server {
    uri: String,
    body: Arc<Mutex<Option<String>>>,
    fetched: Arc<AtomicUsize>,
}

impl Server {
    async fn new() -> Self {
        let (body, fetched) = (Arc::new(Mutex::new(None)), Arc::new(AtomicUsize::new(0)));
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let uri = format!("http://{}/status", listener.local_addr().unwrap());
        let (serving, counting) = (Arc::clone(&body), Arc::clone(&fetched));
        let handler = move || {
            counting.fetch_add(1, Ordering::SeqCst);
            let body: Option<String> = serving.lock().unwrap().clone();
            async move { body.ok_or(axum::http::StatusCode::NOT_FOUND) }
        };
        let router = Router::new().route("/status", get(handler));
        tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        Self { uri, body, fetched }
    }

    fn publish(&self, issuer: &Certified, now: i64, uri: &str) {
        let mut list = StatusList::new(2, 100).unwrap();
        list.set(1, 1).unwrap();
        list.set(2, 2).unwrap();
        let key = SigningKey::from_pkcs8(&issuer.pkcs8()).unwrap();
        let chain = [issuer.certificate.clone()];
        let token = sign(&list, uri, (now, 1800, 7200), (&key, &chain)).unwrap();
        *self.body.lock().unwrap() = Some(token);
    }

    fn fetched(&self) -> usize {
        self.fetched.load(Ordering::SeqCst)
    }

    fn place(&self, index: u64) -> Twist {
        Twist { status: Some((self.uri.clone(), index)), ..Twist::default() }
    }
}

async fn show(town: &Town, twist: &Twist) -> Answer {
    town.browser().post_form("/sign-in/wallet", "attempt=a1").await.expect(303);
    let request = fetch(town, &town.begin().await).await;
    send(town, &request, &sd_jwt(&town.issuer, &request, twist)).await
}

#[tokio::test]
async fn what_was_revoked_is_refused_in_both_formats() {
    let (town, server) = (Town::new().await, Server::new().await);
    server.publish(&town.issuer, NOW, &server.uri);
    show(&town, &server.place(0)).await.expect(200);
    assert_eq!(show(&town, &server.place(1)).await.expect(422).code(), "wallet.revoked");
    assert_eq!(show(&town, &server.place(2)).await.expect(422).code(), "wallet.revoked");
    assert_eq!(show(&town, &server.place(5000)).await.expect(503).code(), "wallet.status_unknown");
    town.browser().post_form("/sign-in/wallet", "attempt=a1").await.expect(303);
    let request = fetch(&town, &town.begin().await).await;
    let revoked = mdoc_answer(&mdoc(&town.issuer, &request, &server.place(1)));
    assert_eq!(send(&town, &request, &revoked).await.expect(422).code(), "wallet.revoked");
    assert_eq!(server.fetched(), 1, "the issuer does not learn of each sign-in");
}

#[tokio::test]
async fn what_nobody_can_say_is_refused_or_accepted_as_configured() {
    let server = Server::new().await;
    for (policy, expected) in [(StatusPolicy::Refuse, 503), (StatusPolicy::Accept, 200)] {
        let town = Town::with(|it| it.status = policy).await;
        *server.body.lock().unwrap() = None;
        show(&town, &server.place(0)).await.expect(expected);
        // A list of somebody else, for another address, or of another time is as good as none.
        server.publish(&Certified::new("stranger", "DE"), NOW, &server.uri);
        show(&town, &server.place(0)).await.expect(expected);
        server.publish(&town.issuer, NOW, "https://pid.example/other");
        show(&town, &server.place(0)).await.expect(expected);
        server.publish(&town.issuer, NOW - 10_000, &server.uri);
        show(&town, &server.place(0)).await.expect(expected);
        let elsewhere = Twist { status: Some(("http://192.0.2.1/status".to_owned(), 0)), ..Twist::default() };
        show(&town, &elsewhere).await.expect(expected);
        // What is known to be revoked is refused in any case.
        server.publish(&town.issuer, NOW, &server.uri);
        assert_eq!(show(&town, &server.place(1)).await.expect(422).code(), "wallet.revoked");
    }
}

#[tokio::test]
async fn lists_are_fetched_again_by_the_clock() {
    let (town, server) = (Town::new().await, Server::new().await);
    server.publish(&town.issuer, NOW, &server.uri);
    show(&town, &server.place(0)).await.expect(200);
    town.node.settle().await;
    assert_eq!(server.fetched(), 1);
    town.node.clock.advance(20 * MINUTE);
    server.publish(&town.issuer, NOW + 1200, &server.uri);
    town.node.settle().await;
    assert_eq!(server.fetched(), 2, "ten minutes before its end it is fetched again");
    // A day without anybody asking, and it is forgotten.
    town.node.clock.advance(25 * HOUR);
    town.node.settle().await;
    assert_eq!(server.fetched(), 2);
}

#[tokio::test]
async fn a_status_that_is_kept_elsewhere_is_not_known() {
    let folder = tempfile::TempDir::new().unwrap();
    let mut config =
        settings(folder.path(), &Certified::new("City", "DE"), &Certified::new("PID issuer", "DE"));
    let shown = |status_elsewhere| Presented {
        id: "c1".to_owned(),
        format: "mso_mdoc".to_owned(),
        kind: String::new(),
        claims: serde_json::Value::Null,
        status: None,
        status_elsewhere,
        country: None,
    };
    let node = testkit::node(Vec::new()).await;
    for (policy, elsewhere, fine) in [
        (StatusPolicy::Refuse, false, true),
        (StatusPolicy::Refuse, true, false),
        (StatusPolicy::Accept, true, true),
    ] {
        config.status = policy;
        let wallet = Wallet::new(&config, Arc::new(Notes::default())).unwrap();
        let judged = wallet.check_status(&node.system(""), &shown(elsewhere)).await;
        assert_eq!(judged.is_ok(), fine, "{policy:?} {elsewhere}");
    }
}
