//! What reaches the verifier.

use super::{NOW, Scene, scene};
use axum::http::StatusCode;
use mdoc::{DeviceResponse, Expected as ExpectedDocument, SessionTranscript};
use openid4vp::{request::RequestObject, response::Response};
use sdjwt::{
    key_binding::Expected,
    status::{Status, StatusListToken},
    vc::{Credential, CredentialFault, Presentation},
};
use serde_json::json;

#[tokio::test]
async fn the_page_says_who_asks_for_what_and_what_it_is() {
    let scene = scene().await;
    let page = scene.open("").await.expect(200).text();
    for words in [
        "SIMULATOR",
        "Stadt Kassel (Demo)",
        "Familienname",
        "Geburtsdatum",
        "Erika Mustermann",
        "wird gespeichert",
    ] {
        assert!(page.contains(words), "{words}");
    }
    let english = scene.open("&lang=en").await.expect(200).text();
    assert!(english.contains("not a real wallet") && english.contains("Date of birth"));
    let plain = scene.node.as_nobody().get("/simulator/wallet").await.expect(200).text();
    assert!(plain.contains("SIMULATOR") && plain.contains("Gesine Gesperrt"));
}

fn credential(scene: &Scene) -> Result<Credential, CredentialFault> {
    let request = scene.request();
    let presentation = Presentation::parse(&scene.presentation("c0")).unwrap();
    let issuer = scene.issuer_key(presentation.x5c().unwrap());
    let expected =
        Expected { nonce: &request.nonce, audience: &request.client_id, now: NOW, max_age: 60, leeway: 5 };
    presentation.verify(&issuer, &expected)
}

#[tokio::test]
async fn an_sd_jwt_shows_what_was_asked_for_and_no_more() {
    let scene = scene().await;
    let request = scene.hand_out(&scene.request());
    let answer = scene.decide(&request, "person=erika&format=dc%2Bsd-jwt&act=consent").await.expect(303);
    assert_eq!(answer.header("location"), "/sign-in/done?code=1");
    let credential = credential(&scene).unwrap();
    assert_eq!(credential.vct, "urn:eudi:pid:de:1");
    assert_eq!(credential.claims["family_name"], "Mustermann");
    assert_eq!(credential.claims["address"], json!({ "locality": "Köln" }));
    assert!(!credential.claims.contains_key("given_name"), "nobody asked for it");
    assert_eq!(credential.status.unwrap().index, 3);
}

#[tokio::test]
async fn an_mdoc_shows_what_was_asked_for_and_no_more() {
    use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
    let scene = scene().await;
    let request = scene.hand_out(&scene.request());
    scene.decide(&request, "person=max&format=mso_mdoc&act=consent").await.expect(303);
    let response = URL_SAFE_NO_PAD.decode(scene.presentation("c1")).unwrap();
    let document = DeviceResponse::parse(&response).unwrap().documents.remove(0);
    let certificate = pki::Certificate::read(&document.issuer_signed.chain()[0]).unwrap();
    let issuer = scene.issuer_key(document.issuer_signed.chain().to_vec());
    let request = scene.request();
    let thumbprint = scene.key.public().thumbprint();
    let expected = ExpectedDocument {
        issuer_key: &mdoc::PublicKey::from_point(issuer.point()).unwrap(),
        issuer_valid: (certificate.not_before, certificate.not_after),
        doc_type: "eu.europa.ec.eudi.pid.1",
        transcript: &SessionTranscript::openid4vp(
            &request.client_id,
            &request.nonce,
            Some(&thumbprint),
            &request.response_uri,
        ),
        now: NOW,
        leeway: 0,
    };
    let presented = document.verify(&expected).unwrap();
    let claims = serde_json::to_value(&presented.claims).unwrap();
    assert_eq!(
        claims,
        json!({ "eu.europa.ec.eudi.pid.1": { "family_name": "Beispiel", "birth_date": "1991-03-30" } })
    );
    assert_eq!(presented.status.unwrap().index, 14);
}

#[tokio::test]
async fn whoever_declines_shows_nothing() {
    let scene = scene().await;
    let request = scene.hand_out(&scene.request());
    scene.decide(&request, "act=decline").await.expect(303);
    assert_eq!(scene.received(), Response::Refusal("access_denied".to_owned()));
}

#[tokio::test]
async fn one_person_is_revoked_and_one_has_expired() {
    let scene = scene().await;
    let request = scene.hand_out(&scene.request());
    scene.decide(&request, "person=gesine&format=dc%2Bsd-jwt&act=consent").await.expect(303);
    let gesine = credential(&scene).unwrap().status.unwrap();
    assert_eq!(gesine.uri, "http://localhost:8080/simulator/wallet/status/1");
    let list = scene.node.as_nobody().get("/simulator/wallet/status/1").await.expect(200);
    assert_eq!(list.header("content-type"), "application/statuslist+jwt");
    let token = StatusListToken::parse(&list.text()).unwrap();
    let issuer = scene.issuer_key(token.x5c().unwrap());
    let checked = token.verify(&issuer, &gesine.uri, NOW, 1 << 20).unwrap();
    assert_eq!(checked.list.status(gesine.index), Ok(Status::Invalid));
    assert_eq!(checked.list.status(3), Ok(Status::Valid));
    scene.decide(&request, "person=albert&format=dc%2Bsd-jwt&act=consent").await.expect(303);
    assert_eq!(credential(&scene).unwrap_err(), CredentialFault::Expired);
}

#[tokio::test]
async fn a_verifier_that_refuses_is_quoted() {
    let scene = scene().await;
    let request = scene.hand_out(&scene.request());
    let body = json!({ "error": "invalid_request", "error_description": "This answer came twice." });
    *scene.desk.answer.lock().unwrap() = (StatusCode::BAD_REQUEST, body);
    let page = scene.decide(&request, "person=erika&format=mso_mdoc&act=consent").await.expect(200).text();
    assert!(page.contains("Nicht angenommen") && page.contains("This answer came twice."));
}

#[tokio::test]
async fn a_verifier_may_say_nothing_more() {
    let scene = scene().await;
    let request = scene.hand_out(&scene.request());
    *scene.desk.answer.lock().unwrap() = (StatusCode::OK, json!({}));
    let page = scene.decide(&request, "person=erika&format=mso_mdoc&act=consent").await.expect(200).text();
    assert!(page.contains("Antwort gesendet"));
}

#[tokio::test]
async fn a_request_fetched_by_post_repeats_the_wallets_nonce() {
    let scene = scene().await;
    let page = scene.open("&request_uri_method=post").await;
    assert_eq!(page.expect(422).code(), "simulated_wallet.bad_request", "without the nonce");
    let (chain, key) = super::access(scene.folder.path());
    let request = scene.request();
    *scene.desk.signs.lock().unwrap() = Some(Box::new(move |nonce| {
        let request = RequestObject { wallet_nonce: Some(nonce.to_owned()), ..request.clone() };
        request.sign(&chain, &key).unwrap()
    }));
    scene.open("&request_uri_method=post").await.expect(200);
    let sent = scene.desk.nonces.lock().unwrap().clone();
    assert!(sent.len() == 2 && sent[0] != sent[1], "each fetch has its own");
}
