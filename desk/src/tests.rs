//! The desk from its doors, with an office that can lose answers.

mod fake;
mod handing;
mod pages;

use crate::{
    model::{State, TENANT},
    names::fault,
    operations::NewReply,
    serve::once,
};
use fake::{Bench, Lost};
use fitconnect::event::Problem;
use kernel::Ctx;

impl Bench {
    fn ctx(&self) -> Ctx {
        Ctx::system(&self.desk.frame, TENANT)
    }

    async fn state(&self, id: &str) -> State {
        self.desk.entry(&self.ctx(), id).await.unwrap().state
    }
}

fn reply(bench: &Bench) -> NewReply {
    NewReply {
        id: bench.ctx().id(),
        subject: "Bescheid".to_owned(),
        text: "Erledigt.".to_owned(),
        file: None,
        letter: true,
    }
}

#[tokio::test]
async fn what_waits_is_taken_in_once() {
    let bench = Bench::new().await;
    let id = bench.submit("Müller", true);
    bench.submit("Faulty", false);
    assert_eq!(bench.desk.collect(&bench.ctx()).await.unwrap(), 2);
    assert_eq!(bench.desk.collect(&bench.ctx()).await.unwrap(), 0);
    assert_eq!(bench.state(&id).await, State::Received);
    let detail = bench.desk.detail(&bench.ctx(), &id).await.unwrap();
    assert_eq!(detail.rows[0].value, "Müller");
    assert_eq!(detail.attachments[0].name, "Vertrag.pdf");
}

#[tokio::test]
async fn an_unfetchable_one_does_not_keep_others_away() {
    let bench = Bench::new().await;
    let bad = bench.submit("bad", true);
    bench.submit("good", true);
    bench.office().unfetchable = Some(bad.clone());
    assert_eq!(bench.desk.collect(&bench.ctx()).await.unwrap(), 1);
    assert!(bench.desk.last_look().trouble.is_some());
    bench.office().unfetchable = None;
    assert_eq!(bench.desk.collect(&bench.ctx()).await.unwrap(), 1);
    assert!(bench.desk.last_look().trouble.is_none());
}

#[tokio::test]
async fn a_decision_survives_a_lost_answer_and_a_new_process() {
    for lost in [Lost::Request, Lost::Answer] {
        let bench = Bench::new().await;
        let id = bench.submit("Muster", true);
        once(&bench.desk, 1).await;
        bench.office().lose = Some(lost);
        let error = bench.desk.accept(&bench.ctx(), &id).await.unwrap_err();
        assert_eq!(error.code(), fault::DELIVERY);
        assert_eq!(bench.state(&id).await, State::Accepting);
        let bench = bench.killed().await;
        once(&bench.desk, 1).await;
        assert_eq!(bench.state(&id).await, State::Accepted);
        assert_eq!(bench.office().accepted.iter().filter(|it| **it == id).count(), 1);
        bench.desk.accept(&bench.ctx(), &id).await.unwrap();
        assert_eq!(bench.office().accepted.len(), 1);
    }
}

#[tokio::test]
async fn states_allow_what_they_should() {
    let bench = Bench::new().await;
    let (sound, faulty) = (bench.submit("a", true), bench.submit("b", false));
    once(&bench.desk, 1).await;
    let ctx = bench.ctx();
    assert_eq!(bench.desk.accept(&ctx, &faulty).await.unwrap_err().code(), fault::WRONG_STATE);
    assert_eq!(bench.desk.reject(&ctx, &faulty, Vec::new()).await.unwrap_err().code(), fault::NO_REASON);
    let reason = || vec![Problem::new("hash-mismatch", "", "data")];
    bench.desk.reject(&ctx, &faulty, reason()).await.unwrap();
    assert_eq!(bench.state(&faulty).await, State::Rejected);
    bench.desk.accept(&ctx, &sound).await.unwrap();
    assert_eq!(bench.desk.reject(&ctx, &sound, reason()).await.unwrap_err().code(), fault::WRONG_STATE);
    assert_eq!(bench.desk.accept(&ctx, "nothing").await.unwrap_err().code(), fault::NOT_FOUND);
}

