//! A public key infrastructure made for each test, and everything that must not get through.

mod authority;
mod refusals;
mod revocations;

use crate::{
    Certificate, Chain, KeyKind, Refused, Revocation, Trust, Unreadable, Usage, read_certificates,
    read_revocation_lists, validate,
};
use authority::{Authority, LATER, NOW, key, leaf};

#[test]
fn a_chain_over_an_intermediate_authority_is_trusted_and_described() {
    let root = Authority::root("Root");
    let middle = root.authority("Middle", |_| {});
    let made = middle.issue(&key(), |it| {
        it.subject_alt_names = vec![
            rcgen::SanType::Rfc822Name("amt@stadt.example".try_into().unwrap()),
            rcgen::SanType::URI("urn:amt:1".try_into().unwrap()),
            rcgen::SanType::DnsName("amt.example".try_into().unwrap()),
        ];
    });
    let chain = Chain::from_der(vec![made.clone(), middle.der.clone()]).unwrap();
    let lists = [middle.list(&[]), root.list(&[])];
    let trust = Trust::new(std::slice::from_ref(&root.der)).unwrap().with_revocation_lists(&lists).unwrap();
    let found = validate(&chain, &trust, NOW, Usage::Client).unwrap();
    assert_eq!(found.anchor, "CN=Root");
    assert_eq!(found.revocation, Revocation::Checked);
    let it = found.certificate;
    assert_eq!((it.subject.as_str(), it.issuer.as_str()), ("CN=leaf", "CN=Middle"));
    assert_eq!(it.common_name(), Some("leaf"));
    assert_eq!(it.serial, "2a");
    assert_eq!((it.not_before, it.not_after), (NOW - 1000, LATER));
    assert_eq!(it.email_addresses, ["amt@stadt.example"]);
    assert_eq!(it.uris, ["urn:amt:1"]);
    assert_eq!(it.dns_names, ["amt.example"]);
    assert_eq!(it.key_kind, KeyKind::P256);
    assert_eq!(it.signature_algorithm, "1.2.840.10045.4.3.2");
    assert_eq!(it.purposes.as_deref(), Some(&["1.3.6.1.5.5.7.3.2".to_owned()][..]));
    assert_eq!(Certificate::read(&made).unwrap(), it);
    let digest = aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA256, &it.key);
    assert_eq!(digest.as_ref(), it.spki_sha256);
}

#[test]
fn a_certificate_on_the_list_is_trusted_as_it_is_but_not_for_ever() {
    let key = key();
    let own = leaf(|_| {}).self_signed(&key).unwrap().der().to_vec();
    let chain = Chain::from_der(vec![own.clone()]).unwrap();
    let trust = Trust::new(&[own]).unwrap();
    assert_eq!(validate(&chain, &trust, NOW, Usage::Client).unwrap().revocation, Revocation::Pinned);
    assert_eq!(validate(&chain, &trust, LATER + 1, Usage::Client), Err(Refused::Expired { at: LATER }));
    assert!(matches!(validate(&chain, &trust, NOW, Usage::Server), Err(Refused::WrongUsage { .. })));
}

#[test]
fn files_are_read_as_pem_and_as_der() {
    let root = Authority::root("Root");
    let pem = format!("Bag Attributes: x\n{}{}", root.pem, root.pem);
    assert_eq!(read_certificates(pem.as_bytes()).unwrap(), [root.der.clone(), root.der.clone()]);
    assert_eq!(read_certificates(&root.der).unwrap(), std::slice::from_ref(&root.der));
    assert_eq!(read_certificates(b""), Err(Unreadable::Empty));
    assert!(matches!(read_certificates(b"hello"), Err(Unreadable::Certificate { position: 0, .. })));
    assert!(matches!(
        read_certificates(b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"),
        Err(Unreadable::Certificate { position: 0, .. })
    ));
    let list = root.list(&[]);
    assert_eq!(read_revocation_lists(&list).unwrap(), [list]);
    assert_eq!(read_revocation_lists(b"").unwrap(), Vec::<Vec<u8>>::new());
    assert_eq!(Chain::from_pem(pem.as_bytes()).unwrap().describe().unwrap().subject, "CN=Root");
}

#[test]
fn bad_bytes_never_panic() {
    let root = Authority::root("Root");
    let good = root.issue(&key(), |_| {});
    let trust = Trust::new(std::slice::from_ref(&root.der)).unwrap().without_revocation();
    for cut in 0..good.len() {
        let chain = Chain::from_der(vec![good[..cut].to_vec()]).unwrap();
        assert!(validate(&chain, &trust, NOW, Usage::Client).is_err());
        let mut bent = good.clone();
        bent[cut] ^= 0x41;
        let chain = Chain::from_der(vec![bent]).unwrap();
        assert!(validate(&chain, &trust, NOW, Usage::Client).is_err(), "byte {cut} does not count");
    }
    assert!(Trust::new(&[b"x".to_vec()]).is_err());
    assert!(Trust::new(&[]).unwrap().with_revocation_lists(&[b"x".to_vec()]).is_err());
    assert_eq!(Chain::from_der(Vec::new()), Err(Unreadable::Empty));
    assert_eq!(Chain::from_der(vec![vec![0]; 9]), Err(Unreadable::TooMany { limit: 8 }));
    assert!(Chain::from_der(vec![vec![0x30; 65_537]]).is_err());
}
