//! Whether a presented document is what it claims to be.

use crate::{
    Document, Fault, MobileSecurityObject, PublicKey, SessionTranscript, StatusReference, Validity,
    issuer_signed::check_critical, value::to_json,
};
use serde_json::Value as Json;
use std::collections::BTreeMap;

/// What a document must fit.
#[derive(Debug, Clone, Copy)]
pub struct Expected<'a> {
    /// The key of the issuer's certificate, after its chain was validated.
    pub issuer_key: &'a PublicKey,
    /// The first and the last second of that certificate: the issuer signed within it.
    pub issuer_valid: (i64, i64),
    /// The type that was asked for.
    pub doc_type: &'a str,
    /// The transcript of the request.
    pub transcript: &'a SessionTranscript,
    /// The time, in seconds since the epoch.
    pub now: i64,
    /// By how many seconds the clocks may differ.
    pub leeway: i64,
}

/// Values by namespace and element.
pub type Claims = BTreeMap<String, BTreeMap<String, Json>>;

/// A document that was checked.
#[derive(Debug, Clone)]
pub struct Presented {
    /// Its type.
    pub doc_type: String,
    /// What was disclosed.
    pub claims: Claims,
    /// From when to when it is valid.
    pub validity: Validity,
    /// Where to learn whether it was revoked; that is the caller's to do.
    pub status: Option<StatusReference>,
    /// The key of the device that presented it.
    pub device_key: PublicKey,
}

impl Document {
    /// Checks the issuer's signature, type, validity, the digest of every disclosed item, and the device's signature.
    ///
    /// # Errors
    /// Names the first thing that does not fit.
    pub fn verify(&self, expected: &Expected<'_>) -> Result<Presented, Fault> {
        let signed = self.issuer_signed.signed(expected.issuer_key)?;
        for found in [&self.doc_type, &signed.doc_type] {
            if found != expected.doc_type {
                return Err(Fault::DocType {
                    expected: expected.doc_type.to_owned(),
                    found: found.chars().take(100).collect(),
                });
            }
        }
        check_validity(&signed.validity, expected)?;
        let mut claims = Claims::new();
        for (namespace, items) in &self.issuer_signed.namespaces {
            let mut disclosed = BTreeMap::new();
            for item in items {
                signed.digests.check(namespace, item.digest_id, &item.bytes)?;
                disclosed.insert(item.element.clone(), to_json(&item.value));
            }
            claims.insert(namespace.clone(), disclosed);
        }
        self.check_device(&signed, expected)?;
        Ok(Presented {
            doc_type: signed.doc_type,
            claims,
            validity: signed.validity,
            status: signed.status,
            device_key: signed.device_key,
        })
    }

    fn check_device(&self, signed: &MobileSecurityObject, expected: &Expected<'_>) -> Result<(), Fault> {
        let signature = &self.device_signature;
        if !signed.device_key.curve().fits(signature.protected.header.alg.as_ref()) {
            return Err(Fault::Algorithm("deviceSignature"));
        }
        check_critical(signature, "deviceSignature")?;
        let content = expected.transcript.device_authentication(&signed.doc_type, &self.device_items);
        let message = signature.tbs_detached_data(&content, &[]);
        signed.device_key.fits(&message, &signature.signature).then_some(()).ok_or(Fault::DeviceSignature)
    }
}

fn check_validity(validity: &Validity, expected: &Expected<'_>) -> Result<(), Fault> {
    let (early, late) =
        (expected.now.saturating_add(expected.leeway), expected.now.saturating_sub(expected.leeway));
    let (from, until) = expected.issuer_valid;
    if validity.signed < from.saturating_sub(expected.leeway)
        || validity.signed > until.saturating_add(expected.leeway)
    {
        return Err(Fault::SignedOutsideCertificate);
    }
    if validity.signed > early || validity.valid_from > early {
        return Err(Fault::NotYetValid);
    }
    if validity.valid_until < late {
        return Err(Fault::Expired);
    }
    Ok(())
}
