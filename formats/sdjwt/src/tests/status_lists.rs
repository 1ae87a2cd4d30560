//! Token Status List: the draft's examples, and what must be refused.

use serde_json::{Map, Value, json};

use super::vectors;
use crate::jws;
use crate::key::{Curve, SigningKey};
use crate::status::{self, Status, StatusFault, StatusList, StatusListToken, sign};

const NOW: i64 = 1_800_000_000;
const URI: &str = "https://pid.example/status/1";
const MEGABYTE: usize = 1 << 20;

fn example(name: &str) -> Option<StatusList> {
    let folder = vectors("token-status-list/examples")?;
    let text = std::fs::read_to_string(folder.join(name)).unwrap();
    let json: String = text[text.find('{').unwrap()..].split_whitespace().collect();
    let json: Value = serde_json::from_str(&json).unwrap();
    let bits = u8::try_from(json["bits"].as_u64().unwrap()).unwrap();
    Some(StatusList::unpack(bits, json["lst"].as_str().unwrap(), MEGABYTE).unwrap())
}

#[test]
fn the_short_examples_of_the_draft_are_read() {
    let one = StatusList::unpack(1, "eNrbuRgAAhcBXQ", 100).unwrap();
    let bits = [1, 0, 0, 1, 1, 1, 0, 1, 1, 1, 0, 0, 0, 1, 0, 1];
    for (index, expected) in (0..).zip(bits) {
        assert_eq!(one.status(index).unwrap(), Status::from(expected), "{index}");
    }
    let two = StatusList::unpack(2, "eNo76fITAAPfAgc", 100).unwrap();
    for (index, expected) in (0..).zip([1, 2, 0, 3, 0, 1, 0, 1, 1, 2, 3, 3]) {
        assert_eq!(two.status(index).unwrap(), Status::from(expected), "{index}");
    }
    assert_eq!(two.status(12).unwrap_err(), StatusFault::NoEntry(12));
    assert_eq!(two.status(u64::MAX).unwrap_err(), StatusFault::NoEntry(u64::MAX));
}

#[test]
fn the_long_examples_of_the_draft_are_read() {
    let set_in_one =
        [0, 1993, 25460, 159_495, 495_669, 554_353, 645_645, 723_232, 854_545, 934_534, 1_000_345];
    if let Some(list) = example("status_list_encoding1_long_json.md") {
        let found: Vec<u64> = (0..1 << 20).filter(|it| list.status(*it) == Ok(Status::Invalid)).collect();
        assert_eq!(found, set_in_one);
    }
    if let Some(list) = example("status_list_encoding2_long_json.md") {
        assert_eq!(list.status(0), Ok(Status::Invalid));
        assert_eq!(list.status(1993), Ok(Status::Suspended));
        assert_eq!(list.status(159_495), Ok(Status::Other(3)));
        assert_eq!(list.status((1 << 20) - 1), Ok(Status::Valid));
    }
    if let Some(list) = example("status_list_encoding4_json.md") {
        assert_eq!(list.status(0), Ok(Status::Invalid));
        assert_eq!(list.status(1993), Ok(Status::Suspended));
        assert_eq!(list.status(35_460), Ok(Status::Other(3)));
        assert_eq!(list.status(1 << 20), Err(StatusFault::NoEntry(1 << 20)));
    }
    if let Some(list) = example("status_list_encoding8_json.md") {
        assert_eq!(list.status(233_478), Ok(Status::Valid));
        assert_eq!(list.status(52_451), Ok(Status::Invalid));
        assert_eq!(list.status(576_778), Ok(Status::Suspended));
    }
}

#[test]
fn lists_are_written_as_they_are_read() {
    for bits in [1, 2, 4, 8] {
        let mut list = StatusList::new(bits, 1000).unwrap();
        list.set(999, 1).unwrap();
        list.set(5, 255).unwrap();
        list.set(5, 1).unwrap();
        let again = StatusList::unpack(bits, &list.pack().unwrap(), 1000).unwrap();
        assert_eq!(again, list);
        assert_eq!(again.status(999), Ok(Status::Invalid));
        assert_eq!(again.status(5), Ok(Status::Invalid));
        assert_eq!(again.status(4), Ok(Status::Valid));
        assert_eq!(again.status(6), Ok(Status::Valid));
    }
}

#[test]
fn a_list_must_be_of_its_shape_and_size() {
    assert_eq!(StatusList::unpack(3, "eNrbuRgAAhcBXQ", 100).unwrap_err(), StatusFault::Shape);
    assert_eq!(StatusList::unpack(1, "eNrbuRgAAhcBXQ", 1).unwrap_err(), StatusFault::TooLarge(1));
    assert_eq!(StatusList::unpack(1, "AAAA", 100).unwrap_err(), StatusFault::Compression);
    assert_eq!(StatusList::unpack(1, "%", 100).unwrap_err(), StatusFault::Shape);
    let huge = StatusList::new(8, 64 * MEGABYTE).unwrap().pack().unwrap();
    assert!(huge.len() < MEGABYTE, "small input");
    assert_eq!(StatusList::unpack(8, &huge, MEGABYTE).unwrap_err(), StatusFault::TooLarge(MEGABYTE));
}

#[test]
fn a_token_is_believed_only_from_its_issuer_for_its_address_in_its_time() {
    let key = SigningKey::generate(Curve::P256).unwrap();
    let mut list = StatusList::new(1, 100).unwrap();
    list.set(7, 1).unwrap();
    let token = sign(&list, URI, (NOW, 300, 3600), (&key, &[vec![9]])).unwrap();
    let token = StatusListToken::parse(&token).unwrap();
    assert_eq!(token.x5c().unwrap(), [vec![9]]);
    let checked = token.verify(key.public(), URI, NOW + 10, MEGABYTE).unwrap();
    assert_eq!(checked.list.status(7), Ok(Status::Invalid));
    assert_eq!((checked.expires, checked.ttl), (Some(NOW + 3600), Some(300)));
    let refused = |uri: &str, now: i64| token.verify(key.public(), uri, now, MEGABYTE).unwrap_err();
    assert_eq!(refused("https://pid.example/status/2", NOW), StatusFault::Subject);
    assert_eq!(refused(URI, NOW + 4000), StatusFault::Time);
    assert_eq!(refused(URI, NOW - 100), StatusFault::Time);
    let other = SigningKey::generate(Curve::P256).unwrap();
    let fault = token.verify(other.public(), URI, NOW, MEGABYTE).unwrap_err();
    assert_eq!(fault, StatusFault::Jws(jws::JwsFault::Signature));
}

#[test]
fn another_kind_of_token_is_no_list() {
    let key = SigningKey::generate(Curve::P256).unwrap();
    let mut header = Map::new();
    header.insert("typ".to_owned(), "JWT".into());
    let token = jws::sign(&header, &json!({}), &key).unwrap();
    assert!(matches!(
        StatusListToken::parse(&token).unwrap_err(),
        StatusFault::Jws(jws::JwsFault::Type { .. })
    ));
    header.insert("typ".to_owned(), status::TYPE.into());
    for payload in [
        json!({"sub": URI, "status_list": {"bits": 1, "lst": "eNrbuRgAAhcBXQ"}}),
        json!({"sub": URI, "iat": NOW}),
        json!({"sub": URI, "iat": NOW, "status_list": {"bits": 300, "lst": ""}}),
    ] {
        let token = StatusListToken::parse(&jws::sign(&header, &payload, &key).unwrap()).unwrap();
        assert!(token.verify(key.public(), URI, NOW, MEGABYTE).is_err(), "{payload}");
    }
}
