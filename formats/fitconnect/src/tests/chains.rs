//! Certificate chains: good ones pass, and each way to be wrong is named.

use super::NOW;
use crate::jwk::{Jwk, KeyUse, PrivateJwk};
use crate::x509::{Authority, ChainReport, Policy, Trust, check_chain, issue, revocation_list, self_signed};
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;

const YEAR: i64 = 31_536_000;

fn with_chain(key: &PrivateJwk, chain: &[Vec<u8>]) -> Jwk {
    let mut public = key.public();
    public.x5c = chain.iter().map(|der| BASE64_STANDARD.encode(der)).collect();
    public
}

fn codes(report: &ChainReport) -> Vec<(usize, &'static str)> {
    report.findings.iter().map(|(position, finding)| (*position, finding.code())).collect()
}

fn root() -> Authority {
    Authority::root(&super::authority(), "Test Root", NOW - YEAR, NOW + YEAR).unwrap()
}

#[test]
fn a_self_signed_certificate_needs_the_test_policy() {
    for (key, usage) in [(super::encryption(), KeyUse::Encrypt), (super::signing(), KeyUse::Sign)] {
        let der = self_signed(&key, "Office, \"Example\" <1>", NOW - 10, NOW + YEAR).unwrap();
        let public = with_chain(&key, &[der]);
        let strict = check_chain(&public, usage, Trust::default(), NOW);
        assert_eq!(codes(&strict), [(0, "chain-untrusted")]);
        assert!(!strict.acceptable());
        let test = Trust { policy: Policy::AllowSelfSigned, ..Trust::default() };
        let report = check_chain(&public, usage, test, NOW);
        assert_eq!(codes(&report), [(0, "chain-self-signed")]);
        assert!(report.acceptable());
        assert_eq!(report.fingerprint_sha256_hex.len(), 64);
        assert_eq!((report.not_before, report.not_after), (NOW - 10, NOW + YEAR));
        assert_eq!(report.subject, report.issuer);
        assert!(report.subject.contains("Example"), "{}", report.subject);
    }
}

#[test]
fn a_chain_to_an_anchor_is_accepted_with_and_without_the_root_inside() {
    let root = root();
    let key = super::encryption();
    let leaf = issue(&root, &key.public(), KeyUse::Encrypt, "Leaf", (NOW - 1, NOW + YEAR)).unwrap();
    let anchors = [root.der().unwrap()];
    let list = [revocation_list(&root, &[], (NOW - 1, NOW + 1000)).unwrap()];
    let trust = Trust { anchors: &anchors, revocation_lists: &list, policy: Policy::Anchored };
    for chain in [vec![leaf.clone()], vec![leaf.clone(), root.der().unwrap()]] {
        let report = check_chain(&with_chain(&key, &chain), KeyUse::Encrypt, trust, NOW);
        assert_eq!(codes(&report), []);
    }
    let without = Trust { revocation_lists: &[], ..trust };
    let report = check_chain(&with_chain(&key, &[leaf]), KeyUse::Encrypt, without, NOW);
    assert_eq!(codes(&report), [(0, "revocation-unknown")]);
    assert!(report.acceptable());
}

#[test]
fn revocation_is_found_even_in_an_outdated_list() {
    let root = root();
    let key = super::encryption();
    let leaf = issue(&root, &key.public(), KeyUse::Encrypt, "Leaf", (NOW - 1, NOW + YEAR)).unwrap();
    let anchors = [root.der().unwrap()];
    let judge = |lists: &[Vec<u8>]| {
        let trust = Trust { anchors: &anchors, revocation_lists: lists, policy: Policy::Anchored };
        codes(&check_chain(&with_chain(&key, std::slice::from_ref(&leaf)), KeyUse::Encrypt, trust, NOW))
    };
    let revoked = std::slice::from_ref(&leaf);
    let list = revocation_list(&root, revoked, (NOW - 1, NOW + 1000)).unwrap();
    assert_eq!(judge(std::slice::from_ref(&list)), [(0, "certificate-revoked")]);
    let outdated = revocation_list(&root, revoked, (NOW - 1000, NOW - 1)).unwrap();
    assert_eq!(judge(&[outdated]), [(0, "certificate-revoked")]);
    let empty_outdated = revocation_list(&root, &[], (NOW - 1000, NOW - 1)).unwrap();
    assert_eq!(judge(&[empty_outdated]), [(0, "revocation-list")]);
    let mut forged = list;
    *forged.last_mut().unwrap() ^= 1;
    assert_eq!(judge(&[forged]), [(0, "revocation-list")]);
    assert_eq!(judge(&[vec![0x30, 0x03]]), [(0, "revocation-list")]);
}

