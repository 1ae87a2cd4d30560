//! Chains that must not get through, one guard each.

use super::{
    Chain, Refused, Trust, Usage,
    authority::{Authority, LATER, NOW, authority, key, leaf},
    validate,
};
use rcgen::{
    BasicConstraints, CertificateParams, CustomExtension, ExtendedKeyUsagePurpose, GeneralSubtree, IsCa,
    KeyPair, KeyUsagePurpose, NameConstraints, RsaKeySize, SanType,
};

fn outcome(chain: Vec<Vec<u8>>, root: &Authority, usage: Usage) -> Result<(), Refused> {
    outcome_at(chain, root, usage, NOW)
}

fn outcome_at(chain: Vec<Vec<u8>>, root: &Authority, usage: Usage, now: i64) -> Result<(), Refused> {
    let trust = Trust::new(std::slice::from_ref(&root.der)).unwrap().without_revocation();
    validate(&Chain::from_der(chain).unwrap(), &trust, now, usage).map(|_| ())
}

/// A leaf of `root` with a change, used as a client.
fn changed(change: impl FnOnce(&mut CertificateParams)) -> Result<(), Refused> {
    let root = Authority::root("Root");
    outcome(vec![root.issue(&key(), change)], &root, Usage::Client)
}

#[test]
fn what_has_run_out_or_not_begun() {
    let root = Authority::root("Root");
    let made = root.issue(&key(), |it| it.not_after = super::authority::at(NOW - 1));
    assert_eq!(outcome(vec![made], &root, Usage::Any), Err(Refused::Expired { at: NOW - 1 }));
    let made = root.issue(&key(), |it| it.not_before = super::authority::at(NOW + 1));
    assert_eq!(outcome(vec![made], &root, Usage::Any), Err(Refused::NotYetValid { from: NOW + 1 }));
    // Also the trusted authority itself.
    let short = Authority::root_with("Root", key(), |it| it.not_after = super::authority::at(NOW - 1));
    let made = short.issue(&key(), |_| {});
    assert_eq!(outcome(vec![made], &short, Usage::Any), Err(Refused::Expired { at: NOW - 1 }));
    assert_eq!(LATER, NOW + 1_000_000);
}

#[test]
fn strangers_and_their_namesakes() {
    let (root, stranger, namesake) =
        (Authority::root("Root"), Authority::root("Other"), Authority::root("Root"));
    let made = stranger.issue(&key(), |_| {});
    assert_eq!(outcome(vec![made.clone()], &root, Usage::Any), Err(Refused::UnknownIssuer));
    // Bringing the root along does not make it trusted.
    assert_eq!(outcome(vec![made, stranger.der.clone()], &root, Usage::Any), Err(Refused::UnknownIssuer));
    let made = namesake.issue(&key(), |_| {});
    let refused = outcome(vec![made], &root, Usage::Any).unwrap_err();
    assert!(matches!(refused, Refused::Signature | Refused::UnknownIssuer), "{refused:?}");
    let own = leaf(|_| {}).self_signed(&key()).unwrap().der().to_vec();
    assert_eq!(outcome(vec![own], &root, Usage::Any), Err(Refused::UnknownIssuer));
}

#[test]
fn who_must_not_issue() {
    let root = Authority::root("Root");
    // A person's certificate that issues another one.
    let middle = root.authority("Middle", |it| it.is_ca = IsCa::ExplicitNoCa);
    let made = middle.issue(&key(), |_| {});
    assert_eq!(outcome(vec![made, middle.der.clone()], &root, Usage::Any), Err(Refused::NotAnAuthority));
    // An authority for other things than certificates.
    let middle = root.authority("Middle", |it| it.key_usages = vec![KeyUsagePurpose::CrlSign]);
    let made = middle.issue(&key(), |_| {});
    assert_eq!(outcome(vec![made, middle.der.clone()], &root, Usage::Any), Err(Refused::NotAnAuthority));
    let odd = Authority::root_with("Root", key(), |it| it.key_usages = vec![KeyUsagePurpose::CrlSign]);
    let made = odd.issue(&key(), |_| {});
    assert_eq!(outcome(vec![made], &odd, Usage::Any), Err(Refused::NotAnAuthority));
    // The authority itself signs in.
    let made = authority("leaf", |_| {});
    let root_key = key();
    let own = Authority::root_with("Root", root_key, |_| {});
    let made = own.authority(&made.distinguished_name.iter().count().to_string(), |_| {});
    assert_eq!(outcome(vec![made.der.clone()], &own, Usage::Any), Err(Refused::Authority));
}

