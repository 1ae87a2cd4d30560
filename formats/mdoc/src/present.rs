//! The wallet's side, for simulators and tests.

use crate::{Fault, IssuerSigned, SessionTranscript, SigningKey, cbor};
use ciborium::Value;
use coset::{AsCborValue, CoseSign1Builder, HeaderBuilder, iana};

/// A response with one document, disclosing what `disclosed` says of each namespace and element.
///
/// # Errors
/// When there is no randomness.
pub fn present(
    issued: &IssuerSigned,
    doc_type: &str,
    disclosed: impl Fn(&str, &str) -> bool,
    transcript: &SessionTranscript,
    device_key: &SigningKey,
) -> Result<Vec<u8>, Fault> {
    let device_items = cbor::write(&Value::Map(Vec::new()));
    let content = transcript.device_authentication(doc_type, &device_items);
    let signature = CoseSign1Builder::new()
        .protected(HeaderBuilder::new().algorithm(iana::Algorithm::ES256).build())
        .try_create_detached_signature(&content, &[], |message| device_key.sign(message))?
        .build()
        .to_cbor_value()
        .map_err(|_| Fault::Make("the device's signature cannot be written"))?;
    let device_signed = Value::Map(vec![
        ("nameSpaces".into(), cbor::embed(device_items)),
        ("deviceAuth".into(), Value::Map(vec![("deviceSignature".into(), signature)])),
    ]);
    let document = Value::Map(vec![
        ("docType".into(), doc_type.into()),
        ("issuerSigned".into(), issued.to_value(disclosed)?),
        ("deviceSigned".into(), device_signed),
    ]);
    Ok(cbor::write(&Value::Map(vec![
        ("version".into(), "1.0".into()),
        ("documents".into(), Value::Array(vec![document])),
        ("status".into(), 0.into()),
    ])))
}
