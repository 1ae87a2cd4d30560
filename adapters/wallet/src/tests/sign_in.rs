//! Signing in: on the same device, on another one, and who may finish.

use super::{
    holder::{Twist, fetch, mdoc, mdoc_answer, post, sd_jwt, send, way_back},
    town::Town,
};
use kernel::{Level, MINUTE};
use openid4vp::response::Response;
use serde_json::json;

#[tokio::test]
async fn a_person_signs_in_with_a_wallet_on_the_same_device() {
    let town = Town::new().await;
    let page = town.page().await;
    assert_eq!(page.header("cache-control"), "no-store");
    let text = page.text();
    assert!(text.contains("haip-vp://?client_id=x509_hash%3A") && text.contains("Bauportal"), "{text}");
    assert!(
        text.contains("/simulator/wallet?")
            && !text.contains("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 ")
    );
    let request = fetch(&town, &Town::requests(&text)[0]).await;
    assert_eq!(request.verifier_info.as_ref().unwrap()[0].data, "a.b.c");
    let back = way_back(
        &send(&town, &request, &sd_jwt(&town.issuer, &request, &Twist::default())).await.expect(200),
    );
    let answer = town.browser().get(&back).await.expect(303);
    assert_eq!(answer.header("location"), "/account");
    assert!(answer.header("set-cookie").starts_with("fachwerk_account="));
    let arrival = town.last();
    assert_eq!(
        (arrival.way.as_str(), arrival.issuer.as_str(), arrival.level),
        ("wallet", "eudi-pid:DE", Level::High)
    );
    assert_eq!(arrival.claims["given_name"], "Erika");
    assert_eq!(arrival.claims["place_of_birth.locality"], "Berlin");
    assert!(!arrival.claims.contains_key("portrait") && !arrival.subject.contains("Mustermann"));
    // Once, and never again.
    assert_eq!(town.browser().get(&back).await.expect(404).code(), "wallet.no_request");
    assert_eq!(town.arrived(), 1);
}

#[tokio::test]
async fn an_mdoc_makes_the_same_person() {
    let town = Town::new().await;
    for format in ["sd-jwt", "mdoc"] {
        let request = fetch(&town, &town.begin().await).await;
        let response = match format {
            "mdoc" => mdoc_answer(&mdoc(&town.issuer, &request, &Twist::default())),
            _ => sd_jwt(&town.issuer, &request, &Twist::default()),
        };
        let back = way_back(&send(&town, &request, &response).await.expect(200));
        town.browser().get(&back).await.expect(303);
    }
    let arrivals = town.notes.0.lock().unwrap().clone();
    assert_eq!(arrivals[0].subject, arrivals[1].subject);
    assert_eq!(arrivals[0].claims, arrivals[1].claims);
}

#[tokio::test]
async fn the_way_back_is_for_the_browser_that_began_with_the_code() {
    let town = Town::new().await;
    let id = town.begin().await;
    let early = format!("/sign-in/wallet/finish?request={id}&response_code=");
    assert_eq!(town.browser().get(&early).await.expect(403).code(), "wallet.no_code");
    let request = fetch(&town, &id).await;
    let back = way_back(
        &send(&town, &request, &sd_jwt(&town.issuer, &request, &Twist::default())).await.expect(200),
    );
    let without = back.split("&response_code").next().unwrap();
    assert_eq!(town.browser().get(without).await.expect(403).code(), "wallet.no_code");
    assert_eq!(town.browser().get(&format!("{back}x")).await.expect(403).code(), "wallet.no_code");
    // Asking, as for another device, does not help either.
    let body = format!("request={id}");
    assert_eq!(
        town.browser().post_form("/sign-in/wallet/finish", &body).await.expect(403).code(),
        "wallet.no_code"
    );
    // A session that somebody else began stays without a person.
    town.node.as_nobody().get(&back).await.expect(403);
    town.node.as_nobody().with("cookie", "fachwerk_browser=another").get(&back).await.expect(403);
    assert_eq!(town.arrived(), 0);
    town.browser().get(&back).await.expect(303);
}

