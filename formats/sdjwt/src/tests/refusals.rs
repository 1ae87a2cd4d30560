//! What must be refused, each with the guard that does it.

use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD as BASE64URL;
use serde_json::{Map, Value, json};

use crate::disclosure::{digest_of, write};
use crate::issue::{Issue, IssueFault};
use crate::jws::{self, JwsFault};
use crate::key::{Curve, PublicKey, SigningKey};
use crate::{ParseFault, ProcessFault, SdJwt};

fn key() -> SigningKey {
    SigningKey::generate(Curve::P256).unwrap()
}

fn digest(disclosure: &str) -> String {
    digest_of(disclosure, &aws_lc_rs::digest::SHA256)
}

/// Signs a payload as it is and appends disclosures.
fn forged(payload: &Value, disclosures: &[&String]) -> Result<Map<String, Value>, ParseFault> {
    let key = key();
    let mut compact = jws::sign(&Map::new(), payload, &key).unwrap();
    compact.push('~');
    for disclosure in disclosures {
        compact.push_str(disclosure);
        compact.push('~');
    }
    SdJwt::parse(&compact)?.verify(key.public())
}

fn refused(payload: &Value, disclosures: &[&String]) -> ProcessFault {
    match forged(payload, disclosures) {
        Err(ParseFault::Process(fault)) => fault,
        other => panic!("{other:?} instead of a refusal"),
    }
}

#[test]
fn digests_and_disclosures_must_fit_one_to_one() {
    let name = write(Some("given_name"), "Ada".into()).unwrap();
    let digest = digest(&name);
    assert!(forged(&json!({"_sd": [digest]}), &[&name]).is_ok());
    assert_eq!(refused(&json!({"_sd": [digest, digest]}), &[&name]), ProcessFault::RepeatedDigest);
    assert_eq!(
        refused(&json!({"_sd": [digest], "a": {"_sd": [digest]}}), &[&name]),
        ProcessFault::RepeatedDigest
    );
    assert_eq!(
        refused(&json!({"_sd": [digest], "a": [{"...": digest}]}), &[&name]),
        ProcessFault::Misplaced(1)
    );
    assert_eq!(refused(&json!({"_sd": [digest]}), &[&name, &name]), ProcessFault::RepeatedDisclosure(2));
    assert_eq!(refused(&json!({"_sd": []}), &[&name]), ProcessFault::Unused(1));
    // Without its disclosure a repeated digest is refused as well: nobody can know what it would be.
    assert_eq!(refused(&json!({"_sd": [digest, digest]}), &[]), ProcessFault::RepeatedDigest);
}

#[test]
fn names_cannot_be_smuggled_in() {
    for name in ["_sd", "..."] {
        let hidden = write(Some(name), json!([])).unwrap();
        let fault = refused(&json!({"_sd": [digest(&hidden)]}), &[&hidden]);
        assert_eq!(fault, ProcessFault::ReservedName(name.to_owned()));
    }
    let again = write(Some("sub"), "other".into()).unwrap();
    let fault = refused(&json!({"sub": "one", "_sd": [digest(&again)]}), &[&again]);
    assert_eq!(fault, ProcessFault::RepeatedName("sub".to_owned()));
    let twice = [write(Some("a"), 1.into()).unwrap(), write(Some("a"), 2.into()).unwrap()];
    let fault = refused(&json!({"_sd": [digest(&twice[0]), digest(&twice[1])]}), &[&twice[0], &twice[1]]);
    assert_eq!(fault, ProcessFault::RepeatedName("a".to_owned()));
    let reserved = Issue { claims: json!({"a": {"_sd": []}}), ..Issue::default() };
    assert_eq!(reserved.sign(&key()).unwrap_err(), IssueFault::Claims);
}

#[test]
fn shapes_must_be_right() {
    assert_eq!(refused(&json!({"_sd": "x"}), &[]), ProcessFault::Digests);
    assert_eq!(refused(&json!({"_sd": [1]}), &[]), ProcessFault::Digests);
    assert_eq!(refused(&json!({"...": "x"}), &[]), ProcessFault::Digests);
    assert_eq!(refused(&json!({"a": [{"...": "x", "b": 1}]}), &[]), ProcessFault::Digests);
    assert_eq!(refused(&json!({"a": [{"...": 1}]}), &[]), ProcessFault::Digests);
    assert_eq!(refused(&json!({"_sd_alg": "md5"}), &[]), ProcessFault::Hash);
    assert_eq!(refused(&json!({"_sd_alg": 256}), &[]), ProcessFault::Hash);
    for part in [
        json!([]),
        json!(["salt"]),
        json!(["salt", 1, 2]),
        json!([1, "a", 2]),
        json!(["s", "a", 1, 2]),
        json!({}),
    ] {
        let disclosure = BASE64URL.encode(part.to_string());
        assert_eq!(refused(&json!({}), &[&disclosure]), ProcessFault::Disclosure(1), "{part}");
    }
    let element = write(None, 1.into()).unwrap();
    assert_eq!(refused(&json!({"_sd": [digest(&element)]}), &[&element]), ProcessFault::Misplaced(1));
}