#[test]
fn a_path_longer_than_allowed() {
    let root = Authority::root_with("Root", key(), |_| {});
    let short = root.authority("Short", |it| it.is_ca = IsCa::Ca(BasicConstraints::Constrained(0)));
    let below = short.authority("Below", |_| {});
    let made = below.issue(&key(), |_| {});
    let chain = vec![made, below.der.clone(), short.der.clone()];
    assert_eq!(outcome(chain, &root, Usage::Any), Err(Refused::PathTooLong));
    let made = short.issue(&key(), |_| {});
    assert_eq!(outcome(vec![made, short.der.clone()], &root, Usage::Any), Ok(()));
}

#[test]
fn the_wrong_use() {
    let wrong = |it: Result<(), Refused>| matches!(it, Err(Refused::WrongUsage { .. }));
    assert!(wrong(changed(|it| it.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth])));
    assert!(wrong(changed(|it| it.key_usages = vec![KeyUsagePurpose::KeyEncipherment])));
    // No purposes: every purpose (RFC 5280, section 4.2.1.12); any purpose likewise.
    assert_eq!(changed(|it| it.extended_key_usages.clear()), Ok(()));
    assert_eq!(changed(|it| it.extended_key_usages = vec![ExtendedKeyUsagePurpose::Any]), Ok(()));
    let root = Authority::root("Root");
    let purpose = Usage::Purpose("1.0.18013.5.1.2");
    let made = root.issue(&key(), |it| it.extended_key_usages.clear());
    assert!(wrong(outcome(vec![made], &root, purpose)), "a purpose that must be named");
    let made = root.issue(&key(), |it| {
        it.extended_key_usages = vec![ExtendedKeyUsagePurpose::Other(vec![1, 0, 18013, 5, 1, 2])];
    });
    assert_eq!(outcome(vec![made.clone()], &root, purpose), Ok(()));
    assert_eq!(outcome(vec![made.clone()], &root, Usage::Sign), Ok(()));
    assert!(wrong(outcome(vec![made], &root, Usage::Client)));
    // An authority for servers only.
    let servers =
        root.authority("Servers", |it| it.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth]);
    let made = servers.issue(&key(), |_| {});
    assert!(wrong(outcome(vec![made, servers.der.clone()], &root, Usage::Client)));
}

#[test]
fn names_an_authority_must_not_vouch_for() {
    let root = Authority::root("Root");
    let bound = root.authority("Bound", |it| {
        it.name_constraints = Some(NameConstraints {
            permitted_subtrees: vec![GeneralSubtree::DnsName("stadt.example".to_owned())],
            excluded_subtrees: Vec::new(),
        });
    });
    let named = |name: &str| {
        let made = bound.issue(&key(), |it| {
            it.subject_alt_names = vec![SanType::DnsName(name.try_into().unwrap())];
        });
        outcome(vec![made, bound.der.clone()], &root, Usage::Any)
    };
    assert_eq!(named("amt.stadt.example"), Ok(()));
    assert_eq!(named("amt.dorf.example"), Err(Refused::NameConstraints));
}

#[test]
fn a_critical_extension_nobody_knows() {
    let unknown = |critical: bool| {
        changed(|it| {
            let mut extension = CustomExtension::from_oid_content(&[1, 3, 6, 1, 4, 1, 99999, 1], vec![5, 0]);
            extension.set_criticality(critical);
            it.custom_extensions.push(extension);
        })
    };
    assert_eq!(unknown(true), Err(Refused::CriticalExtension));
    assert_eq!(unknown(false), Ok(()));
}

#[test]
fn weak_keys() {
    let root = Authority::root("Root");
    let weak = KeyPair::generate_rsa_for(&rcgen::PKCS_RSA_SHA256, RsaKeySize::_2048).unwrap();
    let made = root.issue(&weak, |_| {});
    let refused = Err(Refused::WeakKey { bits: 2048, least: 3000 });
    assert_eq!(outcome(vec![made.clone()], &root, Usage::Any), refused);
    let trust =
        Trust::new(std::slice::from_ref(&root.der)).unwrap().without_revocation().with_smallest_rsa(2048);
    assert!(validate(&Chain::from_der(vec![made]).unwrap(), &trust, NOW, Usage::Any).is_ok());
    let weak = Authority::root_with("Root", weak, |_| {});
    let made = weak.issue(&key(), |_| {});
    assert_eq!(outcome(vec![made], &weak, Usage::Any), refused, "the authority's key counts too");
}
