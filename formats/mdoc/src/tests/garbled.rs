//! Arbitrary bytes are answered with a fault, never with a panic.

use super::Scene;
use crate::{DeviceResponse, Fault, IssuerSigned, MAX_BYTES, Value, cbor};

#[test]
fn a_response_cut_off_anywhere_is_refused() {
    let scene = Scene::new();
    let response = scene.response();
    for end in 0..response.len() {
        assert!(DeviceResponse::parse(&response[..end]).is_err(), "cut at {end}");
    }
    let kept = scene.issued.to_bytes().unwrap();
    for end in 0..kept.len() {
        assert!(IssuerSigned::parse(&kept[..end]).is_err(), "cut at {end}");
    }
}

#[test]
fn no_changed_byte_is_overlooked() {
    let scene = Scene::new();
    let response = scene.response();
    let mut accepted = Vec::new();
    for at in 0..response.len() {
        for bit in [1, 0x80] {
            let mut changed = response.clone();
            changed[at] ^= bit;
            if scene.verify(&changed).is_ok() {
                accepted.push(at);
            }
        }
    }
    let find = |what: &[u8]| response.windows(what.len()).position(|it| it == what).unwrap();
    let untouched = [
        // Nobody signs the envelope's version ("1.x") and the issuer's chain, which the caller validates.
        find(b"1.0")..find(b"1.0") + 3,
        find(&[0x18, 0x21, 0x82, 0x42, 0x30])..find(&[0x18, 0x21, 0x82, 0x42, 0x30]) + 9,
        // A wallet may leave out all items, and write "nothing" in two ways.
        find(b"nameSpaces")..find(b"nameSpaces") + 10,
        find(&[0xf6, 0x58, 0x40])..find(&[0xf6, 0x58, 0x40]) + 1,
    ];
    accepted.retain(|at| !untouched.iter().any(|it| it.contains(at)));
    let around: Vec<_> = accepted.iter().map(|at| (at, response.get(at - 4..at + 4))).collect();
    assert!(accepted.is_empty(), "changed at {around:02x?}");
}

#[test]
fn what_follows_is_refused() {
    let scene = Scene::new();
    let mut response = scene.response();
    response.push(0xf6);
    assert_eq!(DeviceResponse::parse(&response).unwrap_err(), Fault::NotCbor("DeviceResponse"));
}

#[test]
fn deep_nesting_is_refused() {
    for opening in [0x81_u8, 0xc1, 0xa1] {
        let bytes = vec![opening; 100_000];
        assert_eq!(DeviceResponse::parse(&bytes).unwrap_err(), Fault::NotCbor("DeviceResponse"));
    }
    let mut deep = vec![0x81; crate::MAX_DEPTH + 1];
    deep.push(0xf6);
    assert!(cbor::read(&deep, "test").is_err());
    assert!(cbor::read(&deep[10..], "test").is_ok());
}

#[test]
fn headers_inside_headers_do_not_exhaust_the_stack() {
    // A protected header with a counter signature whose protected header has one, and so on.
    let mut header = vec![0xa0];
    for _ in 0..3000 {
        let signature =
            Value::Array(vec![Value::Bytes(header), Value::Map(Vec::new()), Value::Bytes(Vec::new())]);
        header = cbor::write(&Value::Map(vec![(7.into(), signature)]));
    }
    let inside = Value::Array(vec![
        Value::Bytes(header.clone()),
        Value::Map(Vec::new()),
        Value::Null,
        Value::Bytes(Vec::new()),
    ]);
    let beside = Value::Array(vec![
        Value::Bytes(Vec::new()),
        cbor::read(&header, "test").unwrap(),
        Value::Null,
        Value::Bytes(Vec::new()),
    ]);
    for auth in [inside, beside] {
        let issued = cbor::write(&Value::Map(vec![("issuerAuth".into(), auth)]));
        let fault = Fault::Shape { place: "issuerAuth", expected: "no counter signatures" };
        assert_eq!(IssuerSigned::parse(&issued).unwrap_err(), fault);
    }
}

#[test]
fn sizes_are_limited_and_lengths_not_believed() {
    let large = vec![0x40; MAX_BYTES + 1];
    assert_eq!(DeviceResponse::parse(&large).unwrap_err(), Fault::TooLarge(MAX_BYTES + 1));
    // Announces 2^63 bytes or entries and brings none of them.
    for opening in [0x5b_u8, 0x7b, 0x9b, 0xbb] {
        let bytes = [opening, 0x7f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0];
        assert!(DeviceResponse::parse(&bytes).is_err());
    }
}

#[test]
fn other_shapes_are_refused() {
    for bytes in [&b""[..], b"\xf6", b"\xa0", b"\x80", b"\xa1\x61a\xf6", b"\xa1\xf6\xf6", b"{}", b"\xff"] {
        assert!(DeviceResponse::parse(bytes).is_err());
        assert!(IssuerSigned::parse(bytes).is_err());
    }
    // Status first, as a text.
    assert!(DeviceResponse::parse(b"\xa2\x67version\x631.0\x66status\x61a").is_err());
}
