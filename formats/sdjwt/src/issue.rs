//! The issuer's side: which claims the holder may keep back (RFC 9901, section 4).

use serde_json::{Map, Value, json};

use crate::disclosure::{self, digest_of, random};
use crate::jws::{self, JwsFault};
use crate::key::SigningKey;

/// Why an SD-JWT cannot be issued.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum IssueFault {
    #[error("claims must be a JSON object without _sd, _sd_alg and …")]
    Claims,
    #[error("there is no claim at {0} that could be disclosed")]
    Pointer(String),
    #[error("the random source failed")]
    Random,
    #[error(transparent)]
    Signing(#[from] JwsFault),
}

/// What is to be issued.
#[derive(Clone, Debug, Default)]
pub struct Issue {
    /// The protected header: `typ`, `x5c`, …; `alg` follows from the key.
    pub header: Map<String, Value>,
    /// All claims, as the holder will know them.
    pub claims: Value,
    /// JSON pointers (RFC 6901) to what can be disclosed separately; inside each other where wanted.
    pub disclosable: Vec<String>,
    /// How many digests that mean nothing are added to each object with digests.
    pub decoys: usize,
}

impl Issue {
    /// Signs; the text has all disclosures and no key binding.
    pub fn sign(&self, key: &SigningKey) -> Result<String, IssueFault> {
        if !self.claims.is_object() || has_reserved(&self.claims) {
            return Err(IssueFault::Claims);
        }
        let mut claims = self.claims.clone();
        let mut deepest_first: Vec<&String> = self.disclosable.iter().collect();
        deepest_first.sort_by_key(|it| std::cmp::Reverse(it.matches('/').count()));
        let mut disclosures = Vec::new();
        for pointer in deepest_first {
            disclosures.push(hide(&mut claims, pointer)?);
        }
        finish(&mut claims, self.decoys)?;
        if let Some(object) = claims.as_object_mut() {
            object.insert("_sd_alg".to_owned(), "sha-256".into());
        }
        let mut compact = jws::sign(&self.header, &claims, key)?;
        compact.push('~');
        // Outer disclosures first: a reader finds what a disclosure belongs to before it.
        for disclosure in disclosures.iter().rev() {
            compact.push_str(disclosure);
            compact.push('~');
        }
        Ok(compact)
    }
}

/// Replaces what the pointer names by its digest, and answers the disclosure.
fn hide(claims: &mut Value, pointer: &str) -> Result<String, IssueFault> {
    let fault = || IssueFault::Pointer(pointer.to_owned());
    let (parent, last) = pointer.rsplit_once('/').ok_or_else(fault)?;
    let last = last.replace("~1", "/").replace("~0", "~");
    match claims.pointer_mut(parent).ok_or_else(fault)? {
        Value::Object(object) => {
            let value = object.shift_remove(&last).ok_or_else(fault)?;
            let written = disclosure::write(Some(&last), value).ok_or(IssueFault::Random)?;
            let digest = digest_of(&written, &aws_lc_rs::digest::SHA256);
            if let Value::Array(digests) = object.entry("_sd").or_insert_with(|| json!([])) {
                digests.push(digest.into());
            }
            Ok(written)
        }
        Value::Array(elements) => {
            let index: usize = last.parse().map_err(|_| fault())?;
            let element = elements.get_mut(index).ok_or_else(fault)?;
            let written = disclosure::write(None, element.take()).ok_or(IssueFault::Random)?;
            *element = json!({"...": digest_of(&written, &aws_lc_rs::digest::SHA256)});
            Ok(written)
        }
        _ => Err(fault()),
    }
}

/// Adds decoys and sorts the digests, so that their order tells nothing. What is inside disclosures is not reached.
fn finish(value: &mut Value, decoys: usize) -> Result<(), IssueFault> {
    match value {
        Value::Object(object) => {
            if let Some(Value::Array(digests)) = object.get_mut("_sd") {
                for _ in 0..decoys {
                    let salt = random().ok_or(IssueFault::Random)?;
                    digests.push(digest_of(&salt, &aws_lc_rs::digest::SHA256).into());
                }
                digests.sort_by(|one, other| one.as_str().cmp(&other.as_str()));
            }
            object.values_mut().try_for_each(|it| finish(it, decoys))
        }
        Value::Array(elements) => elements.iter_mut().try_for_each(|it| finish(it, decoys)),
        _ => Ok(()),
    }
}

fn has_reserved(value: &Value) -> bool {
    match value {
        Value::Object(object) => {
            object.keys().any(|it| matches!(it.as_str(), "_sd" | "_sd_alg" | "..."))
                || object.values().any(has_reserved)
        }
        Value::Array(elements) => elements.iter().any(has_reserved),
        _ => false,
    }
}
