//! Bad input and strangers: each refusal names what is wrong, and nothing is half stored.

use super::office::{JOSE, Office, URN, sealed};
use crate::{Config, model::Status};
use axum::body::Body;
use bytes::Bytes;
use futures_util::stream;
use kernel::Role;
use serde_json::{Value, json};
use std::convert::Infallible;
use testkit::Answer;
use uuid::Uuid;

async fn open(office: &Office, change: impl FnOnce(&mut Value)) -> Answer {
    let mut body = office.opening(&[]);
    change(&mut body);
    office.sender().post("/v1/submissions", &body).await
}

#[tokio::test]
async fn a_wrong_opening_is_refused_by_name() {
    let office = Office::open().await;
    let unknown = open(&office, |it| it["destinationId"] = json!(Uuid::from_u128(1))).await.expect(404);
    assert_eq!(
        unknown.json()["type"],
        "https://schema.fitko.de/fit-connect/submission-api/problems/destination-not-found"
    );
    open(&office, |it| it["destinationId"] = json!("kassel")).await.expect(400);
    open(&office, |it| it["announcedAttachments"] = json!(["1"])).await.expect(400);
    open(&office, |it| it["announcedAttachments"] = json!(null)).await.expect(400);
    open(&office, |it| it["serviceType"]["identifier"] = json!("99115005104000")).await.expect(400);
    let other = open(&office, |it| {
        it["serviceType"]["identifier"] = json!("urn:de:fim:leika:leistung:99000000000000");
    });
    let other = other.await.expect(422);
    assert_eq!(other.json()["pointer"], "/serviceType/identifier");
    assert!(other.text().contains(URN), "it says what is offered");
    let many: Vec<Uuid> = (0..1001).map(Uuid::from_u128).collect();
    let many = open(&office, |it| it["announcedAttachments"] = json!(many)).await.expect(422);
    assert_eq!(many.json()["pointer"], "/announcedAttachments");
    let text = office.sender().ask("POST", "/v1/submissions", None, Body::from("{}")).await.expect(415);
    assert!(text.text().contains("application/json"));
    office
        .sender()
        .ask("POST", "/v1/submissions", Some("application/json"), Body::from("{\"a\":"))
        .await
        .expect(400);

    for status in [Status::Created, Status::Inactive, Status::Decommissioned] {
        office.set_status(office.destination, status).await;
        let refused = open(&office, |_| {}).await.expect(422);
        assert!(refused.json()["type"].as_str().unwrap().ends_with("/destination-state-invalid"));
    }
}

#[tokio::test]
async fn a_token_for_another_region_does_not_reach() {
    let office = Office::open().await;
    let send = async |scope: &str| {
        let sender = office.node.as_client("sender", "a", &[Role::Sender], &[scope]);
        sender.post("/v1/submissions", &office.opening(&[])).await.status()
    };
    assert_eq!(send("send:region:DE06").await, 201);
    assert_eq!(send(&format!("send:region:DE066110000000+send:service:{URN}")).await, 201);
    assert_eq!(send("send:region:DE09").await, 403);
    assert_eq!(send("send:region:DE06+send:service:urn:de:other").await, 403);
}

