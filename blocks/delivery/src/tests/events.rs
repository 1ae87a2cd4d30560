//! Forged, replayed and misplaced event tokens: each guard of the log.

use super::office::{JOSE, Office, Sent, foreign_signing, noon, sealed, signed, signing};
use axum::body::Body;
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use fitconnect::{
    event::{AuthenticationTags, Event, EventKind, Problem},
    jws::Signer,
    set::{self, Issuer, Set, Subject},
};
use kernel::Role;
use serde_json::{Value, json};
use uuid::Uuid;

fn accept(office: &Office, sent: &Sent) -> Set {
    office.set(sent, Event::new(EventKind::AcceptSubmission))
}

/// A token with any header and claims, signed by the office.
fn forged(header: &Value, claims: &Value) -> String {
    let encode = |it: &Value| URL_SAFE_NO_PAD.encode(it.to_string());
    let signer = Signer::new(&signing()).unwrap();
    // The signer writes its own header; only the signature over ours would be missing, so the parts are put together.
    let token = signer.sign("secevent+jwt", claims.to_string().as_bytes()).unwrap();
    let signature = token.rsplit('.').next().unwrap();
    format!("{}.{}.{signature}", encode(header), encode(claims))
}

/// Claims changed and signed as they are.
fn changed(set: &Set, change: impl FnOnce(&mut Value)) -> String {
    let mut claims = set.claims();
    change(&mut claims);
    Signer::new(&signing()).unwrap().sign("secevent+jwt", claims.to_string().as_bytes()).unwrap()
}

async fn refused(office: &Office, sent: &Sent, token: &str, status: u16, code: &str, pointer: &str) {
    let answer = office.post_event(&office.subscriber(), &sent.case, token).await.expect(status);
    assert_eq!(answer.code(), code, "{}", answer.text());
    assert_eq!(answer.json()["pointer"], pointer, "{}", answer.text());
    assert!(answer.json()["detail"].as_str().is_some_and(|it| !it.is_empty()));
}

#[tokio::test]
async fn what_cannot_be_read_is_invalid() {
    let office = Office::open().await;
    let sent = office.send().await;
    let good = accept(&office, &sent);
    let claims = good.claims();
    let kid = signing().kid.clone();
    let header = |alg: &str, typ: &str| json!({ "typ": typ, "alg": alg, "kid": kid });
    let invalid = "delivery.invalid_set";
    refused(&office, &sent, "no token", 400, invalid, "").await;
    refused(&office, &sent, "a.b.c.d.e", 400, invalid, "").await;
    refused(&office, &sent, &forged(&header("none", "secevent+jwt"), &claims), 400, invalid, "header/alg")
        .await;
    refused(&office, &sent, &forged(&header("HS512", "secevent+jwt"), &claims), 400, invalid, "header/alg")
        .await;
    refused(&office, &sent, &forged(&header("RS512", "secevent+jwt"), &claims), 400, invalid, "header/alg")
        .await;
    refused(&office, &sent, &forged(&header("PS512", "jwt"), &claims), 400, invalid, "header/typ").await;
    let no_kid = json!({ "typ": "secevent+jwt", "alg": "PS512" });
    refused(&office, &sent, &forged(&no_kid, &claims), 400, invalid, "header/kid").await;
    for claim in ["jti", "iss", "iat", "sub", "txn", "events"] {
        let token = changed(&good, |it| {
            it.as_object_mut().unwrap().remove(claim);
        });
        refused(&office, &sent, &token, 400, invalid, claim).await;
    }
    let token = changed(&good, |it| it["iat"] = json!("yesterday"));
    refused(&office, &sent, &token, 400, invalid, "iat").await;
    assert_eq!(office.log(&sent.case).await.len(), 2, "nothing of all this is in the log");
}

