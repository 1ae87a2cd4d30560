//! What must be refused, each by the guard that does it.

use super::{
    holder::{NOW, Twist, answer, fetch, mdoc, mdoc_answer, post, sd_jwt, send},
    town::{Certified, Town},
};
use openid4vp::{request::RequestObject, response::Response};
use serde_json::json;

/// Answers a fresh request and expects a refusal with this code; nobody arrives.
async fn refused(town: &Town, make: impl FnOnce(&RequestObject) -> Response, code: &str) {
    town.browser().post_form("/sign-in/wallet", "attempt=a1").await.expect(303);
    let request = fetch(town, &town.begin().await).await;
    let told = send(town, &request, &make(&request)).await;
    assert_eq!(told.code(), code, "{}", told.text());
    assert!(town.page().await.text().contains("kern-alert"), "the browser is told, too");
    assert_eq!(town.arrived(), 0);
}

#[tokio::test]
async fn the_proof_must_be_for_this_request() {
    let town = Town::new().await;
    let issuer = &town.issuer;
    let plain = Twist::default();
    let other = |request: &RequestObject| RequestObject { nonce: "other".to_owned(), ..request.clone() };
    refused(&town, |it| sd_jwt(issuer, &other(it), &plain), "wallet.not_valid").await;
    let elsewhere =
        |it: &RequestObject| RequestObject { client_id: "x509_hash:other".to_owned(), ..it.clone() };
    refused(&town, |it| sd_jwt(issuer, &elsewhere(it), &plain), "wallet.not_valid").await;
    refused(&town, |it| sd_jwt(issuer, it, &Twist { stolen: true, ..Twist::default() }), "wallet.not_valid")
        .await;
    refused(&town, |it| mdoc_answer(&mdoc(issuer, &other(it), &plain)), "wallet.not_valid").await;
    let moved =
        |it: &RequestObject| RequestObject { response_uri: "https://evil.example/".to_owned(), ..it.clone() };
    refused(&town, |it| mdoc_answer(&mdoc(issuer, &moved(it), &plain)), "wallet.not_valid").await;
}

#[tokio::test]
async fn altered_items_are_noticed() {
    let town = Town::new().await;
    let forge = |it: &RequestObject| {
        let mut bytes = mdoc(&town.issuer, it, &Twist::default());
        let at = bytes.windows(10).position(|it| it == b"Mustermann").unwrap();
        bytes[at] = b'K';
        mdoc_answer(&bytes)
    };
    refused(&town, forge, "wallet.not_valid").await;
    let forge = |it: &RequestObject| {
        let Response::Presentations(all) = sd_jwt(&town.issuer, it, &Twist::default()) else { panic!() };
        let mut parts: Vec<String> = all["c0"][0].split('~').map(str::to_owned).collect();
        parts[1] = parts[2].clone();
        answer("c0", parts.join("~"))
    };
    refused(&town, forge, "wallet.not_valid").await;
}

#[tokio::test]
async fn the_crypto_policy_is_asked_at_each_use() {
    // The first second of 2032: elliptic curves alone agree on no keys any more.
    let end = 1_956_528_000;
    let town = Town::new().await;
    town.node.clock.advance((end - 60 - NOW) * kernel::SECOND);
    let request = fetch(&town, &town.begin().await).await;
    town.node.clock.advance(2 * kernel::MINUTE);
    let told = send(&town, &request, &sd_jwt(&town.issuer, &request, &Twist::default())).await;
    assert_eq!(told.code(), "wallet.not_valid");
    assert!(told.text().contains("ECDH secp256r1"), "{}", told.text());
    town.browser().post_form("/sign-in/wallet", "attempt=a1").await.expect(303);
    let id = town.begin().await;
    town.node.as_nobody().get(&format!("/sign-in/wallet/requests/{id}")).await.expect(500);
    let policy = kernel::Policy::shipped();
    let allowed = |algorithm: &str, at: i64| crate::rules::allowed(&policy, algorithm, at).is_ok();
    assert!(allowed("ES256", NOW) && allowed("ES384", NOW) && !allowed("ES512K", NOW));
    assert!(!allowed("ES256", 2_082_758_400), "the first second of 2036");
}

