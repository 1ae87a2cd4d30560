//! Signatures: what is verified, and every trick with headers.

use super::{KEY, OTHER, map};
use crate::{
    Algorithm, Jwk, JwkFault, Jwks, JwsFault, SigningKey,
    jws::{self, Allowed, FAPI, UPSTREAM},
};
use aws_lc_rs::hmac;
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use serde_json::{Value, json};

fn trusted() -> Jwks {
    Jwks { keys: vec![OTHER.public().clone(), KEY.public().clone()] }
}

fn refused(header: &Value) -> JwsFault {
    let token = KEY.sign_with_header(header, &json!({ "a": 1 })).unwrap();
    jws::verify(&token, &trusted(), &FAPI).unwrap_err()
}

fn assemble(header: &str, claims: &str, made: &[u8]) -> String {
    let parts = [header.as_bytes(), claims.as_bytes(), made].map(|it| URL_SAFE_NO_PAD.encode(it));
    parts.join(".")
}

#[test]
fn each_algorithm_signs_and_is_verified() {
    for algorithm in
        [Algorithm::Es256, Algorithm::Es384, Algorithm::EdDsa, Algorithm::Ps256, Algorithm::Ps512]
    {
        let key = SigningKey::generate(algorithm, None).unwrap();
        let token = key.sign(Some("JWT"), &map(json!({ "sub": "x" }))).unwrap();
        let read = jws::verify(&token, &Jwks::one(key.public().clone()), &FAPI).unwrap();
        assert_eq!(read.claims.text("sub"), Some("x"));
        assert_eq!(read.header.algorithm, algorithm);
        let other = Jwks::one(KEY.public().clone());
        assert!(jws::verify(&token, &other, &FAPI).is_err(), "{algorithm} by a stranger's key");
        // Each byte of the signature counts.
        let (signed, made) = token.rsplit_once('.').unwrap();
        let mut made = URL_SAFE_NO_PAD.decode(made).unwrap();
        made[7] ^= 1;
        let bent = format!("{signed}.{}", URL_SAFE_NO_PAD.encode(made));
        let keys = Jwks::one(key.public().clone());
        assert_eq!(jws::verify(&bent, &keys, &FAPI).unwrap_err(), JwsFault::Signature);
    }
}

#[test]
fn none_in_any_spelling_is_refused() {
    for alg in ["none", "None", "NONE", "nOnE", "", "HS256", "es256", "ES256K", "RS1"] {
        let header = json!({ "alg": alg, "kid": "one" }).to_string();
        for made in [&b""[..], b"x"] {
            let token = assemble(&header, "{}", made);
            assert_eq!(jws::verify(&token, &trusted(), &FAPI).unwrap_err(), JwsFault::Algorithm, "{alg}");
        }
    }
    for header in
        [json!({ "kid": "one" }), json!({ "alg": null }), json!({ "alg": ["ES256"] }), json!({ "alg": 7 })]
    {
        assert_eq!(refused(&header), JwsFault::Algorithm);
    }
}

#[test]
fn a_public_key_is_no_hmac_secret() {
    let header = json!({ "alg": "HS256", "kid": "one" }).to_string();
    let signed = format!("{}.{}", URL_SAFE_NO_PAD.encode(header), URL_SAFE_NO_PAD.encode("{}"));
    for secret in [serde_json::to_string(KEY.public()).unwrap(), KEY.public().thumbprint()] {
        let made = hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, secret.as_bytes()), signed.as_bytes());
        let token = format!("{signed}.{}", URL_SAFE_NO_PAD.encode(made));
        assert_eq!(jws::verify(&token, &trusted(), &FAPI).unwrap_err(), JwsFault::Algorithm);
    }
    assert_eq!(Jwk::read(&json!({ "kty": "oct", "k": "AAAA" })).unwrap_err(), JwkFault::Private);
}

