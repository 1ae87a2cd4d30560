//! Algorithms have a day on which they end.

use super::{
    NOW, SECOND, answering, attacker, elliptic, good, good_inside, idp, received, signed, sp, statement,
    unsigned, verify, verify_with,
};
use crate::{Algorithm, Certificate, Fault, Policy, SigningKey};

#[test]
fn older_signatures_need_a_date() {
    let text = signed(&unsigned(), idp(), Algorithm::RsaSha256);
    assert_eq!(verify(&text), Err(Fault::Algorithm(Algorithm::RsaSha256.uri().to_owned())));
    let until = Policy::default().with_pkcs1_until(NOW + SECOND);
    assert!(verify_with(&text, |it| it.policy = &until).is_ok());
    let over = Policy::default().with_pkcs1_until(NOW - SECOND);
    assert_eq!(
        verify_with(&text, |it| it.policy = &over),
        Err(Fault::AlgorithmExpired(Algorithm::RsaSha256.uri()))
    );
}

#[test]
fn newer_signatures_end_as_well() {
    let text = good();
    let policy = Policy::default();
    let last = policy.lines().iter().find(|(it, _)| *it == Algorithm::RsaPssSha256).unwrap().1;
    assert_eq!(policy.check(Algorithm::RsaPssSha256, last), Ok(()));
    assert!(policy.check(Algorithm::RsaPssSha256, last + 1).is_err());
    assert_eq!(jiff::Timestamp::from_microsecond(last).unwrap().to_string(), "2035-12-31T23:59:59Z");
    let transport = policy.lines().iter().find(|(it, _)| *it == Algorithm::OaepSha256).unwrap().1;
    assert_eq!(jiff::Timestamp::from_microsecond(transport).unwrap().to_string(), "2031-12-31T23:59:59Z");
    let nothing = Policy::nothing().with(Algorithm::RsaPssSha256, last);
    assert!(matches!(verify_with(&text, |it| it.policy = &nothing), Err(Fault::Algorithm(_))));
}

#[test]
fn sha1_and_others_are_never_allowed() {
    let generous = Policy::default().with_pkcs1_until(i64::MAX).with_cbc_until(i64::MAX);
    let names = [
        "http://www.w3.org/2000/09/xmldsig#rsa-sha1",
        "http://www.w3.org/2000/09/xmldsig#hmac-sha1",
        "http://www.w3.org/2001/04/xmldsig-more#hmac-sha256",
        "http://www.w3.org/2000/09/xmldsig#dsa-sha1",
        "none",
    ];
    for name in names {
        let text = good_inside().replace(Algorithm::RsaPssSha256.uri(), name);
        assert_eq!(verify_with(&text, |it| it.policy = &generous), Err(Fault::Algorithm(name.to_owned())));
    }
    let digest = good_inside().replace(Algorithm::Sha256.uri(), "http://www.w3.org/2000/09/xmldsig#sha1");
    assert!(matches!(verify_with(&digest, |it| it.policy = &generous), Err(Fault::Algorithm(_))));
}

#[test]
fn elliptic_curves_sign_too_and_keys_keep_to_their_kind() {
    let certificates = [elliptic().certificate.clone()];
    let text = answering(elliptic(), None).answer(&received(), &statement()).unwrap();
    assert!(verify_with(&text, |it| it.certificates = &certificates).is_ok());
    assert_eq!(verify(&text), Err(Fault::Signature));
    assert!(idp().key.sign(Algorithm::EcdsaSha256, b"x").is_err());
    assert!(elliptic().key.sign(Algorithm::RsaPssSha256, b"x").is_err());
    assert!(elliptic().decryption.is_none() && idp().decryption.is_some());
    for algorithm in [Algorithm::RsaPssSha384, Algorithm::RsaPssSha512] {
        assert!(verify(&signed(&unsigned(), idp(), algorithm)).is_ok());
    }
}

#[test]
fn several_keys_can_be_configured_for_a_change() {
    let certificates = [attacker().certificate.clone(), idp().certificate.clone()];
    assert!(verify_with(&good(), |it| it.certificates = &certificates).is_ok());
    assert_eq!(verify_with(&good(), |it| it.certificates = &[]), Err(Fault::Signature));
}

#[test]
fn encryption_keeps_to_the_policy() {
    let sealed = answering(idp(), Some(&sp().certificate)).answer(&received(), &statement()).unwrap();
    let gone = Policy::default().with(Algorithm::OaepSha256, NOW - SECOND);
    assert_eq!(
        verify_with(&sealed, |it| it.policy = &gone),
        Err(Fault::AlgorithmExpired(Algorithm::OaepSha256.uri()))
    );
    let gone = Policy::default().with(Algorithm::Aes256Gcm, NOW - SECOND);
    assert_eq!(
        verify_with(&sealed, |it| it.policy = &gone),
        Err(Fault::AlgorithmExpired(Algorithm::Aes256Gcm.uri()))
    );
    // CBC only inside a signed response: whoever changes it must not learn what happens then.
    let bare = super::without_first_signature(&sealed);
    let generous = Policy::default().with_cbc_until(i64::MAX);
    let cbc = bare.replace(Algorithm::Aes256Gcm.uri(), Algorithm::Aes256Cbc.uri());
    assert_eq!(verify_with(&cbc, |it| it.policy = &generous), Err(Fault::CbcUnsigned));
    assert!(matches!(verify(&cbc), Err(Fault::Algorithm(_))));
}

#[test]
fn files_that_are_no_keys_are_refused() {
    assert!(SigningKey::from_pem("nothing").is_err());
    assert!(SigningKey::from_pem(&idp().certificate_pem).is_err());
    assert!(Certificate::from_pem(&idp().key_pem).is_err());
    assert!(Certificate::from_base64("AAAA").is_err());
    assert_eq!((idp().certificate.rsa_bits(), elliptic().certificate.rsa_bits()), (Some(2048), None));
    assert_eq!(idp().decryption.as_ref().map(crate::DecryptionKey::bits), Some(2048));
    assert!(idp().key.belongs_to(&idp().certificate) && !idp().key.belongs_to(&sp().certificate));
    assert!(elliptic().key.belongs_to(&elliptic().certificate));
    assert_eq!(format!("{:?} {:?}", idp().key, sp().certificate), "SigningKey Certificate(Rsa)");
}
