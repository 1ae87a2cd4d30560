//! Handing on: once, whole, with a receipt.

use super::fake::Bench;
use crate::{handover::Targets, model::State, serve::once};
use serde_json::json;

const TOKEN: &str = "0123456789abcdef0123456789abcdef";

#[tokio::test]
async fn a_folder_gets_each_submission_whole_and_once() {
    let folder = tempfile::tempdir().unwrap();
    let bench = Bench::with(Targets::folder("files", folder.path().to_owned()), false).await;
    let id = bench.submit("Muster", true);
    let faulty = bench.submit("Faulty", false);
    // What an interrupted attempt left behind does not disturb.
    std::fs::create_dir_all(folder.path().join(format!(".{id}.part/attachments"))).unwrap();
    once(&bench.desk, 1).await;
    let place = folder.path().join(&id);
    let data: serde_json::Value =
        serde_json::from_slice(&std::fs::read(place.join("data.json")).unwrap()).unwrap();
    assert_eq!(data, json!({ "familyName": "Muster" }));
    assert_eq!(std::fs::read(place.join("attachments/01-Vertrag.pdf")).unwrap(), b"%PDF-1.7");
    for name in ["metadata.json", "receipt.json"] {
        assert!(place.join(name).is_file(), "{name}");
    }
    assert!(!folder.path().join(faulty).exists(), "what is faulty is not handed on");
    let detail = bench.desk.detail(&bench.ctx(), &id).await.unwrap();
    assert_eq!(detail.handovers[0].state, "done");
    std::fs::remove_dir_all(&place).unwrap();
    once(&bench.desk, 1).await;
    assert!(!place.exists(), "what has a receipt is not handed on again");
}

#[tokio::test]
async fn a_folder_that_fails_is_tried_again_later() {
    let folder = tempfile::tempdir().unwrap();
    let blocked = folder.path().join("blocked");
    std::fs::write(&blocked, "a file, not a folder").unwrap();
    let bench = Bench::with(Targets::folder("files", blocked), false).await;
    let id = bench.submit("Muster", true);
    once(&bench.desk, 1).await;
    once(&bench.desk, 1).await;
    let detail = bench.desk.detail(&bench.ctx(), &id).await.unwrap();
    let handover = &detail.handovers[0];
    assert_eq!((handover.state.as_str(), handover.attempts), ("waiting", 1));
    assert!(handover.trouble.is_some());
}

/// What a casework system was posted: headers and body of each call.
type Posted = std::sync::Arc<std::sync::Mutex<Vec<(axum::http::HeaderMap, String)>>>;

