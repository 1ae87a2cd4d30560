//! What was done with a case, for whoever holds its secret.

use super::{MAY, act};
use crate::{Config, Record};
use async_trait::async_trait;
use kernel::{Actor, Audit, Ctx, Result, Role, fault};
use ports::{
    delivery::{CaseEvent, CaseLog, Delivery, NewSubmission, OpenedSubmission, Pieces, Reply, SealedContent},
    ids::{AttachmentId, CaseId, DestinationId, ReplyId, SubmissionId},
    mailbox::{Mailbox, NewMailbox},
};
use serde_json::{Value, json};
use std::sync::Arc;
use testkit::Node;

const CASE: &str = "7c9e6679-7425-40de-944b-e07fc1f90ae7";
const SUBMISSION: &str = "0d0e0000-0000-4000-8000-000000000001";
const READER: &str = "0d0e0000-0000-4000-8000-000000000003";
const REPLY: &str = "0d0e0000-0000-4000-8000-000000000002";

struct Trial {
    forgotten: bool,
}

#[async_trait]
impl Mailbox for Trial {
    async fn open(&self, _: &Ctx, _: &CaseId, _: NewMailbox) -> Result<()> {
        Err(fault::INTERNAL.into())
    }

    async fn admit(&self, _: &Ctx, _: &CaseId, authorization: Option<&str>) -> Result<()> {
        if authorization == Some("Case right") { Ok(()) } else { Err(fault::UNAUTHENTICATED.into()) }
    }
}

#[async_trait]
impl Delivery for Trial {
    async fn open(&self, _: &Ctx, _: NewSubmission) -> Result<OpenedSubmission> {
        Err(fault::INTERNAL.into())
    }

    async fn attach(&self, _: &Ctx, _: &SubmissionId, _: &AttachmentId, _: Pieces) -> Result<()> {
        Err(fault::INTERNAL.into())
    }

    async fn submit(&self, _: &Ctx, _: &SubmissionId, _: SealedContent) -> Result<()> {
        Err(fault::INTERNAL.into())
    }

    async fn case_log(&self, ctx: &Ctx, case: &CaseId) -> Result<CaseLog> {
        assert!(ctx.actor().is(Role::System));
        if self.forgotten {
            return Err(fault::NO_ADDRESS.into());
        }
        let event = |kind: &str, subject: String| CaseEvent {
            at: 1,
            kind: kind.to_owned(),
            subject,
            issuer: String::new(),
            payload: Value::Null,
        };
        let submitted = event("submit-submission", format!("submission:{SUBMISSION}"));
        let replied = event("submit-reply", format!("reply:{REPLY}"));
        Ok(CaseLog {
            case_id: case.clone(),
            destination_id: CASE.parse::<DestinationId>().unwrap(),
            destination_name: String::new(),
            public_service: String::new(),
            public_service_name: String::new(),
            events: vec![submitted, replied],
        })
    }

    async fn reply(&self, _: &Ctx, _: &ReplyId) -> Result<Reply> {
        Err(fault::INTERNAL.into())
    }

    async fn reply_attachment(&self, _: &Ctx, _: &ReplyId, _: &AttachmentId) -> Result<(u64, Pieces)> {
        Err(fault::INTERNAL.into())
    }

    async fn acknowledge(&self, _: &Ctx, _: &ReplyId) -> Result<()> {
        Err(fault::INTERNAL.into())
    }
}

async fn node(forgotten: bool) -> Node {
    let trial = Arc::new(Trial { forgotten });
    let record = Record::new(Config::default(), Some(Arc::clone(&trial) as _), Some(trial as _));
    let node = testkit::node(vec![record.block()]).await;
    act(&node, "kassel", "mailbox.opened", CASE).await;
    act(&node, "kassel", "delivery.submitted", SUBMISSION).await;
    act(&node, "kassel", "delivery.submitted", "another submission").await;
    let ctx = node.ctx(Actor::new("desk-of-kassel", "kassel", Role::Admin));
    ctx.write(MAY).await.unwrap().commit(Audit("delivery.decided"), SUBMISSION).await.unwrap();
    kernel::record::seal_once(&node.frame).await.unwrap();
    node
}

fn path() -> String {
    format!("/api/v1/record/cases/{CASE}")
}

#[tokio::test]
async fn whoever_holds_the_secret_sees_what_was_done_and_by_what_kind_of_somebody() {
    let node = node(false).await;
    let citizen = node.as_nobody().with("authorization", "Case right").with("accept-language", "en");
    let seen = citizen.get(&path()).await.expect(200).json();
    let events = seen["events"].as_array().unwrap();
    let words: Vec<&str> = events.iter().map(|it| it["words"].as_str().unwrap()).collect();
    assert_eq!(
        words,
        [
            "The mailbox of the case was opened.",
            "The submission was sent and lies ready to be fetched.",
            "The submission was accepted or rejected."
        ]
    );
    assert_eq!(events[2]["who"], "the office in charge");
    assert!(events.iter().all(|it| it["proven"] == true));
    assert!(!seen.to_string().contains("desk-of-kassel"), "no names: {seen}");
    assert_eq!(seen["checkpoint"]["size"], json!(4));
}

#[tokio::test]
async fn the_reader_is_addressed_replies_are_the_offices_and_noise_is_left_out() {
    let node = node(false).await;
    let did = async |name: &'static str, event: &'static str, subject: &str| {
        let ctx = node.ctx(Actor::new(name, "kassel", Role::Admin));
        ctx.write(MAY).await.unwrap().commit(Audit(event), subject).await.unwrap();
    };
    did("a-program", "delivery.attached", SUBMISSION).await;
    did("a-program", "delivery.attached", REPLY).await;
    did("listener", "mailbox.noted", CASE).await;
    did(READER, "mailbox.claimed", CASE).await;
    did("somebody-else", "mailbox.message_read", CASE).await;
    kernel::record::seal_once(&node.frame).await.unwrap();
    let reader = READER.parse().unwrap();
    let actor = Actor { person: Some(reader), session: Some(reader), ..Actor::new(READER, "", Role::Person) };
    let person = node.by_cookie(actor).with("authorization", "Case right");
    let seen = person.get(&path()).await.expect(200).json();
    let mut rows: Vec<(&str, &str)> = seen["events"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| (it["event"].as_str().unwrap(), it["who"].as_str().unwrap()))
        .skip(3)
        .collect();
    rows.sort_unstable();
    assert_eq!(
        rows,
        [
            ("delivery.attached", "die zuständige Stelle"),
            ("delivery.attached", "ein Programm, das Anträge sendet"),
            ("mailbox.claimed", "Sie"),
            ("mailbox.message_read", "eine angemeldete Person"),
        ]
    );
}

#[tokio::test]
async fn without_the_secret_nothing_is_seen() {
    let node = node(false).await;
    node.as_nobody().get(&path()).await.expect(401);
    node.as_nobody().with("authorization", "Case wrong").get(&path()).await.expect(401);
    node.as_clerk("kassel").get(&path()).await.expect(401);
    node.as_nobody().with("authorization", "Case right").get("/api/v1/record/cases/x").await.expect(400);
}

#[tokio::test]
async fn a_case_that_delivery_has_forgotten_still_has_its_own_rows() {
    let node = node(true).await;
    let seen = node.as_nobody().with("authorization", "Case right").get(&path()).await.expect(200).json();
    assert_eq!(seen["events"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn without_a_mailbox_there_is_no_such_address() {
    let node = super::node().await;
    node.as_nobody().with("authorization", "Case right").get(&path()).await.expect(404);
}
