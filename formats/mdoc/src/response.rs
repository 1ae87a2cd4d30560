//! What a wallet answers (ISO/IEC 18013-5, 8.3.2.1.2.2).

use crate::{
    Fault, IssuerSigned,
    cbor::{self, Map},
    issuer_signed::sign1,
};
use ciborium::Value;
use coset::CoseSign1;

/// A wallet's answer: the documents it presents.
#[derive(Debug, Clone)]
pub struct DeviceResponse {
    /// The documents, in the order of the answer.
    pub documents: Vec<Document>,
}

/// A presented document; nothing of it is checked before [`Document::verify`].
#[derive(Debug, Clone)]
pub struct Document {
    /// Its type, as the wallet says.
    pub doc_type: String,
    /// What the issuer signed.
    pub issuer_signed: IssuerSigned,
    /// The device's own items, encoded; always empty, and covered by the device's signature.
    pub(crate) device_items: Vec<u8>,
    /// The device's signature.
    pub(crate) device_signature: CoseSign1,
}

impl DeviceResponse {
    /// Reads an answer.
    ///
    /// # Errors
    /// When the bytes are of another shape, too many or too deeply nested, when the wallet reports a failure, or when a
    /// document is authenticated in a way that is not accepted.
    pub fn parse(bytes: &[u8]) -> Result<Self, Fault> {
        let mut map = Map::of(cbor::read(bytes, "DeviceResponse")?, "DeviceResponse")?;
        let version = cbor::text(map.need("version")?, "version")?;
        if !version.starts_with("1.") {
            return Err(Fault::Shape { place: "version", expected: "version 1" });
        }
        let status = cbor::unsigned(&map.need("status")?, "status")?;
        if status != 0 {
            return Err(Fault::Status(status));
        }
        let documents = cbor::array(map.need("documents")?, "documents")?;
        if documents.is_empty() {
            return Err(Fault::Shape { place: "documents", expected: "at least one document" });
        }
        Ok(Self { documents: documents.into_iter().map(read_document).collect::<Result<_, _>>()? })
    }
}

fn read_document(value: Value) -> Result<Document, Fault> {
    let mut map = Map::of(value, "documents")?;
    let doc_type = cbor::text(map.need("docType")?, "docType")?;
    let issuer_signed = IssuerSigned::read(map.need("issuerSigned")?)?;
    let mut device = Map::of(map.need("deviceSigned")?, "deviceSigned")?;
    let device_items = cbor::embedded(device.need("nameSpaces")?, "deviceSigned/nameSpaces")?;
    if !Map::of(cbor::read(&device_items, "deviceSigned/nameSpaces")?, "deviceSigned/nameSpaces")?.is_empty()
    {
        return Err(Fault::DeviceItems);
    }
    let mut auth = Map::of(device.need("deviceAuth")?, "deviceAuth")?;
    if auth.take("deviceMac").is_some() {
        return Err(Fault::DeviceMac);
    }
    let device_signature = sign1(auth.need("deviceSignature")?, "deviceSignature")?;
    // The content is always detached (9.1.3.6); one that was sent along would be another one than ours.
    if device_signature.payload.is_some() {
        return Err(Fault::Shape { place: "deviceSignature", expected: "no payload" });
    }
    Ok(Document { doc_type, issuer_signed, device_items, device_signature })
}
