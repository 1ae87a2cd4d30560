//! What an issuer signed and a wallet discloses of it (ISO/IEC 18013-5, 8.3.2.1.2.2).

use crate::{
    Fault, MobileSecurityObject, PublicKey,
    cbor::{self, Map},
};
use ciborium::Value;
use coset::{AsCborValue, CoseSign1, Label};
use std::collections::{BTreeMap, BTreeSet};

/// The header with the issuer's certificates (RFC 9360).
const X5CHAIN: Label = Label::Int(33);
const COUNTER_SIGNATURE: i64 = 7;

/// One disclosed item, with the bytes that its digest covers.
#[derive(Debug, Clone)]
pub struct Item {
    /// Its place among the digests.
    pub digest_id: u64,
    /// What it is called.
    pub element: String,
    /// What it says.
    pub value: Value,
    /// The item as it arrived, inside tag 24.
    pub(crate) bytes: Vec<u8>,
}

/// Disclosed items and the issuer's signature; nothing of it is checked before [`crate::Document::verify`].
#[derive(Debug, Clone)]
pub struct IssuerSigned {
    /// The disclosed items of each namespace.
    pub namespaces: BTreeMap<String, Vec<Item>>,
    pub(crate) issuer_auth: CoseSign1,
    chain: Vec<Vec<u8>>,
}

impl IssuerSigned {
    /// Reads what an issuer hands to a wallet.
    ///
    /// # Errors
    /// When the bytes are of another shape, too many or too deeply nested.
    pub fn parse(bytes: &[u8]) -> Result<Self, Fault> {
        Self::read(cbor::read(bytes, "IssuerSigned")?)
    }

    /// The certificates of `x5chain`, DER, the issuer's first: to be validated before the key is used.
    pub fn chain(&self) -> &[Vec<u8>] {
        &self.chain
    }

    /// What the issuer signed, once its signature fits the validated key.
    ///
    /// # Errors
    /// When algorithm, signature or content are wrong.
    pub fn signed(&self, issuer_key: &PublicKey) -> Result<MobileSecurityObject, Fault> {
        let header = &self.issuer_auth.protected.header;
        if !issuer_key.curve().fits(header.alg.as_ref()) {
            return Err(Fault::Algorithm("issuerAuth"));
        }
        check_critical(&self.issuer_auth, "issuerAuth")?;
        self.issuer_auth.verify_signature(&[], |signature, message| {
            issuer_key.fits(message, signature).then_some(()).ok_or(Fault::IssuerSignature)
        })?;
        let payload = self.issuer_auth.payload.as_deref();
        MobileSecurityObject::read(
            payload.ok_or(Fault::Shape { place: "issuerAuth", expected: "a payload" })?,
        )
    }

    /// As a wallet keeps it.
    ///
    /// # Errors
    /// Never for what was parsed or issued here.
    pub fn to_bytes(&self) -> Result<Vec<u8>, Fault> {
        Ok(cbor::write(&self.to_value(|_, _| true)?))
    }

    pub(crate) fn new(
        namespaces: BTreeMap<String, Vec<Item>>,
        issuer_auth: CoseSign1,
    ) -> Result<Self, Fault> {
        let chain = read_chain(&issuer_auth)?;
        Ok(Self { namespaces, issuer_auth, chain })
    }

    pub(crate) fn read(value: Value) -> Result<Self, Fault> {
        let mut map = Map::of(value, "issuerSigned")?;
        let issuer_auth = sign1(map.need("issuerAuth")?, "issuerAuth")?;
        let mut namespaces = BTreeMap::new();
        if let Some(all) = map.take("nameSpaces") {
            for (namespace, items) in Map::of(all, "nameSpaces")?.named()? {
                namespaces.insert(namespace, read_items(items)?);
            }
        }
        Self::new(namespaces, issuer_auth)
    }

