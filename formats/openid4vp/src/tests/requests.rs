//! The signed request, from both sides.

use base64::Engine as _;
use base64::prelude::{BASE64_STANDARD, BASE64_URL_SAFE_NO_PAD as BASE64URL};
use rcgen::{BasicConstraints, CertificateParams, DnType, IsCa, Issuer, KeyPair};
use serde_json::{Value, json};

use crate::dcql::Query;
use crate::encryption::{Encryption, EncryptionKey};
use crate::request::{
    ANY_WALLET, ClientMetadata, RESPONSE_MODE, RequestFault, RequestKey, RequestObject, VerifierInfo,
    client_id,
};

struct Verifier {
    key: RequestKey,
    certificate: Vec<u8>,
    anchor: Vec<u8>,
}

fn verifier() -> Verifier {
    let params = |name: &str| {
        let mut params = CertificateParams::new(vec!["city.example".to_owned()]).unwrap();
        params.distinguished_name.push(DnType::CommonName, name);
        params
    };
    let mut root = params("Root");
    root.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    let root_key = KeyPair::generate().unwrap();
    let anchor = root.self_signed(&root_key).unwrap().der().to_vec();
    let key = KeyPair::generate().unwrap();
    let certificate = params("City").signed_by(&key, &Issuer::new(root, root_key)).unwrap().der().to_vec();
    Verifier { key: RequestKey::from_pkcs8(&key.serialize_der()).unwrap(), certificate, anchor }
}

fn request(verifier: &Verifier) -> RequestObject {
    let query = json!({"credentials": [{"id": "a", "format": "dc+sd-jwt", "meta": {"vct_values": ["v"]}}]});
    RequestObject {
        client_id: client_id(&verifier.certificate),
        response_type: "vp_token".into(),
        response_mode: RESPONSE_MODE.into(),
        response_uri: "https://city.example/responses/1".into(),
        aud: ANY_WALLET.into(),
        nonce: "n".into(),
        state: "s".into(),
        dcql_query: Query::read(&query).unwrap(),
        client_metadata: ClientMetadata::new(EncryptionKey::generate().unwrap().public()),
        verifier_info: Some(vec![VerifierInfo::registration("a.b.c".into())]),
        wallet_nonce: Some("w".into()),
        iat: Some(1),
    }
}

#[test]
fn a_wallet_believes_a_signed_request() {
    let verifier = verifier();
    let request = request(&verifier);
    assert!(request.client_id.starts_with("x509_hash:") && request.client_id.len() == 53);
    let compact = request.sign(std::slice::from_ref(&verifier.certificate), &verifier.key).unwrap();
    let (read, chain) = RequestObject::verify(&compact, &request.client_id).unwrap();
    assert_eq!(read, request);
    assert_eq!(chain, [verifier.certificate]);
    let (_, encryption) = read.client_metadata.encryption().unwrap();
    assert_eq!(encryption, Encryption::A256Gcm);
    let json = serde_json::to_value(&request).unwrap();
    assert_eq!(
        json["client_metadata"]["encrypted_response_enc_values_supported"],
        json!(["A128GCM", "A256GCM"])
    );
    assert_eq!(json["verifier_info"], json!([{"format": "registration_cert", "data": "a.b.c"}]));
}

#[test]
fn a_request_by_somebody_else_is_refused() {
    let (verifier, other) = (verifier(), verifier());
    let request = request(&verifier);
    let chain = std::slice::from_ref(&verifier.certificate);
    let compact = request.sign(chain, &verifier.key).unwrap();
    let refused = |compact: &str, client: &str| RequestObject::verify(compact, client).unwrap_err();
    assert_eq!(refused(&compact, &client_id(&other.certificate)), RequestFault::ClientId);
    assert_eq!(request.sign(chain, &other.key).unwrap_err(), RequestFault::Certificates);
    assert_eq!(
        request.sign(std::slice::from_ref(&other.certificate), &other.key).unwrap_err(),
        RequestFault::ClientId
    );
    assert_eq!(request.sign(&[], &verifier.key).unwrap_err(), RequestFault::Certificates);
    let with_anchor = [verifier.certificate.clone(), verifier.anchor.clone()];
    assert_eq!(request.sign(&with_anchor, &verifier.key).unwrap_err(), RequestFault::Certificates);
    // The other's signature under this verifier's certificate.
    let header = json!({"alg": "ES256", "typ": "oauth-authz-req+jwt", "x5c": [BASE64_STANDARD.encode(&verifier.certificate)]});
    let forged = other.key.sign(&header.to_string(), &serde_json::to_string(&request).unwrap()).unwrap();
    assert_eq!(refused(&forged, &request.client_id), RequestFault::Signature);
}

#[test]
fn header_and_profile_are_kept() {
    let verifier = verifier();
    let request = request(&verifier);
    let sign = |header: &Value, payload: &Value| {
        verifier.key.sign(&header.to_string(), &payload.to_string()).unwrap()
    };
    let good_header = json!({"alg": "ES256", "typ": "oauth-authz-req+jwt", "x5c": [BASE64_STANDARD.encode(&verifier.certificate)]});
    let good = serde_json::to_value(&request).unwrap();
    let check = |compact: &str| RequestObject::verify(compact, &request.client_id).map(drop);
    assert_eq!(check(&sign(&good_header, &good)), Ok(()));
    for (name, value) in
        [("alg", json!("none")), ("alg", json!("HS256")), ("typ", json!("JWT")), ("crit", json!(["x"]))]
    {
        let mut header = good_header.clone();
        header[name] = value;
        assert_eq!(check(&sign(&header, &good)), Err(RequestFault::Header), "{name}");
    }
    for (name, value) in [
        ("response_type", json!("code")),
        ("response_mode", json!("direct_post")),
        ("aud", json!("https://w.example")),
        ("nonce", json!("")),
        ("response_uri", json!("javascript:x")),
        (
            "client_metadata",
            json!({"jwks": {"keys": []}, "encrypted_response_enc_values_supported": [], "vp_formats_supported": {}}),
        ),
    ] {
        let mut payload = good.clone();
        payload[name] = value;
        assert!(matches!(check(&sign(&good_header, &payload)), Err(RequestFault::Profile(_))), "{name}");
    }
    let mut payload = good.clone();
    payload["client_id"] = "x509_hash:other".into();
    assert_eq!(check(&sign(&good_header, &payload)), Err(RequestFault::ClientId));
    payload = good.clone();
    payload["dcql_query"] = json!({"credentials": []});
    assert!(matches!(check(&sign(&good_header, &payload)), Err(RequestFault::Query(_))));
    for text in ["", "a.b", "a.b.c", "e30.e30.e30", "e30.e30.e30.e30"] {
        assert!(check(text).is_err(), "{text}");
    }
    let unsigned =
        format!("{}.{}.", BASE64URL.encode(good_header.to_string()), BASE64URL.encode(good.to_string()));
    assert_eq!(check(&unsigned), Err(RequestFault::Signature));
}
