//! The relying party's side: ID tokens, logout tokens, responses, metadata.

use super::{ISSUER, KEY, NOW, OTHER, but, map};
use crate::{
    Algorithm, Claims, ErrorCode, Jwks, JwsFault, JwtFault,
    id_token::{self, Expected, IdToken, half_hash},
    jws::FAPI,
    logout,
    metadata::{Metadata, MetadataFault},
    response::{self, ResponseFault},
};
use serde_json::{Value, json};

fn expected() -> Expected<'static> {
    Expected {
        issuer: ISSUER,
        client_id: "me",
        nonce: Some("n"),
        access_token: Some("at"),
        code: None,
        max_age: Some(60),
        acr: &["high"],
        now: NOW,
    }
}

fn issued() -> serde_json::Map<String, Value> {
    let token = IdToken {
        issuer: ISSUER.into(),
        subject: "s".into(),
        client_id: "me".into(),
        issued: NOW,
        expires: NOW + 300,
        auth_time: Some(NOW - 10),
        nonce: Some("n".into()),
        acr: Some("high".into()),
        amr: vec!["hwk".into()],
        sid: Some("sid".into()),
        more: map(json!({ "name": "Ä" })),
    };
    token.claims(Algorithm::Es256, Some("at"))
}

fn id_token_with(name: &str, value: Value) -> Result<Claims, JwtFault> {
    let token = KEY.sign(Some("JWT"), &but(issued(), name, value)).unwrap();
    id_token::verify(&token, &Jwks::one(KEY.public().clone()), &FAPI, expected())
}

#[test]
fn id_tokens_are_from_whom_was_asked_for_us_now() {
    assert_eq!(id_token_with("x", json!(1)).unwrap().text("sub"), Some("s"));
    assert!(id_token_with("azp", json!("me")).is_ok());
    let cases = [
        ("iss", json!("https://evil.example"), JwtFault::Wrong("iss")),
        ("iss", json!(format!("{ISSUER}/")), JwtFault::Wrong("iss")),
        ("sub", Value::Null, JwtFault::Missing("sub")),
        ("aud", json!("you"), JwtFault::Wrong("aud")),
        ("aud", json!(["me", "you"]), JwtFault::Missing("azp")),
        ("azp", json!("you"), JwtFault::Wrong("azp")),
        ("exp", json!(NOW - 40), JwtFault::Expired),
        ("iat", Value::Null, JwtFault::Missing("iat")),
        ("iat", json!(NOW + 40), JwtFault::Early),
        // Code injection: somebody else's sign-in has somebody else's nonce.
        ("nonce", json!("other"), JwtFault::Wrong("nonce")),
        ("nonce", Value::Null, JwtFault::Missing("nonce")),
        ("at_hash", json!(half_hash(Algorithm::Es256, "other")), JwtFault::Wrong("at_hash")),
        ("auth_time", json!(NOW - 91), JwtFault::TooOld),
        ("auth_time", Value::Null, JwtFault::Missing("auth_time")),
        ("acr", json!("low"), JwtFault::Wrong("acr")),
        ("acr", Value::Null, JwtFault::Missing("acr")),
    ];
    for (name, value, fault) in cases {
        assert_eq!(id_token_with(name, value.clone()).unwrap_err(), fault, "{name}: {value}");
    }
    let stranger = OTHER.sign(Some("JWT"), &issued()).unwrap();
    let keys = Jwks::one(KEY.public().clone());
    assert_eq!(id_token::verify(&stranger, &keys, &FAPI, expected()).unwrap_err(), JwsFault::NoKey.into());
    let unasked = Expected { nonce: None, ..expected() };
    let token = KEY.sign(None, &issued()).unwrap();
    assert_eq!(id_token::verify(&token, &keys, &FAPI, unasked).unwrap_err(), JwtFault::Unwanted("nonce"));
    let kind = KEY.sign(Some("at+jwt"), &issued()).unwrap();
    assert!(matches!(id_token::verify(&kind, &keys, &FAPI, expected()).unwrap_err(), JwtFault::Type(_)));
    // OpenID Connect Core, appendix A.3: the hash of an access token.
    assert_eq!(
        half_hash(Algorithm::Rs256, "jHkWEdUXMU1BwAsC4vtUsZwnNvTIxEl0z9K3vx5KF0Y"),
        "77QmUPtjPfzWtF2AnpK9RQ"
    );
}

