//! Revocation lists: hits, gaps, old ones and forged ones.

use super::{
    Chain, Refused, Revocation, Trust, Usage,
    authority::{Authority, NOW, key},
    validate,
};

fn outcome(
    chain: &[Vec<u8>],
    root: &Authority,
    lists: &[Vec<u8>],
    demanded: bool,
) -> Result<Revocation, Refused> {
    let mut trust =
        Trust::new(std::slice::from_ref(&root.der)).unwrap().with_revocation_lists(lists).unwrap();
    if !demanded {
        trust = trust.without_revocation();
    }
    validate(&Chain::from_der(chain.to_vec()).unwrap(), &trust, NOW, Usage::Client).map(|it| it.revocation)
}

fn withdrawn(serial: &str) -> Result<Revocation, Refused> {
    Err(Refused::Revoked { serial: serial.to_owned(), at: NOW - 500 })
}

#[test]
fn a_revoked_certificate_is_refused_whether_demanded_or_not() {
    let root = Authority::root("Root");
    let chain = [root.issue(&key(), |_| {})];
    for demanded in [true, false] {
        assert_eq!(outcome(&chain, &root, &[root.list(&[7, 42])], demanded), withdrawn("2a"));
    }
    assert_eq!(outcome(&chain, &root, &[root.list(&[7])], true), Ok(Revocation::Checked));
}

#[test]
fn a_serial_number_that_begins_with_a_high_bit_is_found() {
    let root = Authority::root("Root");
    let chain = [root.issue(&key(), |it| it.serial_number = Some(rcgen::SerialNumber::from(0xf0_u64)))];
    assert_eq!(outcome(&chain, &root, &[root.list(&[0xf0])], true), withdrawn("f0"));
}

#[test]
fn a_revoked_authority_is_refused() {
    let root = Authority::root("Root");
    let middle = root.authority("Middle", |it| it.serial_number = Some(rcgen::SerialNumber::from(9u64)));
    let chain = [middle.issue(&key(), |_| {}), middle.der.clone()];
    assert_eq!(outcome(&chain, &root, &[middle.list(&[]), root.list(&[9])], true), withdrawn("09"));
    assert_eq!(outcome(&chain, &root, &[middle.list(&[]), root.list(&[])], true), Ok(Revocation::Checked));
    // A list for one of two is not enough.
    assert_eq!(outcome(&chain, &root, &[middle.list(&[])], true), Err(Refused::RevocationUnknown));
}

#[test]
fn no_list_is_no_answer() {
    let (root, other) = (Authority::root("Root"), Authority::root("Other"));
    let chain = [root.issue(&key(), |_| {})];
    for lists in [vec![], vec![other.list(&[])], vec![root.list_of(&[], NOW + 10, NOW + 20)]] {
        assert_eq!(outcome(&chain, &root, &lists, true), Err(Refused::RevocationUnknown));
        assert_eq!(outcome(&chain, &root, &lists, false), Ok(Revocation::NotDemanded));
    }
    // What else is wrong is told first.
    let strange = [other.issue(&key(), |_| {})];
    assert_eq!(outcome(&strange, &root, &[], true), Err(Refused::UnknownIssuer));
}

#[test]
fn an_old_list_does_not_clear_but_still_condemns() {
    let root = Authority::root("Root");
    let chain = [root.issue(&key(), |_| {})];
    let old = root.list_of(&[], NOW - 200, NOW - 100);
    assert_eq!(
        outcome(&chain, &root, std::slice::from_ref(&old), true),
        Err(Refused::RevocationListExpired { at: NOW - 100 })
    );
    assert_eq!(outcome(&chain, &root, std::slice::from_ref(&old), false), Ok(Revocation::NotDemanded));
    let old_hit = root.list_of(&[42], NOW - 200, NOW - 100);
    assert_eq!(outcome(&chain, &root, &[old_hit], false), withdrawn("2a"));
    // The newest list counts, in whatever order they come.
    assert_eq!(outcome(&chain, &root, &[old.clone(), root.list(&[42])], true), withdrawn("2a"));
    assert_eq!(outcome(&chain, &root, &[root.list(&[42]), old], true), withdrawn("2a"));
}

#[test]
fn a_list_that_somebody_else_signed_is_no_list() {
    let (root, namesake) = (Authority::root("Root"), Authority::root("Root"));
    let chain = [root.issue(&key(), |_| {})];
    let refused = outcome(&chain, &root, &[namesake.list(&[])], true).unwrap_err();
    assert!(matches!(refused, Refused::RevocationListUnusable { .. }), "{refused:?}");
}
