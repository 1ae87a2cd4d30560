//! How clients prove themselves: assertions, DPoP, PKCE, bound tokens.

use super::{ISSUER, KEY, NOW, OTHER, but, map};
use crate::{
    AccessToken, Claims, Confirmation, Jwks, JwsFault, JwtFault, assertion, dpop,
    jws::{self, FAPI},
    pkce, sha256_base64url,
};
use serde_json::{Value, json};

fn assertion_claims() -> serde_json::Map<String, Value> {
    map(json!({ "iss": "me", "sub": "me", "aud": ISSUER, "jti": "1", "iat": NOW, "exp": NOW + 60 }))
}

fn assertion_with(name: &str, value: Value) -> Result<assertion::Assertion, JwtFault> {
    let token = KEY.sign(None, &but(assertion_claims(), name, value)).unwrap();
    verify_assertion(&token)
}

fn verify_assertion(token: &str) -> Result<assertion::Assertion, JwtFault> {
    let expected =
        assertion::Expected { client_id: "me", audiences: &[ISSUER], single_audience: true, now: NOW };
    assertion::verify(token, &Jwks::one(KEY.public().clone()), &FAPI, expected)
}

#[test]
fn assertions_are_for_this_provider_by_this_client_and_young() {
    assert_eq!(assertion_with("jti", json!("1")).unwrap().jti, "1");
    assert!(assertion_with("iat", Value::Null).is_ok());
    let cases = [
        ("iss", json!("you"), JwtFault::Wrong("iss")),
        ("sub", json!("you"), JwtFault::Wrong("sub")),
        ("sub", Value::Null, JwtFault::Missing("sub")),
        ("aud", json!("https://other.example"), JwtFault::Wrong("aud")),
        ("aud", json!([ISSUER, "https://other.example"]), JwtFault::Wrong("aud")),
        ("aud", json!([ISSUER]), JwtFault::Wrong("aud")),
        ("aud", json!(format!("{ISSUER}/")), JwtFault::Wrong("aud")),
        ("aud", Value::Null, JwtFault::Missing("aud")),
        ("exp", json!(NOW - 31), JwtFault::Expired),
        ("exp", Value::Null, JwtFault::Missing("exp")),
        ("exp", json!("soon"), JwtFault::Malformed("exp")),
        ("exp", json!(1e300), JwtFault::Malformed("exp")),
        ("exp", json!(NOW + 3700), JwtFault::TooLong(3600)),
        ("exp", json!(i64::MAX), JwtFault::TooLong(3600)),
        ("iat", json!(NOW + 40), JwtFault::Early),
        ("nbf", json!(NOW + 40), JwtFault::Early),
        ("jti", Value::Null, JwtFault::Missing("jti")),
        ("jti", json!("j".repeat(257)), JwtFault::Malformed("jti")),
    ];
    for (name, value, fault) in cases {
        assert_eq!(assertion_with(name, value.clone()).unwrap_err(), fault, "{name}: {value}");
    }
    let stranger = OTHER.sign(None, &assertion_claims()).unwrap();
    assert_eq!(verify_assertion(&stranger).unwrap_err(), JwsFault::NoKey.into());
    // Tokens of other kinds do not pass.
    for typ in ["at+jwt", "dpop+jwt", "oauth-authz-req+jwt", "logout+jwt"] {
        let token = KEY.sign(Some(typ), &assertion_claims()).unwrap();
        assert!(matches!(verify_assertion(&token).unwrap_err(), JwtFault::Type(_)), "{typ}");
    }
    assert_eq!(assertion::claimed_client(&stranger).unwrap(), "me");
}

const TOKEN: &str = "https://node.example/oidc/token";

fn proof(claims: &Value, header: Option<Value>) -> Result<dpop::Proof, JwtFault> {
    let mut bare = KEY.public().clone();
    (bare.kid, bare.alg, bare.usage) = (None, None, None);
    let header = header.unwrap_or(json!({ "typ": "dpop+jwt", "alg": "ES256", "jwk": bare }));
    let token = KEY.sign_with_header(&header, claims).unwrap();
    let expected = dpop::Expected {
        method: "POST",
        urls: &["https://node.example:8443/oidc/token", TOKEN],
        access_token: Some("secret"),
        now: NOW,
    };
    dpop::verify(&token, &FAPI, expected)
}

fn proof_claims() -> serde_json::Map<String, Value> {
    let ath = sha256_base64url(b"secret");
    map(json!({ "jti": "1", "htm": "POST", "htu": TOKEN, "iat": NOW, "ath": ath, "nonce": "n" }))
}

#[test]
fn a_proof_fits_one_request() {
    let fits = proof(&proof_claims().into(), None).unwrap();
    assert_eq!(fits.thumbprint, KEY.public().thumbprint());
    assert_eq!(
        (fits.jti.as_str(), fits.nonce.as_deref(), fits.expires),
        ("1", Some("n"), NOW + dpop::WINDOW)
    );
    for same in [
        "HTTPS://NODE.EXAMPLE/oidc/token",
        "https://node.example:443/oidc/token?x=1#y",
        "https://node.example/oidc/./token",
        "https://node.example:8443/oidc/token",
    ] {
        assert!(proof(&but(proof_claims(), "htu", json!(same)).into(), None).is_ok(), "{same}");
    }
    let cases = [
        ("htm", json!("GET"), JwtFault::Wrong("htm")),
        ("htm", json!("post"), JwtFault::Wrong("htm")),
        ("htm", Value::Null, JwtFault::Missing("htm")),
        ("htu", json!("https://node.example/oidc/par"), JwtFault::Wrong("htu")),
        ("htu", json!("http://node.example/oidc/token"), JwtFault::Wrong("htu")),
        ("htu", json!("https://evil.example/oidc/token"), JwtFault::Wrong("htu")),
        ("htu", json!("https://node.example@evil.example/oidc/token"), JwtFault::Malformed("htu")),
        ("htu", json!("/oidc/token"), JwtFault::Malformed("htu")),
        ("iat", json!(NOW + 40), JwtFault::Early),
        ("iat", json!(NOW - 301), JwtFault::TooOld),
        ("iat", Value::Null, JwtFault::Missing("iat")),
        ("ath", json!(sha256_base64url(b"other")), JwtFault::Wrong("ath")),
        ("ath", Value::Null, JwtFault::Missing("ath")),
        ("jti", Value::Null, JwtFault::Missing("jti")),
        ("nonce", json!(1), JwtFault::Malformed("nonce")),
    ];
    for (name, value, fault) in cases {
        let claims = but(proof_claims(), name, value.clone());
        assert_eq!(proof(&claims.into(), None).unwrap_err(), fault, "{name}: {value}");
    }
}

