//! Open, attach, submit: bad input, wrong secrets, and every step twice.

use super::{
    node, node_with,
    stand_ins::{DESTINATION, SECRET},
};
use crate::Config;
use axum::body::Body;
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use kernel::DAY;
use serde_json::{Value, json};
use std::sync::atomic::Ordering;
use testkit::Node;

const OPEN: &str = "/api/v1/forms/submissions";
const ATTACHMENT: &str = "aaaaaaaa-0000-4000-8000-000000000001";
const JWE: &str = "aGVhZA.a2V5.aXY.dGV4dA.dGFn";

fn request() -> Value {
    let bytes = |length: usize| URL_SAFE_NO_PAD.encode(vec![9_u8; length]);
    json!({
        "requestId": "11111111-2222-4333-8444-555555555555",
        "form": "wohnsitzanmeldung", "formVersion": "1", "region": "066110000000", "destinationId": DESTINATION,
        "announcedAttachments": [ATTACHMENT],
        "mailbox": {
            "accessHash": bytes(32), "wrappedKey": bytes(2400),
            "publicKey": {"kty": "RSA", "alg": "RSA-OAEP-256", "key_ops": ["wrapKey"], "kid": bytes(32), "n": bytes(512), "e": "AQAB"}
        }
    })
}

/// A submission that was begun: its id.
async fn begun(node: &Node) -> String {
    let answer = node.as_nobody().post(OPEN, &request()).await.expect(201).json();
    answer["submissionId"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn the_same_request_is_the_same_submission() {
    let (node, calls) = node().await;
    let first = node.as_nobody().post(OPEN, &request()).await.expect(201).json();
    let again = node.as_nobody().post(OPEN, &request()).await.expect(201).json();
    assert_eq!(first, again);
    assert_eq!(first["destinationId"], DESTINATION);
    assert_eq!(calls.open.load(Ordering::SeqCst), 1);
    let asked = calls.asked_by.lock().unwrap().clone();
    assert_eq!(asked, ["forms: urn:de:fim:leika:leistung:99115005104000"]);
    let mut other = request();
    other["announcedAttachments"] = json!([]);
    assert_eq!(node.as_nobody().post(OPEN, &other).await.expect(409).code(), "forms.request_used");
}

#[tokio::test]
async fn a_crash_between_the_steps_loses_and_doubles_nothing() {
    let (node, calls) = node().await;
    calls.broken.store(true, Ordering::SeqCst);
    let _ = node.as_nobody().post(OPEN, &request()).await.expect(503);
    calls.broken.store(false, Ordering::SeqCst);
    let first = node.as_nobody().post(OPEN, &request()).await.expect(201).json();
    assert_eq!(calls.opened.lock().unwrap().len(), 1);
    assert_eq!(first["caseId"], calls.mailboxes.lock().unwrap().keys().next().unwrap().to_string());
}

#[tokio::test]
async fn a_form_without_a_leika_key_goes_by_its_own_urn() {
    let (node, calls) = node().await;
    let mut request = request();
    request["form"] = json!("ehrenamtskarte");
    let _ = node.as_nobody().post(OPEN, &request).await.expect(201);
    assert_eq!(*calls.asked_by.lock().unwrap(), ["forms: urn:fachwerk:form:ehrenamtskarte"]);
}

#[tokio::test]
async fn bad_requests_are_refused_where_they_are_wrong() {
    let (node, calls) = node().await;
    let many: Vec<String> = (0..101).map(|it| format!("aaaaaaaa-0000-4000-8000-{it:012}")).collect();
    let cases = [
        ("/requestId", json!("1"), 422, "/requestId"),
        ("/form", json!("none"), 404, ""),
        ("/formVersion", json!(9), 404, ""),
        ("/formVersion", json!("one"), 400, ""),
        ("/region", json!("Kassel"), 422, "/region"),
        ("/region", json!("064350000000"), 404, ""),
        ("/region", json!("06611"), 409, ""),
        ("/destinationId", json!("7a1e0000-0000-4000-8000-000000000009"), 409, ""),
        ("/destinationId", json!("x"), 400, ""),
        ("/announcedAttachments", json!([ATTACHMENT, ATTACHMENT]), 422, "/announcedAttachments"),
        ("/announcedAttachments", json!(many), 422, "/announcedAttachments"),
        ("/announcedAttachments", json!(["x"]), 400, ""),
        ("/mailbox/accessHash", json!("short"), 422, "/mailbox/accessHash"),
        ("/mailbox/wrappedKey", json!("!"), 422, "/mailbox/wrappedKey"),
        ("/mailbox/publicKey/n", json!("AQAB"), 422, "/mailbox/publicKey/n"),
        ("/mailbox/publicKey/d", json!("AQAB"), 422, "/mailbox/publicKey"),
        ("/mailbox/publicKey", json!(7), 422, "/mailbox/publicKey/n"),
        ("/more", json!(1), 400, ""),
    ];
    for (place, value, status, pointer) in cases {
        let mut body = request();
        let (parent, name) = place.rsplit_once('/').unwrap();
        body.pointer_mut(parent).unwrap()[name] = value.clone();
        let answer = node.as_nobody().post(OPEN, &body).await.expect(status).json();
        let named = |it: &Value| {
            it["issues"].as_array().is_some_and(|it| it.iter().any(|it| it["pointer"] == pointer))
        };
        assert!(pointer.is_empty() || named(&answer), "{place} = {value}: {answer}");
    }
    for body in ["", "{", "[]", "null", "{\"requestId\":1}"] {
        let answer = node.as_nobody().ask("POST", OPEN, Some("application/json"), body.into()).await;
        assert_eq!(answer.status(), 400, "{body}");
    }
    assert_eq!(node.as_nobody().ask("POST", OPEN, Some("text/plain"), "{}".into()).await.status(), 415);
    let large = format!("{{\"form\":\"{}\"}}", "x".repeat(70_000));
    assert_eq!(
        node.as_nobody().ask("POST", OPEN, Some("application/json"), large.into()).await.status(),
        413
    );
    assert_eq!(calls.open.load(Ordering::SeqCst), 0);
}

#[tokio::test]
async fn an_office_that_changed_in_between_gets_nothing() {
    let (node, calls) = node().await;
    calls.moved.store(true, Ordering::SeqCst);
    assert_eq!(node.as_nobody().post(OPEN, &request()).await.expect(409).code(), "forms.other_destination");
}

#[tokio::test]
async fn attachments_pass_through_with_the_secret_only() {
    let (node, calls) = node_with(Config { largest_attachment: 1000, ..Config::default() }).await;
    let path = format!("{OPEN}/{}/attachments/{ATTACHMENT}", begun(&node).await);
    let citizen = || node.as_nobody().with("authorization", SECRET);
    let jose = Some("application/jose");
    let _ = citizen().ask("PUT", &path, jose, JWE.into()).await.expect(204);
    let _ = citizen().ask("PUT", &path, jose, Body::from("x".repeat(1000))).await.expect(204);
    assert_eq!(calls.attached.lock().unwrap().values().copied().collect::<Vec<_>>(), [1000]);
    assert_eq!(citizen().ask("PUT", &path, jose, Body::from("x".repeat(1001))).await.status(), 413);
    assert_eq!(citizen().ask("PUT", &path, Some("application/json"), JWE.into()).await.status(), 415);
    assert_eq!(citizen().ask("PUT", &path.replace(ATTACHMENT, "x"), jose, JWE.into()).await.status(), 400);
    assert_eq!(node.as_nobody().ask("PUT", &path, jose, JWE.into()).await.status(), 401);
    assert_eq!(node.as_clerk("other").ask("PUT", &path, jose, JWE.into()).await.status(), 401);
    let wrong =
        node.as_nobody().with("authorization", "Case wrong").ask("PUT", &path, jose, JWE.into()).await;
    let unknown = format!("{OPEN}/bbbbbbbb-0000-4000-8000-000000000001/attachments/{ATTACHMENT}");
    let unknown = citizen().ask("PUT", &unknown, jose, JWE.into()).await;
    assert_eq!(wrong.expect(404).code(), "forms.no_submission");
    assert_eq!(unknown.expect(404).code(), "forms.no_submission");
}

#[tokio::test]
async fn sending_off_can_be_repeated_but_not_changed() {
    let (node, calls) = node().await;
    let path = format!("{OPEN}/{}", begun(&node).await);
    let citizen = node.as_nobody().with("authorization", SECRET);
    let content = json!({"encryptedMetadata": JWE, "encryptedData": JWE});
    let first = citizen.put(&path, &content).await.expect(202).json();
    assert_eq!(first, citizen.put(&path, &content).await.expect(202).json());
    assert_eq!(calls.content.lock().unwrap().len(), 1);
    let other = json!({"encryptedMetadata": JWE, "encryptedData": "b3RoZXI.a2V5.aXY.dGV4dA.dGFn"});
    let _ = citizen.put(&path, &other).await.expect(409);
    for (content, status) in [
        (json!({"encryptedMetadata": JWE}), 400),
        (json!({"encryptedMetadata": JWE, "encryptedData": {"name": "Erika"}}), 400),
        (json!({"encryptedMetadata": JWE, "encryptedData": "{\"name\": \"Erika\"}"}), 422),
        (json!({"encryptedMetadata": "a..b.c.d", "encryptedData": JWE}), 422),
    ] {
        assert_eq!(citizen.put(&path, &content).await.status(), status, "{content}");
    }
    assert_eq!(node.as_nobody().put(&path, &content).await.status(), 401);
    let wrong = node.as_nobody().with("authorization", "Case wrong").put(&path, &content).await;
    assert_eq!(wrong.status(), 404);
}

#[tokio::test]
async fn what_nobody_repeats_any_more_is_removed() {
    let (node, calls) = node().await;
    let _ = begun(&node).await;
    node.clock.advance(29 * DAY);
    node.settle().await;
    let _ = begun(&node).await;
    assert_eq!(calls.open.load(Ordering::SeqCst), 1);
    node.clock.advance(2 * DAY);
    node.settle().await;
    let _ = begun(&node).await;
    assert_eq!(calls.open.load(Ordering::SeqCst), 2);
}