#[test]
fn nesting_has_an_end() {
    let mut inner = write(Some("a"), 1.into()).unwrap();
    let mut all = vec![inner.clone()];
    for _ in 0..200 {
        inner = write(Some("a"), json!({"_sd": [digest(&inner)]})).unwrap();
        all.push(inner.clone());
    }
    let disclosures: Vec<&String> = all.iter().collect();
    assert_eq!(refused(&json!({"_sd": [digest(&inner)]}), &disclosures), ProcessFault::TooDeep);
}

#[test]
fn an_unknown_hash_is_not_assumed_and_others_work() {
    let name = write(Some("a"), 1.into()).unwrap();
    let digest = digest_of(&name, &aws_lc_rs::digest::SHA512);
    let claims = forged(&json!({"_sd_alg": "sha-512", "_sd": [digest]}), &[&name]).unwrap();
    assert_eq!(Value::Object(claims), json!({"a": 1}));
}

/// A token with this header over an empty payload, signed by `key` whatever the header says.
fn with_header(header: &Value, key: &SigningKey) -> String {
    let signed = format!("{}.{}", BASE64URL.encode(header.to_string()), BASE64URL.encode("{}"));
    let signature = BASE64URL.encode(key.sign(signed.as_bytes()).unwrap());
    format!("{signed}.{signature}~")
}

#[test]
fn the_key_decides_the_algorithm() {
    let key = key();
    let check = |header: Value| SdJwt::parse(&with_header(&header, &key)).unwrap().verify(key.public());
    assert!(check(json!({"alg": "ES256"})).is_ok());
    for alg in ["none", "None", "HS256", "ES384", "RS256", "es256"] {
        let fault = check(json!({"alg": alg})).unwrap_err();
        assert!(matches!(fault, ParseFault::Jws(JwsFault::Algorithm { .. })), "{alg}: {fault}");
    }
    assert!(matches!(check(json!({})), Err(ParseFault::Jws(JwsFault::Algorithm { .. }))));
    let critical = check(json!({"alg": "ES256", "crit": ["b64"], "b64": false}));
    assert_eq!(critical.unwrap_err(), ParseFault::Jws(JwsFault::Critical));
    // A key in the header is not looked at.
    let own = SigningKey::generate(Curve::P256).unwrap();
    let header = json!({"alg": "ES256", "jwk": own.public().to_jwk()});
    let fault = SdJwt::parse(&with_header(&header, &own)).unwrap().verify(key.public()).unwrap_err();
    assert_eq!(fault, ParseFault::Jws(JwsFault::Signature));
    let unsigned = format!("{}.{}.~", BASE64URL.encode(r#"{"alg":"none"}"#), BASE64URL.encode("{}"));
    assert!(SdJwt::parse(&unsigned).unwrap().verify(key.public()).is_err());
}

#[test]
fn a_changed_token_is_noticed() {
    let key = SigningKey::generate(Curve::P384).unwrap();
    let issue = Issue { claims: json!({"a": 1, "b": 2}), disclosable: vec!["/b".into()], ..Issue::default() };
    let compact = issue.sign(&key).unwrap();
    assert!(SdJwt::parse(&compact).unwrap().verify(key.public()).is_ok());
    let (_, rest) = compact.split_once('.').unwrap();
    let (_, rest) = rest.split_once('.').unwrap();
    let header = BASE64URL.encode(r#"{"alg":"ES384"}"#);
    let changed = format!("{header}.{}.{rest}", BASE64URL.encode(r#"{"a":2}"#));
    let fault = SdJwt::parse(&changed).unwrap().verify(key.public()).unwrap_err();
    assert_eq!(fault, ParseFault::Jws(JwsFault::Signature));
}

#[test]
fn garbled_input_is_refused_without_panic() {
    for text in
        ["", "~", "a.b.c", "a.b.c~", "..~", "e30.e30.~~", "e30.e30", "e30.e30.e30.e30~", "💥~", "W10.e30.~"]
    {
        let refused = SdJwt::parse(text).map_or(true, |it| it.verify(key().public()).is_err());
        assert!(refused, "{text}");
    }
    for jwk in [
        json!({}),
        json!({"kty": "EC", "crv": "P-256", "x": "AA", "y": "AA"}),
        json!({"kty": "oct", "k": "AA"}),
    ] {
        assert!(PublicKey::from_jwk(&jwk).is_err());
    }
    assert!(PublicKey::from_certificate(b"no certificate").is_err());
    assert!(SigningKey::from_pkcs8(b"no key").is_err());
    assert!(Issue { claims: json!([]), ..Issue::default() }.sign(&key()).is_err());
    let nowhere = Issue { claims: json!({}), disclosable: vec!["/a".into()], ..Issue::default() };
    assert_eq!(nowhere.sign(&key()).unwrap_err(), IssueFault::Pointer("/a".to_owned()));
}
