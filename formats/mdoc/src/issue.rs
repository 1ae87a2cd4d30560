//! The issuer's side, for simulators and tests.

use crate::{Fault, IssuerSigned, Item, PublicKey, SigningKey, StatusReference, Validity, cbor};
use aws_lc_rs::{digest, rand};
use ciborium::Value;
use coset::{CoseSign1Builder, HeaderBuilder, iana};
use std::collections::BTreeMap;

/// A statement to be issued.
#[derive(Debug, Clone)]
pub struct Element {
    /// Its namespace.
    pub namespace: String,
    /// What it is called.
    pub name: String,
    /// What it says.
    pub value: Value,
}

/// A document to be issued.
#[derive(Debug, Clone)]
pub struct Issue<'a> {
    /// Its type.
    pub doc_type: &'a str,
    /// What it says.
    pub elements: &'a [Element],
    /// From when to when it is valid.
    pub validity: Validity,
    /// Where to learn whether it was revoked.
    pub status: Option<&'a StatusReference>,
    /// The key of the device that it is issued to.
    pub device_key: &'a PublicKey,
    /// The issuer's certificates, DER, its own first.
    pub chain: &'a [Vec<u8>],
}

/// A day (`full-date`, tag 1004, RFC 8943): `1990-01-31`.
pub fn full_date(day: &str) -> Value {
    Value::Tag(1004, Box::new(day.into()))
}

impl Issue<'_> {
    /// Signs the document.
    ///
    /// # Errors
    /// When there is no randomness.
    pub fn sign(&self, key: &SigningKey) -> Result<IssuerSigned, Fault> {
        let mut namespaces: BTreeMap<String, Vec<Item>> = BTreeMap::new();
        let mut digests: BTreeMap<&str, Vec<(Value, Value)>> = BTreeMap::new();
        for (digest_id, element) in (0_u64..).zip(self.elements) {
            let item = item(digest_id, element)?;
            let hash = digest::digest(&digest::SHA256, &cbor::write(&cbor::embed(item.bytes.clone())));
            let entry = (digest_id.into(), Value::Bytes(hash.as_ref().to_vec()));
            digests.entry(&element.namespace).or_default().push(entry);
            namespaces.entry(element.namespace.clone()).or_default().push(item);
        }
        let payload = cbor::write(&cbor::embed(cbor::write(&self.security_object(digests)?)));
        let chain: Vec<Value> = self.chain.iter().map(|it| Value::Bytes(it.clone())).collect();
        let chain = match chain.as_slice() {
            [one] => one.clone(),
            _ => Value::Array(chain),
        };
        let signed = CoseSign1Builder::new()
            .protected(HeaderBuilder::new().algorithm(iana::Algorithm::ES256).build())
            .unprotected(HeaderBuilder::new().value(33, chain).build())
            .payload(payload)
            .try_create_signature(&[], |message| key.sign(message))?
            .build();
        IssuerSigned::new(namespaces, signed)
    }

    fn security_object(&self, digests: BTreeMap<&str, Vec<(Value, Value)>>) -> Result<Value, Fault> {
        let digests = digests.into_iter().map(|(name, all)| (name.into(), Value::Map(all))).collect();
        let device_key = Value::Map(vec![("deviceKey".into(), self.device_key.to_cose()?)]);
        let validity = Value::Map(vec![
            ("signed".into(), cbor::tdate(self.validity.signed)),
            ("validFrom".into(), cbor::tdate(self.validity.valid_from)),
            ("validUntil".into(), cbor::tdate(self.validity.valid_until)),
        ]);
        let mut members = vec![
            ("version".into(), "1.0".into()),
            ("digestAlgorithm".into(), "SHA-256".into()),
            ("valueDigests".into(), Value::Map(digests)),
            ("deviceKeyInfo".into(), device_key),
            ("docType".into(), self.doc_type.into()),
            ("validityInfo".into(), validity),
        ];
        if let Some(status) = self.status {
            let list = vec![("idx".into(), status.index.into()), ("uri".into(), status.uri.as_str().into())];
            members.push(("status".into(), Value::Map(vec![("status_list".into(), Value::Map(list))])));
        }
        Ok(Value::Map(members))
    }
}

fn item(digest_id: u64, element: &Element) -> Result<Item, Fault> {
    let mut random = vec![0; 32];
    rand::fill(&mut random).map_err(|_| Fault::Make("there is no randomness"))?;
    let bytes = cbor::write(&Value::Map(vec![
        ("digestID".into(), digest_id.into()),
        ("random".into(), Value::Bytes(random)),
        ("elementIdentifier".into(), element.name.as_str().into()),
        ("elementValue".into(), element.value.clone()),
    ]));
    Ok(Item { digest_id, element: element.name.clone(), value: element.value.clone(), bytes })
}