#[tokio::test]
async fn a_decision_of_the_service_is_taken_over() {
    let bench = Bench::new().await;
    let id = bench.submit("late", true);
    once(&bench.desk, 1).await;
    bench.office().log(&id, "reject-submission", &format!("submission:{id}"));
    bench.desk.follow(&bench.ctx(), &id).await.unwrap();
    assert_eq!(bench.state(&id).await, State::Rejected);
}

#[tokio::test]
async fn a_reply_is_sent_once_and_its_reading_is_seen() {
    for lost in [None, Some(Lost::Request), Some(Lost::Answer)] {
        let bench = Bench::new().await;
        let id = bench.submit("Muster", true);
        once(&bench.desk, 1).await;
        bench.desk.accept(&bench.ctx(), &id).await.unwrap();
        bench.office().lose = lost;
        let (first, mut again) = (reply(&bench), reply(&bench));
        again.id = first.id;
        assert_eq!(bench.desk.reply(&bench.ctx(), &id, first).await.is_err(), lost.is_some());
        bench.desk.reply(&bench.ctx(), &id, again).await.unwrap();
        let bench = bench.killed().await;
        once(&bench.desk, 1).await;
        assert_eq!(bench.state(&id).await, State::Replied);
        let sent = bench.office().replies.clone();
        assert_eq!(sent.len(), 1, "{lost:?}");
        assert_eq!(sent[0].data["subject"], "Bescheid");
        assert!(sent[0].attachment.as_ref().unwrap().1.starts_with(b"%PDF-"));
        bench.office().log(&id, "accept-reply", &format!("reply:{}", sent[0].id));
        bench.desk.follow(&bench.ctx(), &id).await.unwrap();
        let detail = bench.desk.detail(&bench.ctx(), &id).await.unwrap();
        assert!(detail.replies[0].read_at.is_some());
        assert_eq!(detail.replies.len(), 1);
    }
}

#[tokio::test]
async fn nothing_that_a_row_names_is_swept() {
    let bench = Bench::new().await;
    let id = bench.submit("Muster", true);
    once(&bench.desk, 0).await;
    let ctx = bench.ctx();
    bench.desk.frame.content().put("submission/x/orphan", "x".into()).await.unwrap();
    bench.desk.sweep(&ctx).await.unwrap();
    // Fresh content may belong to a transaction that is still to come.
    assert!(ctx.content().get("submission/x/orphan").await.unwrap().is_some());
    assert!(bench.desk.detail(&ctx, &id).await.unwrap().raw.is_none());
}

#[tokio::test]
async fn data_are_checked_against_a_supplied_schema_without_repeating_them() {
    use client::{SchemaCheck as _, SchemaVerdict};
    let bench = Bench::new().await;
    let folder = bench.folder.path().join("schemas");
    std::fs::create_dir(&folder).unwrap();
    let schema = r#"{"$id":"urn:x:1","type":"object","properties":{"name":{"type":"string","maxLength":3}}}"#;
    std::fs::write(folder.join("x.json"), schema).unwrap();
    let schemas = crate::office::Schemas::new(&bench.desk.frame, "http://127.0.0.1:9", &folder).unwrap();
    let check = async |uri: &str, media: &str, data: &str| schemas.check(uri, media, data.as_bytes()).await;
    assert_eq!(check("urn:x:1", "application/json", r#"{"name":"ab"}"#).await.unwrap(), SchemaVerdict::Fits);
    let violated = check("urn:x:1", "application/json", r#"{"name":"Geheim"}"#).await.unwrap();
    let SchemaVerdict::Violated(reasons) = violated else { panic!("{violated:?}") };
    assert!(reasons[0].starts_with("/name: ") && !reasons[0].contains("Geheim"), "{reasons:?}");
    for (uri, media) in [("https://elsewhere.example/x", "application/json"), ("urn:x:1", "application/xml")]
    {
        assert_eq!(check(uri, media, "{}").await.unwrap(), SchemaVerdict::Unknown, "{uri} {media}");
    }
    // The node is not there now, so nothing can be said; the submission waits.
    assert!(
        check("http://127.0.0.1:9/forms/a/1/schema.json", "application/json", "{}")
            .await
            .unwrap_err()
            .is_transient()
    );
}
