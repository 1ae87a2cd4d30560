//! What a wallet does not go along with.

use super::{Scene, access, scene};
use crate::prepare_files;
use axum::http::StatusCode;
use openid4vp::request;
use serde_json::json;
use tempfile::TempDir;
use testkit::NOON;

async fn refused(scene: &Scene, compact: &str, expected: &str) {
    compact.clone_into(&mut scene.desk.request.lock().unwrap());
    assert_eq!(scene.open("").await.code(), expected);
    let answer = scene.decide(compact, "person=erika&format=mso_mdoc&act=consent").await;
    assert_eq!(answer.code(), expected, "a page that was tampered with");
    assert!(scene.desk.received.lock().unwrap().is_none(), "nothing was sent");
}

#[tokio::test]
async fn an_altered_request_is_refused() {
    let scene = scene().await;
    let compact = scene.hand_out(&scene.request());
    let mut parts: Vec<&str> = compact.split('.').collect();
    let (start, end) = parts[2].split_at(8);
    let signature = format!("{}{end}", start.chars().rev().collect::<String>());
    parts[2] = &signature;
    refused(&scene, &parts.join("."), "simulated_wallet.bad_request").await;
    refused(&scene, "not.a.request", "simulated_wallet.bad_request").await;
    refused(&scene, "", "simulated_wallet.bad_request").await;
}

#[tokio::test]
async fn a_verifier_without_an_access_certificate_is_refused() {
    let scene = scene().await;
    let other = TempDir::new().unwrap();
    prepare_files(other.path(), "http://localhost:8080", NOON).unwrap();
    let (chain, key) = access(other.path());
    let mut request = scene.request();
    request.client_id = request::client_id(&chain[0]);
    let compact = request.sign(&chain, &key).unwrap();
    // Its client id fits its certificate; only nobody vouches for that.
    compact.clone_into(&mut scene.desk.request.lock().unwrap());
    let path = format!(
        "/simulator/wallet?client_id={}&request_uri={}/verifier/request",
        request.client_id, scene.address
    );
    let answer = scene.node.as_nobody().get(&path).await.expect(422);
    assert_eq!(answer.code(), "simulated_wallet.bad_request");
    refused(&scene, &compact, "simulated_wallet.bad_request").await;
}

#[tokio::test]
async fn other_response_modes_are_refused() {
    let scene = scene().await;
    let mut request = scene.request();
    request.response_mode = "direct_post".to_owned();
    let compact = scene.hand_out(&request);
    refused(&scene, &compact, "simulated_wallet.bad_request").await;
}

#[tokio::test]
async fn addresses_elsewhere_are_not_asked() {
    let scene = scene().await;
    let mut request = scene.request();
    request.response_uri = "https://verifier.example/response".to_owned();
    let compact = scene.hand_out(&request);
    refused(&scene, &compact, "simulated_wallet.elsewhere").await;
    let path = "/simulator/wallet?client_id=x509_hash:a&request_uri=http://169.254.169.254/latest";
    let answer = scene.node.as_nobody().get(path).await.expect(403);
    assert_eq!(answer.code(), "simulated_wallet.elsewhere");
}

#[tokio::test]
async fn the_browser_is_not_led_elsewhere() {
    let scene = scene().await;
    let compact = scene.hand_out(&scene.request());
    *scene.desk.answer.lock().unwrap() = (StatusCode::OK, json!({ "redirect_uri": "https://evil.example/" }));
    let answer = scene.decide(&compact, "person=erika&format=mso_mdoc&act=consent").await.expect(403);
    assert_eq!(answer.code(), "simulated_wallet.elsewhere");
}

#[tokio::test]
async fn choices_that_there_are_not_are_refused() {
    let scene = scene().await;
    let compact = scene.hand_out(&scene.request());
    for more in
        ["person=nobody&format=mso_mdoc&act=consent", "person=erika&format=jwt&act=consent", "act=consent"]
    {
        let answer = scene.decide(&compact, more).await.expect(422);
        assert_eq!(answer.code(), "simulated_wallet.bad_choice", "{more}");
    }
}

#[tokio::test]
async fn a_claim_that_nobody_has_is_not_invented() {
    let scene = scene().await;
    let mut request = scene.request();
    request.dcql_query = openid4vp::dcql::Query::read(&json!({ "credentials": [{
        "id": "c0", "format": "dc+sd-jwt", "meta": { "vct_values": ["urn:eudi:pid:de:1"] },
        "claims": [{ "path": ["tax_id"] }],
    }]}))
    .unwrap();
    let compact = scene.hand_out(&request);
    let page = scene.open("").await.expect(200).text();
    assert!(page.contains("Nichts passt") && page.contains("tax_id"));
    let answer = scene.decide(&compact, "person=erika&format=dc%2Bsd-jwt&act=consent").await.expect(422);
    assert_eq!(answer.code(), "simulated_wallet.nothing_fits");
    scene.decide(&compact, "act=decline").await.expect(303);
}

#[tokio::test]
async fn a_verifier_that_is_not_there_is_no_fault_of_ours() {
    let scene = scene().await;
    let path = "/simulator/wallet?client_id=x509_hash:a&request_uri=http://127.0.0.1:1/request";
    let answer = scene.node.as_nobody().get(path).await.expect(422);
    assert_eq!(answer.code(), "simulated_wallet.no_answer");
    let path = format!("/simulator/wallet?client_id=x509_hash:a&request_uri={}/nowhere", scene.address);
    let answer = scene.node.as_nobody().get(&path).await.expect(422);
    assert_eq!(answer.code(), "simulated_wallet.no_answer");
}
