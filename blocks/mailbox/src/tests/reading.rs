//! Opening, reading, wrong secrets, every step twice, and the end of a mailbox.

use super::{CASE, REPLY, address, bytes, case, house, house_with, keys, sender, stand_in::ATTACHMENT};
use crate::Config;
use axum::http::StatusCode;
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use kernel::{DAY, Kind, Role};
use ports::mailbox::Mailbox as _;
use serde_json::json;
use std::sync::atomic::Ordering;

#[tokio::test]
async fn a_case_is_shown_to_whoever_holds_its_secret() {
    let house = house().await;
    house.reply_arrives("event-1").await;
    let answer = house.citizen().get(&address("")).await.expect(200);
    assert_eq!(answer.header("cache-control"), "no-store");
    let shown = answer.json();
    assert_eq!(shown["caseId"], CASE);
    assert_eq!(shown["publicService"]["name"], "Wohnsitzanmeldung");
    assert_eq!(shown["destinationName"], "Bürgeramt");
    assert_eq!(
        shown["steps"][0],
        json!({"at": 1, "kind": "submit-submission", "issuer": "http://localhost:8080"})
    );
    assert_eq!(shown["steps"][1]["problems"][0]["title"], "Fehlt");
    assert_eq!(shown["wrappedKey"], bytes(2400));
    assert_eq!(shown["publicKey"]["alg"], "RSA-OAEP-256");
    assert_eq!(shown["messages"], json!([{"id": REPLY, "at": 1_000_000, "size": 42}]));
    assert!(!answer.text().contains(&keys().access_hash));
    assert!(house.memory.asked_by.lock().unwrap().iter().all(|it| it == "forms/"));
}

/// A refusal without the request's id.
fn told(answer: &testkit::Answer) -> serde_json::Value {
    let mut told = answer.json();
    told["instance"] = json!(null);
    told
}

/// Nobody, strangers, other tenants and wrong secrets get nowhere, and cannot tell an unknown case from a wrong secret.
#[tokio::test]
async fn everybody_else_is_refused_alike() {
    let house = house().await;
    house.reply_arrives("event-1").await;
    let message = format!("/messages/{REPLY}");
    let attachment = format!("{message}/attachments/{ATTACHMENT}");
    let wrong = format!("Case {}", URL_SAFE_NO_PAD.encode([8; 32]));
    let right = format!("Case {}", URL_SAFE_NO_PAD.encode([7; 32]));
    for (method, rest) in
        [("GET", ""), ("GET", &message), ("GET", &attachment), ("POST", &*format!("{message}/read"))]
    {
        let path = address(rest);
        let unknown = path.replace(CASE, "caccacca-0000-4000-8000-000000000002");
        let ask = async |path: &str, secret: &str| {
            let visitor = house.node.as_nobody().with("authorization", secret);
            visitor.ask(method, path, None, axum::body::Body::empty()).await
        };
        let (one, other) = (ask(&path, &wrong).await, ask(&unknown, &right).await);
        assert_eq!(one.status, StatusCode::NOT_FOUND, "{path}");
        assert_eq!((one.status, told(&one)), (other.status, told(&other)));
        for secret in ["Case", "Case x", "Basic eDp4", &right.replace("Case", "Token")] {
            assert_eq!(ask(&path, secret).await.status(), 401, "{path} {secret}");
        }
        let body = axum::body::Body::empty;
        assert_eq!(house.node.as_nobody().ask(method, &path, None, body()).await.status(), 401);
        assert_eq!(house.node.as_clerk("other").ask(method, &path, None, body()).await.status(), 401);
        let client = house.node.as_client("sender", "demo", &[Role::Sender], &[]);
        assert_eq!(client.ask(method, &path, None, body()).await.status(), 401);
        assert_eq!(ask(&path.replace(CASE, "x"), &right).await.status(), 400);
    }
    assert_eq!(house.memory.acknowledged.load(Ordering::SeqCst), 0);
}

#[tokio::test]
async fn a_case_is_opened_once_and_with_good_keys_only() {
    let house = house().await;
    let ctx = sender(&house.node);
    house.mailbox.open(&ctx, &case(), keys()).await.unwrap();
    let mut other = keys();
    other.access_hash = bytes(32);
    let refused = house.mailbox.open(&ctx, &case(), other.clone()).await.unwrap_err();
    assert_eq!(refused.code().kind, Kind::Conflict);
    other.public_key["n"] = json!("AQAB");
    other.public_key["d"] = json!("AQAB");
    other.wrapped_key = String::new();
    let refused = house.mailbox.open(&ctx, &ctx.id().into(), other).await.unwrap_err();
    let places: Vec<_> = refused.issues().iter().map(|it| it.pointer.as_str()).collect();
    assert_eq!(places, ["/wrappedKey", "/publicKey/n", "/publicKey"]);
    let nobody = house.node.ctx(kernel::Actor::nobody());
    assert_eq!(
        house.mailbox.open(&nobody, &case(), keys()).await.unwrap_err().code().kind,
        Kind::Unauthenticated
    );
    let right = format!("Case {}", URL_SAFE_NO_PAD.encode([7; 32]));
    assert!(house.mailbox.admit(&nobody, &case(), Some(&right)).await.is_ok());
    assert!(house.mailbox.admit(&nobody, &case(), None).await.is_err());
}

