//! Whole round trips in both versions.

use super::office::{JOSE, Office, URN, claims, kind, sealed, signed, tag};
use axum::body::Body;
use fitconnect::event::{Event, EventKind, Problem};
use serde_json::{Value, json};
use uuid::Uuid;

#[tokio::test]
async fn a_submission_travels_in_version_1() {
    let office = Office::open().await;
    let sent = office.begin().await;
    let subscriber = office.subscriber();
    let path = format!("/v1/submissions/{}", sent.submission);
    // Not sent off yet: nobody sees it.
    subscriber.get(&path).await.expect(404);
    let answer = office.submit(&sent).await.expect(202).json();
    assert_eq!(
        answer,
        json!({
            "destinationId": office.destination, "submissionId": sent.submission, "caseId": sent.case,
            "attachments": [sent.attachment.0], "serviceType": { "name": "", "identifier": URN },
        })
    );

    let list = subscriber.get("/v1/submissions").await.expect(200).json();
    let waiting =
        json!({ "destinationId": office.destination, "submissionId": sent.submission, "caseId": sent.case });
    assert_eq!(list, json!({ "count": 1, "offset": 0, "totalCount": 1, "submissions": [waiting] }));
    let path_of_list = format!("/v1/submissions?destinationId={}&limit=1&offset=1", office.destination);
    let list = subscriber.get(&path_of_list).await.expect(200).json();
    assert_eq!(list, json!({ "count": 0, "offset": 1, "totalCount": 1, "submissions": [] }));

    let fetched = subscriber.get(&path).await.expect(200).json();
    assert_eq!(fetched["encryptedMetadata"], sent.metadata);
    assert_eq!(fetched["encryptedData"], sent.data);
    assert_eq!(fetched["attachments"], json!([sent.attachment.0]));
    let attachment = subscriber.get(&format!("{path}/attachments/{}", sent.attachment.0)).await.expect(200);
    assert_eq!(attachment.text(), sent.attachment.1);
    assert_eq!(attachment.header("content-type"), "application/jose");

    let tags = serde_json::from_value(sent.tags()).unwrap();
    let token = signed(&office.set(&sent, Event::with_tags(EventKind::AcceptSubmission, tags)));
    office.post_event(&subscriber, &sent.case, &token).await.expect(204);
    // Decided: it waits no more.
    subscriber.get(&path).await.expect(404);
    assert_eq!(subscriber.get("/v1/submissions").await.expect(200).json()["totalCount"], 0);
    let log = office.log(&sent.case).await;
    let kinds: Vec<String> = log.iter().map(|it| kind(it)).collect();
    assert_eq!(kinds, ["create-submission", "submit-submission", "accept-submission"]);
    assert_eq!(log[2], token, "the token of the office is stored byte for byte");
    let submit = claims(&log[1]);
    assert_eq!(
        submit["events"].as_object().unwrap().values().next().unwrap()["authenticationTags"],
        sent.tags()
    );
    assert_eq!(submit["iss"], "http://localhost:8080");
    assert_eq!(submit["txn"], format!("case:{}", sent.case));
    assert_eq!(submit["sub"], format!("submission:{}", sent.submission));
    assert_eq!(submit["$schema"], fitconnect::set::SCHEMA);
    for token in &log[..2] {
        assert!(office.node.frame.keys().verify("secevent+jwt", token).is_some());
    }
}