#[test]
fn logout_tokens_are_no_id_tokens() {
    let keys = Jwks::one(KEY.public().clone());
    let verify = |name: &str, value: Value| {
        let claims = but(logout::claims(ISSUER, "me", Some("s"), "sid", NOW, "j"), name, value);
        logout::verify(&KEY.sign(Some(logout::TYPE), &claims).unwrap(), &keys, &FAPI, ISSUER, "me", NOW)
    };
    assert_eq!(verify("x", Value::Null).unwrap().text("sid"), Some("sid"));
    assert_eq!(verify("nonce", json!("n")).unwrap_err(), JwtFault::Unwanted("nonce"));
    assert_eq!(verify("events", json!({})).unwrap_err(), JwtFault::Malformed("events"));
    assert_eq!(verify("aud", json!("you")).unwrap_err(), JwtFault::Wrong("aud"));
    assert_eq!(verify("exp", json!(NOW - 60)).unwrap_err(), JwtFault::Expired);
    assert_eq!(verify("jti", Value::Null).unwrap_err(), JwtFault::Missing("jti"));
    let id_token = KEY.sign(None, &issued()).unwrap();
    assert!(logout::verify(&id_token, &keys, &FAPI, ISSUER, "me", NOW).is_err());
}

#[test]
fn a_response_is_from_the_provider_that_was_asked() {
    let expected = response::Expected { issuer: ISSUER, state: "st", iss_required: true };
    let read = |pairs: &[(&'static str, &'static str)]| response::read(pairs.iter().copied(), expected);
    assert_eq!(read(&[("code", "c"), ("state", "st"), ("iss", ISSUER)]).unwrap(), "c");
    let cases: [(&[(&str, &str)], ResponseFault); 7] = [
        (&[("code", "c"), ("state", "st"), ("iss", "https://evil.example")], ResponseFault::Issuer),
        (&[("code", "c"), ("state", "st")], ResponseFault::Issuer),
        (&[("code", "c"), ("state", "other"), ("iss", ISSUER)], ResponseFault::State),
        (&[("code", "c"), ("iss", ISSUER)], ResponseFault::State),
        (&[("code", "c"), ("code", "d"), ("state", "st"), ("iss", ISSUER)], ResponseFault::Twice),
        (
            &[("error", "access_denied<script>"), ("state", "st"), ("iss", ISSUER)],
            ResponseFault::Refused("access_deniedscript".into()),
        ),
        (&[("state", "st"), ("iss", ISSUER)], ResponseFault::Empty),
    ];
    for (pairs, fault) in cases {
        assert_eq!(read(pairs).unwrap_err(), fault, "{pairs:?}");
    }
    let sent = response::with_code("https://app.example/b?x=1", "c d", Some("s&t"), ISSUER).unwrap();
    assert_eq!(sent, "https://app.example/b?x=1&code=c+d&state=s%26t&iss=https%3A%2F%2Fnode.example");
    let fault = ErrorCode::LoginRequired.because("nobody");
    let sent = response::with_fault("https://app.example/b", &fault, None, ISSUER).unwrap();
    assert!(sent.contains("error=login_required&error_description=nobody&iss="), "{sent}");
    assert_eq!(
        serde_json::to_value(&fault).unwrap(),
        json!({ "error": "login_required", "error_description": "nobody" })
    );
}

#[test]
fn metadata_is_of_the_issuer_that_was_asked() {
    let found: Metadata = serde_json::from_value(json!({
        "issuer": ISSUER,
        "authorization_endpoint": "https://node.example/a",
        "token_endpoint": "https://node.example/t",
        "jwks_uri": "https://node.example/j",
        "unknown_member": [1],
    }))
    .unwrap();
    assert_eq!(found.check(ISSUER, false), Ok(()));
    assert_eq!(found.check("https://other.example", false), Err(MetadataFault::Issuer));
    let plain = Metadata { token_endpoint: "http://node.example/t".into(), ..found.clone() };
    assert_eq!(plain.check(ISSUER, true), Err(MetadataFault::Endpoint));
    let local = Metadata { token_endpoint: "http://localhost:9/t".into(), ..found };
    assert_eq!(local.check(ISSUER, true), Ok(()));
    assert_eq!(local.check(ISSUER, false), Err(MetadataFault::Endpoint));
}
