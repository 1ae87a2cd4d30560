//! From digests and disclosures back to claims (RFC 9901, section 7.1).

use std::collections::{BTreeMap, BTreeSet};

use aws_lc_rs::digest::Algorithm;
use serde_json::{Map, Value};

use crate::disclosure::{self, Disclosed};

/// How deep claims may be nested; deeper ones are an attack on the stack.
const MAX_DEPTH: usize = 64;
const HASH: &str = "_sd_alg";
const DIGESTS: &str = "_sd";
const ELEMENT: &str = "...";

/// Why disclosures and digests do not fit together.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ProcessFault {
    #[error("_sd_alg must be sha-256, sha-384 or sha-512")]
    Hash,
    #[error("disclosure {0} (counted from 1) cannot be read")]
    Disclosure(usize),
    #[error("disclosure {0} (counted from 1) occurs twice")]
    RepeatedDisclosure(usize),
    #[error("disclosure {0} (counted from 1) is not referred to by any digest")]
    Unused(usize),
    #[error(
        "disclosure {0} (counted from 1) does not fit the place of its digest: a member needs a name, an element has none"
    )]
    Misplaced(usize),
    #[error("a digest occurs twice")]
    RepeatedDigest,
    #[error("_sd must be a list of texts, and … must stand alone with a text")]
    Digests,
    #[error("a disclosed claim must not be called {0}")]
    ReservedName(String),
    #[error("the claim {0} is there already")]
    RepeatedName(String),
    #[error("claims are nested too deeply")]
    TooDeep,
}

/// One step on the way to a claim.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PathPart {
    Name(String),
    Index(usize),
}

/// Where a disclosure's claim stands in the claims.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Place {
    /// Which disclosure, counted from 0.
    pub disclosure: usize,
    pub path: Vec<PathPart>,
}

/// The claims, and where each disclosure ended up.
#[derive(Clone, Debug)]
pub(crate) struct Processed {
    pub claims: Map<String, Value>,
    pub places: Vec<Place>,
}

/// Which hash a payload uses; without `_sd_alg` it is SHA-256.
pub(crate) fn hash(payload: &Map<String, Value>) -> Result<&'static Algorithm, ProcessFault> {
    let name = payload.get(HASH).map_or(Some("sha-256"), Value::as_str);
    name.and_then(disclosure::hash).ok_or(ProcessFault::Hash)
}

/// Puts the disclosures where their digests are and takes the remaining digests away.
pub(crate) fn process(
    payload: &Map<String, Value>,
    disclosures: &[String],
) -> Result<Processed, ProcessFault> {
    let hash = hash(payload)?;
    let mut by_digest = BTreeMap::new();
    for (number, encoded) in disclosures.iter().enumerate() {
        let found = disclosure::read(encoded).ok_or(ProcessFault::Disclosure(number + 1))?;
        if by_digest.insert(disclosure::digest_of(encoded, hash), (number, found)).is_some() {
            return Err(ProcessFault::RepeatedDisclosure(number + 1));
        }
    }
    let mut work = Work { by_digest, seen: BTreeSet::new(), places: Vec::new(), path: Vec::new() };
    let mut claims = payload.clone();
    claims.remove(HASH);
    let claims = work.object(claims)?;
    if let Some((number, _)) = work.by_digest.into_values().next() {
        return Err(ProcessFault::Unused(number + 1));
    }
    Ok(Processed { claims, places: work.places })
}

struct Work {
    by_digest: BTreeMap<String, (usize, Disclosed)>,
    seen: BTreeSet<String>,
    places: Vec<Place>,
    path: Vec<PathPart>,
}

impl Work {
    fn value(&mut self, value: Value) -> Result<Value, ProcessFault> {
        if self.path.len() > MAX_DEPTH {
            return Err(ProcessFault::TooDeep);
        }
        Ok(match value {
            Value::Object(object) => Value::Object(self.object(object)?),
            Value::Array(elements) => Value::Array(self.array(elements)?),
            other => other,
        })
    }

    fn object(&mut self, mut object: Map<String, Value>) -> Result<Map<String, Value>, ProcessFault> {
        let digests = digests(object.shift_remove(DIGESTS))?;
        if object.contains_key(ELEMENT) {
            return Err(ProcessFault::Digests);
        }
        let mut done = Map::new();
        for (name, value) in object {
            self.path.push(PathPart::Name(name.clone()));
            let value = self.value(value)?;
            self.path.pop();
            done.insert(name, value);
        }
        for digest in digests {
            self.member(&digest, &mut done)?;
        }
        Ok(done)
    }

    fn member(&mut self, digest: &str, object: &mut Map<String, Value>) -> Result<(), ProcessFault> {
        let Some((disclosure, found)) = self.take(digest)? else { return Ok(()) };
        let Disclosed::Member(name, value) = found else {
            return Err(ProcessFault::Misplaced(disclosure + 1));
        };
        if name == DIGESTS || name == ELEMENT {
            return Err(ProcessFault::ReservedName(name));
        }
        if object.contains_key(&name) {
            return Err(ProcessFault::RepeatedName(name));
        }
        self.path.push(PathPart::Name(name.clone()));
        self.places.push(Place { disclosure, path: self.path.clone() });
        let value = self.value(value)?;
        self.path.pop();
        object.insert(name, value);
        Ok(())
    }

    fn array(&mut self, elements: Vec<Value>) -> Result<Vec<Value>, ProcessFault> {
        let mut done = Vec::new();
        for element in elements {
            let (disclosure, value) = match element_digest(&element)? {
                None => (None, element),
                Some(digest) => match self.take(&digest)? {
                    None => continue,
                    Some((number, Disclosed::Element(value))) => (Some(number), value),
                    Some((number, _)) => return Err(ProcessFault::Misplaced(number + 1)),
                },
            };
            self.path.push(PathPart::Index(done.len()));
            if let Some(disclosure) = disclosure {
                self.places.push(Place { disclosure, path: self.path.clone() });
            }
            done.push(self.value(value)?);
            self.path.pop();
        }
        Ok(done)
    }

    /// The disclosure of a digest; nothing for a decoy or what the holder keeps back.
    fn take(&mut self, digest: &str) -> Result<Option<(usize, Disclosed)>, ProcessFault> {
        if !self.seen.insert(digest.to_owned()) {
            return Err(ProcessFault::RepeatedDigest);
        }
        Ok(self.by_digest.remove(digest))
    }
}

fn digests(found: Option<Value>) -> Result<Vec<String>, ProcessFault> {
    let Some(found) = found else { return Ok(Vec::new()) };
    let Value::Array(found) = found else { return Err(ProcessFault::Digests) };
    found
        .into_iter()
        .map(|it| match it {
            Value::String(digest) => Ok(digest),
            _ => Err(ProcessFault::Digests),
        })
        .collect()
}

fn element_digest(element: &Value) -> Result<Option<String>, ProcessFault> {
    let Some(object) = element.as_object() else { return Ok(None) };
    match (object.get(ELEMENT), object.len()) {
        (None, _) => Ok(None),
        (Some(Value::String(digest)), 1) => Ok(Some(digest.clone())),
        _ => Err(ProcessFault::Digests),
    }
}