#[tokio::test]
async fn a_submission_travels_in_version_2() {
    let office = Office::open().await;
    let attachment = Uuid::from_u128(7);
    let sender = office.sender();
    let opened = sender
        .post("/submission-api/v2/submissions", &office.opening_v2(&[attachment]))
        .await
        .expect(201)
        .json();
    let path = format!("/submission-api/v2/submissions/{}", opened["submissionId"].as_str().unwrap());
    let jwe = sealed(b"an attachment", "application/pdf");
    let place = format!("{path}/attachments/{attachment}");
    sender.ask("PUT", &place, JOSE, Body::from(jwe.clone())).await.expect(204);
    let metadata = sealed(b"{}", "application/json");
    let data = sealed(b"<a/>", "application/xml; charset=UTF-8");
    let body = json!({ "encryptedMetadata": metadata, "encryptedData": data });
    let answer = sender.put(&path, &body).await.expect(200).json();
    assert_eq!(answer["publicService"], json!({ "identifier": URN, "name": "Wohnsitzanmeldung" }));

    let subscriber = office.subscriber();
    let list = subscriber.get("/submission-api/v2/submissions").await.expect(200).json();
    assert_eq!(list["submissions"][0]["submissionId"], opened["submissionId"]);
    let fetched = subscriber.get(&path).await.expect(200).json();
    assert_eq!(fetched["encryptedData"], data);
    assert_eq!(fetched["callback"], Value::Null);
    assert_eq!(subscriber.get(&place).await.expect(200).text(), jwe);

    let sent = super::office::Sent {
        submission: opened["submissionId"].as_str().unwrap().to_owned(),
        case: opened["caseId"].as_str().unwrap().to_owned(),
        metadata,
        data,
        attachment: (attachment, jwe),
    };
    let problem = Problem::new("schema-violation", "birthDate", "data");
    let token = signed(&office.set(&sent, Event::with_problems(EventKind::RejectSubmission, vec![problem])));
    let events = format!("/submission-api/v2/cases/{}/events", sent.case);
    subscriber.ask("POST", &events, JOSE, Body::from(token.clone())).await.expect(204);
    let log = sender.get(&format!("{path}/events")).await.expect(200).json();
    assert_eq!(log["totalCount"], 3);
    assert_eq!(log["eventLog"][2], token);
    let part = sender.get(&format!("{events}?limit=1&offset=2")).await.expect(200).json();
    assert_eq!(part, json!({ "count": 1, "offset": 2, "totalCount": 3, "eventLog": [token] }));
}

#[tokio::test]
async fn the_log_stays_the_same_byte_for_byte() {
    let office = Office::open().await;
    let sent = office.send().await;
    let path = format!("/v1/cases/{}/events", sent.case);
    // Several readers at once, while the loop signs as well.
    let (sender, subscriber) = (office.sender(), office.subscriber());
    let (one, other, third) = tokio::join!(sender.get(&path), subscriber.get(&path), sender.get(&path));
    let first = one.expect(200).text();
    assert_eq!(other.expect(200).text(), first);
    assert_eq!(third.expect(200).text(), first);
    assert_eq!(sender.get(&path).await.expect(200).text(), first);
    assert_eq!(office.delivery.unsigned(&office.node.system("")).await.unwrap(), 0);
}

#[tokio::test]
async fn what_was_left_unsigned_is_signed_by_the_loop() {
    let office = Office::open().await;
    office.send().await;
    let ctx = office.node.system("");
    while crate::sign::once(&office.delivery, &office.node.frame).await.unwrap() > 0 {}
    assert_eq!(office.delivery.unsigned(&ctx).await.unwrap(), 0);
}

#[tokio::test]
async fn repeating_a_request_is_no_error() {
    let office = Office::open().await;
    let sent = office.begin().await;
    let place = format!("/v1/submissions/{}/attachments/{}", sent.submission, sent.attachment.0);
    // Overwriting is allowed until it is sent off; the content of before is gone afterwards.
    let other = sealed(b"another attachment", "application/pdf");
    office.sender().ask("PUT", &place, JOSE, Body::from(other.clone())).await.expect(204);
    assert_eq!(office.node.frame.content().list("delivery").await.unwrap().len(), 1);
    let first = office.submit(&sent).await.expect(202).json();
    assert_eq!(office.submit(&sent).await.expect(202).json(), first);
    let changed = super::office::Sent { metadata: sealed(b"{}", "application/json"), ..sent.clone() };
    let refused = office.submit(&changed).await.expect(409);
    assert_eq!(refused.code(), "delivery.already_submitted");
    let late = office.sender().ask("PUT", &place, JOSE, Body::from(other.clone())).await.expect(409);
    assert_eq!(late.code(), "delivery.wrong_state");
    let got = office.subscriber().get(&place).await.expect(200).text();
    assert_eq!(tag(&got), tag(&other));
    let kinds: Vec<String> = office.log(&sent.case).await.iter().map(|it| kind(it)).collect();
    assert_eq!(kinds, ["create-submission", "submit-submission"]);
}

#[tokio::test]
async fn a_request_id_opens_one_submission() {
    let office = Office::open().await;
    let mut body = office.opening_v2(&[Uuid::from_u128(1)]);
    body["requestId"] = json!(Uuid::from_u128(99));
    let path = "/submission-api/v2/submissions";
    let first = office.sender().post(path, &body).await.expect(201).json();
    assert_eq!(office.sender().post(path, &body).await.expect(201).json(), first);
    // The number belongs to its sender.
    assert_ne!(office.other_sender().post(path, &body).await.expect(201).json(), first);
    body["announcedAttachments"] = json!([]);
    assert_eq!(office.sender().post(path, &body).await.expect(409).code(), "delivery.other_request");
}

