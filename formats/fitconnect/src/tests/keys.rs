//! Keys: rules, thumbprint, PKCS#8, and that private members never show.

use crate::jwk::{Jwk, KeyFault, KeyUse, PrivateJwk};

#[test]
fn own_public_keys_pass_their_own_check_only() {
    assert_eq!(super::encryption().public().check(KeyUse::Encrypt), Ok(()));
    assert_eq!(super::signing().public().check(KeyUse::Sign), Ok(()));
    assert!(matches!(super::signing().public().check(KeyUse::Encrypt), Err(KeyFault::KeyOperations { .. })));
}

#[test]
fn every_rule_refuses_its_breach() {
    let good = super::encryption().public();
    let broken = |change: &dyn Fn(&mut Jwk)| {
        let mut key = good.clone();
        change(&mut key);
        key.check(KeyUse::Encrypt).unwrap_err().code()
    };
    assert_eq!(broken(&|key| key.kty = "EC".into()), "key-type");
    assert_eq!(broken(&|key| key.key_ops.push("verify".into())), "key-operations");
    assert_eq!(broken(&|key| key.key_ops.clear()), "key-operations");
    assert_eq!(broken(&|key| key.alg = "RSA-OAEP".into()), "key-algorithm");
    assert_eq!(broken(&|key| key.kid = "short".into()), "key-id-length");
    assert_eq!(broken(&|key| key.kid = "x".repeat(65)), "key-id-length");
    assert_eq!(broken(&|key| key.e = "Aw".into()), "key-exponent");
    assert_eq!(broken(&|key| key.n = format!("AA{}", key.n)), "key-modulus");
    assert_eq!(broken(&|key| key.n.push('=')), "key-modulus");
    assert_eq!(broken(&|key| key.n.truncate(340)), "key-length");
    assert_eq!(broken(&|key| key.n.clear()), "key-modulus");
}

#[test]
fn a_private_key_posted_by_mistake_is_refused_and_never_written_back() {
    let private = super::encryption();
    let mut json = serde_json::to_value(&private).unwrap();
    json["key_ops"] = serde_json::json!(["wrapKey"]);
    let public: Jwk = serde_json::from_value(json).unwrap();
    assert_eq!(public.check(KeyUse::Encrypt), Err(KeyFault::PrivateMember));
    assert!(!serde_json::to_string(&public).unwrap().contains(&private.d));
}

#[test]
fn use_is_kept_and_unknown_members_are_dropped() {
    let mut json = serde_json::to_value(super::encryption().public()).unwrap();
    json["use"] = "enc".into();
    json["colour"] = "blue".into();
    let back = serde_json::to_value(serde_json::from_value::<Jwk>(json).unwrap()).unwrap();
    assert_eq!(back["use"], "enc");
    assert!(back.get("colour").is_none());
}

#[test]
fn thumbprint_of_rfc_7638_section_3_1() {
    let key = Jwk::rsa(
        "0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJECPebWKRXjBZCiFV4n3oknjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgdAZHzu6qMQvRL5hajrn1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csFCur-kEgU8awapJzKnqDKgw",
        "AQAB",
        "2011-04-29",
        KeyUse::Sign,
    );
    assert_eq!(key.thumbprint(), "NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs");
}

#[test]
fn pkcs8_and_back_is_the_same_key() {
    let key = super::signing();
    let der = key.to_pkcs8().unwrap();
    let back = PrivateJwk::from_pkcs8(&der, &key.kid, KeyUse::Sign).unwrap();
    assert_eq!(back, key);
    assert!(PrivateJwk::from_pkcs8(&der[..der.len() - 1], "x", KeyUse::Sign).is_err());
}

#[test]
fn inconsistent_private_members_are_refused() {
    let mut key = super::signing();
    key.dp.clone_from(&super::encryption().dp);
    assert!(matches!(key.key_pair(), Err(KeyFault::Material)));
}

#[test]
fn debug_shows_no_secret() {
    let key = super::encryption();
    let shown = format!("{key:?}");
    assert!(shown.contains(&key.kid) && !shown.contains(&key.d) && !shown.contains(&key.p));
}
