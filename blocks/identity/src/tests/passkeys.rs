//! Passkeys and recovery codes, seen from a browser.

use super::{
    arriving::identity,
    device::{Device, Maker},
    visit::{Browser, signed_in},
};
use crate::{Identity, operations::throttle::Asker};
use kernel::MINUTE;
use serde_json::{Value, json};
use testkit::{Answer, Node};

async fn add(browser: &Browser<'_>, device: &mut Device, name: &str) -> Answer {
    let begun = browser.json("/account/passkeys/begin", &json!({})).await.expect(200).json();
    let credential = device.create(&begun["options"]);
    let made = json!({ "ceremony": begun["ceremony"], "name": name, "credential": credential });
    browser.json("/account/passkeys/finish", &made).await
}

/// Everything a browser sends to sign in.
async fn answer_of(browser: &Browser<'_>, device: &mut Device, query: &str) -> Value {
    let attempt = browser.begin(query).await;
    let begun =
        browser.json("/sign-in/passkey/begin", &json!({ "attempt": attempt })).await.expect(200).json();
    json!({ "attempt": attempt, "ceremony": begun["ceremony"], "credential": device.get(&begun["options"]) })
}

async fn sign_in(browser: &Browser<'_>, device: &mut Device) -> Answer {
    let answer = answer_of(browser, device, "?to=/account").await;
    browser.json("/sign-in/passkey/finish", &answer).await
}

async fn somebody<'n>(node: &'n Node, identity: &Identity) -> (Browser<'n>, Device) {
    let (browser, _) = signed_in(node, identity, "Ada", "", "").await;
    let mut device = Device::new(7);
    add(&browser, &mut device, "Handy").await.expect(200);
    (browser, device)
}

#[tokio::test]
async fn a_passkey_lets_in_with_the_level_it_was_added_with() {
    let identity = identity();
    let node = testkit::node(vec![identity.block()]).await;
    let (_, mut device) = somebody(&node, &identity).await;
    let fresh = Browser::new(&node);
    let arrived = sign_in(&fresh, &mut device).await.expect(200);
    assert_eq!(arrived.json()["location"], "/account");
    let page = fresh.get("/account").await.expect(200).text();
    assert!(page.contains("substanziell") && page.contains("Firefox, Linux"), "{page}");
    let high = Browser::new(&node);
    let answer = answer_of(&high, &mut device, "?level=high").await;
    let refused = high.json("/sign-in/passkey/finish", &answer).await.expect(403);
    assert_eq!(refused.code(), "identity.level_not_reached");
}

#[tokio::test]
async fn an_answer_is_good_once_for_one_browser_and_this_site() {
    let identity = identity();
    let node = testkit::node(vec![identity.block()]).await;
    let (_, mut device) = somebody(&node, &identity).await;
    let browser = Browser::new(&node);
    let answer = answer_of(&browser, &mut device, "").await;
    // Another browser has another mark: neither an attacker's attempt nor a stolen answer works there.
    let stranger = Browser::new(&node);
    stranger.begin("").await;
    let refused = stranger.json("/sign-in/passkey/finish", &answer).await.expect(400);
    assert_eq!(refused.code(), "identity.no_attempt");
    browser.json("/sign-in/passkey/finish", &answer).await.expect(200);
    let again = Browser::new(&node);
    let mut old = answer_of(&again, &mut device, "").await;
    old["credential"] = answer["credential"].clone();
    let refused = again.json("/sign-in/passkey/finish", &old).await.expect(403);
    assert_eq!(refused.code(), "identity.passkey_refused", "an old signature for a new challenge");
    device.origin = "http://localhost.evil.example".to_owned();
    assert_eq!(
        sign_in(&Browser::new(&node), &mut device).await.expect(403).code(),
        "identity.passkey_refused"
    );
}

#[tokio::test]
async fn a_copied_device_and_one_that_does_not_ask_its_owner_are_refused() {
    let identity = identity();
    let node = testkit::node(vec![identity.block()]).await;
    let (_, mut device) = somebody(&node, &identity).await;
    device.counter = 10;
    sign_in(&Browser::new(&node), &mut device).await.expect(200);
    device.counter = 3;
    sign_in(&Browser::new(&node), &mut device).await.expect(403);
    device.counter = 20;
    device.verifies = false;
    sign_in(&Browser::new(&node), &mut device).await.expect(403);
    device.verifies = true;
    sign_in(&Browser::new(&node), &mut device).await.expect(200);
}