#[tokio::test]
async fn another_device_finishes_only_where_it_is_allowed() {
    let town = Town::with(|it| it.other_device = true).await;
    let text = town.page().await.text();
    assert!(text.contains("role=\"img\"") && text.contains("Scannen Sie diesen Code nur"), "{text}");
    assert!(!text.contains("Ihre Wallet hat geantwortet"));
    // The request for the other device stands in the form only: the QR code is a picture.
    let id = text.split("name=\"request\" value=\"").nth(1).unwrap().get(..36).unwrap().to_owned();
    let body = format!("request={id}");
    let early = town.browser().post_form("/sign-in/wallet/finish", &body).await;
    assert_eq!(early.expect(409).code(), "wallet.no_answer_yet");
    let request = fetch(&town, &id).await;
    let told = send(&town, &request, &sd_jwt(&town.issuer, &request, &Twist::default())).await.expect(200);
    assert_eq!(told.json(), json!({}));
    assert!(town.page().await.text().contains("Ihre Wallet hat geantwortet"));
    town.node.as_nobody().post_form("/sign-in/wallet/finish", &body).await.expect(403);
    town.browser().post_form("/sign-in/wallet/finish", &body).await.expect(303);
    assert_eq!(town.arrived(), 1);
}

#[tokio::test]
async fn where_another_device_is_not_allowed_the_page_says_why() {
    let town = Town::new().await;
    let text = town.page().await.text();
    assert!(text.contains("Ein QR-Code zum Abscannen ist hier abgeschaltet"), "{text}");
    assert!(!text.contains("role=\"img\""));
}

#[tokio::test]
async fn a_wallets_nonce_comes_back_signed() {
    let town = Town::new().await;
    let id = town.begin().await;
    let plain = fetch(&town, &id).await;
    assert_eq!(plain.wallet_nonce, None);
    let path = format!("/sign-in/wallet/requests/{id}");
    let answer =
        town.node.as_nobody().post_form(&path, "wallet_nonce=n-17&wallet_metadata=%7B%7D").await.expect(200);
    let (request, _) = openid4vp::request::RequestObject::verify(&answer.text(), &plain.client_id).unwrap();
    assert_eq!(request.wallet_nonce.as_deref(), Some("n-17"));
    assert_eq!((request.nonce, request.state), (plain.nonce, plain.state));
    let long = format!("wallet_nonce={}", "n".repeat(600));
    town.node.as_nobody().post_form(&path, &long).await.expect(400);
}

#[tokio::test]
async fn declining_in_the_wallet_is_no_fault_and_can_be_tried_again() {
    let town = Town::new().await;
    let request = fetch(&town, &town.begin().await).await;
    let told = send(&town, &request, &Response::Refusal("access_denied".to_owned())).await.expect(200);
    let failed = town.browser().get(&way_back(&told)).await.expect(403);
    assert_eq!(failed.code(), "wallet.declined");
    let text = town.page().await.text();
    assert!(text.contains("In der Wallet nicht abgeschlossen") && text.contains("access_denied"), "{text}");
    let again = town.browser().post_form("/sign-in/wallet", "attempt=a1").await.expect(303);
    assert_eq!(again.header("location"), "/sign-in/wallet?attempt=a1");
    let request = fetch(&town, &town.begin().await).await;
    // In plain text only whoever knows the state may decline.
    post(&town, &request, "error=access_denied&state=guessed").await.expect(400);
    let told =
        post(&town, &request, &format!("error=access_denied&state={}", request.state)).await.expect(200);
    assert!(way_back(&told).contains("response_code="));
}

#[tokio::test]
async fn requests_end() {
    let town = Town::new().await;
    let id = town.begin().await;
    let request = fetch(&town, &id).await;
    town.node.clock.advance(11 * MINUTE);
    let path = format!("/sign-in/wallet/requests/{id}");
    assert_eq!(town.node.as_nobody().get(&path).await.expect(404).code(), "wallet.no_request");
    let late = send(&town, &request, &sd_jwt(&town.issuer, &request, &Twist::default())).await;
    assert_eq!(late.expect(404).code(), "wallet.no_request");
    town.node.settle().await;
    assert_ne!(town.begin().await, id);
}