#[tokio::test]
async fn a_message_is_fetched_and_its_receipt_given_once() {
    let house = house().await;
    house.reply_arrives("event-1").await;
    let message = address(&format!("/messages/{REPLY}"));
    let shown = house.citizen().get(&message).await.expect(200).json();
    assert_eq!(
        shown,
        json!({"encryptedMetadata": "m", "encryptedData": "d", "attachments": [ATTACHMENT], "authenticationTags": {"metadata": "tag"}})
    );
    let file = house.citizen().get(&format!("{message}/attachments/{ATTACHMENT}")).await.expect(200);
    assert_eq!((file.text().as_str(), file.header("content-type")), ("abcdef", "application/jose"));
    assert_eq!(file.header("content-length"), "6");
    let before = house.version().await;
    let read = format!("{message}/read");
    // The node died after delivery had noted the receipt: it is given again, and counted once here.
    house.memory.broken.store(true, Ordering::SeqCst);
    assert_eq!(house.citizen().post(&read, &json!({})).await.status(), 503);
    house.memory.broken.store(false, Ordering::SeqCst);
    let _ = house.citizen().post(&read, &json!({})).await.expect(204);
    let _ = house.citizen().post(&read, &json!({})).await.expect(204);
    assert_eq!(house.memory.acknowledged.load(Ordering::SeqCst), 1);
    assert_eq!(house.version().await, before + 1);
    let shown = house.citizen().get(&address("")).await.json();
    assert_eq!(shown["messages"][0]["readAt"], testkit::NOON);
    let other = address("/messages/4e910000-0000-4000-8000-000000000002");
    assert_eq!(house.citizen().get(&other).await.expect(404).code(), "mailbox.no_message");
    house.memory.reply_gone.store(true, Ordering::SeqCst);
    assert_eq!(house.citizen().get(&message).await.expect(404).code(), "mailbox.message_gone");
}

#[tokio::test]
async fn events_heard_twice_change_nothing() {
    let house = house().await;
    let start = house.version().await;
    house.reply_arrives("event-1").await;
    house.reply_arrives("event-1").await;
    house.log_grows(case(), "event-2").await;
    house.log_grows(case(), "event-2").await;
    assert_eq!(house.version().await, start + 2);
    // A case that nobody opened a mailbox for is none of ours.
    house.log_grows("caccacca-0000-4000-8000-000000000003".parse().unwrap(), "event-3").await;
    assert_eq!(house.version().await, start + 2);
}

#[tokio::test]
async fn a_mailbox_ends_some_days_after_its_case() {
    let house = house_with(Config { days_after_case: 2, ..Config::default() }).await;
    house.reply_arrives("event-1").await;
    let step = async || {
        house.node.clock.advance(DAY + kernel::HOUR);
        house.node.settle().await;
        house.citizen().get(&format!("{}?after=0", address(""))).await.status()
    };
    assert_eq!(step().await, 200);
    house.memory.case_gone.store(true, Ordering::SeqCst);
    // Delivery answers 404 for the log, while the mailbox waits whether that lasts.
    assert_eq!(step().await, 404);
    house.memory.case_gone.store(false, Ordering::SeqCst);
    assert_eq!(step().await, 200);
    house.memory.case_gone.store(true, Ordering::SeqCst);
    for _ in 0..3 {
        let _ = step().await;
    }
    house.memory.case_gone.store(false, Ordering::SeqCst);
    assert_eq!(house.citizen().get(&address("")).await.expect(404).code(), "mailbox.no_case");
}

#[tokio::test]
async fn pages_explain_themselves_and_hold_no_secret() {
    let house = house().await;
    let page = house.node.as_nobody().get(&format!("/mailbox/case/{CASE}")).await.expect(200).text();
    for part in [
        "id=\"case-app\"",
        &format!("data-case-id=\"{CASE}\""),
        "data-case-url=\"/api/v1/mailbox/cases/{caseId}\"",
        "data-case-page=\"/mailbox/case/{caseId}\"",
        "<noscript>",
        "data-loading",
        " data-case></div>",
    ] {
        assert!(page.contains(part), "{part}");
    }
    for path in ["/mailbox", "/mailbox/case"] {
        let page = house.node.as_nobody().get(path).await.expect(200).text();
        assert!(page.contains(" data-case></div>") && !page.contains("data-case-id"));
    }
    let english = house.node.as_nobody().get("/mailbox?lang=en").await.expect(200).text();
    assert!(english.contains("The link is your key:"));
    assert_eq!(house.node.as_nobody().get("/mailbox/case/x").await.status(), 400);
}
