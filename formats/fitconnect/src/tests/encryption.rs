//! JWE: there and back, every shape rule, streaming, compression limits, one answer for all crypto failures.

use crate::jwe::{JweFault, JweRule, JweScanner, JweShape, decrypt, encrypt};
use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD as B64;
use std::io::Write as _;

fn sample(plain: &[u8]) -> String {
    let key = super::encryption().public();
    encrypt(plain, &key, Some("application/json"), &key.kid).unwrap()
}

#[test]
fn there_and_back_and_the_tag_is_the_fifth_segment() {
    for plain in [&b""[..], b"{}", &vec![7_u8; 100_000]] {
        let compact = sample(plain);
        let shape = JweShape::parse(&compact).unwrap();
        assert_eq!(shape.tag(), compact.rsplit('.').next().unwrap());
        assert_eq!(shape.length, compact.len() as u64);
        assert_eq!(shape.header.cty.as_deref(), Some("application/json"));
        assert_eq!(shape.header.kid.as_deref(), Some("test-encryption-key"));
        assert_eq!(decrypt(&compact, &super::encryption(), 100_000).unwrap(), plain);
    }
}

#[test]
fn all_crypto_failures_look_the_same() {
    let compact = sample(b"secret");
    let segments: Vec<&str> = compact.split('.').collect();
    let swap = |index: usize| {
        let mut changed: Vec<String> = segments.iter().map(|text| (*text).to_owned()).collect();
        let first = if changed[index].starts_with('A') { "B" } else { "A" };
        changed[index].replace_range(0..1, first);
        decrypt(&changed.join("."), &super::encryption(), 1000)
    };
    for index in 1..5 {
        assert_eq!(swap(index), Err(JweFault::Undecryptable), "segment {index}");
    }
    let mut other = super::signing();
    other.key_ops = vec!["unwrapKey".into()];
    assert_eq!(decrypt(&compact, &other, 1000), Err(JweFault::Undecryptable));
}

#[test]
fn plaintext_limit_holds() {
    let compact = sample(&[1; 1000]);
    assert!(decrypt(&compact, &super::encryption(), 1000).is_ok());
    assert_eq!(decrypt(&compact, &super::encryption(), 999), Err(JweFault::TooLarge(999)));
    assert_eq!(decrypt(&compact, &super::encryption(), 10), Err(JweFault::TooLarge(10)));
}

/// A compressed JWE, made here because the crate itself never compresses.
fn compressed(plain: &[u8]) -> String {
    use aws_lc_rs::aead::{AES_256_GCM, Aad, LessSafeKey, Nonce, UnboundKey};
    use aws_lc_rs::rsa::OAEP_SHA256_MGF1SHA256;
    let header = B64.encode(br#"{"alg":"RSA-OAEP-256","enc":"A256GCM","zip":"DEF"}"#);
    let mut deflate = flate2::write::DeflateEncoder::new(Vec::new(), flate2::Compression::best());
    deflate.write_all(plain).unwrap();
    let mut content = deflate.finish().unwrap();
    let cipher = LessSafeKey::new(UnboundKey::new(&AES_256_GCM, &[9; 32]).unwrap());
    let tag = cipher
        .seal_in_place_separate_tag(
            Nonce::assume_unique_for_key([3; 12]),
            Aad::from(header.as_bytes()),
            &mut content,
        )
        .unwrap();
    let mut wrapped = vec![0; 512];
    let key = super::encryption().public().encrypting_key().unwrap();
    let wrapped = key.encrypt(&OAEP_SHA256_MGF1SHA256, &[9; 32], &mut wrapped, None).unwrap();
    let rest = [&*wrapped, &[3; 12], &content, tag.as_ref()].map(|bytes| B64.encode(bytes)).join(".");
    format!("{header}.{rest}")
}

#[test]
fn compressed_content_is_read_up_to_the_limit() {
    let bomb = compressed(&vec![0; 5_000_000]);
    assert!(bomb.len() < 10_000);
    assert_eq!(decrypt(&bomb, &super::encryption(), 5_000_000).unwrap().len(), 5_000_000);
    assert_eq!(decrypt(&bomb, &super::encryption(), 100_000), Err(JweFault::TooLarge(100_000)));
}

#[test]
fn every_shape_rule_refuses_its_breach() {
    let compact = sample(b"content");
    let parts: Vec<&str> = compact.split('.').collect();
    let with = |index: usize, text: &str| {
        let mut changed = parts.clone();
        changed[index] = text;
        JweShape::parse(&changed.join(".")).unwrap_err().rule
    };
    let header = |json: &str| with(0, &B64.encode(json));
    assert_eq!(header(r#"{"alg":"RSA-OAEP","enc":"A256GCM"}"#), JweRule::Algorithm);
    assert_eq!(header(r#"{"alg":"RSA-OAEP-256","enc":"A128GCM"}"#), JweRule::Encryption);
    assert_eq!(header(r#"{"alg":"RSA-OAEP-256","enc":"A256GCM","zip":"LZ"}"#), JweRule::Compression);
    assert_eq!(header(r#"{"alg":"RSA-OAEP-256","enc":"A256GCM","crit":["x"]}"#), JweRule::Critical);
    assert_eq!(header(r#"{"enc":"A256GCM"}"#), JweRule::Header);
    assert_eq!(header("[]"), JweRule::Header);
    assert_eq!(header(r#"{"alg":"RSA-OAEP-256","alg":"RSA1_5","enc":"A256GCM"}"#), JweRule::Header);
    assert_eq!(with(0, &"A".repeat(16 * 1024 + 1)), JweRule::HeaderLength);
    assert_eq!(with(1, &parts[1][..600]), JweRule::KeyLength);
    assert_eq!(with(1, &"A".repeat(1367)), JweRule::KeyLength);
    assert_eq!(with(2, "AAAA"), JweRule::IvLength);
    assert_eq!(with(3, "AAAAA"), JweRule::Encoding);
    assert_eq!(with(3, "AB"), JweRule::Encoding);
    assert_eq!(with(3, "A+AA"), JweRule::Charset);
    assert_eq!(with(3, "AA=="), JweRule::Charset);
    assert_eq!(with(4, "AAAAAAAAAAAAAAAAAAAAA"), JweRule::TagLength);
    assert_eq!(with(4, "AAAAAAAAAAAAAAAAAAAAAB"), JweRule::Encoding);
    for text in ["", ".", "....", "a.b.c.d", &parts[..4].join("."), &format!("{compact}.AA")] {
        assert!(JweShape::parse(text).is_err(), "{text}");
    }
    let fault = JweShape::parse(&format!("{}.{}.x y", parts[0], parts[1])).unwrap_err();
    assert_eq!(fault.position, (parts[0].len() + parts[1].len() + 3) as u64);
}

#[test]
fn streaming_in_any_chunks_gives_the_same_answer() {
    let mut dice = super::Dice(5);
    let compact = sample(&vec![42; 20_000]);
    let whole = JweShape::parse(&compact).unwrap();
    for round in 0..200 {
        let text = if round % 2 == 0 { compact.clone() } else { dice.garble(&compact) };
        let mut scanner = JweScanner::new();
        let mut rest = text.as_bytes();
        while !rest.is_empty() {
            let (chunk, tail) = rest.split_at((1 + dice.roll(5000)).min(rest.len()));
            let _ = scanner.feed(chunk);
            rest = tail;
        }
        assert_eq!(scanner.finish(), JweShape::parse(&text));
        if round % 2 == 0 {
            assert_eq!(JweShape::parse(&text).unwrap(), whole);
        }
    }
}