#[tokio::test]
async fn what_does_not_hold_is_refused() {
    let office = Office::open().await;
    let sent = office.send().await;
    let other = office.send().await;
    let good = accept(&office, &sent);
    let no = "delivery.event_refused";
    // The signature of another key under the registered key id, and another key id altogether.
    let foreign = set::build(&good, &Signer::new(&foreign_signing()).unwrap()).unwrap();
    refused(&office, &sent, &foreign, 422, no, "").await;
    let mut key = signing();
    key.kid = "nobody-knows-this-key".to_owned();
    let unknown = set::build(&good, &Signer::new(&key).unwrap()).unwrap();
    refused(&office, &sent, &unknown, 422, no, "header/kid").await;
    // One claim changed after signing.
    let token = signed(&good);
    let mut parts: Vec<&str> = token.split('.').collect();
    let claims = URL_SAFE_NO_PAD.encode(changed_claims(&good).to_string());
    parts[1] = &claims;
    refused(&office, &sent, &parts.join("."), 422, no, "").await;

    let future = changed(&good, |it| it["iat"] = json!(noon() + 61));
    refused(&office, &sent, &future, 422, no, "iat").await;
    let early = changed(&good, |it| it["iat"] = json!(1_577_833_199));
    refused(&office, &sent, &early, 422, no, "iat").await;
    let schema =
        changed(&good, |it| it["$schema"] = json!("https://schema.fitko.de/fit-connect/set-payload/2.0.0/x"));
    refused(&office, &sent, &schema, 422, no, "$schema").await;
    let two = changed(&good, |it| it["events"][EventKind::ForwardSubmission.uri()] = json!({}));
    refused(&office, &sent, &two, 422, no, "events").await;
    let none = changed(&good, |it| it["events"] = json!({}));
    refused(&office, &sent, &none, 422, no, "events").await;

    // The case, the submission and the issuer must belong together.
    let txn = signed(&Set { txn: other.case(), ..good.clone() });
    refused(&office, &sent, &txn, 422, no, "txn").await;
    let sub = signed(&Set { sub: other.subject(), ..good.clone() });
    refused(&office, &sent, &sub, 422, no, "sub").await;
    let nowhere = signed(&Set { sub: Subject::Submission(Uuid::from_u128(1)), ..good.clone() });
    refused(&office, &sent, &nowhere, 422, no, "sub").await;
    let second = office.destination_of("a", &["subscriber"]).await;
    let iss = signed(&Set { iss: Issuer::Destination(second), ..good.clone() });
    refused(&office, &sent, &iss, 422, no, "iss").await;
    let service = signed(&Set { iss: Issuer::Service("http://localhost:8080".to_owned()), ..good });
    refused(&office, &sent, &service, 422, no, "iss").await;
    assert_eq!(office.log(&sent.case).await.len(), 2, "nothing of all this is in the log");
}

fn changed_claims(set: &Set) -> Value {
    let mut claims = set.claims();
    claims["jti"] = json!(Uuid::from_u128(3));
    claims
}

#[tokio::test]
async fn the_node_speaks_for_itself_alone() {
    let office = Office::open().await;
    let sent = office.send().await;
    for kind in [
        EventKind::CreateSubmission,
        EventKind::SubmitSubmission,
        EventKind::NotifySubmission,
        EventKind::DeleteSubmission,
    ] {
        let answer = office
            .post_event(&office.subscriber(), &sent.case, &signed(&office.set(&sent, Event::new(kind))))
            .await;
        assert_eq!(answer.expect(422).code(), "delivery.event_refused");
    }
}

#[tokio::test]
async fn tags_of_another_submission_are_refused() {
    let office = Office::open().await;
    let sent = office.send().await;
    let tags = |change: fn(&mut AuthenticationTags)| {
        let mut tags: AuthenticationTags = serde_json::from_value(sent.tags()).unwrap();
        change(&mut tags);
        signed(&office.set(&sent, Event::with_tags(EventKind::AcceptSubmission, tags)))
    };
    for token in [
        tags(|it| it.metadata = "A".repeat(22)),
        tags(|it| it.data = None),
        tags(|it| it.attachments.clear()),
        tags(|it| {
            it.attachments.insert(Uuid::from_u128(1), "AAAAAAAAAAAAAAAAAAAAAA".to_owned());
        }),
    ] {
        refused(&office, &sent, &token, 422, "delivery.event_refused", "authenticationTags").await;
    }
    let right = tags(|_| {});
    office.post_event(&office.subscriber(), &sent.case, &right).await.expect(204);
}

