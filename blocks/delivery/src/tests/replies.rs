//! Replies, both ways of confirming them included.

use super::office::{JOSE, Office, claims, kind, sealed, signed, tag};
use axum::body::Body;
use fitconnect::{
    event::{Event, EventKind},
    set::{Issuer, Set, Subject},
};
use kernel::{DAY, Role, SECOND};
use serde_json::{Value, json};
use uuid::Uuid;

const REPLIES: &str = "/submission-api/v2/replies";

struct Replied {
    id: String,
    attachment: Uuid,
    jwe: String,
    body: Value,
}

async fn begin(office: &Office, case: &str) -> Replied {
    let attachment = Uuid::from_u128(11);
    let opening =
        json!({ "caseId": case, "announcedAttachments": [attachment], "requestId": Uuid::from_u128(1) });
    let opened = office.subscriber().post(REPLIES, &opening).await.expect(201).json();
    // The same request is the same reply.
    assert_eq!(office.subscriber().post(REPLIES, &opening).await.expect(201).json(), opened);
    Replied {
        id: opened["replyId"].as_str().unwrap().to_owned(),
        attachment,
        jwe: sealed(b"%PDF-1.7 a notice", "application/pdf"),
        body: json!({
            "encryptedMetadata": sealed(b"{}", "application/json"),
            "encryptedData": sealed(b"{}", "application/json"),
        }),
    }
}

async fn reply(office: &Office, case: &str) -> Replied {
    let replied = begin(office, case).await;
    let path = format!("{REPLIES}/{}", replied.id);
    let missing = office.subscriber().put(&path, &replied.body).await.expect(422);
    assert_eq!(missing.code(), "delivery.attachments_missing");
    let place = format!("{path}/attachments/{}", replied.attachment);
    office.subscriber().ask("PUT", &place, JOSE, Body::from(replied.jwe.clone())).await.expect(204);
    office.subscriber().put(&path, &replied.body).await.expect(200);
    office.subscriber().put(&path, &replied.body).await.expect(200);
    replied
}

#[tokio::test]
async fn a_reply_travels_back() {
    let office = Office::open().await;
    let sent = office.send().await;
    let replied = begin(&office, &sent.case).await;
    let path = format!("{REPLIES}/{}", replied.id);
    office.sender().get(&path).await.expect(404);
    let place = format!("{path}/attachments/{}", replied.attachment);
    office.subscriber().ask("PUT", &place, JOSE, Body::from(replied.jwe.clone())).await.expect(204);
    office.subscriber().put(&path, &replied.body).await.expect(200);

    let list = office.sender().get(REPLIES).await.expect(200).json();
    assert_eq!((&list["totalCount"], &list["replies"][0]["replyId"]), (&json!(1), &json!(replied.id)));
    let part = office.sender().get(&format!("{REPLIES}?limit=1")).await.expect(200).json();
    assert_eq!((&part["count"], &part["totalCount"]), (&json!(1), &json!(1)));
    let fetched = office.sender().get(&path).await.expect(200).json();
    assert_eq!(fetched["encryptedMetadata"], replied.body["encryptedMetadata"]);
    assert_eq!(fetched["attachments"], json!([replied.attachment]));
    assert_eq!(
        fetched["authenticationTags"]["attachments"][replied.attachment.to_string()],
        tag(&replied.jwe)
    );
    assert_eq!(office.sender().get(&place).await.expect(200).text(), replied.jwe);

    office.sender().ask("POST", &format!("{path}/receipt"), None, Body::empty()).await.expect(204);
    office.sender().ask("POST", &format!("{path}/receipt"), None, Body::empty()).await.expect(204);
    // Read once more after it was accepted, but it waits no more.
    office.sender().get(&path).await.expect(200);
    assert_eq!(office.sender().get(REPLIES).await.expect(200).json()["totalCount"], 0);
    let log = office.sender().get(&format!("{path}/events")).await.expect(200).json();
    let tokens: Vec<&str> =
        log["eventLog"].as_array().unwrap().iter().map(|it| it.as_str().unwrap()).collect();
    let kinds: Vec<String> = tokens.iter().map(|it| kind(it)).collect();
    assert_eq!(kinds, ["create-reply", "submit-reply", "accept-reply"]);
    assert_eq!(claims(tokens[2])["iss"], "http://localhost:8080");
    assert_eq!(office.log(&sent.case).await.len(), 5);
}

