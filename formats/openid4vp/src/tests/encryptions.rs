//! The encrypted response, and the key derivation against RFC 7518.

use std::collections::BTreeMap;

use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD as BASE64URL;
use serde_json::{Value, json};

use crate::encryption::{
    Encryption, EncryptionFault, EncryptionKey, PublicEncryptionKey, concat_kdf, encrypt,
};
use crate::response::{Response, ResponseFault};

/// RFC 7518, appendix C: the agreed secret and the key that is made of it.
#[test]
fn the_key_is_derived_as_in_rfc_7518() {
    let secret = [
        158, 86, 217, 29, 129, 113, 53, 211, 114, 131, 66, 131, 191, 132, 38, 156, 251, 49, 110, 163, 218,
        128, 106, 72, 246, 218, 167, 121, 140, 254, 144, 196,
    ];
    let key = concat_kdf(&secret, Encryption::A128Gcm, &(b"Alice".to_vec(), b"Bob".to_vec()));
    assert_eq!(BASE64URL.encode(&*key), "VqqN6vgjbSBcIijNcacQGg");
}

/// RFC 7518, appendix C: both sides' keys; whoever has Bob's key can read what is encrypted for it.
#[test]
fn keys_are_read_from_their_bytes() {
    let private = BASE64URL.decode("VEmDZpDXXK8p8N0Cndsxs924q6nS1RXFASRl6BfUqdw").unwrap();
    let bob = EncryptionKey::from_bytes(&private).unwrap();
    let jwk = bob.public().to_jwk();
    assert_eq!(jwk["x"], "weNJy2HscCSM6AEDTDg04biOvhFhyyWvOHQfeF_PxMQ");
    assert_eq!(jwk["y"], "e8lnCO-AlStT-NJVX-crhB7QRYhiix03illJOVAOyck");
    assert_eq!(bob.to_bytes().unwrap().as_slice(), private);
    assert_eq!(jwk["kid"], BASE64URL.encode(bob.public().thumbprint()));
}

#[test]
fn both_encryptions_come_back() {
    let key = EncryptionKey::generate().unwrap();
    let public = PublicEncryptionKey::from_jwk(&key.public().to_jwk()).unwrap();
    for encryption in Encryption::ALL {
        let compact = encrypt(b"content", &public, encryption).unwrap();
        assert_eq!(key.decrypt(&compact, 10_000).unwrap(), b"content");
        assert_eq!(key.decrypt(&compact, 10).unwrap_err(), EncryptionFault::TooLong(10));
        let other = EncryptionKey::generate().unwrap();
        assert_eq!(other.decrypt(&compact, 10_000).unwrap_err(), EncryptionFault::OtherKey);
    }
}

#[test]
fn what_was_changed_is_refused() {
    let key = EncryptionKey::generate().unwrap();
    let compact = encrypt(b"content", key.public(), Encryption::A256Gcm).unwrap();
    let segments: Vec<&str> = compact.split('.').collect();
    let flip = |segment: &str| {
        let mut bytes = BASE64URL.decode(segment).unwrap();
        bytes[0] ^= 1;
        BASE64URL.encode(bytes)
    };
    for changed in [2, 3, 4] {
        let segments: Vec<String> = segments
            .iter()
            .enumerate()
            .map(|(at, it)| if at == changed { flip(it) } else { (*it).to_owned() })
            .collect();
        assert_eq!(key.decrypt(&segments.join("."), 10_000).unwrap_err(), EncryptionFault::Undecryptable);
    }
    let header: Value = serde_json::from_slice(&BASE64URL.decode(segments[0]).unwrap()).unwrap();
    let with = |name: &str, value: Value| {
        let mut header = header.clone();
        header[name] = value;
        let rest = segments[1..].join(".");
        key.decrypt(&format!("{}.{rest}", BASE64URL.encode(header.to_string())), 10_000).unwrap_err()
    };
    for (name, value) in [
        ("alg", json!("dir")),
        ("alg", json!("ECDH-ES+A256KW")),
        ("enc", json!("A128CBC-HS256")),
        ("zip", json!("DEF")),
        ("crit", json!(["x"])),
        ("epk", json!({})),
        ("epk", json!({"kty": "EC", "crv": "P-384", "x": "", "y": ""})),
    ] {
        assert_eq!(with(name, value), EncryptionFault::Header, "{name}");
    }
    // The header is authenticated: no other enc of the same key length, no other parties.
    assert_eq!(with("apu", json!("QQ")), EncryptionFault::Undecryptable);
    // A point that is not on the curve.
    let epk =
        json!({"kty": "EC", "crv": "P-256", "x": BASE64URL.encode([1; 32]), "y": BASE64URL.encode([1; 32])});
    assert_eq!(with("epk", epk), EncryptionFault::Undecryptable);
    for text in ["", "a.b.c.d.e", "....", "e30.e30.e30.e30.e30", "e30..e30.e30.e30"] {
        assert!(key.decrypt(text, 10_000).is_err(), "{text}");
    }
}

#[test]
fn keys_for_something_else_are_refused() {
    let good = EncryptionKey::generate().unwrap().public().to_jwk();
    for (name, value) in [("use", "sig"), ("alg", "RSA-OAEP"), ("crv", "P-384"), ("kty", "oct"), ("x", "AA")]
    {
        let mut jwk = good.clone();
        jwk[name] = value.into();
        assert_eq!(PublicEncryptionKey::from_jwk(&jwk).unwrap_err(), EncryptionFault::Key, "{name}");
    }
}

#[test]
fn responses_are_opened_for_their_request() {
    let key = EncryptionKey::generate().unwrap();
    let answer = Response::Presentations(BTreeMap::from([("c0".to_owned(), vec!["a~b~".to_owned()])]));
    let sealed = answer.seal(key.public(), Encryption::A128Gcm, "s").unwrap();
    assert_eq!(Response::open(&sealed, &key, "s").unwrap(), answer);
    assert_eq!(Response::open(&sealed, &key, "t").unwrap_err(), ResponseFault::State);
    let refusal = Response::Refusal("access_denied".to_owned());
    let sealed = refusal.seal(key.public(), Encryption::A128Gcm, "s").unwrap();
    assert_eq!(Response::open(&sealed, &key, "s").unwrap(), refusal);
    let open = |json: Value| {
        let sealed = encrypt(json.to_string().as_bytes(), key.public(), Encryption::A256Gcm).unwrap();
        Response::open(&sealed, &key, "s").unwrap_err()
    };
    assert_eq!(open(json!({"vp_token": {}})), ResponseFault::Empty);
    assert_eq!(open(json!({"vp_token": {"a": []}})), ResponseFault::Empty);
    for json in [
        json!({}),
        json!({"vp_token": "x"}),
        json!({"vp_token": {"a": "x"}}),
        json!({"vp_token": {"a": [{}]}}),
        json!([]),
    ] {
        assert!(matches!(open(json.clone()), ResponseFault::Shape(_)), "{json}");
    }
}