#[tokio::test]
async fn only_compact_jwes_are_taken() {
    let office = Office::open().await;
    let sent = office.begin().await;
    let place = format!("/v1/submissions/{}/attachments/{}", sent.submission, sent.attachment.0);
    let good = sealed(b"12345", "application/pdf");
    let parts: Vec<&str> = good.split('.').collect();
    let (header, key, iv, content, tag) = (parts[0], parts[1], parts[2], parts[3], parts[4]);
    let small = base64_of(r#"{"alg":"RSA1_5","enc":"A256GCM"}"#);
    for (body, segment) in [
        (String::new(), 1),
        ("hello".to_owned(), 1),
        (format!("{header}.{key}.{iv}.{content}"), 4),
        (format!("{good}.more"), 5),
        (format!("{header}.{key}.{iv}.{content}={}.{tag}", "="), 4),
        (format!("{header}.AAAA.{iv}.{content}.{tag}"), 2),
        (format!("{header}.{key}.AAAA.{content}.{tag}"), 3),
        (format!("{header}.{key}.{iv}.{content}.AAAA"), 5),
        (format!("{small}.{key}.{iv}.{content}.{tag}"), 1),
        (format!("{header}.{key}.{iv}.\u{0}.{tag}"), 4),
    ] {
        let answer = office.sender().ask("PUT", &place, JOSE, Body::from(body.clone())).await.expect(400);
        assert_eq!(answer.code(), "delivery.bad_jwe");
        let detail = answer.json()["detail"].as_str().unwrap().to_owned();
        assert!(detail.contains(&format!("Segment {segment}, Byte")), "{detail} for {body}");
    }
    let media = office.sender().ask("PUT", &place, Some("application/pdf"), Body::from(good.clone())).await;
    media.expect(415);
    let stranger = format!("/v1/submissions/{}/attachments/{}", sent.submission, Uuid::from_u128(1));
    let answer = office.sender().ask("PUT", &stranger, JOSE, Body::from(good)).await.expect(422);
    assert_eq!(answer.code(), "delivery.attachment_not_announced");
    // What was there before is there still, and nothing else.
    assert_eq!(office.node.frame.content().list("delivery").await.unwrap().len(), 1);
    office.submit(&sent).await.expect(202);
    assert_eq!(office.subscriber().get(&place).await.expect(200).text(), sent.attachment.1);
}

fn base64_of(text: &str) -> String {
    use base64::Engine as _;
    base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(text)
}

#[tokio::test]
async fn what_is_too_large_is_refused_and_not_kept() {
    let config = Config { attachment_bytes: 3000, submission_bytes: 4000, ..Config::default() };
    let office = Office::with(config).await;
    let ids = [Uuid::from_u128(1), Uuid::from_u128(2)];
    let opened = office.sender().post("/v1/submissions", &office.opening(&ids)).await.expect(201).json();
    let path = format!("/v1/submissions/{}", opened["submissionId"].as_str().unwrap());
    let put = async |id: Uuid, body: Body| {
        office.sender().ask("PUT", &format!("{path}/attachments/{id}"), JOSE, body).await
    };
    let large = sealed(&[7; 4000], "application/pdf");
    put(ids[0], Body::from(large.clone())).await.expect(413);
    // Without a length it is noticed on the way.
    let pieces: Vec<Result<Bytes, Infallible>> =
        large.as_bytes().chunks(700).map(|it| Ok(Bytes::copy_from_slice(it))).collect();
    put(ids[0], Body::from_stream(stream::iter(pieces))).await.expect(413);
    assert_eq!(office.node.frame.content().list("delivery").await.unwrap().len(), 0);
    put(ids[0], Body::from(sealed(&[7; 1200], "application/pdf"))).await.expect(204);
    let both = put(ids[1], Body::from(sealed(&[7; 1200], "application/pdf"))).await.expect(413);
    assert_eq!(both.code(), "delivery.submission_too_large");
    assert_eq!(office.node.frame.content().list("delivery").await.unwrap().len(), 1);
    // The same again in place of itself is no more than before.
    put(ids[0], Body::from(sealed(&[8; 1200], "application/pdf"))).await.expect(204);
    let body = json!({ "encryptedMetadata": sealed(b"{}", "application/json") });
    let missing = office.sender().put(&path, &body).await.expect(422);
    assert_eq!(missing.code(), "delivery.attachments_missing");
    assert!(missing.text().contains(&ids[1].to_string()) && !missing.text().contains(&ids[0].to_string()));
}

#[tokio::test]
async fn a_body_that_breaks_off_leaves_nothing() {
    let office = Office::open().await;
    let sent = office.begin().await;
    let place = format!("/v1/submissions/{}/attachments/{}", sent.submission, sent.attachment.0);
    let half = Bytes::from(sent.attachment.1[..500].to_owned());
    let pieces = vec![Ok(half), Err(std::io::Error::other("gone"))];
    let answer = office.sender().ask("PUT", &place, JOSE, Body::from_stream(stream::iter(pieces))).await;
    assert_eq!(answer.status() / 100, 4, "{}", answer.text());
    assert_eq!(office.node.frame.content().list("delivery").await.unwrap().len(), 1);
    office.submit(&sent).await.expect(202);
}

#[tokio::test]
async fn wrong_content_is_refused_by_name() {
    let office = Office::open().await;
    let sent = office.begin().await;
    let path = format!("/v1/submissions/{}", sent.submission);
    let v2 = format!("/submission-api/v2/submissions/{}", sent.submission);
    let put = async |path: &str, body: Value| office.sender().put(path, &body).await;
    put(&path, json!({})).await.expect(400);
    let broken = put(&path, json!({ "encryptedMetadata": "a.b" })).await.expect(400);
    assert_eq!(broken.json()["pointer"], "/encryptedMetadata");
    let body = json!({ "encryptedMetadata": sent.metadata, "encryptedData": "" });
    assert_eq!(put(&path, body).await.expect(400).json()["pointer"], "/encryptedData");
    // Version 2 wants both, and to know what they contain.
    put(&v2, json!({ "encryptedMetadata": sent.metadata })).await.expect(400);
    let text = json!({ "encryptedMetadata": sealed(b"", "text/plain"), "encryptedData": sent.data });
    let answer = put(&v2, text).await.expect(422);
    assert_eq!(answer.code(), "delivery.bad_content_type");
    assert_eq!(answer.json()["pointer"], "/encryptedMetadata");
    let (_, rest) = sent.data.split_once('.').unwrap();
    let zipped = base64_of(r#"{"alg":"RSA-OAEP-256","enc":"A256GCM","cty":"application/json","zip":"DEF"}"#);
    let zipped = json!({ "encryptedMetadata": sent.metadata, "encryptedData": format!("{zipped}.{rest}") });
    assert_eq!(put(&v2, zipped.clone()).await.expect(422).code(), "delivery.compressed");
    put(&path, zipped).await.expect(202);
}

#[tokio::test]
async fn lists_are_bounded() {
    let office = Office::open().await;
    for query in ["limit=0", "limit=501", "limit=x", "offset=-1", "destinationId=x"] {
        office.subscriber().get(&format!("/v1/submissions?{query}")).await.expect(400);
    }
    for _ in 0..3 {
        office.send().await;
    }
    let first = office.subscriber().get("/v1/submissions?limit=2").await.expect(200).json();
    assert_eq!((&first["count"], &first["totalCount"]), (&json!(2), &json!(3)));
    let rest = office.subscriber().get("/v1/submissions?limit=2&offset=2").await.expect(200).json();
    assert_eq!((&rest["count"], &rest["totalCount"]), (&json!(1), &json!(3)));
    let ids: Vec<&Value> =
        [&first, &rest].iter().flat_map(|it| it["submissions"].as_array().unwrap()).collect();
    assert_eq!(
        ids.iter().map(|it| it["submissionId"].to_string()).collect::<std::collections::BTreeSet<_>>().len(),
        3
    );
    let log = format!("/submission-api/v2/submissions/{}/events?limit=1", office.send().await.submission);
    assert_eq!(office.sender().get(&log).await.expect(200).json()["totalCount"], 2);
}

#[tokio::test]
async fn a_list_reaches_as_far_as_the_token() {
    let office = Office::open().await;
    office.send().await;
    let second = office.destination_of("a", &["subscriber"]).await;
    let mut body = office.opening(&[]);
    body["destinationId"] = json!(second);
    let opened = office.sender().post("/v1/submissions", &body).await.expect(201).json();
    let path = format!("/v1/submissions/{}", opened["submissionId"].as_str().unwrap());
    let content = json!({ "encryptedMetadata": sealed(b"{}", "application/json") });
    office.sender().put(&path, &content).await.expect(202);
    let third = office.destination_of("a", &["subscriber"]).await;

    let scope = |it: Uuid| format!("subscribe:destination:{it}");
    let (one, other, none) = (scope(office.destination), scope(second), scope(third));
    let all = "https://schema.fitko.de/fit-connect/oauth/scopes/subscribe-destinations";
    for (scopes, total) in [
        (vec![], 2),
        (vec![all, &none], 2),
        (vec![one.as_str()], 1),
        (vec![&one, &other], 2),
        (vec![&one, &none], 1),
        (vec![&none], 0),
    ] {
        let visitor = office.node.as_client("subscriber", "a", &[Role::Subscriber], &scopes);
        for query in ["", "?limit=1"] {
            let list = visitor.get(&format!("/v1/submissions{query}")).await.expect(200).json();
            assert_eq!(list["totalCount"], total, "{scopes:?}");
        }
    }
}

#[tokio::test]
async fn strangers_see_nothing() {
    let office = Office::open().await;
    let sent = office.send().await;
    let begun = office.begin().await;
    let submission = format!("/v1/submissions/{}", sent.submission);
    let attachment = format!("{submission}/attachments/{}", sent.attachment.0);
    let log = format!("/v1/cases/{}/events", sent.case);
    let part = format!("/submission-api/v2/submissions/{}/events", sent.submission);
    for (visitor, fetching, following) in [
        (office.node.as_nobody(), 401, 401),
        (office.other_sender(), 403, 404),
        (office.other_subscriber(), 403, 404),
        (office.far_subscriber(), 404, 404),
        (office.node.as_clerk("a"), 403, 403),
        (office.node.as_clerk("b"), 403, 403),
    ] {
        visitor.get(&submission).await.expect(fetching);
        visitor.get(&attachment).await.expect(fetching);
        visitor.get(&log).await.expect(following);
        visitor.get(&part).await.expect(following);
    }
    let answer = office.other_subscriber().get(&submission).await;
    assert_eq!(answer.code(), "delivery.client_not_linked");
    let listed = format!("/v1/submissions?destinationId={}", office.destination);
    assert_eq!(office.other_subscriber().get(&listed).await.expect(403).code(), "delivery.client_not_linked");
    assert_eq!(office.other_subscriber().get("/v1/submissions").await.expect(200).json()["totalCount"], 0);

    let body = json!({ "encryptedMetadata": begun.metadata, "encryptedData": begun.data });
    let path = format!("/v1/submissions/{}", begun.submission);
    let place = format!("{path}/attachments/{}", begun.attachment.0);
    for (visitor, status) in [
        (office.node.as_nobody(), 401),
        (office.other_sender(), 404),
        (office.subscriber(), 403),
        (office.node.as_clerk("a"), 403),
    ] {
        visitor.put(&path, &body).await.expect(status);
        visitor.ask("PUT", &place, JOSE, Body::from(begun.attachment.1.clone())).await.expect(status);
    }
    for path in ["/v1/submissions/%2e%2e%2f/attachments/x", "/v1/submissions/x", "/v1/cases/../events"] {
        let status = office.subscriber().get(path).await.status();
        assert!((400..500).contains(&status), "{path}: {status}");
    }
    // Nobody is refused before anything else is looked at.
    let nobody = office.node.as_nobody();
    nobody.ask("POST", "/v1/submissions", Some("text/plain"), Body::from("x")).await.expect(401);
    nobody.get("/v1/submissions/x").await.expect(401);
}

#[tokio::test]
async fn strangers_learn_nothing_from_a_wrong_body() {
    let office = Office::open().await;
    let sent = office.send().await;
    let submission = format!("/v1/submissions/{}", sent.submission);
    let attachment = format!("{submission}/attachments/{}", sent.attachment.0);
    let events = format!("/v1/cases/{}/events", sent.case);
    let (other, far) = (office.other_sender(), office.far_subscriber());
    other.put(&submission, &json!({})).await.expect(404);
    other.put(&submission, &json!({ "encryptedMetadata": "x" })).await.expect(404);
    other.put(&attachment, &json!({})).await.expect(404);
    other.post(&events, &json!({})).await.expect(403);
    far.put(&submission, &json!({})).await.expect(403);
    far.post("/v1/submissions", &json!({})).await.expect(403);
    far.post(&events, &json!({})).await.expect(404);
    office.sender().get("/v1/submissions?limit=x").await.expect(403);
}

#[tokio::test]
async fn callbacks_are_judged_when_they_are_given() {
    let office = Office::open().await;
    let secret = "s".repeat(32);
    for (url, secret, pointer) in [
        ("ftp://example.org/x", secret.as_str(), "/callback/url"),
        ("https://10.0.0.1/x", &secret, "/callback/url"),
        ("https://example.org/x", "short", "/callback/secret"),
    ] {
        let refused =
            open(&office, |it| it["callback"] = json!({ "url": url, "secret": secret })).await.expect(400);
        assert_eq!(refused.json()["pointer"], pointer, "{url}");
    }
    let callback = json!({ "url": "https://example.org/x", "secret": secret });
    let opened = open(&office, |it| it["callback"] = callback).await.expect(201).json();
    let path = format!("/v1/submissions/{}", opened["submissionId"].as_str().unwrap());
    let body = json!({ "encryptedMetadata": sealed(b"{}", "application/json") });
    let answer = office.sender().put(&path, &body).await.expect(202);
    assert_eq!(
        answer.json()["callback"],
        json!({ "url": "https://example.org/x" }),
        "the secret is never told"
    );
}