    /// The part that is disclosed.
    pub(crate) fn to_value(&self, disclosed: impl Fn(&str, &str) -> bool) -> Result<Value, Fault> {
        let mut namespaces = Vec::new();
        for (namespace, items) in &self.namespaces {
            let items: Vec<Value> = items
                .iter()
                .filter(|it| disclosed(namespace, &it.element))
                .map(|it| cbor::embed(it.bytes.clone()))
                .collect();
            if !items.is_empty() {
                namespaces.push((Value::from(namespace.as_str()), Value::Array(items)));
            }
        }
        let auth = self.issuer_auth.clone().to_cbor_value();
        let auth = auth.map_err(|_| Fault::Make("the issuer's signature cannot be written"))?;
        Ok(Value::Map(vec![("nameSpaces".into(), Value::Map(namespaces)), ("issuerAuth".into(), auth)]))
    }
}

/// Reads a `COSE_Sign1` without its tag, as mobile documents have it.
pub(crate) fn sign1(value: Value, place: &'static str) -> Result<CoseSign1, Fault> {
    check_headers(&value, place)?;
    CoseSign1::from_cbor_value(value).map_err(|_| Fault::Shape { place, expected: "a COSE_Sign1" })
}

/// Counter signatures have headers with counter signatures, each a byte string in the other, so that no limit of depth would
/// see them; a reader that went down there would run out of stack. Mobile documents have none.
fn check_headers(value: &Value, place: &'static str) -> Result<(), Fault> {
    let shape = |expected| Fault::Shape { place, expected };
    let Some([protected, unprotected, ..]) = value.as_array().map(Vec::as_slice) else {
        return Err(shape("a COSE_Sign1"));
    };
    let protected = match protected.as_bytes().map(Vec::as_slice) {
        None => return Err(shape("protected headers as a byte string")),
        Some([]) => Value::Map(Vec::new()),
        Some(bytes) => cbor::read(bytes, place)?,
    };
    for headers in [&protected, unprotected] {
        let headers = headers.as_map().ok_or_else(|| shape("headers as maps"))?;
        if headers.iter().any(|(label, _)| *label == Value::from(COUNTER_SIGNATURE)) {
            return Err(shape("no counter signatures"));
        }
    }
    Ok(())
}

/// A header marked critical must be understood (RFC 9052, section 3.1); none is known here.
pub(crate) fn check_critical(signed: &CoseSign1, place: &'static str) -> Result<(), Fault> {
    if signed.protected.header.crit.is_empty() && signed.unprotected.crit.is_empty() {
        return Ok(());
    }
    Err(Fault::Critical(place))
}

fn read_items(value: Value) -> Result<Vec<Item>, Fault> {
    let (mut ids, mut elements) = (BTreeSet::new(), BTreeSet::new());
    let mut items = Vec::new();
    for it in cbor::array(value, "nameSpaces")? {
        let item = read_item(cbor::embedded(it, "IssuerSignedItem")?)?;
        if !ids.insert(item.digest_id) || !elements.insert(item.element.clone()) {
            return Err(Fault::Twice("nameSpaces"));
        }
        items.push(item);
    }
    Ok(items)
}

fn read_item(bytes: Vec<u8>) -> Result<Item, Fault> {
    let mut map = Map::of(cbor::read(&bytes, "IssuerSignedItem")?, "IssuerSignedItem")?;
    cbor::bytes(map.need("random")?, "random")?;
    Ok(Item {
        digest_id: cbor::unsigned(&map.need("digestID")?, "digestID")?,
        element: cbor::text(map.need("elementIdentifier")?, "elementIdentifier")?,
        value: map.need("elementValue")?,
        bytes,
    })
}

/// One certificate stands alone, several in an array.
fn read_chain(signed: &CoseSign1) -> Result<Vec<Vec<u8>>, Fault> {
    let place = "x5chain";
    let found: Vec<&Value> = [&signed.protected.header.rest, &signed.unprotected.rest]
        .into_iter()
        .flatten()
        .filter(|(label, _)| *label == X5CHAIN)
        .map(|(_, value)| value)
        .collect();
    match found.as_slice() {
        [] => Ok(Vec::new()),
        [Value::Bytes(one)] => Ok(vec![one.clone()]),
        [Value::Array(several)] => several.iter().map(|it| cbor::bytes(it.clone(), place)).collect(),
        [_] => Err(Fault::Shape { place, expected: "a certificate or an array of them" }),
        _ => Err(Fault::Twice(place)),
    }
}
