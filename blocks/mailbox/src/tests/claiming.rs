//! Cases in accounts: claimed with secret and session, read without the secret, taken out again.

use super::{CASE, House, REPLY, address, bytes, case, house, house_with, keys, sender};
use crate::Config;
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use kernel::{Actor, DAY, Role};
use ports::{identity::PersonRemoved, mailbox::Mailbox as _};
use serde_json::{Value, json};
use std::sync::atomic::Ordering;
use testkit::Visitor;
use uuid::Uuid;

const ERIKA: Uuid = Uuid::from_u128(0xe1);
const OTTO: Uuid = Uuid::from_u128(0x07);
const CLAIMS: &str = "/api/v1/mailbox/claims";

fn person(id: Uuid) -> Actor {
    let session = Some(Uuid::from_u128(1));
    Actor { person: Some(id), session, ..Actor::new(id.to_string(), "", Role::Person) }
}

impl House {
    /// Somebody signed in, without the secret.
    fn account(&self, id: Uuid) -> Visitor<'_> {
        self.node.by_cookie(person(id))
    }

    /// Somebody signed in who shows the secret of the case.
    fn both(&self, id: Uuid) -> Visitor<'_> {
        self.account(id).with("authorization", format!("Case {}", URL_SAFE_NO_PAD.encode([7; 32])))
    }
}

fn sealed() -> Value {
    json!({ "wrappedKey": bytes(60), "credential": bytes(16) })
}

#[tokio::test]
async fn a_claim_needs_the_secret_and_an_account() {
    let house = house().await;
    let path = address("/claim");
    let wrong = format!("Case {}", URL_SAFE_NO_PAD.encode([8; 32]));
    assert_eq!(house.citizen().post(&path, &json!({})).await.status(), 401, "the secret alone");
    assert_eq!(house.account(ERIKA).post(&path, &json!({})).await.status(), 401, "the account alone");
    let stranger = house.account(ERIKA).with("authorization", wrong);
    assert_eq!(stranger.post(&path, &json!({})).await.status(), 404, "another secret");
    let clerk = house.node.by_cookie(Actor::new("clerk", "demo", Role::Clerk));
    assert_eq!(clerk.post(&path, &json!({})).await.status(), 403, "nobody with an account of their own");
    // A program with a token in a person's name is no browser of that person.
    let token = Actor { session: None, scopes: vec!["openid".to_owned()], ..person(ERIKA) };
    assert_eq!(house.node.acting(token).get(CLAIMS).await.status(), 403);
    assert_eq!(house.account(ERIKA).get(&address("")).await.expect(404).code(), "mailbox.no_case");
    let _ = house.both(ERIKA).post(&path, &json!({})).await.expect(204);
    let _ = house.account(ERIKA).get(&address("")).await.expect(200);
    assert_eq!(house.node.as_nobody().get(CLAIMS).await.status(), 401);
}

#[tokio::test]
async fn a_claimed_case_opens_without_its_secret_for_its_owner_alone() {
    let house = house().await;
    house.reply_arrives("event-1").await;
    let _ = house.both(ERIKA).post(&address("/claim"), &sealed()).await.expect(204);
    let shown = house.account(ERIKA).get(&address("")).await.expect(200).json();
    assert_eq!(
        shown["claim"],
        json!({ "wrappedKey": bytes(60), "credential": bytes(16), "claimedAt": testkit::NOON })
    );
    let message = address(&format!("/messages/{REPLY}"));
    let _ = house.account(ERIKA).get(&message).await.expect(200);
    let _ = house.account(ERIKA).post(&format!("{message}/read"), &json!({})).await.expect(204);
    assert_eq!(house.memory.acknowledged.load(Ordering::SeqCst), 1);
    // Somebody else's account, an unknown case: the same.
    for rest in ["", &format!("/messages/{REPLY}")] {
        assert_eq!(house.account(OTTO).get(&address(rest)).await.expect(404).code(), "mailbox.no_case");
    }
    let unknown = address("").replace(CASE, "caccacca-0000-4000-8000-000000000002");
    assert_eq!(house.account(ERIKA).get(&unknown).await.expect(404).code(), "mailbox.no_case");
    // The secret alone shows nobody's claim.
    assert!(house.citizen().get(&address("")).await.expect(200).json()["claim"].is_null());
    // A wrong secret is not made good by the account.
    let wrong = format!("Case {}", URL_SAFE_NO_PAD.encode([8; 32]));
    let _ = house.account(ERIKA).with("authorization", wrong).get(&address("")).await.expect(404);
    // The port, which other blocks ask, sees it alike.
    let ctx = house.node.ctx(person(ERIKA));
    assert!(house.mailbox.admit(&ctx, &case(), None).await.is_ok());
    assert!(house.mailbox.admit(&house.node.ctx(person(OTTO)), &case(), None).await.is_err());
}

