//! The rules a query has to keep (OpenID4VP 1.0, section 6).

use std::collections::BTreeSet;

use super::{CredentialQuery, MDOC, PathPart, Query, QueryFault, SD_JWT};

impl Query {
    /// Checks the rules of the query language.
    pub fn check(&self) -> Result<(), QueryFault> {
        if self.credentials.is_empty() {
            return Err(QueryFault::Empty("credentials"));
        }
        let mut ids = BTreeSet::new();
        for credential in &self.credentials {
            check_id(&credential.id)?;
            if !ids.insert(credential.id.as_str()) {
                return Err(QueryFault::RepeatedId(credential.id.clone()));
            }
            credential.check()?;
        }
        let Some(sets) = &self.credential_sets else { return Ok(()) };
        if sets.is_empty() || sets.iter().any(|it| it.options.is_empty()) {
            return Err(QueryFault::Empty("credential_sets and their options"));
        }
        refer(sets.iter().flat_map(|it| &it.options), &ids)
    }
}

impl CredentialQuery {
    fn check(&self) -> Result<(), QueryFault> {
        self.check_meta()?;
        let Some(claims) = &self.claims else {
            return match self.claim_sets {
                None => Ok(()),
                Some(_) => Err(QueryFault::ClaimSets(self.id.clone())),
            };
        };
        if claims.is_empty() {
            return Err(QueryFault::Empty("claims"));
        }
        let mut ids = BTreeSet::new();
        for (number, claim) in claims.iter().enumerate() {
            if claim.values.as_ref().is_some_and(Vec::is_empty) {
                return Err(QueryFault::Empty("values"));
            }
            if claims.iter().take(number).any(|it| it.path == claim.path) {
                return Err(QueryFault::RepeatedPath(self.id.clone()));
            }
            if self.format == MDOC && !matches!(claim.path.parts(), [PathPart::Name(_), PathPart::Name(_)]) {
                return Err(QueryFault::MdocPath(self.id.clone()));
            }
            let Some(id) = &claim.id else { continue };
            check_id(id)?;
            if !ids.insert(id.as_str()) {
                return Err(QueryFault::RepeatedId(id.clone()));
            }
        }
        match &self.claim_sets {
            None => Ok(()),
            Some(sets) if sets.is_empty() => Err(QueryFault::Empty("claim_sets")),
            Some(sets) => refer(sets.iter(), &ids),
        }
    }

    fn check_meta(&self) -> Result<(), QueryFault> {
        let missing = |expected| Err(QueryFault::Meta { credential: self.id.clone(), expected });
        match self.format.as_str() {
            SD_JWT if self.meta.vct_values.as_ref().is_none_or(Vec::is_empty) => missing("vct_values"),
            MDOC if self.meta.doctype_value.is_none() => missing("doctype_value"),
            _ => Ok(()),
        }
    }
}

fn check_id(id: &str) -> Result<(), QueryFault> {
    let fits = |it: u8| it.is_ascii_alphanumeric() || it == b'_' || it == b'-';
    if !id.is_empty() && id.bytes().all(fits) { Ok(()) } else { Err(QueryFault::Id(id.to_owned())) }
}

fn refer<'q>(
    mut options: impl Iterator<Item = &'q Vec<String>>,
    ids: &BTreeSet<&str>,
) -> Result<(), QueryFault> {
    options.try_for_each(|option| {
        if option.is_empty() {
            return Err(QueryFault::Empty("an alternative"));
        }
        match option.iter().find(|it| !ids.contains(it.as_str())) {
            Some(unknown) => Err(QueryFault::UnknownId(unknown.clone())),
            None => Ok(()),
        }
    })
}
