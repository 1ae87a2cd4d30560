//! The wallet's side: a person with identity data in both formats.

use super::town::{Certified, Town};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use mdoc::{Element, Issue, SessionTranscript, Validity};
use openid4vp::{
    dcql::{Candidate, PathPart, choose},
    request::RequestObject,
    response::Response,
};
use sdjwt::{SdJwt, key::Curve, key_binding};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use testkit::{Answer, NOON};

pub const NOW: i64 = NOON / 1_000_000;
const DOC_TYPE: &str = "eu.europa.ec.eudi.pid.1";

/// What a test changes about an answer.
#[derive(Default)]
pub struct Twist {
    pub claims: Value,
    pub status: Option<(String, u64)>,
    /// Signs the proof with another key than the issuer named.
    pub stolen: bool,
}

/// Fetches and believes a request.
pub async fn fetch(town: &Town, id: &str) -> RequestObject {
    let answer = town.node.as_nobody().get(&format!("/sign-in/wallet/requests/{id}")).await.expect(200);
    assert_eq!(answer.header("content-type"), "application/oauth-authz-req+jwt");
    let page = town.page().await.text();
    let client_id = page.split("client_id=").nth(1).unwrap().split('&').next().unwrap().replace("%3A", ":");
    RequestObject::verify(&answer.text(), &client_id).unwrap().0
}

/// Posts a form field to the response address of a request.
pub async fn post(town: &Town, request: &RequestObject, body: &str) -> Answer {
    let path = request.response_uri.strip_prefix("http://localhost:8080").unwrap();
    town.node.as_nobody().post_form(path, body).await
}

/// Encrypts and posts.
pub async fn send(town: &Town, request: &RequestObject, response: &Response) -> Answer {
    let (key, encryption) = request.client_metadata.encryption().unwrap();
    let sealed = response.seal(&key, encryption, &request.state).unwrap();
    post(town, request, &format!("response={sealed}")).await
}

/// One presentation as an answer.
pub fn answer(id: &str, presentation: String) -> Response {
    Response::Presentations(BTreeMap::from([(id.to_owned(), vec![presentation])]))
}

fn person(twist: &Twist) -> Value {
    let mut claims = json!({
        "vct": "urn:eudi:pid:de:1", "iat": NOW - 1000, "exp": NOW + 100_000,
        "family_name": "Mustermann", "given_name": "Erika", "birthdate": "1964-08-12",
        "place_of_birth": {"locality": "Berlin", "country": "DE"}, "issuing_country": "DE",
        "nationalities": ["DE"], "portrait": "data:image/jpeg;base64,AA",
    });
    if let Some((uri, index)) = &twist.status {
        claims["status"] = json!({"status_list": {"uri": uri, "idx": index}});
    }
    if let Some(more) = twist.claims.as_object() {
        claims.as_object_mut().unwrap().extend(more.clone());
    }
    claims
}

/// Shows SD-JWT identity data as the request asks.
pub fn sd_jwt(issuer: &Certified, request: &RequestObject, twist: &Twist) -> Response {
    let device = sdjwt::key::SigningKey::generate(Curve::P256).unwrap();
    let key = sdjwt::key::SigningKey::from_pkcs8(&issuer.pkcs8()).unwrap();
    let claims = person(twist);
    let disclosable = claims.as_object().unwrap().keys();
    let open = ["vct", "iat", "nbf", "exp", "status"];
    let disclosable =
        disclosable.filter(|it| !open.contains(&it.as_str())).map(|it| format!("/{it}")).collect();
    let made = sdjwt::vc::issue(
        claims,
        disclosable,
        device.public(),
        (&key, std::slice::from_ref(&issuer.certificate)),
    );
    let whole = SdJwt::parse(&made.unwrap()).unwrap();
    let claims = Value::Object(whole.claims().unwrap());
    let kind = claims["vct"].as_str().unwrap();
    let candidate = Candidate { format: "dc+sd-jwt", kind, claims: &claims };
    let choice = choose(&request.dcql_query, &[candidate]);
    let (id, wanted) = match choice.and_then(|it| it.into_iter().next()) {
        Some(choice) => (choice.id, choice.disclose),
        // A wallet that answers although it cannot: the verifier has to notice.
        None => ("c0".to_owned(), Vec::new()),
    };
    let step = |it: &PathPart| match it {
        PathPart::Name(name) => sdjwt::PathPart::Name(name.clone()),
        PathPart::Index(index) => sdjwt::PathPart::Index(*index),
        PathPart::All => panic!("an exact place"),
    };
    let wanted: Vec<Vec<sdjwt::PathPart>> = wanted.iter().map(|it| it.iter().map(step).collect()).collect();
    let shown = whole.disclose(&wanted).unwrap();
    let device = if twist.stolen { sdjwt::key::SigningKey::generate(Curve::P256).unwrap() } else { device };
    let bound = key_binding::bind(&shown, &device, (&request.nonce, &request.client_id), NOW).unwrap();
    answer(&id, bound.to_string())
}

/// Shows an mdoc with identity data, every element that there is.
pub fn mdoc(issuer: &Certified, request: &RequestObject, twist: &Twist) -> Vec<u8> {
    let device = mdoc::SigningKey::generate().unwrap();
    let text = |it: &str| mdoc::Value::from(it);
    let place = mdoc::Value::Map(vec![(text("country"), text("DE")), (text("locality"), text("Berlin"))]);
    let elements: Vec<Element> = [
        ("family_name", text("Mustermann")),
        ("given_name", text("Erika")),
        ("birth_date", mdoc::full_date("1964-08-12")),
        ("place_of_birth", place),
        ("issuing_country", text("DE")),
    ]
    .into_iter()
    .map(|(name, value)| Element { namespace: DOC_TYPE.to_owned(), name: name.to_owned(), value })
    .collect();
    let status = twist.status.clone().map(|(uri, index)| mdoc::StatusReference { index, uri });
    let public = device.public().unwrap();
    let issue = Issue {
        doc_type: DOC_TYPE,
        elements: &elements,
        validity: Validity { signed: NOW - 1000, valid_from: NOW - 1000, valid_until: NOW + 100_000 },
        status: status.as_ref(),
        device_key: &public,
        chain: std::slice::from_ref(&issuer.certificate),
    };
    let signed = issue.sign(&mdoc::SigningKey::from_pkcs8(&issuer.pkcs8()).unwrap()).unwrap();
    let (key, _) = request.client_metadata.encryption().unwrap();
    let transcript = SessionTranscript::openid4vp(
        &request.client_id,
        &request.nonce,
        Some(&key.thumbprint()),
        &request.response_uri,
    );
    mdoc::present(&signed, DOC_TYPE, |_, _| true, &transcript, &device).unwrap()
}

/// An mdoc as an answer.
pub fn mdoc_answer(bytes: &[u8]) -> Response {
    answer("c1", URL_SAFE_NO_PAD.encode(bytes))
}

/// The way back that a wallet was told, without the host.
pub fn way_back(answer: &Answer) -> String {
    let address = answer.json()["redirect_uri"].as_str().unwrap_or_default().to_owned();
    address.strip_prefix("http://localhost:8080").expect("an address of this node").to_owned()
}
