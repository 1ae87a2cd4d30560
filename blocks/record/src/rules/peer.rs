//! What another node shows, judged: whether its log only grew, and whether it confirms ours.

use crate::model::{ConsistencyView, WitnessView, Witnessed};
use base64::{Engine, engine::general_purpose::STANDARD};
use kernel::{
    Policy,
    policy::Verdict,
    record::{CHECKPOINT, Checkpoint, checkpoint_of, tree},
};
use oidc::{
    jwk::Jwks,
    jws::{self, FAPI},
};
use serde_json::{Value, json};

/// The `typ` of a witness's signature.
pub const COSIGNATURE: &str = "fachwerk-cosignature+jwt";

/// The node's crypto policy, and the time in microseconds.
pub type Trust<'t> = (&'t Policy, i64);

/// A checkpoint that one of these keys signed, or what is wrong with it.
pub fn checkpoint(token: &str, keys: &Jwks, trust: Trust<'_>) -> Result<Checkpoint, String> {
    let claims = claims(token, CHECKPOINT, keys, trust)?;
    checkpoint_of(&claims, token).ok_or_else(|| "the checkpoint lacks origin, size, root or time".to_owned())
}

fn claims(token: &str, typ: &str, keys: &Jwks, (policy, now): Trust<'_>) -> Result<Value, String> {
    let read =
        jws::verify(token, keys, &FAPI).map_err(|it| format!("the signature is not accepted: {it}"))?;
    let bits = u32::try_from(FAPI.rsa_bits).unwrap_or_default();
    if let Verdict::Refused { message, .. } = policy.check_jose(read.header.algorithm.name(), bits, now) {
        return Err(format!("the signature is not accepted: {message}"));
    }
    if read.header.typ.as_deref() != Some(typ) {
        return Err(format!("the signed token is no {typ}"));
    }
    Ok(Value::Object(read.claims.all().clone()))
}

/// Whether a checkpoint can be compared with the last one seen at all: of the same log, and not shorter.
pub fn comparable(last: &Witnessed, new: &Checkpoint) -> Result<(), String> {
    if last.origin != new.origin {
        return Err(format!("the log is another one: {} instead of {}", new.origin, last.origin));
    }
    if new.size < last.size {
        return Err(format!("the log was cut: it had {} rows and has {}", last.size, new.size));
    }
    if new.size == last.size && new.root_text() != last.root {
        return Err(format!("the log was changed: {} rows have another root than before", new.size));
    }
    Ok(())
}

/// Whether a proof shows that the log of the last checkpoint only grew.
pub fn grew(last: &Witnessed, new: &Checkpoint, proof: &ConsistencyView) -> Result<(), String> {
    let wrong = || "the proof that the log only grew cannot be read".to_owned();
    let hash = |text: &String| STANDARD.decode(text).ok().and_then(|it| tree::Hash::try_from(it).ok());
    let path: Option<Vec<tree::Hash>> = proof.path.iter().map(hash).collect();
    let (path, root) = (path.ok_or_else(wrong)?, hash(&last.root).ok_or_else(wrong)?);
    let size = |it: i64| u64::try_from(it).unwrap_or(0);
    if tree::continues((size(last.size), &root), (size(new.size), &new.root), &path) {
        Ok(())
    } else {
        Err(format!(
            "rows were changed: the log of {} rows does not continue that of {}",
            new.size, last.size
        ))
    }
}

/// What a witness signs.
pub fn cosigned(witness: &str, seen: &Checkpoint, at: i64) -> Value {
    json!({ "witness": witness, "origin": seen.origin, "size": seen.size, "root": seen.root_text(), "at": at })
}

/// Whether a confirmation is what the witness signed.
pub fn confirms(view: &WitnessView, ours: &Checkpoint, keys: &Jwks, trust: Trust<'_>) -> Result<(), String> {
    let claims = claims(&view.cosignature, COSIGNATURE, keys, trust)?;
    let same = claims.get("origin").and_then(Value::as_str) == Some(ours.origin.as_str())
        && claims.get("size").and_then(Value::as_i64) == Some(ours.size)
        && claims.get("root").and_then(Value::as_str) == Some(ours.root_text().as_str());
    if same {
        Ok(())
    } else {
        Err("the witness signed something else than the checkpoint it shows".to_owned())
    }
}

/// An address as a key: no slash at the end, http or https.
pub fn address(url: &str) -> Option<&str> {
    let url = url.trim().trim_end_matches('/');
    let rest = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"))?;
    let plain = !rest.is_empty() && !rest.contains(['?', '#', '@', ' ']);
    plain.then_some(url)
}

/// The name of the file for the confirmations of a node.
pub fn file_name(peer: &str) -> String {
    let letters = peer.chars().map(|it| if it.is_ascii_alphanumeric() || it == '.' { it } else { '-' });
    format!("{}.json", letters.collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_plain() {
        for (url, expected) in [
            ("https://a.example/", Some("https://a.example")),
            ("http://127.0.0.1:8080", Some("http://127.0.0.1:8080")),
            ("https://user@a.example", None),
            ("https://a.example?x", None),
            ("ftp://a.example", None),
            ("https://", None),
        ] {
            assert_eq!(address(url), expected, "{url}");
        }
        assert_eq!(file_name("https://a.example:8443/../x"), "https---a.example-8443-..-x.json");
    }
}