#[test]
fn the_algorithm_must_fit_the_keys_type_and_what_its_owner_says() {
    // An ES256 signature under a header that says EdDSA, and a key that is registered for something else.
    assert_eq!(refused(&json!({ "alg": "EdDSA", "kid": "one" })), JwsFault::NoKey);
    assert_eq!(refused(&json!({ "alg": "PS256", "kid": "one" })), JwsFault::NoKey);
    let token = KEY.sign(None, &map(json!({}))).unwrap();
    for (name, value) in [("use", json!("enc")), ("alg", json!("ES384")), ("key_ops", json!(["encrypt"]))] {
        let mut key = serde_json::to_value(KEY.public()).unwrap();
        key[name] = value;
        let keys = Jwks::one(Jwk::read(&key).unwrap());
        assert_eq!(jws::verify(&token, &keys, &FAPI).unwrap_err(), JwsFault::NoKey, "{name}");
    }
}

#[test]
fn rs256_is_only_for_whom_it_is_listed() {
    let key = SigningKey::generate(Algorithm::Ps256, Some("rsa")).unwrap();
    let header = json!({ "alg": "RS256", "kid": "rsa" });
    let token = key.sign_with_header(&header, &json!({})).unwrap();
    let mut public = key.public().clone();
    public.alg = None;
    let keys = Jwks::one(public);
    assert_eq!(jws::verify(&token, &keys, &FAPI).unwrap_err(), JwsFault::Algorithm);
    // Listed: it gets as far as the signature, which is PSS and does not fit.
    assert_eq!(jws::verify(&token, &keys, &UPSTREAM).unwrap_err(), JwsFault::Signature);
    assert!(SigningKey::generate(Algorithm::Rs256, None).is_err());
}

#[test]
fn short_rsa_keys_are_refused() {
    let key = SigningKey::generate(Algorithm::Ps256, Some("rsa")).unwrap();
    let token = key.sign(None, &map(json!({}))).unwrap();
    let strict = Allowed { rsa_bits: 4096, ..FAPI };
    let keys = Jwks::one(key.public().clone());
    assert_eq!(jws::verify(&token, &keys, &strict).unwrap_err(), JwsFault::Weak);
    let n = URL_SAFE_NO_PAD.encode([0xff; 128]);
    let short = json!({ "kty": "RSA", "n": n, "e": "AQAB" });
    assert_eq!(Jwk::read(&short).unwrap_err(), JwkFault::RsaBits(1024));
}

#[test]
fn a_token_brings_no_key_of_its_own() {
    let public = serde_json::to_value(OTHER.public()).unwrap();
    assert_eq!(refused(&json!({ "alg": "ES256", "jwk": public })), JwsFault::OwnKey);
    assert_eq!(refused(&json!({ "alg": "ES256", "jku": "https://evil.example/jwks" })), JwsFault::OwnKey);
    assert_eq!(refused(&json!({ "alg": "ES256", "x5u": "https://evil.example/x" })), JwsFault::OwnKey);
    // A certificate in the header decides nothing: the key is still the registered one.
    let token =
        KEY.sign_with_header(&json!({ "alg": "ES256", "kid": "one", "x5c": ["AAAA"] }), &json!({})).unwrap();
    assert!(jws::verify(&token, &trusted(), &FAPI).is_ok());
    let token = OTHER
        .sign_with_header(&json!({ "alg": "ES256", "kid": "one", "x5c": ["AAAA"] }), &json!({}))
        .unwrap();
    assert_eq!(jws::verify(&token, &trusted(), &FAPI).unwrap_err(), JwsFault::Signature);
}

#[test]
fn a_key_id_is_a_name_and_nothing_else() {
    for kid in
        ["../../../dev/null", "/dev/null", "one' OR '1'='1", "one\0", "ONE", "", "|cat /etc/passwd", "one "]
    {
        assert_eq!(refused(&json!({ "alg": "ES256", "kid": kid })), JwsFault::NoKey, "{kid}");
    }
    assert_eq!(refused(&json!({ "alg": "ES256", "kid": "k".repeat(300) })), JwsFault::Kid);
    for kid in [json!(1), json!(["one"]), json!({ "$ne": "" }), json!(null)] {
        assert_eq!(refused(&json!({ "alg": "ES256", "kid": kid })), JwsFault::Kid);
    }
    // Without an id, two keys that suit are not tried one after the other.
    assert_eq!(refused(&json!({ "alg": "ES256" })), JwsFault::NoKey);
}

