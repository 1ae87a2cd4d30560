//! What clients ask for: parameters, request objects, redirect addresses.

use super::{ISSUER, KEY, NOW, OTHER, but, map};
use crate::{
    AuthorizationRequest, ErrorCode, Jwks, JwsFault, JwtFault, OauthFault,
    jws::FAPI,
    redirect::{self, RedirectFault},
    request_object, scope,
    subject::{pairwise, sector},
};
use serde_json::{Value, json};

const CHALLENGE: &str = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

fn good() -> Vec<(&'static str, &'static str)> {
    vec![
        ("client_id", "me"),
        ("response_type", "code"),
        ("redirect_uri", "https://app.example/back"),
        ("scope", "openid profile openid"),
        ("code_challenge", CHALLENGE),
        ("code_challenge_method", "S256"),
    ]
}

fn with(name: &'static str, value: &'static str) -> Result<crate::request::Wanted, OauthFault> {
    let mut pairs: Vec<_> = good().into_iter().filter(|it| it.0 != name).collect();
    pairs.push((name, value));
    AuthorizationRequest::from_pairs(pairs)?.check()
}

#[test]
fn requests_are_for_a_code_with_a_challenge() {
    let wanted = with("acr_values", "b a").unwrap();
    assert_eq!(
        (wanted.scope.join(" "), wanted.acr_values.join(" ")),
        ("openid profile".to_owned(), "b a".to_owned())
    );
    let cases = [
        ("response_type", "token", ErrorCode::UnsupportedResponseType),
        ("response_type", "code id_token", ErrorCode::UnsupportedResponseType),
        ("response_type", "", ErrorCode::InvalidRequest),
        ("response_mode", "fragment", ErrorCode::InvalidRequest),
        // PKCE downgrades: none, plain, unsaid, not a hash.
        ("code_challenge", "", ErrorCode::InvalidRequest),
        ("code_challenge", "short", ErrorCode::InvalidRequest),
        ("code_challenge_method", "plain", ErrorCode::InvalidRequest),
        ("code_challenge_method", "", ErrorCode::InvalidRequest),
        ("code_challenge_method", "s256", ErrorCode::InvalidRequest),
        ("scope", "a\"b", ErrorCode::InvalidScope),
        ("prompt", "none login", ErrorCode::InvalidRequest),
        ("max_age", "-1", ErrorCode::InvalidRequest),
        ("max_age", "99999999999999", ErrorCode::InvalidRequest),
        ("claims", "[]", ErrorCode::InvalidRequest),
        ("claims", r#"{"id_token":{"acr":7}}"#, ErrorCode::InvalidRequest),
        ("claims", r#"{"id_token":{},"id_token":{"acr":null}}"#, ErrorCode::InvalidRequest),
    ];
    for (name, value, code) in cases {
        assert_eq!(with(name, value).unwrap_err().error, code, "{name}={value}");
    }
    let mut twice = good();
    twice.push(("redirect_uri", "https://evil.example"));
    assert_eq!(AuthorizationRequest::from_pairs(twice).unwrap_err().error, ErrorCode::InvalidRequest);
    let long = [("state", "s".repeat(4097))];
    assert!(AuthorizationRequest::from_pairs(long).is_err());
}

#[test]
fn single_claims_are_asked_for() {
    let claims =
        r#"{"id_token":{"acr":{"essential":true,"values":["high"]},"email":null},"userinfo":{"name":{}}}"#;
    let wanted = with("claims", claims).unwrap().claims;
    assert_eq!(wanted.essential_acr(), Some(vec!["high"]));
    assert!(wanted.userinfo.contains_key("name") && wanted.id_token.contains_key("email"));
    assert_eq!(
        with("claims", r#"{"id_token":{"acr":{"values":["high"]}}}"#).unwrap().claims.essential_acr(),
        None
    );
}

fn object_with(name: &str, value: Value) -> Result<AuthorizationRequest, JwtFault> {
    let mut claims = map(json!({
        "iss": "me", "aud": ISSUER, "exp": NOW + 300, "nbf": NOW, "iat": NOW, "jti": "1", "max_age": 60,
        "claims": { "id_token": { "acr": null } },
    }));
    claims.extend(good().into_iter().map(|(name, value)| (name.to_owned(), json!(value))));
    let object = KEY.sign(Some("oauth-authz-req+jwt"), &but(claims, name, value)).unwrap();
    verify_object(&object)
}

fn verify_object(object: &str) -> Result<AuthorizationRequest, JwtFault> {
    request_object::verify(object, &Jwks::one(KEY.public().clone()), &FAPI, "me", ISSUER, NOW)
}

#[test]
fn request_objects_are_signed_for_this_provider_and_hold_everything() {
    let request = object_with("state", json!("s")).unwrap();
    assert_eq!(request.state.as_deref(), Some("s"));
    let wanted = request.check().unwrap();
    assert_eq!(wanted.max_age, Some(60));
    assert!(wanted.claims.id_token.contains_key("acr"));
    let cases = [
        ("iss", json!("you"), JwtFault::Wrong("iss")),
        ("client_id", json!("you"), JwtFault::Wrong("client_id")),
        ("client_id", Value::Null, JwtFault::Missing("client_id")),
        ("aud", json!("https://other.example"), JwtFault::Wrong("aud")),
        ("exp", Value::Null, JwtFault::Missing("exp")),
        ("exp", json!(NOW - 60), JwtFault::Expired),
        ("exp", json!(NOW + 3601), JwtFault::TooLong(3600)),
        ("nbf", json!(NOW - 3601), JwtFault::TooLong(3600)),
        ("nbf", json!(NOW + 60), JwtFault::Early),
        ("request", json!("x.y.z"), JwtFault::Unwanted("request")),
        ("request_uri", json!("https://evil.example/r"), JwtFault::Unwanted("request_uri")),
        ("sub", json!("me"), JwtFault::Unwanted("sub")),
    ];
    for (name, value, fault) in cases {
        assert_eq!(object_with(name, value.clone()).unwrap_err(), fault, "{name}: {value}");
    }
    let stranger = OTHER.sign(Some("oauth-authz-req+jwt"), &map(json!({ "iss": "me" }))).unwrap();
    assert_eq!(verify_object(&stranger).unwrap_err(), JwsFault::NoKey.into());
    let wrong = KEY.sign(Some("at+jwt"), &map(json!({ "iss": "me" }))).unwrap();
    assert!(matches!(verify_object(&wrong).unwrap_err(), JwtFault::Type(_)));
}

#[test]
fn redirect_addresses_are_compared_character_by_character() {
    let registered = ["https://app.example/back", "http://127.0.0.1/back", "http://[::1]:80/back"];
    for fits in ["https://app.example/back", "http://127.0.0.1/back", "http://127.0.0.1:51234/back"] {
        assert!(redirect::matches(&registered, fits), "{fits}");
    }
    for stranger in [
        "https://app.example/back/",
        "https://app.example/back?x",
        "https://app.example/back#x",
        "https://app.example/BACK",
        "https://APP.example/back",
        "https://app.example:443/back",
        "https://app.example/./back",
        "https://app.example/back/../back",
        "https://app.example.evil.example/back",
        "https://app.example@evil.example/back",
        "https://evil.example/https://app.example/back",
        "http://app.example/back",
        "http://127.0.0.1:51234/other",
        "http://127.0.0.1:51234/back?x=1",
        "http://127.0.0.1.evil.example/back",
        "http://127.0.0.1:51234@evil.example/back",
        "http://127.1/back",
        "http://2130706433/back",
        "http://127.0.0.2/back",
        "https://127.0.0.1/back",
        "http://localhost:51234/back",
        "http://127.0.0.1\\@evil.example/back",
        "//app.example/back",
        "",
    ] {
        assert!(!redirect::matches(&registered, stranger), "{stranger}");
    }
}

#[test]
fn only_safe_redirect_addresses_are_registered() {
    for good in
        ["https://a.example/x?y=1", "http://127.0.0.1/x", "http://localhost:3000/x", "de.example.app:/back"]
    {
        assert_eq!(redirect::check(good, false), Ok(()), "{good}");
    }
    let cases = [
        ("http://a.example/x", RedirectFault::Plain),
        ("https://a.example/#x", RedirectFault::Fragment),
        ("https://*.example/x", RedirectFault::Wildcard),
        ("https://me:pw@a.example/", RedirectFault::UserInfo),
        ("javascript:alert(1)", RedirectFault::Scheme),
        ("data:text/html,x", RedirectFault::Scheme),
        ("/back", RedirectFault::Malformed),
        ("https://a.example/ x", RedirectFault::Malformed),
        ("https://a.example\\@b.example", RedirectFault::Malformed),
    ];
    for (address, fault) in cases {
        assert_eq!(redirect::check(address, false), Err(fault), "{address}");
    }
    assert_eq!(redirect::check("de.example.app:/back", true), Err(RedirectFault::Scheme));
}

#[test]
fn lists_and_pseudonyms() {
    assert!(scope::within("a b", "b c a") && scope::within("", "a") && !scope::within("a d", "a b"));
    let salt = [7; 32];
    let one = pairwise(&salt, "app.example", "person");
    assert_eq!(one, pairwise(&salt, "app.example", "person"));
    for other in [
        pairwise(&salt, "other.example", "person"),
        pairwise(&salt, "app.example", "persona"),
        pairwise(&salt, "app.examplep", "erson"),
        pairwise(&[8; 32], "app.example", "person"),
    ] {
        assert_ne!(one, other);
    }
    assert_eq!(sector(&["https://a.example/1", "https://a.example/2"]).as_deref(), Some("a.example"));
    assert_eq!(sector(&["https://a.example/1", "https://b.example/2"]), None);
    assert_eq!(sector::<&str>(&[]), None);
}