#[tokio::test]
async fn a_later_submission_joins_the_case() {
    let office = Office::open().await;
    let sent = office.send().await;
    let mut body = office.opening(&[]);
    body["caseId"] = json!(sent.case);
    let opened = office.sender().post("/v1/submissions", &body).await.expect(201).json();
    assert_eq!(opened["caseId"], sent.case.as_str());
    assert_ne!(opened["submissionId"], sent.submission.as_str());
    assert_eq!(office.log(&sent.case).await.len(), 3);
    let second = opened["submissionId"].as_str().unwrap();
    let log =
        office.sender().get(&format!("/submission-api/v2/submissions/{second}/events")).await.expect(200);
    assert_eq!(log.json()["totalCount"], 1);
    // To others the case does not exist.
    let refused = office.other_sender().post("/v1/submissions", &body).await.expect(404);
    assert_eq!(refused.code(), "delivery.case_not_found");
    assert_eq!(refused.json()["pointer"], "/caseId");
}

#[tokio::test]
async fn an_empty_submission_needs_no_data_in_version_1() {
    let office = Office::open().await;
    let opened = office.sender().post("/v1/submissions", &office.opening(&[])).await.expect(201).json();
    let path = format!("/v1/submissions/{}", opened["submissionId"].as_str().unwrap());
    let body = json!({ "encryptedMetadata": sealed(b"{}", "application/json"), "encryptedData": null });
    office.sender().put(&path, &body).await.expect(202);
    let fetched = office.subscriber().get(&path).await.expect(200).json();
    assert!(fetched.get("encryptedData").is_none());
    assert_eq!(fetched["attachments"], json!([]));
    let log = office.log(opened["caseId"].as_str().unwrap()).await;
    let tags = &claims(&log[1])["events"][EventKind::SubmitSubmission.uri()]["authenticationTags"];
    assert_eq!(*tags, json!({ "metadata": tag(fetched["encryptedMetadata"].as_str().unwrap()) }));
}

#[tokio::test]
async fn an_id_announced_twice_is_one_attachment() {
    let office = Office::open().await;
    let id = Uuid::from_u128(5);
    let opened =
        office.sender().post("/v1/submissions", &office.opening(&[id, id, id])).await.expect(201).json();
    let path = format!("/v1/submissions/{}", opened["submissionId"].as_str().unwrap());
    let jwe = sealed(b"x", "application/pdf");
    office.sender().ask("PUT", &format!("{path}/attachments/{id}"), JOSE, Body::from(jwe)).await.expect(204);
    let body = json!({ "encryptedMetadata": sealed(b"{}", "application/json") });
    let answer = office.sender().put(&path, &body).await.expect(202).json();
    assert_eq!(answer["attachments"], json!([id]));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn what_happens_at_once_happens_once() {
    let office = Office::open().await;
    let sent = office.begin().await;
    let place = format!("/v1/submissions/{}/attachments/{}", sent.submission, sent.attachment.0);
    let sender = office.sender();
    let jwes: Vec<String> = (0_u8..6).map(|it| sealed(&[it; 50], "application/pdf")).collect();
    let uploads = jwes.iter().map(|it| sender.ask("PUT", &place, JOSE, Body::from(it.clone())));
    let submits = (0..6).map(|_| office.submit(&sent));
    let (uploaded, submitted) =
        tokio::join!(futures_util::future::join_all(uploads), futures_util::future::join_all(submits));
    // An upload comes before the sending or is refused; the sending succeeds each time, once.
    assert!(uploaded.iter().all(|it| [204, 409].contains(&it.status())));
    assert!(submitted.iter().all(|it| it.status() == 202));
    let stored = office.subscriber().get(&place).await.expect(200).text();
    let log = office.log(&sent.case).await;
    assert_eq!(log.iter().map(|it| kind(it)).collect::<Vec<_>>(), ["create-submission", "submit-submission"]);
    let event = &claims(&log[1])["events"][EventKind::SubmitSubmission.uri()];
    assert_eq!(event["authenticationTags"]["attachments"][sent.attachment.0.to_string()], tag(&stored));
    assert_eq!(office.node.frame.content().list("delivery").await.unwrap().len(), 1);

    let token = signed(&office.set(&sent, Event::new(EventKind::AcceptSubmission)));
    let subscriber = office.subscriber();
    let posts = (0..6).map(|_| office.post_event(&subscriber, &sent.case, &token));
    let mut statuses: Vec<u16> =
        futures_util::future::join_all(posts).await.iter().map(testkit::Answer::status).collect();
    statuses.sort_unstable();
    assert_eq!(statuses, [204, 409, 409, 409, 409, 409]);
    assert_eq!(office.log(&sent.case).await.len(), 3);
}