#[test]
fn time_key_use_and_owner_are_checked() {
    let key = super::encryption();
    let test = Trust { policy: Policy::AllowSelfSigned, ..Trust::default() };
    let der = self_signed(&key, "Leaf", NOW - 10, NOW + 10).unwrap();
    let public = with_chain(&key, std::slice::from_ref(&der));
    let at = |now| codes(&check_chain(&public, KeyUse::Encrypt, test, now))[0].1;
    assert_eq!(at(NOW - 11), "certificate-not-yet-valid");
    assert_eq!(at(NOW + 11), "certificate-expired");
    assert_eq!(codes(&check_chain(&public, KeyUse::Sign, test, NOW))[0], (0, "certificate-key-usage"));
    let foreign = with_chain(&super::signing(), &[der]);
    assert_eq!(codes(&check_chain(&foreign, KeyUse::Encrypt, test, NOW))[0], (0, "certificate-key-mismatch"));
}

#[test]
fn a_leaf_cannot_act_as_an_authority() {
    let root = root();
    let middle = super::signing();
    let middle_leaf = issue(&root, &middle.public(), KeyUse::Sign, "Middle", (NOW - 1, NOW + YEAR)).unwrap();
    // Same name and key as the certificate above, but as if it were an authority.
    let pretender = root.below(&middle, "Middle", NOW - 1, NOW + YEAR).unwrap();
    let key = super::encryption();
    let leaf = issue(&pretender, &key.public(), KeyUse::Encrypt, "Leaf", (NOW - 1, NOW + YEAR)).unwrap();
    let anchors = [root.der().unwrap()];
    let trust = Trust { anchors: &anchors, ..Trust::default() };
    let bad = check_chain(&with_chain(&key, &[leaf.clone(), middle_leaf]), KeyUse::Encrypt, trust, NOW);
    assert!(codes(&bad).contains(&(1, "certificate-not-an-authority")));
    let good = check_chain(&with_chain(&key, &[leaf, pretender.der().unwrap()]), KeyUse::Encrypt, trust, NOW);
    assert!(good.acceptable(), "{:?}", good.findings);
}

#[test]
fn foreign_signatures_wrong_order_and_rubbish_are_named() {
    let root = root();
    let other = Authority::root(&super::signing(), "Test Root", NOW - YEAR, NOW + YEAR).unwrap();
    let key = super::encryption();
    let leaf = issue(&other, &key.public(), KeyUse::Encrypt, "Leaf", (NOW - 1, NOW + YEAR)).unwrap();
    let anchors = [root.der().unwrap()];
    let trust = Trust { anchors: &anchors, ..Trust::default() };
    let judge =
        |chain: &[Vec<u8>]| codes(&check_chain(&with_chain(&key, chain), KeyUse::Encrypt, trust, NOW));
    assert!(judge(std::slice::from_ref(&leaf)).contains(&(0, "chain-untrusted")));
    assert!(judge(&[leaf.clone(), root.der().unwrap()]).contains(&(0, "certificate-signature")));
    assert!(judge(&[root.der().unwrap(), leaf.clone()]).contains(&(0, "certificate-key-mismatch")));
    assert_eq!(judge(&[leaf.clone(), vec![1, 2, 3]]), [(1, "certificate-unreadable")]);
    assert_eq!(judge(&[]), [(0, "chain-empty")]);
    assert_eq!(judge(&vec![leaf; 9])[0].1, "chain-too-long");
}
