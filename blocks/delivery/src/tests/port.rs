//! What other blocks of the node ask, and what the clock brings about.

use super::office::{Office, URN, kind, sealed};
use crate::{model::Owner, operations::expire};
use bytes::Bytes;
use futures_util::{StreamExt, stream};
use kernel::{Actor, Role};
use ports::delivery::{Delivery as _, NewSubmission, SealedContent};
use uuid::Uuid;

fn content() -> SealedContent {
    SealedContent {
        encrypted_metadata: sealed(b"{}", "application/json"),
        encrypted_data: Some(sealed(b"{}", "application/json")),
    }
}

#[tokio::test]
async fn a_block_sends_and_follows() {
    let office = Office::open().await;
    let ctx = office.node.ctx(Actor::new("forms", "a", Role::Sender));
    let attachment = Uuid::from_u128(1);
    let new = NewSubmission {
        request_id: Uuid::from_u128(2).to_string(),
        destination_id: office.destination.into(),
        announced_attachments: vec![attachment.into()],
        public_service: URN.to_owned(),
        public_service_name: "Wohnsitzanmeldung".to_owned(),
        case_id: None,
    };
    let opened = office.delivery.open(&ctx, new.clone()).await.unwrap();
    assert_eq!(office.delivery.open(&ctx, new).await.unwrap(), opened);
    let jwe = sealed(b"x", "application/pdf");
    let pieces =
        stream::iter(jwe.as_bytes().chunks(100).map(|it| Ok(Bytes::copy_from_slice(it))).collect::<Vec<_>>());
    office.delivery.attach(&ctx, &opened.submission_id, &attachment.into(), pieces.boxed()).await.unwrap();
    let sent = content();
    office.delivery.submit(&ctx, &opened.submission_id, sent.clone()).await.unwrap();
    office.delivery.submit(&ctx, &opened.submission_id, sent).await.unwrap();
    assert!(office.delivery.submit(&ctx, &opened.submission_id, content()).await.is_err());

    let log = office.delivery.case_log(&ctx, &opened.case_id).await.unwrap();
    assert_eq!(log.destination_name, "Bürgerbüro");
    assert_eq!(log.public_service_name, "Wohnsitzanmeldung");
    let kinds: Vec<&str> = log.events.iter().map(|it| it.kind.as_str()).collect();
    assert_eq!(kinds, ["create-submission", "submit-submission"]);
    assert!(log.events[1].payload["authenticationTags"]["metadata"].is_string());
    let stranger = office.node.ctx(Actor::new("mailbox", "a", Role::Sender));
    assert!(office.delivery.case_log(&stranger, &opened.case_id).await.is_err());
}

#[tokio::test]
async fn what_nobody_decides_is_rejected_and_deleted() {
    let office = Office::open().await;
    let sent = office.send().await;
    let owner = Owner::Submission(sent.submission.parse().unwrap());
    let ctx = office.node.system("a");
    // What waits is not deleted.
    expire::delete(&office.delivery, &ctx, &owner).await.unwrap();
    office.subscriber().get(&format!("/v1/submissions/{}", sent.submission)).await.expect(200);
    expire::notified(&office.delivery, &ctx, &sent.submission.parse().unwrap(), "contact", "reminder")
        .await
        .unwrap();
    for _ in 0..2 {
        expire::reject(&office.delivery, &ctx, &owner, "14 days").await.unwrap();
    }
    office.subscriber().get(&format!("/v1/submissions/{}", sent.submission)).await.expect(404);
    for _ in 0..2 {
        expire::delete(&office.delivery, &ctx, &owner).await.unwrap();
    }
    assert_eq!(office.node.frame.content().list("delivery").await.unwrap().len(), 0);
    let kinds: Vec<String> = office.log(&sent.case).await.iter().map(|it| kind(it)).collect();
    let expected = [
        "create-submission",
        "submit-submission",
        "notify-submission",
        "reject-submission",
        "delete-submission",
    ];
    assert_eq!(kinds, expected);
    // Repeating what was sent is answered as before, although the content is gone.
    office.submit(&sent).await.expect(202);
    expire::forget(&ctx, &sent.case.parse().unwrap()).await.unwrap();
    office.sender().get(&format!("/v1/cases/{}/events", sent.case)).await.expect(404);
}

#[tokio::test]
async fn content_that_no_row_names_is_swept() {
    let office = Office::open().await;
    office.send().await;
    office.node.frame.content().put("delivery/ab/orphan", Bytes::from_static(b"x")).await.unwrap();
    let ctx = office.node.system("");
    expire::sweep(&ctx, 0).await.unwrap();
    assert_eq!(office.node.frame.content().list("delivery").await.unwrap().len(), 2);
    expire::sweep(&ctx, i64::MAX).await.unwrap();
    assert_eq!(office.node.frame.content().list("delivery").await.unwrap().len(), 1);
}
