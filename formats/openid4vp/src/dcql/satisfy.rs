//! Matching: which credentials and claims answer a query (OpenID4VP 1.0, section 6.4).

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::{ClaimQuery, CredentialQuery, PathPart, Query};

/// A credential that a wallet has, or that it presented: its format, its type, its claims.
#[derive(Clone, Copy, Debug)]
pub struct Candidate<'c> {
    pub format: &'c str,
    /// `vct` or document type.
    pub kind: &'c str,
    /// For mdoc: `{namespace: {element: value}}`.
    pub claims: &'c Value,
}

/// What a holder would answer to one part of a query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// `CredentialQuery::id`.
    pub id: String,
    /// Which candidate, counted from 0.
    pub candidate: usize,
    /// The claims to disclose: exact places without `null`.
    pub disclose: Vec<Vec<PathPart>>,
}

/// Why an answer does not satisfy a query.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Unsatisfied {
    #[error("nobody asked for '{0}'")]
    NotAsked(String),
    #[error(
        "the credential for '{0}' has another format or type, lacks a claim, or has another value than asked for"
    )]
    DoesNotFit(String),
    #[error("for '{0}' one credential was asked for")]
    TooMany(String),
    #[error("a credential that was asked for is missing")]
    Missing,
}

/// The holder's side: chooses among the credentials; nothing if the query cannot be satisfied.
pub fn choose(query: &Query, candidates: &[Candidate<'_>]) -> Option<Vec<Choice>> {
    let mut possible: BTreeMap<&str, Choice> = BTreeMap::new();
    for asked in &query.credentials {
        if asked.trusted_authorities.is_some() {
            continue;
        }
        let fitting = candidates.iter().enumerate().find_map(|(number, candidate)| {
            let disclose = asked.answered_by(candidate)?;
            Some(Choice { id: asked.id.clone(), candidate: number, disclose })
        });
        if let Some(choice) = fitting {
            possible.insert(&asked.id, choice);
        }
    }
    let has = |id: &str| possible.contains_key(id);
    let mut chosen = BTreeSet::new();
    match &query.credential_sets {
        None => {
            if !query.credentials.iter().all(|it| has(&it.id)) {
                return None;
            }
            chosen.extend(query.credentials.iter().map(|it| it.id.as_str()));
        }
        Some(sets) => {
            for set in sets.iter().filter(|it| it.required) {
                let option = set.options.iter().find(|option| option.iter().all(|it| has(it)))?;
                chosen.extend(option.iter().map(String::as_str));
            }
        }
    }
    Some(chosen.into_iter().filter_map(|it| possible.remove(it)).collect())
}

/// The verifier's side: whether what was presented, by the ids of the query, is what was asked for.
pub fn satisfied(query: &Query, presented: &[(&str, Candidate<'_>)]) -> Result<(), Unsatisfied> {
    let mut there: BTreeSet<&str> = BTreeSet::new();
    for (id, candidate) in presented {
        let asked = query.credential(id).ok_or_else(|| Unsatisfied::NotAsked((*id).to_owned()))?;
        if asked.answered_by(candidate).is_none() {
            return Err(Unsatisfied::DoesNotFit((*id).to_owned()));
        }
        if !there.insert(*id) && !asked.multiple {
            return Err(Unsatisfied::TooMany((*id).to_owned()));
        }
    }
    let enough = match &query.credential_sets {
        None => query.credentials.iter().all(|it| there.contains(it.id.as_str())),
        Some(sets) => sets
            .iter()
            .filter(|it| it.required)
            .all(|set| set.options.iter().any(|option| option.iter().all(|it| there.contains(it.as_str())))),
    };
    if enough { Ok(()) } else { Err(Unsatisfied::Missing) }
}

impl CredentialQuery {
    /// What a candidate would disclose as an answer; nothing if it is none.
    pub fn answered_by(&self, candidate: &Candidate<'_>) -> Option<Vec<Vec<PathPart>>> {
        if self.format != candidate.format || !self.meta.allows(candidate.kind) {
            return None;
        }
        let Some(claims) = &self.claims else { return Some(Vec::new()) };
        let Some(sets) = &self.claim_sets else {
            return places(claims.iter(), candidate.claims);
        };
        sets.iter().find_map(|set| {
            let wanted = claims.iter().filter(|it| it.id.as_ref().is_some_and(|id| set.contains(id)));
            places(wanted, candidate.claims)
        })
    }
}

/// The places of all these claims; nothing if one is missing or has another value.
fn places<'q>(
    mut wanted: impl Iterator<Item = &'q ClaimQuery>,
    claims: &Value,
) -> Option<Vec<Vec<PathPart>>> {
    wanted.try_fold(Vec::new(), |mut all, claim| {
        let found = claim.path.select(claims).ok()?;
        if let Some(values) = &claim.values
            && !found.iter().any(|it| values.contains(it))
        {
            return None;
        }
        all.extend(claim.path.places(claims).ok()?);
        Some(all)
    })
}