#[tokio::test]
async fn unknown_and_wrong_look_the_same_and_are_slowed_down_for_the_guesser_only() {
    let identity = identity();
    let node = testkit::node(vec![identity.block()]).await;
    let (_, mut device) = somebody(&node, &identity).await;
    let mut wrong = Device::new(7);
    let mut unknown = Device::new(9);
    // Both need an account's id to answer with; the real one is the best a guesser can have.
    let (mut told, browser) = (Vec::new(), Browser::new(&node));
    for stranger in [&mut wrong, &mut unknown] {
        let attempt = browser.begin("").await;
        let begun = browser.json("/sign-in/passkey/begin", &json!({ "attempt": attempt })).await.json();
        let mut credential = stranger.get(&begun["options"]);
        credential["response"]["userHandle"] =
            device.get(&begun["options"])["response"]["userHandle"].clone();
        let answer = json!({ "attempt": attempt, "ceremony": begun["ceremony"], "credential": credential });
        let refused = browser.json("/sign-in/passkey/finish", &answer).await.expect(403);
        told.push((refused.code(), refused.json()["detail"].clone()));
    }
    assert_eq!(told[0], told[1]);
    for _ in 0..4 {
        wrong.origin = "http://localhost:8080".to_owned();
        let _ = sign_in(&browser, &mut wrong).await;
    }
    let limited = sign_in(&browser, &mut device).await;
    assert_eq!(limited.code(), "kernel.too_many", "{}", limited.text());
    assert!(limited.json()["detail"].as_str().unwrap().contains("Sekunden"));
    // The owner, at another address, is not locked out.
    let elsewhere = Asker { address: "192.0.2.7".to_owned(), device: String::new() };
    let ctx = node.ctx(kernel::Actor::nobody());
    assert!(identity.may_guess(&ctx, &elsewhere, "anything").is_ok());
    node.clock.advance(6 * MINUTE);
    sign_in(&browser, &mut device).await.expect(200);
}

#[tokio::test]
async fn the_last_way_in_stays_and_nobody_touches_anothers_passkey() {
    let identity = identity();
    let node = testkit::node(vec![identity.block()]).await;
    let (ada, mut device) = somebody(&node, &identity).await;
    let page = ada.get("/account/passkeys").await.text();
    let id =
        page.split("/account/passkeys/").find(|it| it.contains("/name")).unwrap().split('/').next().unwrap();
    let remove = format!("/account/passkeys/{id}/remove");
    assert_eq!(ada.form(&remove, "").await.expect(409).code(), "identity.last_way_in");
    let twice = add(&ada, &mut device, "noch einmal").await.expect(422);
    assert_eq!(twice.code(), "identity.passkey_bad");
    add(&ada, &mut Device::new(8), "Stick").await.expect(200);
    let (grace, _) = signed_in(&node, &identity, "Grace", "", "").await;
    assert_eq!(add(&grace, &mut Device::new(7), "x").await.expect(409).code(), "identity.login_taken");
    add(&grace, &mut Device::new(1), "a").await.expect(200);
    add(&grace, &mut Device::new(2), "b").await.expect(200);
    assert_eq!(grace.form(&remove, "").await.expect(404).code(), "identity.not_there");
    let renamed = format!("/account/passkeys/{id}/name");
    assert_eq!(grace.form(&renamed, "name=x").await.expect(404).code(), "identity.not_there");
    ada.form(&renamed, "name=Altes+Handy").await.expect(303);
    assert!(ada.get("/account/passkeys").await.text().contains("Altes Handy"));
    ada.form(&remove, "").await.expect(303);
    sign_in(&Browser::new(&node), &mut device).await.expect(403);
}

#[tokio::test]
async fn a_ceremony_belongs_to_one_person_and_ends() {
    let identity = identity();
    let node = testkit::node(vec![identity.block()]).await;
    let (ada, _) = somebody(&node, &identity).await;
    let (grace, _) = signed_in(&node, &identity, "Grace", "", "").await;
    let begun = ada.json("/account/passkeys/begin", &json!({})).await.json();
    let made = |credential| json!({ "ceremony": begun["ceremony"], "name": "x", "credential": credential });
    let credential = Device::new(3).create(&begun["options"]);
    assert_eq!(
        grace.json("/account/passkeys/finish", &made(credential.clone())).await.expect(400).code(),
        "identity.no_attempt"
    );
    // The stranger's try has ended it.
    ada.json("/account/passkeys/finish", &made(credential)).await.expect(400);
    let begun = ada.json("/account/passkeys/begin", &json!({})).await.json();
    let late = json!({ "ceremony": begun["ceremony"], "name": "x", "credential": Device::new(4).create(&begun["options"]) });
    node.clock.advance(6 * MINUTE);
    ada.json("/account/passkeys/finish", &late).await.expect(400);
    let begun = ada.json("/account/passkeys/begin", &json!({})).await.json();
    let mut phished = Device::new(5);
    phished.origin = "https://evil.example".to_owned();
    let made = json!({ "ceremony": begun["ceremony"], "name": "x", "credential": phished.create(&begun["options"]) });
    assert_eq!(ada.json("/account/passkeys/finish", &made).await.expect(422).code(), "identity.passkey_bad");
}