/// A casework system that answers with a receipt.
async fn casework_system(posted: Posted) -> String {
    let take = move |headers: axum::http::HeaderMap, body: String| {
        posted.lock().unwrap().push((headers, body));
        async { "B 7" }
    };
    let router = axum::Router::new().route("/", axum::routing::post(take));
    let listener = tokio::net::TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let address = format!("http://{}/", listener.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
    address
}

#[tokio::test]
async fn a_webhook_is_posted_once_and_gives_a_receipt() {
    let posted = Posted::default();
    let url = casework_system(Posted::clone(&posted)).await;
    let bench = Bench::with(Targets::posting("hook", url, TOKEN), false).await;
    let id = bench.submit("Muster", true);
    for _ in 0..2 {
        once(&bench.desk, 1).await;
    }
    let done = bench.desk.detail(&bench.ctx(), &id).await.unwrap();
    assert_eq!(
        (done.handovers[0].state.as_str(), done.handovers[0].receipt.as_deref()),
        ("done", Some("B 7"))
    );
    let calls = posted.lock().unwrap();
    assert_eq!(calls.len(), 1, "what has a receipt is not posted again");
    let (headers, body) = &calls[0];
    let header = |name: &str| headers.get(name).unwrap().to_str().unwrap();
    assert_eq!(header("idempotency-key"), id, "a repetition can be told");
    let (timestamp, mac) = (header("callback-timestamp"), header("callback-authentication"));
    let now = timestamp.parse().unwrap();
    assert!(fitconnect::wire::verify_callback(TOKEN, timestamp, body.as_bytes(), mac, now));
    assert!(!fitconnect::wire::verify_callback("other", timestamp, body.as_bytes(), mac, now));
    let message: serde_json::Value = serde_json::from_str(body).unwrap();
    assert_eq!(message["data"]["familyName"], "Muster");
}

#[tokio::test]
async fn a_casework_system_fetches_and_gives_a_receipt() {
    let bench = Bench::with(Targets::fetching("puller", TOKEN), false).await;
    let id = bench.submit("Muster", true);
    once(&bench.desk, 1).await;
    let bearer = format!("Bearer {TOKEN}");
    let auth = [("authorization", bearer.as_str()), ("content-type", "application/json")];
    let list = bench.ask("GET", "/api/v1/desk/submissions", &auth, "").await.json();
    assert_eq!(list["submissions"][0]["submissionId"], id.as_str());
    let path = format!("/api/v1/desk/submissions/{id}");
    let one = bench.ask("GET", &path, &auth, "").await.json();
    assert_eq!(one["data"]["familyName"], "Muster");
    let attachment = one["attachments"][0]["attachmentId"].as_str().unwrap();
    let content = bench.ask("GET", &format!("{path}/attachments/{attachment}"), &auth, "").await;
    assert_eq!(content.text, "%PDF-1.7");
    for _ in 0..2 {
        let done = bench.ask("POST", &format!("{path}/receipt"), &auth, r#"{"receipt":"A 1"}"#).await;
        assert_eq!(done.status, 204, "{}", done.text);
    }
    let other = bench.ask("POST", &format!("{path}/receipt"), &auth, r#"{"receipt":"A 2"}"#).await;
    assert_eq!(other.status, 204);
    let detail = bench.desk.detail(&bench.ctx(), &id).await.unwrap();
    assert_eq!(detail.handovers[0].receipt.as_deref(), Some("A 1"), "the first receipt stays");
    assert_eq!(detail.entry.state, State::Received);
    assert_eq!(bench.ask("GET", "/api/v1/desk/submissions", &auth, "").await.json()["count"], 0);
}

#[tokio::test]
async fn a_target_sees_its_own_api_only() {
    let bench = Bench::with(Targets::fetching("puller", TOKEN), false).await;
    let id = bench.submit("Muster", true);
    once(&bench.desk, 1).await;
    let bearer = format!("Bearer {TOKEN}");
    let auth = [("authorization", bearer.as_str())];
    for path in ["/", "/submissions/x", &format!("/submissions/{id}/accept")] {
        assert_eq!(bench.ask("GET", path, &auth, "").await.status, 403, "{path}");
    }
    assert_eq!(bench.ask("POST", &format!("/submissions/{id}/accept"), &auth, "").await.status, 403);
    let api = format!("/api/v1/desk/submissions/{id}");
    assert_eq!(bench.ask("GET", &api, &[], "").await.status, 401);
    assert_eq!(bench.get(&api).await.status, 403);
    assert_eq!(bench.ask("GET", "/api/v1/desk/submissions/nothing", &auth, "").await.status, 404);
}

#[tokio::test]
async fn what_all_targets_confirmed_is_accepted_where_that_is_wanted() {
    let bench = Bench::with(Targets::fetching("puller", TOKEN), false).await.accepting();
    let id = bench.submit("Muster", true);
    once(&bench.desk, 1).await;
    assert_eq!(bench.state(&id).await, State::Received);
    let bearer = format!("Bearer {TOKEN}");
    let auth = [("authorization", bearer.as_str()), ("content-type", "application/json")];
    let path = format!("/api/v1/desk/submissions/{id}/receipt");
    assert_eq!(bench.ask("POST", &path, &auth, r#"{"receipt":"A 1"}"#).await.status, 204);
    once(&bench.desk, 1).await;
    assert_eq!(bench.state(&id).await, State::Accepted);
}