#[tokio::test]
async fn an_event_counts_once_and_in_its_state() {
    let office = Office::open().await;
    let sent = office.send().await;
    let subscriber = office.subscriber();
    let forward = signed(&office.set(&sent, Event::new(EventKind::ForwardSubmission)));
    office.post_event(&subscriber, &sent.case, &forward).await.expect(204);
    // Forwarded still waits.
    subscriber.get(&format!("/v1/submissions/{}", sent.submission)).await.expect(200);
    let replay = office.post_event(&subscriber, &sent.case, &forward).await.expect(409);
    assert_eq!(replay.code(), "delivery.event_replayed");
    let again = signed(&office.set(&sent, Event::new(EventKind::ForwardSubmission)));
    let answer = office.post_event(&subscriber, &sent.case, &again).await.expect(409);
    assert_eq!(answer.code(), "delivery.wrong_state");
    let problem = Problem::new("schema-violation", "x", "data");
    let reject = signed(&office.set(&sent, Event::with_problems(EventKind::RejectSubmission, vec![problem])));
    office.post_event(&subscriber, &sent.case, &reject).await.expect(204);
    let accept = signed(&accept(&office, &sent));
    let answer = office.post_event(&subscriber, &sent.case, &accept).await.expect(409);
    assert_eq!(
        answer.json()["type"],
        "https://schema.fitko.de/fit-connect/submission-api/problems/wrong-state"
    );
    // A jti that was used in another case is used.
    let other = office.send().await;
    let mut token = self::accept(&office, &other);
    token.jti = super::office::claims(&reject)["jti"].as_str().unwrap().parse().unwrap();
    let answer = office.post_event(&subscriber, &other.case, &signed(&token)).await.expect(409);
    assert_eq!(answer.code(), "delivery.event_replayed");
}

#[tokio::test]
async fn the_old_payload_schema_is_for_version_1_alone() {
    let office = Office::open().await;
    let sent = office.send().await;
    let old = "https://schema.fitko.de/fit-connect/set-payload/1.0.0/set-payload.schema.json";
    let token = changed(&accept(&office, &sent), |it| it["$schema"] = json!(old));
    let path = format!("/submission-api/v2/cases/{}/events", sent.case);
    let answer = office.subscriber().ask("POST", &path, JOSE, Body::from(token.clone())).await.expect(422);
    assert!(answer.text().contains("1.2.2"), "{}", answer.text());
    let forward = signed(&office.set(&sent, Event::new(EventKind::ForwardSubmission)));
    office.subscriber().ask("POST", &path, JOSE, Body::from(forward)).await.expect(422);
    office.post_event(&office.subscriber(), &sent.case, &token).await.expect(204);
}

#[tokio::test]
async fn strangers_do_not_decide() {
    let office = Office::open().await;
    let sent = office.send().await;
    let token = signed(&accept(&office, &sent));
    for (visitor, status) in [
        (office.node.as_nobody(), 401),
        (office.other_sender(), 403),
        (office.sender(), 403),
        (office.other_subscriber(), 404),
        (office.far_subscriber(), 404),
        (office.node.as_clerk("b"), 403),
    ] {
        office.post_event(&visitor, &sent.case, &token).await.expect(status);
    }
    let narrow = format!("subscribe:destination:{}", Uuid::from_u128(1));
    let narrow = office.node.as_client("subscriber", "a", &[Role::Subscriber], &[&narrow]);
    office.post_event(&narrow, &sent.case, &token).await.expect(404);
    let media =
        office.subscriber().post(&format!("/v1/cases/{}/events", sent.case), &json!({})).await.expect(415);
    assert!(media.text().contains("application/jose"));
    assert_eq!(office.log(&sent.case).await.len(), 2);
    // A destination connected to somebody else cannot be used as the issuer either.
    let foreign = office.destination_of("a", &["other-subscriber"]).await;
    let claims = Set { iss: Issuer::Destination(foreign), ..accept(&office, &sent) };
    office.post_event(&office.subscriber(), &sent.case, &signed(&claims)).await.expect(403);
    assert_eq!(sealed(b"", "x").split('.').count(), 5);
}
