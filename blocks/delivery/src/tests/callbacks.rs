//! Callbacks, against a receiver on this machine.

use super::office::{Office, kind};
use crate::{
    model::{Callback, CallbackKind, News},
    names::{did, may},
    operations::callback::enqueue,
};
use axum::{
    Router,
    http::{HeaderMap, StatusCode},
    response::Redirect,
    routing::post,
};
use kernel::{DAY, HOUR, SECOND};
use serde_json::{Value, json};
use std::sync::{Arc, Mutex};
use testkit::NOON;

const SECRET: &str = "a-secret-that-has-at-least-32-characters";
type Heard = Arc<Mutex<Vec<(HeaderMap, String)>>>;

/// A receiver; the first `refusals` calls are refused. Returns its address and what it heard.
async fn receiver(refusals: usize) -> (String, Heard) {
    let heard = Heard::default();
    let ears = Arc::clone(&heard);
    let listen = move |headers: HeaderMap, body: String| async move {
        let mut heard = ears.lock().unwrap();
        heard.push((headers, body));
        if heard.len() <= refusals { StatusCode::SERVICE_UNAVAILABLE } else { StatusCode::OK }
    };
    let away = || async { Redirect::temporary("/callback") };
    let router = Router::new().route("/callback", post(listen)).route("/away", post(away));
    let listener = tokio::net::TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
    (address, heard)
}

async fn office(url: &str) -> Office {
    let office = Office::open().await;
    let path = format!("/api/v1/delivery/destinations/{}", office.destination);
    let body = json!({ "callback": { "url": url, "secret": SECRET } });
    let _ = office.node.as_clerk("a").patch(&path, &body).await.expect(200);
    office
}

#[tokio::test]
async fn the_destination_is_told_of_a_new_submission() {
    let (address, heard) = receiver(0).await;
    let office = office(&format!("{address}/callback")).await;
    let sent = office.send().await;
    office.node.settle().await;
    let (headers, body) = heard.lock().unwrap().first().cloned().unwrap();
    let told: Value = serde_json::from_str(&body).unwrap();
    assert_eq!(told["type"], "https://schema.fitko.de/fit-connect/submission-api/callbacks/new-submissions");
    assert_eq!(told["submissionIds"], json!([sent.submission]));
    assert_eq!(
        told["submissions"],
        json!([{ "destinationId": office.destination, "submissionId": sent.submission, "caseId": sent.case }])
    );
    assert!(!body.contains('\n'), "one line: {body}");
    let timestamp = (NOON / SECOND).to_string();
    assert_eq!(headers["callback-timestamp"], timestamp.as_str());
    let made = crate::rules::callback::authentication(SECRET, NOON / SECOND, &body);
    assert_eq!(headers["callback-authentication"], made.as_str());
    assert_eq!(headers["content-type"], "application/json");
    // It was told once, and the log says so.
    office.node.clock.advance(10 * SECOND);
    office.node.settle().await;
    assert_eq!(heard.lock().unwrap().len(), 1);
    let log = office.log(&sent.case).await;
    assert_eq!(kind(log.last().unwrap()), "notify-submission");
}

#[tokio::test]
async fn what_fails_is_tried_again_and_given_up_after_a_day() {
    let (address, heard) = receiver(2).await;
    let office = office(&format!("{address}/callback")).await;
    let _ = office.send().await;
    office.node.settle().await;
    assert_eq!(heard.lock().unwrap().len(), 1);
    office.node.clock.advance(3 * SECOND);
    office.node.settle().await;
    assert_eq!(heard.lock().unwrap().len(), 1, "not before its time");
    office.node.clock.advance(3 * SECOND);
    office.node.settle().await;
    office.node.clock.advance(30 * SECOND);
    office.node.settle().await;
    assert_eq!(heard.lock().unwrap().len(), 3);
    office.node.clock.advance(HOUR);
    office.node.settle().await;
    assert_eq!(heard.lock().unwrap().len(), 3, "it has arrived");
    // Nobody at home: the page says so, and after a day it is given up.
    let (gone, _) = receiver(0).await;
    let office = self::office(&format!("{gone}/nowhere")).await;
    let _ = office.send().await;
    office.node.settle().await;
    let page = office
        .node
        .as_clerk("a")
        .get(&format!("/delivery/destinations/{}", office.destination))
        .await
        .expect(200);
    assert!(page.text().contains("HTTP 404"));
    for _ in 0..40 {
        office.node.clock.advance(HOUR);
        office.node.settle().await;
    }
    let page = office
        .node
        .as_clerk("a")
        .get(&format!("/delivery/destinations/{}", office.destination))
        .await
        .expect(200);
    assert!(!page.text().contains("HTTP 404"));
}

#[tokio::test]
async fn callbacks_follow_no_redirect_and_reach_nothing_inside() {
    let (address, heard) = receiver(0).await;
    let office = office(&format!("{address}/away")).await;
    let _ = office.send().await;
    office.node.settle().await;
    assert!(heard.lock().unwrap().is_empty());
    // What a database was made to hold is checked again when it is sent; a name is checked where it leads.
    let strict =
        testkit::strict_node(vec![super::stand_in::delivery(crate::Config::default()).block()]).await;
    let ctx = strict.system("a");
    let mut tx = ctx.write(may::CALL_BACK).await.unwrap();
    for url in
        [format!("{address}/callback"), address.replace("127.0.0.1", "localhost").replace("http", "https")]
    {
        let news = News {
            kind: CallbackKind::Events,
            destination: ctx.id().into(),
            case: ctx.id().into(),
            subject: ctx.id().to_string(),
        };
        enqueue(&mut tx, &ctx, "a", &Callback { url, secret: SECRET.to_owned() }, news).await.unwrap();
    }
    tx.commit(did::CALLED_BACK, "test").await.unwrap();
    strict.settle().await;
    assert!(heard.lock().unwrap().is_empty());
    strict.clock.advance(2 * DAY);
    strict.settle().await;
    assert!(heard.lock().unwrap().is_empty());
}