async fn recover(browser: &Browser<'_>, code: &str) -> Answer {
    let attempt = browser.begin("").await;
    browser.form("/sign-in/recovery", &format!("attempt={attempt}&code={code}")).await
}

#[tokio::test]
async fn recovery_codes_work_once_and_a_new_sheet_voids_the_old_one() {
    let identity = identity();
    let node = testkit::node(vec![identity.block()]).await;
    let (ada, _) = somebody(&node, &identity).await;
    let sheet = |page: String| -> Vec<String> {
        let list =
            page.split_once("data-recovery-codes").unwrap().1.split_once("</ol>").unwrap().0.to_owned();
        list.split("app-code\">").skip(1).map(|it| it.split('<').next().unwrap().to_owned()).collect()
    };
    let old = sheet(ada.form("/account/recovery", "").await.expect(200).text());
    let new = sheet(ada.form("/account/recovery", "").await.expect(200).text());
    assert_eq!((old.len(), new.len()), (10, 10));
    let fresh = Browser::new(&node);
    let refused = recover(&fresh, &old[0]).await.expect(403).text();
    assert!(refused.contains("falsch oder schon benutzt"));
    let arrived = recover(&fresh, &new[0].to_lowercase().replace('-', "+")).await.expect(303);
    assert_eq!(arrived.header("location"), "/account/passkeys?recovered=1");
    assert!(fresh.get("/account").await.text().contains("normal"), "a code proves no more than normal");
    assert!(fresh.get("/account/recovery").await.text().contains('9'));
    let other = Browser::new(&node);
    let used = recover(&other, &new[0]).await.expect(403);
    assert!(used.text().contains("falsch oder schon benutzt"), "used and wrong look the same");
    for _ in 0..3 {
        let _ = recover(&other, "AAAAA-AAAAA-AAAAA").await;
    }
    let limited = recover(&other, &new[1]).await;
    assert_eq!(limited.status(), 429, "guessing is slowed down");
    node.clock.advance(6 * MINUTE);
    recover(&other, &new[1]).await.expect(303);
}

#[tokio::test]
async fn where_makers_are_named_only_their_devices_are_taken() {
    let (ours, other) = (Maker::new(), Maker::new());
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("maker.pem");
    std::fs::write(&file, &ours.root).unwrap();
    let config = crate::Config { passkey_makers: vec![file], ..crate::Config::default() };
    let identity = Identity::new(config, [7; 32], Vec::new());
    let node = testkit::node(vec![identity.block()]).await;
    let (browser, _) = signed_in(&node, &identity, "Ada", "", "").await;
    let begun = browser.json("/account/passkeys/begin", &json!({})).await.expect(200).json();
    assert_eq!(begun["options"]["publicKey"]["attestation"], "direct");
    let mut unknown = Device::new(1);
    assert_ne!(add(&browser, &mut unknown, "ohne").await.status(), 200, "no attestation");
    let mut foreign = Device::new(2);
    foreign.maker = Some(other);
    assert_ne!(add(&browser, &mut foreign, "fremd").await.status(), 200, "another maker");
    let mut device = Device::new(3);
    device.maker = Some(ours);
    add(&browser, &mut device, "von uns").await.expect(200);
    sign_in(&Browser::new(&node), &mut device).await.expect(200);
}

#[tokio::test]
async fn a_maker_that_cannot_be_read_names_the_line() {
    let config =
        crate::Config { passkey_makers: vec!["/nowhere/maker.pem".into()], ..crate::Config::default() };
    let refused = Identity::new(config, [7; 32], Vec::new()).passkey_makers().unwrap_err();
    let cause = refused.cause().unwrap().to_string();
    assert!(cause.contains("passkey_makers") && cause.contains("/nowhere/maker.pem"), "{cause}");
}
