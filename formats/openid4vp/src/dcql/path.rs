//! Paths to claims (OpenID4VP 1.0, section 7).

use serde::{Deserialize, Serialize};
use serde_json::Value;

/// Why a path cannot be followed in some claims.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PathFault {
    #[error("the path names a member of something that is no object")]
    NoObject,
    #[error("the path counts in something that is no list")]
    NoArray,
    #[error("there is nothing at the path")]
    Nothing,
}

/// One step.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(untagged)]
pub enum PathPart {
    /// A member of an object.
    Name(String),
    /// An element of a list, counted from 0.
    Index(usize),
    /// All elements of a list; `null` on the wire.
    All,
}

/// Where a claim stands; never empty.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "Vec<PathPart>", into = "Vec<PathPart>")]
pub struct ClaimPath(Vec<PathPart>);

impl TryFrom<Vec<PathPart>> for ClaimPath {
    type Error = &'static str;

    fn try_from(parts: Vec<PathPart>) -> Result<Self, Self::Error> {
        if parts.is_empty() { Err("a path must not be empty") } else { Ok(Self(parts)) }
    }
}

impl From<ClaimPath> for Vec<PathPart> {
    fn from(path: ClaimPath) -> Self {
        path.0
    }
}

impl ClaimPath {
    /// A path of names, the first one apart because there has to be one.
    pub fn names(first: &str, rest: &[&str]) -> Self {
        Self(std::iter::once(&first).chain(rest).map(|it| PathPart::Name((*it).to_owned())).collect())
    }

    pub fn parts(&self) -> &[PathPart] {
        &self.0
    }

    /// Whether this path leads to what `other` names, or to something inside it.
    pub fn is_within(&self, other: &Self) -> bool {
        self.0.len() >= other.0.len()
            && self.0.iter().zip(&other.0).all(|(one, other)| one == other || *other == PathPart::All)
            // All elements are more than one of them.
            && !self.0.iter().zip(&other.0).any(|(one, other)| *one == PathPart::All && *other != PathPart::All)
    }

    /// Follows the path; at least one value is found, or it fails.
    pub fn select<'v>(&self, claims: &'v Value) -> Result<Vec<&'v Value>, PathFault> {
        Ok(self.walk(claims)?.into_iter().map(|(_, value)| value).collect())
    }

    /// Follows the path and answers the exact places, without `null`, for what is to be disclosed.
    pub fn places(&self, claims: &Value) -> Result<Vec<Vec<PathPart>>, PathFault> {
        Ok(self.walk(claims)?.into_iter().map(|(place, _)| place).collect())
    }

    fn walk<'v>(&self, claims: &'v Value) -> Result<Vec<(Vec<PathPart>, &'v Value)>, PathFault> {
        let mut selected = vec![(Vec::new(), claims)];
        for part in &self.0 {
            let mut next = Vec::new();
            for (place, value) in selected {
                step(part, &place, value, &mut next)?;
            }
            selected = next;
        }
        if selected.is_empty() { Err(PathFault::Nothing) } else { Ok(selected) }
    }
}

fn step<'v>(
    part: &PathPart,
    place: &[PathPart],
    value: &'v Value,
    found: &mut Vec<(Vec<PathPart>, &'v Value)>,
) -> Result<(), PathFault> {
    let mut add = |part: PathPart, value| {
        let mut place = place.to_vec();
        place.push(part);
        found.push((place, value));
    };
    match part {
        PathPart::Name(name) => {
            let object = value.as_object().ok_or(PathFault::NoObject)?;
            if let Some(value) = object.get(name) {
                add(part.clone(), value);
            }
        }
        PathPart::Index(index) => {
            let list = value.as_array().ok_or(PathFault::NoArray)?;
            if let Some(value) = list.get(*index) {
                add(part.clone(), value);
            }
        }
        PathPart::All => {
            let list = value.as_array().ok_or(PathFault::NoArray)?;
            for (index, value) in list.iter().enumerate() {
                add(PathPart::Index(index), value);
            }
        }
    }
    Ok(())
}