#[test]
fn extensions_that_must_be_understood_are_refused() {
    assert_eq!(
        refused(&json!({ "alg": "ES256", "kid": "one", "crit": ["exp"], "exp": 1 })),
        JwsFault::Extension
    );
    assert_eq!(refused(&json!({ "alg": "ES256", "kid": "one", "crit": [] })), JwsFault::Extension);
    assert_eq!(refused(&json!({ "alg": "ES256", "kid": "one", "b64": false })), JwsFault::Extension);
}

#[test]
fn what_is_not_three_parts_of_clean_json_is_refused() {
    let good = KEY.sign(None, &map(json!({ "a": 1 }))).unwrap();
    assert!(jws::verify(&good, &trusted(), &FAPI).is_ok());
    let mut bad = vec![
        String::new(),
        ".".to_owned(),
        "..".to_owned(),
        "...".to_owned(),
        format!("{good}."),
        format!("{good}.x"),
        format!("{good}="),
        format!(" {good}"),
        good.replacen('.', "..", 1),
        good.replace('.', "%2e"),
        json!({ "payload": "e30", "protected": "e30", "signature": "" }).to_string(),
    ];
    let doubled = [
        (r#"{"alg":"ES256","kid":"one","alg":"none"}"#, "{}"),
        (r#"{"alg":"ES256","kid":"one"}"#, r#"{"sub":"a","sub":"b"}"#),
        (r#"{"alg":"ES256","kid":"one"}"#, r#"{"cnf":{"jkt":"a","jkt":"b"}}"#),
        (r#"{"alg":"ES256","kid":"one"}"#, "[]"),
        (r#"{"alg":"ES256","kid":"one"}"#, "{} {}"),
        ("[]", "{}"),
    ];
    bad.extend(doubled.map(|(header, claims)| assemble(header, claims, b"x")));
    for token in bad {
        assert_eq!(jws::verify(&token, &trusted(), &FAPI).unwrap_err(), JwsFault::Malformed, "{token}");
    }
    let long = format!("{}.e30.AA", "A".repeat(jws::MAX_TOKEN));
    assert_eq!(jws::verify(&long, &trusted(), &FAPI).unwrap_err(), JwsFault::TooLong);
}

#[test]
fn thumbprints_are_those_of_the_standards() {
    // RFC 7638, section 3.1, and RFC 8037, appendix A.3.
    let rsa = json!({ "kty": "RSA", "e": "AQAB", "alg": "RS256", "kid": "2011-04-29", "n": "0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJECPebWKRXjBZCiFV4n3oknjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgdAZHzu6qMQvRL5hajrn1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csFCur-kEgU8awapJzKnqDKgw" });
    assert_eq!(Jwk::read(&rsa).unwrap().thumbprint(), "NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs");
    let ed = json!({ "kty": "OKP", "crv": "Ed25519", "x": "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo" });
    assert_eq!(Jwk::read(&ed).unwrap().thumbprint(), "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k");
}

#[test]
fn sets_hold_only_public_keys_with_names_of_their_own() {
    let one = serde_json::to_value(KEY.public()).unwrap();
    assert!(Jwks::read_strictly(&json!({ "keys": [one] })).is_ok());
    let twice = Jwks::read_strictly(&json!({ "keys": [one, one] }));
    assert_eq!(twice.unwrap_err(), JwkFault::Twice("one".to_owned()));
    let mut private = one.clone();
    private["d"] = json!("AAAA");
    assert_eq!(Jwks::read_strictly(&json!({ "keys": [private] })).unwrap_err(), JwkFault::Private);
    assert_eq!(Jwks::read_strictly(&json!({ "keys": [] })).unwrap_err(), JwkFault::Count);
    let odd = json!({ "kty": "EC", "crv": "secp256k1", "x": "AA", "y": "AA" });
    assert_eq!(Jwks::read(&json!({ "keys": [odd, one] })).unwrap().keys.len(), 1);
    // A point that is not on the curve verifies nothing.
    let zero = URL_SAFE_NO_PAD.encode([0; 32]);
    let off = Jwk::read(&json!({ "kty": "EC", "crv": "P-256", "x": zero, "y": zero, "kid": "one" })).unwrap();
    let token = KEY.sign(None, &map(json!({}))).unwrap();
    assert_eq!(jws::verify(&token, &Jwks::one(off), &FAPI).unwrap_err(), JwsFault::Signature);
}
