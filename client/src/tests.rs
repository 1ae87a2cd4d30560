//! The client against a small delivery service in the same process, which can lose answers and tell lies.

mod fake;

use crate::{
    Client, DraftFile, Error, Fetched, Outcome, PublicService, Retries, Source, Step, Trust, Version,
};
use fake::{Fake, Fault};
use fitconnect::event::Problem;
use serde_json::json;
use std::{sync::Arc, time::Duration};

const PUBLIC_SERVICE: &str = "urn:de:fim:leika:leistung:99115005104000";

fn client(fake: &Fake, version: Version) -> Client {
    let base = fake.base_url();
    let client = match version {
        Version::V1 => Client::connect_v1(&base, "somebody", "secret"),
        Version::V2 => Client::connect(&base, "somebody", "secret"),
    };
    let retries = Retries { attempts: 4, first: Duration::from_millis(1), longest: Duration::from_millis(5) };
    client.unwrap().trusting(Trust::AllowSelfSigned).retrying(retries)
}

fn outgoing(fake: &Fake, client: &Client) -> crate::Outgoing {
    client
        .submission(fake.destination, PublicService::new(PUBLIC_SERVICE, "Wohnsitzanmeldung"))
        .data_json(&json!({ "familyName": "Muster" }))
}

async fn whole_way(version: Version) {
    let fake = Fake::start().await;
    let client = client(&fake, version);
    let large = vec![7_u8; 2500];
    let sent = outgoing(&fake, &client)
        .attachment("small.pdf", "application/pdf", Source::bytes("small"))
        .attachment(
            "large.bin",
            "application/octet-stream",
            Source::reader(std::io::Cursor::new(large.clone()), 2500),
        )
        .fragments_of(1000)
        .reply_key(fake.office_encryption.public())
        .send()
        .await
        .unwrap();
    // Two files travel as one whole and three fragments.
    assert_eq!(fake.state().attachments.len(), 4);
    let subscriber = fake.subscriber(&client);
    let waiting = subscriber.list().await.unwrap();
    assert_eq!(waiting.iter().map(|it| it.submission_id).collect::<Vec<_>>(), [sent.id]);
    let Fetched::Sound(received) = subscriber.fetch(sent.id).await.unwrap() else { panic!("it is sound") };
    assert_eq!(received.data.as_ref().unwrap().bytes, br#"{"familyName":"Muster"}"#);
    assert_eq!(received.data.as_ref().unwrap().schema_uri, "urn:test:schema");
    assert_eq!(received.attachments.len(), 2);
    assert_eq!(received.attachments[0].bytes().await.unwrap(), b"small");
    let mut copy = Vec::new();
    assert_eq!(received.attachments[1].copy_to(&mut copy).await.unwrap(), 2500);
    assert_eq!(copy, large);
    assert!(received.reply_key.is_some());
    assert!(received.checks.iter().all(|it| it.outcome != Outcome::Failed));
    // The answer to the acceptance is lost, the log tells that it counted.
    fake.fail(Fault::LoseAnswer("/events"));
    subscriber.accept(&received.reference).await.unwrap();
    assert_eq!(fake.decisions(), 1);
    subscriber.accept(&received.reference).await.unwrap();
    assert_eq!(fake.decisions(), 1);
    assert!(subscriber.reject(&received.reference, Vec::new()).await.is_err());
}

#[tokio::test]
async fn the_whole_way_in_version_2() {
    whole_way(Version::V2).await;
}

#[tokio::test]
async fn the_whole_way_in_version_1() {
    whole_way(Version::V1).await;
}

#[tokio::test]
async fn a_token_is_fetched_once_and_again_when_refused() {
    let fake = Fake::start().await;
    let client = client(&fake, Version::V2);
    for _ in 0..3 {
        client.destinations().list().await.unwrap();
    }
    assert_eq!(fake.state().tokens, 1);
    fake.fail(Fault::Status("/destinations", 401));
    client.destinations().list().await.unwrap();
    assert_eq!(fake.state().tokens, 2);
}

#[tokio::test]
async fn what_passes_by_is_repeated_and_what_stays_is_told() {
    let fake = Fake::start().await;
    let client = client(&fake, Version::V2);
    for status in [408, 429, 500, 503] {
        fake.fail(Fault::Status("/destinations", status));
        client.destinations().list().await.unwrap();
    }
    for status in [400, 403, 404, 409, 422] {
        fake.fail(Fault::Status("/destinations", status));
        assert_eq!(client.destinations().list().await.unwrap_err().status(), Some(status));
    }
    for _ in 0..4 {
        fake.fail(Fault::Status("/destinations", 503));
    }
    let error = client.destinations().list().await.unwrap_err();
    assert!(error.is_transient(), "{error}");
    let nobody = Client::connect("http://127.0.0.1:9", "a", "b").unwrap();
    let nobody = nobody.retrying(Retries { attempts: 2, first: Duration::ZERO, longest: Duration::ZERO });
    assert!(matches!(nobody.destinations().list().await, Err(Error::Unreachable { attempts: 2, .. })));
}

#[tokio::test]
async fn a_lost_answer_does_not_send_twice() {
    let fake = Fake::start().await;
    let client = client(&fake, Version::V2);
    for part in ["/attachments/", "/submissions/"] {
        fake.fail(Fault::LoseAnswer(part));
    }
    let sent =
        outgoing(&fake, &client).attachment("a", "text/plain", Source::bytes("a")).send().await.unwrap();
    assert_eq!(fake.state().submitted(), vec![sent.id]);
}

#[tokio::test]
async fn a_service_that_refuses_repetition_is_understood() {
    let fake = Fake::start().await;
    fake.state().strict = true;
    let client = client(&fake, Version::V2);
    fake.fail(Fault::LoseAnswer("/submissions/"));
    let sent = outgoing(&fake, &client).send().await.unwrap();
    assert_eq!(fake.state().submitted(), vec![sent.id]);
}

#[tokio::test]
async fn a_draft_goes_on_where_it_was() {
    let fake = Fake::start().await;
    let client = client(&fake, Version::V2);
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("draft.json");
    let send = || {
        outgoing(&fake, &client)
            .attachment("a", "text/plain", Source::bytes("first"))
            .attachment("b", "text/plain", Source::bytes("second"))
            .keep_draft(DraftFile::new(&file))
            .send()
    };
    // Opening and the first attachment arrive, then everything breaks.
    fake.fail(Fault::After(2, 422));
    send().await.unwrap_err();
    fake.heal();
    let first = send().await.unwrap();
    assert_eq!(fake.state().opened.len(), 1, "the submission was opened once");
    assert_eq!(fake.state().uploads, 2, "the first attachment was not uploaded again");
    assert_eq!(send().await.unwrap(), first);
    assert_eq!(fake.state().submitted().len(), 1);
    let other = outgoing(&fake, &client).keep_draft(DraftFile::new(&file)).send().await;
    assert!(matches!(other, Err(Error::Draft(_))));
}

#[tokio::test]
async fn a_key_without_trusted_certificate_is_refused() {
    let fake = Fake::start().await;
    let client = client(&fake, Version::V2).trusting(Trust::default());
    let refused = outgoing(&fake, &client).send().await;
    assert!(matches!(refused, Err(Error::BadKey { .. })), "{refused:?}");
    assert!(fake.state().opened.is_empty());
}

/// Sends, lets `change` tamper with what the service keeps, and gives the problems that the receiver finds.
async fn problems(change: impl FnOnce(&Fake)) -> Vec<(String, Option<Step>)> {
    let fake = Fake::start().await;
    let client = client(&fake, Version::V2);
    let out = outgoing(&fake, &client).attachment("a", "text/plain", Source::bytes("a"));
    let sent = out.send().await.unwrap();
    change(&fake);
    match fake.subscriber(&client).fetch(sent.id).await.unwrap() {
        Fetched::Sound(_) => Vec::new(),
        Fetched::Faulty(faulty) => {
            let failed = faulty.checks.iter().find(|it| it.outcome == Outcome::Failed).map(|it| it.step);
            faulty.problems.iter().map(|it: &Problem| (it.name().unwrap().to_owned(), failed)).collect()
        }
    }
}

#[tokio::test]
async fn altered_content_is_named() {
    let one = |name: &str, step| vec![(name.to_owned(), Some(step))];
    assert_eq!(problems(|_| ()).await, []);
    let swapped = problems(|fake| fake.state().replace_attachment(&fake.office_encryption.public())).await;
    assert_eq!(swapped, one("incorrect-authentication-tag", Step::Attachments));
    let lost = problems(|fake| fake.state().attachments.clear()).await;
    assert_eq!(lost, one("missing-attachment", Step::Attachments));
    let foreign = problems(|fake| fake.state().replace_data(&fake.office_encryption.public())).await;
    assert_eq!(foreign, one("incorrect-authentication-tag", Step::Data));
    let forged = problems(Fake::forge_log).await;
    assert_eq!(forged, one("invalid-event-log", Step::EventLog));
    let silent = problems(|fake| fake.state().log.clear()).await;
    assert_eq!(silent, one("missing-authentication-tags", Step::AuthenticationTags));
}

struct Never;

#[async_trait::async_trait]
impl crate::SchemaCheck for Never {
    async fn check(&self, uri: &str, _: &str, _: &[u8]) -> crate::Result<crate::SchemaVerdict> {
        Ok(crate::SchemaVerdict::Violated(vec![format!("{uri}: /familyName is too short")]))
    }
}

#[tokio::test]
async fn data_are_checked_against_their_schema() {
    let fake = Fake::start().await;
    let client = client(&fake, Version::V2);
    let sent = outgoing(&fake, &client).send().await.unwrap();
    let subscriber = fake.subscriber(&client).checking(Arc::new(Never));
    let Fetched::Faulty(faulty) = subscriber.fetch(sent.id).await.unwrap() else { panic!("it is faulty") };
    assert_eq!(faulty.problems[0].name(), Some("schema-violation"));
    assert!(faulty.problems[0].detail.contains("/familyName"));
}

#[tokio::test]
async fn a_reply_comes_back() {
    let fake = Fake::start().await;
    let client = client(&fake, Version::V2);
    let sent = outgoing(&fake, &client).send().await.unwrap();
    let key = &fake.office_encryption;
    let reply = fake
        .subscriber(&client)
        .reply(sent.case_id, key.public())
        .text("Bescheid", "Erledigt.")
        .attachment("notice.pdf", "application/pdf", Source::bytes("%PDF"))
        .send()
        .await
        .unwrap();
    let waiting = client.replies().await.unwrap();
    assert_eq!(waiting[0].reply_id, reply.id);
    let received = client.fetch_reply(reply.id, key).await.unwrap();
    assert_eq!(received.case_id, sent.case_id);
    let text: serde_json::Value = serde_json::from_slice(&received.data.unwrap().bytes).unwrap();
    assert_eq!(text["text"], "Erledigt.");
    assert_eq!(received.attachments[0].name.as_deref(), Some("notice.pdf"));
}

#[test]
fn the_guide_shows_the_example_that_runs_in_under_forty_lines() {
    let example = include_str!("../examples/round_trip.rs");
    let (_, program) = example.split_once("\n\n").unwrap();
    let guide = include_str!("../../docs/guides/ten-minutes.md");
    assert!(guide.contains(program.trim_end()), "docs/guides/ten-minutes.md shows another program");
    let lines = program.lines().filter(|it| !it.trim().is_empty() && !it.trim().starts_with("//")).count();
    assert!(lines < 40, "{lines}");
}
