//! The mobile security object: what the issuer's signature covers (ISO/IEC 18013-5, 9.1.2.4).

use crate::{
    Fault, PublicKey,
    cbor::{self, Map},
};
use aws_lc_rs::digest;
use ciborium::Value;
use std::collections::BTreeMap;

/// From when to when a document is valid, in seconds since the epoch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Validity {
    /// When it was signed.
    pub signed: i64,
    /// From when on it is valid.
    pub valid_from: i64,
    /// Until when it is valid.
    pub valid_until: i64,
}

/// Where to learn whether a document was revoked (Token Status List, section 6.3).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatusReference {
    /// The place in the list.
    pub index: u64,
    /// Where the list is.
    pub uri: String,
}

/// What the issuer signed.
#[derive(Debug, Clone)]
pub struct MobileSecurityObject {
    /// The document's type.
    pub doc_type: String,
    /// Its validity.
    pub validity: Validity,
    /// Where to learn whether it was revoked.
    pub status: Option<StatusReference>,
    /// Whether it names another way to learn about revocation (an identifier list), which is not followed here.
    pub identifier_list: bool,
    /// The key of the device that it was issued to.
    pub device_key: PublicKey,
    pub(crate) digests: Digests,
}

/// The digests of all items, those not disclosed too.
#[derive(Debug, Clone)]
pub(crate) struct Digests {
    algorithm: &'static digest::Algorithm,
    values: BTreeMap<String, BTreeMap<u64, Vec<u8>>>,
}

impl Digests {
    /// Whether an item is one that the issuer signed; the bytes are those inside tag 24.
    pub(crate) fn check(&self, namespace: &str, digest_id: u64, item: &[u8]) -> Result<(), Fault> {
        let signed = self.values.get(namespace).and_then(|it| it.get(&digest_id));
        let Some(signed) = signed else {
            return Err(Fault::UnknownItem { namespace: namespace.to_owned(), digest_id });
        };
        let found = digest::digest(self.algorithm, &cbor::write(&cbor::embed(item.to_vec())));
        if found.as_ref() == signed.as_slice() {
            return Ok(());
        }
        Err(Fault::AlteredItem { namespace: namespace.to_owned(), digest_id })
    }
}

impl MobileSecurityObject {
    /// Reads `MobileSecurityObjectBytes`, the payload of the issuer's signature.
    pub(crate) fn read(payload: &[u8]) -> Result<Self, Fault> {
        let bytes = cbor::embedded(cbor::read(payload, "issuerAuth")?, "issuerAuth")?;
        let mut map = Map::of(cbor::read(&bytes, "MobileSecurityObject")?, "MobileSecurityObject")?;
        let version = cbor::text(map.need("version")?, "version")?;
        // Only a new major version breaks readers.
        if !version.starts_with("1.") {
            return Err(Fault::Shape { place: "version", expected: "version 1" });
        }
        let algorithm = cbor::text(map.need("digestAlgorithm")?, "digestAlgorithm")?;
        let algorithm = match algorithm.as_str() {
            "SHA-256" => &digest::SHA256,
            "SHA-384" => &digest::SHA384,
            "SHA-512" => &digest::SHA512,
            _ => return Err(Fault::DigestAlgorithm(algorithm.chars().take(40).collect())),
        };
        let values = read_digests(map.need("valueDigests")?)?;
        let mut key = Map::of(map.need("deviceKeyInfo")?, "deviceKeyInfo")?;
        let (status, identifier_list) = match map.take("status") {
            Some(it) => read_status(it)?,
            None => (None, false),
        };
        Ok(Self {
            doc_type: cbor::text(map.need("docType")?, "docType")?,
            validity: read_validity(map.need("validityInfo")?)?,
            status,
            identifier_list,
            device_key: PublicKey::from_cose(key.need("deviceKey")?)?,
            digests: Digests { algorithm, values },
        })
    }
}

fn read_digests(value: Value) -> Result<BTreeMap<String, BTreeMap<u64, Vec<u8>>>, Fault> {
    let mut values = BTreeMap::new();
    for (namespace, digests) in Map::of(value, "valueDigests")?.named()? {
        let mut all = BTreeMap::new();
        for (id, digest) in Map::of(digests, "valueDigests")?.numbered()? {
            all.insert(id, cbor::bytes(digest, "valueDigests")?);
        }
        values.insert(namespace, all);
    }
    Ok(values)
}

fn read_validity(value: Value) -> Result<Validity, Fault> {
    let mut map = Map::of(value, "validityInfo")?;
    Ok(Validity {
        signed: cbor::time(map.need("signed")?, "signed")?,
        valid_from: cbor::time(map.need("validFrom")?, "validFrom")?,
        valid_until: cbor::time(map.need("validUntil")?, "validUntil")?,
    })
}

fn read_status(value: Value) -> Result<(Option<StatusReference>, bool), Fault> {
    let mut map = Map::of(value, "status")?;
    let identifier_list = map.take("identifier_list").is_some();
    let Some(list) = map.take("status_list") else { return Ok((None, identifier_list)) };
    let mut list = Map::of(list, "status_list")?;
    let index = cbor::unsigned(&list.need("idx")?, "idx")?;
    let uri = cbor::text(list.need("uri")?, "uri")?;
    Ok((Some(StatusReference { index, uri }), identifier_list))
}
