//! A document that another implementation issued and presented (npm `@owf/mdoc`).

use crate::{Curve, DeviceResponse, Expected, Fault, PublicKey, SessionTranscript};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use serde_json::{Value, json};

const NAMESPACE: &str = "eu.europa.ec.eudi.pid.1";

#[test]
fn a_strangers_document_is_read_and_bound_to_its_request() {
    let made: Value = serde_json::from_str(include_str!("stranger.json")).unwrap();
    let text = |name: &str| made[name].as_str().unwrap();
    let bytes = |name: &str| URL_SAFE_NO_PAD.decode(text(name)).unwrap();
    let issuer_key =
        PublicKey::from_coordinates(Curve::P256, &bytes("issuer_x"), &bytes("issuer_y")).unwrap();
    let thumbprint: [u8; 32] = bytes("jwk_thumbprint").try_into().unwrap();
    let verify = |nonce: &str| {
        let transcript =
            SessionTranscript::openid4vp(text("client_id"), nonce, Some(&thumbprint), text("response_uri"));
        let expected = Expected {
            issuer_key: &issuer_key,
            issuer_valid: (0, i64::MAX),
            doc_type: NAMESPACE,
            transcript: &transcript,
            now: made["now"].as_i64().unwrap(),
            leeway: 0,
        };
        DeviceResponse::parse(&bytes("response")).unwrap().documents[0].verify(&expected)
    };
    let presented = verify(text("nonce")).unwrap();
    assert_eq!(
        serde_json::to_value(&presented.claims).unwrap(),
        json!({ NAMESPACE: { "family_name": "Fremd", "birth_date": "1980-02-29" } })
    );
    assert_eq!(verify("another").unwrap_err(), Fault::DeviceSignature);
}
