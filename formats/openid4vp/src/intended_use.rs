//! What a relying party registered (EUDI wallet TS5 v1.3, `intendedUse`), and asking for no more than that.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::dcql::{ClaimPath, ClaimQuery, CredentialQuery, CredentialSet, MDOC, Meta, Query, QueryFault};

/// Why a query is not covered by the registration.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum OverAsking {
    #[error("'{0}' asks for a kind of credential that is not registered")]
    Credential(String),
    #[error("'{credential}' asks for the claim {path}, which is not registered")]
    Claim { credential: String, path: String },
    #[error(transparent)]
    Query(#[from] QueryFault),
}

/// An intended use as it was registered; members that do not matter here are ignored.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct IntendedUse {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub intended_use_identifier: Option<String>,
    /// Why, in each language.
    #[serde(default)]
    pub purpose: Vec<LocalizedText>,
    /// Where the data protection notice is found; as registered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub privacy_policy: Option<Value>,
    /// What may be asked for.
    pub credentials: Vec<RegisteredCredential>,
}

/// A text and its language.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LocalizedText {
    pub lang: String,
    #[serde(alias = "value")]
    pub content: String,
}

/// A kind of credential and the claims in it that may be asked for.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RegisteredCredential {
    pub format: String,
    pub meta: Meta,
    #[serde(default)]
    pub claims: Vec<RegisteredClaim>,
}

/// A claim that may be asked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RegisteredClaim {
    pub path: ClaimPath,
}

impl IntendedUse {
    /// The purpose in a language, or in the first one there is.
    pub fn purpose(&self, lang: &str) -> Option<&str> {
        let found = self.purpose.iter().find(|it| it.lang == lang).or(self.purpose.first());
        found.map(|it| it.content.as_str())
    }

    /// Asks for one of the registered credentials, the first one preferred, with all its registered claims.
    ///
    /// A claim whose last name is in `optional` may be missing: a wallet that has it shows it. The ids are `c0`, `c1`, ….
    pub fn query(&self, optional: &[&str]) -> Result<Query, OverAsking> {
        let credentials: Vec<CredentialQuery> =
            self.credentials.iter().enumerate().map(|(number, it)| it.query(number, optional)).collect();
        let options = credentials.iter().map(|it| vec![it.id.clone()]).collect();
        let query = Query {
            credential_sets: Some(vec![CredentialSet { options, required: true }])
                .filter(|_| credentials.len() > 1),
            credentials,
        };
        query.check()?;
        self.allows(&query)?;
        Ok(query)
    }

    /// Refuses a query that asks for anything that was not registered.
    pub fn allows(&self, query: &Query) -> Result<(), OverAsking> {
        query.credentials.iter().try_for_each(|asked| self.allows_credential(asked))
    }

    fn allows_credential(&self, asked: &CredentialQuery) -> Result<(), OverAsking> {
        let registered: Vec<&RegisteredCredential> =
            self.credentials.iter().filter(|it| it.covers(asked)).collect();
        if registered.is_empty() {
            return Err(OverAsking::Credential(asked.id.clone()));
        }
        for claim in asked.claims.iter().flatten() {
            let known =
                |it: &&RegisteredCredential| it.claims.iter().any(|it| claim.path.is_within(&it.path));
            if !registered.iter().any(known) {
                let path = serde_json::to_string(&claim.path).unwrap_or_default();
                return Err(OverAsking::Claim { credential: asked.id.clone(), path });
            }
        }
        Ok(())
    }
}

impl RegisteredCredential {
    fn query(&self, number: usize, optional: &[&str]) -> CredentialQuery {
        let mut claims: Vec<ClaimQuery> =
            self.claims.iter().map(|it| ClaimQuery::at(it.path.clone())).collect();
        if self.format == MDOC {
            // Nothing is kept beyond the sign-in by this side; HAIP 1.0 wants it said.
            for claim in &mut claims {
                claim.intent_to_retain = Some(false);
            }
        }
        let required: Vec<bool> = claims.iter().map(|it| !is_optional(&it.path, optional)).collect();
        let mut claim_sets = None;
        if required.contains(&false) {
            let ids: Vec<String> = (0..claims.len()).map(|it| format!("a{it}")).collect();
            let always = ids.iter().zip(&required).filter(|(_, it)| **it).map(|(id, _)| id.clone()).collect();
            claims.iter_mut().zip(&ids).for_each(|(it, id)| it.id = Some(id.clone()));
            claim_sets = Some(vec![ids, always]);
        }
        CredentialQuery {
            id: format!("c{number}"),
            format: self.format.clone(),
            multiple: false,
            meta: self.meta.clone(),
            trusted_authorities: None,
            require_cryptographic_holder_binding: true,
            claims: Some(claims).filter(|it| !it.is_empty()),
            claim_sets,
        }
    }

    /// Whether every type that is asked for is a type registered here.
    fn covers(&self, asked: &CredentialQuery) -> bool {
        let vct = asked.meta.vct_values.iter().flatten().all(|it| self.meta.allows(it));
        let doctype = asked.meta.doctype_value.iter().all(|it| self.meta.allows(it));
        let named = asked.meta.vct_values.is_some() || asked.meta.doctype_value.is_some();
        self.format == asked.format && named && vct && doctype
    }
}

fn is_optional(path: &ClaimPath, optional: &[&str]) -> bool {
    match path.parts().last() {
        Some(crate::dcql::PathPart::Name(name)) => optional.contains(&name.as_str()),
        _ => false,
    }
}
