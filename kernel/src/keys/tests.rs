//! Rotation, allow-lists and the crypto policy at each use.

use super::{Algorithm, Key, Keys, Rotation};
use crate::{Clock, MINUTE, Policy};
use aws_lc_rs::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use serde_json::{Value, json};
use std::sync::Arc;

const NOON: i64 = 1_795_262_400_000_000;
const ROTATION: Rotation = Rotation { publish_before_use: 10 * MINUTE, keep: 60 * MINUTE };

fn p256() -> Vec<u8> {
    let pair = EcdsaKeyPair::generate(&ECDSA_P256_SHA256_FIXED_SIGNING).unwrap();
    pair.to_pkcs8v1().unwrap().as_ref().to_vec()
}

fn key(id: &str, pkcs8: &[u8], made_at: i64) -> Key {
    Key { id: id.to_owned(), pkcs8: pkcs8.to_vec().into(), certificates: Vec::new(), made_at }
}

fn open(keys: Vec<Key>, clock: &Clock) -> Keys {
    Keys::open(keys, Policy::shipped(), clock.clone(), ROTATION).unwrap()
}

fn kids(set: &Value) -> Vec<&str> {
    set["keys"].as_array().unwrap().iter().map(|it| it["kid"].as_str().unwrap()).collect()
}

fn header(token: &str) -> Value {
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(token.split('.').next().unwrap()).unwrap()).unwrap()
}

#[test]
fn a_new_key_is_published_then_signs_and_the_old_one_is_kept_for_a_while() {
    let clock = Clock::frozen(NOON);
    let (first, second) = (p256(), p256());
    let keys = open(vec![key("a", &first, NOON)], &clock);
    let shared = keys.clone();
    let sign = || shared.sign_es256_now("at+jwt", b"{\"sub\":\"x\"}").unwrap();
    let old = sign();
    assert_eq!(
        header(&old),
        json!({ "typ": "at+jwt", "alg": "ES256", "kid": "a" }),
        "the first signs at once"
    );

    keys.replace(vec![key("a", &first, NOON), key("b", &second, NOON)]).unwrap();
    assert_eq!(kids(&shared.oidc_jwks()), ["b", "a"], "both are published");
    assert_eq!(header(&sign())["kid"], "a", "nobody has seen the new one yet");
    clock.advance(10 * MINUTE);
    let new = sign();
    assert_eq!(header(&new)["kid"], "b");
    for token in [&old, &new] {
        assert_eq!(shared.verify_es256("at+jwt", token).unwrap()["sub"], "x");
    }
    clock.advance(60 * MINUTE);
    assert_eq!(shared.verify_es256("at+jwt", &old), None, "its time is over");
    assert!(shared.verify_es256("at+jwt", &new).is_some());
    assert_eq!(kids(&shared.oidc_jwks()), ["b"]);
    assert_eq!(shared.key_id(Algorithm::Es256).as_deref(), Some("b"));
}

#[test]
fn a_bad_replacement_changes_nothing() {
    let keys = open(vec![key("a", &p256(), NOON)], &Clock::frozen(NOON));
    assert!(keys.replace(vec![key("b", b"no key", NOON)]).is_err());
    assert_eq!(keys.key_id(Algorithm::Es256).as_deref(), Some("a"));
}

#[test]
fn the_algorithm_is_the_keys_and_never_the_tokens() {
    let keys = open(vec![key("a", &p256(), NOON)], &Clock::frozen(NOON));
    let token = keys.sign_es256_now("JWT", b"{}").unwrap();
    assert!(keys.verify_es256("JWT", &token).is_some());
    assert_eq!(keys.verify("JWT", &token), None, "ES256 stands not on this list");
    assert_eq!(keys.verify_es256("at+jwt", &token), None, "another type of token");
    let (_, rest) = token.split_once('.').unwrap();
    for header in [
        json!({ "typ": "JWT", "alg": "none", "kid": "a" }),
        json!({ "typ": "JWT", "alg": "HS256", "kid": "a" }),
        json!({ "typ": "JWT", "alg": "PS512", "kid": "a" }),
        json!({ "typ": "JWT", "alg": "ES256", "kid": "../a" }),
        json!({ "typ": "JWT", "alg": "ES256" }),
        json!({ "typ": "JWT", "alg": "ES256", "kid": "a", "jwk": { "kty": "oct", "k": "AA" } }),
        json!({ "typ": "JWT", "alg": "ES256", "kid": "a", "crit": ["b64"], "b64": false }),
    ] {
        let forged = format!("{}.{rest}", URL_SAFE_NO_PAD.encode(header.to_string()));
        assert_eq!(keys.verify_with(&Algorithm::ALL, "JWT", &forged), None, "{header}");
    }
    let (signed, _) = token.rsplit_once('.').unwrap();
    assert_eq!(keys.verify_es256("JWT", &format!("{signed}.")), None);
    assert_eq!(keys.verify_es256("JWT", "a.b.c"), None);
}

#[test]
fn what_fit_connect_sees_are_ps512_keys_only() {
    let keys = open(vec![key("a", &p256(), NOON)], &Clock::frozen(NOON));
    assert_eq!(kids(&keys.jwks()), Vec::<&str>::new());
    let published = &keys.oidc_jwks()["keys"][0];
    assert_eq!((published["kty"].as_str(), published["crv"].as_str()), (Some("EC"), Some("P-256")));
    for member in ["x", "y"] {
        assert_eq!(URL_SAFE_NO_PAD.decode(published[member].as_str().unwrap()).unwrap().len(), 32);
    }
    assert!(published.get("d").is_none());
    assert!(keys.sign_now("JWT", b"{}").is_err(), "there is no RSA key");
}

#[test]
fn the_crypto_policy_counts_at_each_use() {
    let text = "edition = \"x\"\nwarn_years = 1\n[[entry]]\nmechanism = \"ECDSA\"\nparameter = \"*\"\nuse = \"signature\"\nvalid_until = 2026-11-21\nsource = \"test\"\n[[entry]]\nmechanism = \"SHA-2\"\nparameter = \"*\"\nuse = \"hash\"\nsource = \"test\"\n";
    let policy = Arc::new(Policy::parse("own.toml", text).unwrap());
    let clock = Clock::frozen(NOON);
    let keys = Keys::open(vec![key("a", &p256(), NOON)], policy, clock.clone(), ROTATION).unwrap();
    let token = keys.sign_es256_now("JWT", b"{}").unwrap();
    assert!(keys.verify_es256("JWT", &token).is_some());
    assert_eq!(keys.report()[0].verdict.word(), "ends-soon");
    clock.advance(12 * crate::HOUR);
    assert!(keys.sign_es256_now("JWT", b"{}").is_err(), "midnight");
    assert_eq!(keys.verify_es256("JWT", &token), None);
    assert_eq!(keys.report()[0].verdict.word(), "refused");
}