#[tokio::test]
async fn a_reply_stays_a_year_for_its_reader() {
    let office = Office::open().await;
    let sent = office.send().await;
    let replied = reply(&office, &sent.case).await;
    let path = format!("{REPLIES}/{}", replied.id);
    office.node.clock.advance(364 * DAY);
    office.node.settle().await;
    office.sender().get(&path).await.expect(200);
    office.node.clock.advance(2 * DAY);
    office.node.settle().await;
    let log = office.sender().get(&format!("{path}/events")).await.expect(200).json();
    assert_eq!(kind(log["eventLog"].as_array().unwrap().last().unwrap().as_str().unwrap()), "reject-reply");
}

#[tokio::test]
async fn a_reader_with_a_key_signs_itself() {
    let office = Office::open().await;
    let sent = office.send().await;
    let replied = reply(&office, &sent.case).await;
    let own = office.destination_of("a", &["sender"]).await;
    let reader = office.node.as_client("sender", "a", &[Role::Sender, Role::Subscriber], &[]);
    let decision = |kind| {
        let subject = Subject::Reply(replied.id.parse().unwrap());
        let now = office.node.clock.now() / SECOND;
        Set::new(
            office.node.frame.ids().uuid(),
            Issuer::Destination(own),
            now,
            subject,
            sent.case(),
            Event::new(kind),
        )
    };
    // Its author does not accept its own reply.
    let by_author = Set { iss: Issuer::Destination(office.destination), ..decision(EventKind::AcceptReply) };
    office.post_event(&office.subscriber(), &sent.case, &signed(&by_author)).await.expect(422);
    office.post_event(&reader, &sent.case, &signed(&decision(EventKind::AcceptReply))).await.expect(204);
    let late =
        office.post_event(&reader, &sent.case, &signed(&decision(EventKind::AcceptReply))).await.expect(409);
    assert_eq!(late.code(), "delivery.wrong_state");
}

#[tokio::test]
async fn strangers_neither_write_nor_read_replies() {
    let office = Office::open().await;
    let sent = office.send().await;
    let replied = reply(&office, &sent.case).await;
    let path = format!("{REPLIES}/{}", replied.id);
    let place = format!("{path}/attachments/{}", replied.attachment);
    let opening = json!({ "caseId": sent.case, "announcedAttachments": [] });
    for (visitor, writing, reading, following) in [
        (office.node.as_nobody(), 401, 401, 401),
        (office.other_subscriber(), 404, 403, 404),
        (office.far_subscriber(), 404, 403, 404),
        (office.other_sender(), 403, 404, 404),
        (office.node.as_clerk("b"), 403, 403, 403),
    ] {
        visitor.post(REPLIES, &opening).await.expect(writing);
        visitor.put(&path, &replied.body).await.expect(writing);
        visitor.ask("PUT", &place, JOSE, Body::from(replied.jwe.clone())).await.expect(writing);
        visitor.get(&path).await.expect(reading);
        visitor.get(&place).await.expect(reading);
        visitor.ask("POST", &format!("{path}/receipt"), None, Body::empty()).await.expect(reading);
        visitor.get(&format!("{path}/events")).await.expect(following);
    }
    let changed = json!({
        "encryptedMetadata": sealed(b"{}", "application/json"), "encryptedData": sealed(b"{}", "application/json"),
    });
    assert_eq!(
        office.subscriber().put(&path, &changed).await.expect(409).code(),
        "delivery.already_submitted"
    );
}
