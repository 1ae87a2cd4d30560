//! Session transcripts against the vectors of the standard, and against values of our own.

use crate::SessionTranscript;

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|it| format!("{it:02x}")).collect()
}

fn unhex(text: &str) -> Vec<u8> {
    let digits: Vec<u8> =
        text.chars().filter_map(|it| it.to_digit(16)).map(|it| u8::try_from(it).unwrap()).collect();
    digits.chunks(2).map(|it| it[0] << 4 | it[1]).collect()
}

/// Computed once with another CBOR writer: array(3) of null, null and [name, SHA-256 of the handover's parts].
#[test]
fn both_handovers_stay_as_they_are() {
    let thumbprint: [u8; 32] = std::array::from_fn(|it| u8::try_from(it).unwrap());
    let redirect = SessionTranscript::openid4vp(
        "x509_hash:abc",
        "nonce",
        Some(&thumbprint),
        "https://verifier.example/r",
    );
    assert_eq!(hex(redirect.as_bytes()), REDIRECT);
    let plain = SessionTranscript::openid4vp("x509_hash:abc", "nonce", None, "https://verifier.example/r");
    assert_eq!(hex(plain.as_bytes()), PLAIN);
    let browser = SessionTranscript::dc_api("https://verifier.example", "nonce", Some(&thumbprint));
    assert_eq!(hex(browser.as_bytes()), BROWSER);
}

const REDIRECT: &str = "83f6f682714f70656e494434565048616e646f7665725820ac8da3e815495784a46e8b8921c36306b4b91edde62d38fe127971478fbe164b";
const PLAIN: &str = "83f6f682714f70656e494434565048616e646f7665725820395ed9c108e2d4ad60e9bd9f4d6045c531dcc334bda8f0b9fb40b1e541999812";
const BROWSER: &str = "83f6f682764f70656e4944345650444341504948616e646f7665725820dd45011d97c414542c3ce10eb3b59a9ae638fcc56bc849653234bdeed457a2d9";

#[test]
fn the_vectors_of_the_standard_come_out_byte_for_byte() {
    let path = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../../shared/data/identity/openid4vp/session-transcript-vectors.json"
    );
    let Ok(text) = std::fs::read_to_string(path) else {
        eprintln!("SKIPPED: no vectors at {path}");
        return;
    };
    let vectors: serde_json::Value = serde_json::from_str(&text).unwrap();
    let of = |pointer: &str| vectors.pointer(pointer).and_then(|it| it.as_str()).unwrap().to_owned();
    let thumbprint: [u8; 32] = unhex(&of("/jwk_thumbprint_hex")).try_into().unwrap();
    let nonce = of("/nonce");
    let redirect = SessionTranscript::openid4vp(
        &of("/redirect/client_id"),
        &nonce,
        Some(&thumbprint),
        &of("/redirect/response_uri"),
    );
    assert_eq!(hex(redirect.as_bytes()), of("/redirect/session_transcript_hex"));
    let browser = SessionTranscript::dc_api(&of("/dc_api/origin"), &nonce, Some(&thumbprint));
    assert_eq!(hex(browser.as_bytes()), of("/dc_api/session_transcript_hex"));
}