#[test]
fn a_proof_shows_a_public_key_and_is_nothing_else() {
    let key = serde_json::to_value(KEY.public()).unwrap();
    let mut private = key.clone();
    private["d"] = json!("AAAA");
    let cases = [
        (json!({ "typ": "dpop+jwt", "alg": "ES256", "kid": "one" }), JwtFault::Missing("jwk")),
        (json!({ "typ": "dpop+jwt", "alg": "ES256", "jwk": private }), JwtFault::Malformed("jwk")),
        (
            json!({ "typ": "dpop+jwt", "alg": "ES256", "jwk": { "kty": "oct", "k": "AA" } }),
            JwtFault::Malformed("jwk"),
        ),
        (json!({ "typ": "JWT", "alg": "ES256", "jwk": key }), JwtFault::Type("dpop+jwt")),
        (json!({ "alg": "ES256", "jwk": key }), JwtFault::Type("dpop+jwt")),
        (json!({ "typ": "dpop+jwt", "alg": "none", "jwk": key }), JwsFault::Algorithm.into()),
        (json!({ "typ": "dpop+jwt", "alg": "HS256", "jwk": key }), JwsFault::Algorithm.into()),
        (json!({ "typ": "dpop+jwt", "alg": "ES384", "jwk": key }), JwsFault::NoKey.into()),
        (json!({ "typ": "dpop+jwt", "alg": "ES256", "jwk": OTHER.public() }), JwsFault::Signature.into()),
    ];
    for (header, fault) in cases {
        assert_eq!(proof(&proof_claims().into(), Some(header.clone())).unwrap_err(), fault, "{header}");
    }
    let made = dpop::make(&KEY, "POST", TOKEN, NOW, "j", Some("n"), Some("secret")).unwrap();
    let expected = dpop::Expected { method: "POST", urls: &[TOKEN], access_token: Some("secret"), now: NOW };
    assert_eq!(dpop::verify(&made, &FAPI, expected).unwrap().jti, "j");
    assert_eq!(dpop::claimed_thumbprint(&made).unwrap(), KEY.public().thumbprint());
}

#[test]
fn pkce_is_the_example_of_the_standard_and_only_s256() {
    // RFC 7636, appendix B.
    let verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
    let challenge = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
    assert!(pkce::fits(verifier, challenge));
    // The plain method: a challenge that is its own verifier.
    assert!(!pkce::fits(challenge, challenge));
    assert!(!pkce::fits("", challenge) && !pkce::fits("short", &pkce::challenge("short")));
    assert!(!pkce::is_challenge("short") && !pkce::is_challenge(&"=".repeat(43)));
}

#[test]
fn access_tokens_are_read_back_and_bound() {
    for confirmation in
        [None, Some(Confirmation::Key("k".into())), Some(Confirmation::Certificate("c".into()))]
    {
        let token = AccessToken {
            issuer: ISSUER.into(),
            audience: ISSUER.into(),
            subject: "s".into(),
            client_id: "me".into(),
            issued: NOW,
            expires: NOW + 300,
            jti: "j".into(),
            scope: "a b".into(),
            confirmation,
            acr: Some("x".into()),
            auth_time: Some(NOW - 5),
            more: map(json!({ "tenant": "t" })),
        };
        let signed = KEY.sign(Some("at+jwt"), &token.claims()).unwrap();
        let read = jws::verify(&signed, &Jwks::one(KEY.public().clone()), &FAPI).unwrap();
        assert_eq!(AccessToken::check(&read, ISSUER, ISSUER, NOW).unwrap(), token);
        assert_eq!(AccessToken::check(&read, ISSUER, ISSUER, NOW + 300).unwrap_err(), JwtFault::Expired);
        assert_eq!(AccessToken::check(&read, ISSUER, "x", NOW).unwrap_err(), JwtFault::Wrong("aud"));
        assert_eq!(AccessToken::check(&read, "x", ISSUER, NOW).unwrap_err(), JwtFault::Wrong("iss"));
        // An ID token is no access token.
        let other = KEY.sign(Some("JWT"), &token.claims()).unwrap();
        let other = jws::verify(&other, &Jwks::one(KEY.public().clone()), &FAPI).unwrap();
        assert!(AccessToken::check(&other, ISSUER, ISSUER, NOW).is_err());
    }
    // A binding that is not understood is an error, not a bearer token.
    for cnf in [json!({}), json!({ "kid": "x" }), json!("jkt"), json!({ "jkt": "a", "x5t#S256": "b" })] {
        assert_eq!(Confirmation::read(Some(&cnf)).unwrap_err(), JwtFault::Malformed("cnf"));
    }
    assert!(Claims::default().audience().is_err());
}