#[tokio::test]
async fn only_trusted_issuers_count() {
    let town = Town::new().await;
    let stranger = Certified::new("PID issuer", "DE");
    refused(&town, |it| sd_jwt(&stranger, it, &Twist::default()), "wallet.issuer_not_trusted").await;
    refused(&town, |it| mdoc_answer(&mdoc(&stranger, it, &Twist::default())), "wallet.issuer_not_trusted")
        .await;
    // The certificate of a trusted issuer over another one's key.
    let thief =
        Certified { certificate: town.issuer.certificate.clone(), ..Certified::new("PID issuer", "DE") };
    refused(&town, |it| sd_jwt(&thief, it, &Twist::default()), "wallet.not_valid").await;
    let abroad = Twist { claims: json!({"issuing_country": "FR"}), ..Twist::default() };
    refused(&town, |it| sd_jwt(&town.issuer, it, &abroad), "wallet.issuer_not_trusted").await;
}

#[tokio::test]
async fn dates_and_the_query_count() {
    let town = Town::new().await;
    let issuer = &town.issuer;
    let twist = |claims| Twist { claims, ..Twist::default() };
    refused(&town, |it| sd_jwt(issuer, it, &twist(json!({"exp": NOW - 100}))), "wallet.not_valid").await;
    refused(&town, |it| sd_jwt(issuer, it, &twist(json!({"nbf": NOW + 100}))), "wallet.not_valid").await;
    refused(&town, |it| sd_jwt(issuer, it, &twist(json!({"vct": "urn:other"}))), "wallet.bad_answer").await;
    let renamed = |it: &RequestObject| {
        let Response::Presentations(all) = sd_jwt(issuer, it, &Twist::default()) else { panic!() };
        answer("c9", all["c0"][0].clone())
    };
    refused(&town, renamed, "wallet.bad_answer").await;
    let twice = |it: &RequestObject| {
        let Response::Presentations(mut all) = sd_jwt(issuer, it, &Twist::default()) else { panic!() };
        let one = all["c0"][0].clone();
        all.get_mut("c0").unwrap().push(one);
        Response::Presentations(all)
    };
    refused(&town, twice, "wallet.bad_answer").await;
    for garbage in ["", "a~b", "💥"] {
        refused(&town, |_| answer("c0", garbage.to_owned()), "wallet.not_valid").await;
        refused(&town, |_| answer("c1", garbage.to_owned()), "wallet.not_valid").await;
    }
}

#[tokio::test]
async fn a_request_is_answered_once() {
    let town = Town::new().await;
    let request = fetch(&town, &town.begin().await).await;
    let response = sd_jwt(&town.issuer, &request, &Twist::default());
    send(&town, &request, &response).await.expect(200);
    assert_eq!(send(&town, &request, &response).await.expect(404).code(), "wallet.no_request");
}

#[tokio::test]
async fn what_cannot_be_read_leaves_the_request_open_but_not_for_ever() {
    let town = Town::new().await;
    let request = fetch(&town, &town.begin().await).await;
    for body in ["", "response=", "response=a.b.c.d.e", "response=%F0%9F%92%A5"] {
        assert_eq!(post(&town, &request, body).await.expect(400).code(), "wallet.bad_answer", "{body}");
    }
    let stranger = openid4vp::encryption::EncryptionKey::generate().unwrap();
    let other = answer("c0", "x".to_owned());
    let other = other.seal(stranger.public(), openid4vp::encryption::Encryption::A256Gcm, "s").unwrap();
    assert_eq!(
        post(&town, &request, &format!("response={other}")).await.expect(400).code(),
        "wallet.bad_answer"
    );
    let response = sd_jwt(&town.issuer, &request, &Twist::default());
    assert_eq!(send(&town, &request, &response).await.expect(429).code(), "wallet.too_often");
    let unknown = "/sign-in/wallet/responses/8b1d7a0e-0000-4000-8000-000000000000";
    assert_eq!(
        town.node.as_nobody().post_form(unknown, "response=x").await.expect(404).code(),
        "wallet.no_request"
    );
}

#[tokio::test]
async fn requests_of_one_sign_in_are_limited_and_need_its_browser() {
    let town = Town::new().await;
    town.page().await;
    for _ in 0..19 {
        town.browser().post_form("/sign-in/wallet", "attempt=a1").await.expect(303);
    }
    let more = town.browser().post_form("/sign-in/wallet", "attempt=a1").await;
    assert_eq!(more.expect(429).code(), "wallet.too_often");
    town.browser().get("/sign-in/wallet?attempt=a2").await.expect(200);
    town.node.as_nobody().get("/sign-in/wallet?attempt=a1").await.expect(403);
    town.browser().get("/sign-in/wallet").await.expect(400);
}