#[tokio::test]
async fn a_key_can_be_added_later_and_must_be_whole() {
    let house = house().await;
    let path = address("/claim");
    let _ = house.both(ERIKA).post(&path, &json!({})).await.expect(204);
    assert_eq!(house.account(ERIKA).get(CLAIMS).await.expect(200).json()["claims"][0]["readable"], false);
    for bad in [
        json!({ "wrappedKey": bytes(60) }),
        json!({ "credential": bytes(16) }),
        json!({ "wrappedKey": bytes(61), "credential": bytes(16) }),
        json!({ "wrappedKey": bytes(60), "credential": "" }),
    ] {
        assert_eq!(house.both(ERIKA).post(&path, &bad).await.expect(422).code(), "mailbox.bad_claim");
    }
    assert_eq!(house.both(ERIKA).post(&path, &json!({ "secret": "x" })).await.status(), 400);
    house.node.clock.advance(kernel::MINUTE);
    let _ = house.both(ERIKA).post(&path, &sealed()).await.expect(204);
    let claim = house.account(ERIKA).get(CLAIMS).await.expect(200).json()["claims"][0].clone();
    assert_eq!((&claim["readable"], &claim["claimedAt"]), (&json!(true), &json!(testkit::NOON)));
}

#[tokio::test]
async fn the_account_lists_its_cases_the_newest_first() {
    let house = house().await;
    let other = "caccacca-0000-4000-8000-000000000009";
    house.node.clock.advance(kernel::MINUTE);
    house.mailbox.open(&sender(&house.node), &other.parse().unwrap(), keys()).await.unwrap();
    let other_claim = address("/claim").replace(CASE, other);
    for path in [address("/claim"), other_claim] {
        let _ = house.both(ERIKA).post(&path, &json!({})).await.expect(204);
    }
    let all = house.account(ERIKA).get(CLAIMS).await.expect(200).json();
    let ids = |it: &Value| -> Vec<String> {
        let claims = it["claims"].as_array().unwrap();
        claims.iter().map(|it| it["caseId"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!((ids(&all), &all["totalCount"]), (vec![other.to_owned(), CASE.to_owned()], &json!(2)));
    let told = ports::delivery::ReplySubmitted {
        reply_id: super::reply(),
        case_id: case(),
        at: testkit::NOON + kernel::HOUR,
        size: 42,
    };
    house.mailbox.take_in(&house.node.system("demo"), "event-1", &told).await.unwrap();
    let part = house.account(ERIKA).get(&format!("{CLAIMS}?limit=1")).await.expect(200).json();
    assert_eq!(ids(&part), [CASE]);
    let first = &part["claims"][0];
    assert_eq!((&first["messages"], &first["unread"]), (&json!(1), &json!(1)));
    assert_eq!(first["publicService"]["name"], "Wohnsitzanmeldung");
    assert_eq!(
        (&first["destinationName"], &first["lastStep"]["kind"]),
        (&json!("Bürgeramt"), &json!("reject-submission"))
    );
    assert_eq!(
        ids(&house.account(ERIKA).get(&format!("{CLAIMS}?offset=1")).await.expect(200).json()),
        [other]
    );
    assert_eq!(house.account(OTTO).get(CLAIMS).await.expect(200).json()["totalCount"], 0);
    // Delivery does not know the case any more, or has nothing to say now: the list still shows it.
    house.memory.case_gone.store(true, Ordering::SeqCst);
    let gone = house.account(ERIKA).get(CLAIMS).await.expect(200).json();
    assert!(gone["claims"][0]["lastStep"].is_null() && gone["totalCount"] == 2);
    let page = house.account(ERIKA).get("/mailbox").await.expect(200).text();
    assert!(page.contains("1 neue Nachricht") && page.contains("Der Stand ist gerade nicht bekannt."));
    assert_eq!(house.account(ERIKA).get(&format!("{CLAIMS}?limit=x")).await.status(), 400);
}

#[tokio::test]
async fn a_case_is_taken_out_of_the_account_again() {
    let house = house().await;
    for id in [ERIKA, OTTO] {
        let _ = house.both(id).post(&address("/claim"), &json!({})).await.expect(204);
    }
    let release = address("/claim");
    assert_eq!(house.node.as_nobody().delete(&release).await.status(), 401);
    for _ in 0..2 {
        let _ = house.account(ERIKA).delete(&release).await.expect(204);
    }
    let _ = house.account(ERIKA).get(&address("")).await.expect(404);
    let _ = house.account(OTTO).get(&address("")).await.expect(200);
    let _ = house.citizen().get(&address("")).await.expect(200);
    // The account of the other ends, and with it the claim.
    house.mailbox.forget_person(&house.node.system(""), &OTTO).await.unwrap();
    house.mailbox.forget_person(&house.node.system(""), &OTTO).await.unwrap();
    let _ = house.account(OTTO).get(&address("")).await.expect(404);
}

#[tokio::test]
async fn the_end_of_an_account_is_heard() {
    let house = house().await;
    let _ = house.both(ERIKA).post(&address("/claim"), &json!({})).await.expect(204);
    let ctx = house.node.system("");
    let mut tx = ctx.write(crate::names::may::KEEP).await.unwrap();
    tx.tell(&PersonRemoved { person: ERIKA }).await.unwrap();
    tx.commit(crate::names::did::NOTED, "").await.unwrap();
    house.node.settle().await;
    assert_eq!(house.account(ERIKA).get(CLAIMS).await.expect(200).json()["totalCount"], 0);
}

#[tokio::test]
async fn claims_end_with_their_mailbox() {
    let house = house_with(Config { days_after_case: 1, ..Config::default() }).await;
    let _ = house.both(ERIKA).post(&address("/claim"), &json!({})).await.expect(204);
    house.memory.case_gone.store(true, Ordering::SeqCst);
    for _ in 0..3 {
        house.node.clock.advance(DAY + kernel::HOUR);
        house.node.settle().await;
    }
    let ctx = house.node.system("");
    let mut tx = ctx.read(crate::names::may::KEEP).await.unwrap();
    assert!(crate::store::claim::find(&mut tx, &case(), &ERIKA).await.unwrap().is_none());
}

#[tokio::test]
async fn the_pages_of_an_account() {
    let house = house().await;
    let empty = house.account(ERIKA).get("/mailbox").await.expect(200).text();
    assert!(empty.contains("Noch kein Vorgang in Ihrem Konto") && empty.contains(" data-case></div>"));
    assert!(
        house.node.as_nobody().get("/mailbox").await.expect(200).text().contains("/sign-in?to=%2Fmailbox")
    );
    let _ = house.both(ERIKA).post(&address("/claim"), &json!({})).await.expect(204);
    let full = house.account(ERIKA).get("/mailbox").await.expect(200).text();
    for part in ["Wohnsitzanmeldung", "Bürgeramt", "Zurückgewiesen", "ohne Passkey übernommen"] {
        assert!(full.contains(part), "{part}");
    }
    assert!(full.contains(&format!("data-claim=\"{CASE}\"")));
    let release = format!("/mailbox/case/{CASE}/release");
    assert!(full.contains(&release));
    assert_eq!(house.node.as_nobody().get(&release).await.status(), 401);
    assert!(
        house.account(ERIKA).get(&release).await.expect(200).text().contains("öffnet ihn nur noch sein Link")
    );
    let done = house.account(ERIKA).post_form(&release, "").await.expect(303);
    assert_eq!(done.header("location"), "/mailbox?done=released");
    let after = house.account(ERIKA).get("/mailbox?done=released").await.expect(200).text();
    assert!(after.contains("aus Ihrem Konto gelöst") && after.contains("Noch kein Vorgang"));
    let page = house.account(ERIKA).get(&format!("/mailbox/case/{CASE}")).await.expect(200).text();
    assert!(page.contains("data-account=\"true\""));
    assert!(
        !house
            .node
            .as_nobody()
            .get(&format!("/mailbox/case/{CASE}"))
            .await
            .expect(200)
            .text()
            .contains("data-account")
    );
}
