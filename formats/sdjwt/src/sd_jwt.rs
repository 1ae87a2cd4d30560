//! The compact form: a signed token, disclosures, and the holder's proof, with tildes between (RFC 9901, section 4).

use std::fmt;

use serde_json::{Map, Value};

use crate::disclosure::digest_of;
use crate::jws::{Jws, JwsFault, MAX_LENGTH};
use crate::key::PublicKey;
use crate::process::{self, PathPart, ProcessFault};

/// Most disclosures that are read.
const MAX_DISCLOSURES: usize = 2000;

/// Why a text is not an SD-JWT.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ParseFault {
    #[error(
        "an SD-JWT is a signed token, disclosures and maybe a key binding token, with ~ after each but the last"
    )]
    Shape,
    #[error("the SD-JWT is longer than {MAX_LENGTH} bytes or has more than {MAX_DISCLOSURES} disclosures")]
    TooLong,
    #[error(transparent)]
    Jws(#[from] JwsFault),
    #[error(transparent)]
    Process(#[from] ProcessFault),
}

/// An SD-JWT, taken apart, its signature not checked yet.
#[derive(Clone, Debug, PartialEq)]
pub struct SdJwt {
    /// The issuer's token.
    pub jws: Jws,
    /// The disclosures, encoded.
    pub disclosures: Vec<String>,
    /// The holder's proof (KB-JWT), where there is one.
    pub key_binding: Option<String>,
    pub(crate) token: String,
}

impl SdJwt {
    /// Takes an SD-JWT (with or without key binding) apart.
    pub fn parse(compact: &str) -> Result<Self, ParseFault> {
        if compact.len() > MAX_LENGTH {
            return Err(ParseFault::TooLong);
        }
        let mut parts = compact.split('~');
        let token = parts.next().unwrap_or_default().to_owned();
        let mut disclosures: Vec<String> = parts.map(str::to_owned).collect();
        let last = disclosures.pop().ok_or(ParseFault::Shape)?;
        if disclosures.len() > MAX_DISCLOSURES {
            return Err(ParseFault::TooLong);
        }
        if disclosures.iter().any(String::is_empty) {
            return Err(ParseFault::Shape);
        }
        let key_binding = Some(last).filter(|it| !it.is_empty());
        Ok(Self { jws: Jws::parse(&token)?, disclosures, key_binding, token })
    }

    /// Checks the issuer's signature and answers the claims: what the issuer left open and what the holder disclosed.
    pub fn verify(&self, issuer: &PublicKey) -> Result<Map<String, Value>, ParseFault> {
        self.jws.verify(issuer)?;
        self.claims()
    }

    /// The claims without any check of the signature: for the holder, who trusts what it stored.
    pub fn claims(&self) -> Result<Map<String, Value>, ParseFault> {
        Ok(process::process(&self.jws.payload, &self.disclosures)?.claims)
    }

    /// The same SD-JWT with only those disclosures that the wanted claims need: each wanted claim, what it stands in,
    /// and everything inside it. Paths count in the claims of this SD-JWT; a path that leads nowhere adds nothing.
    pub fn disclose(&self, wanted: &[Vec<PathPart>]) -> Result<Self, ParseFault> {
        let processed = process::process(&self.jws.payload, &self.disclosures)?;
        let exists = |path: &Vec<PathPart>| leads_somewhere(path, &processed.claims);
        let wanted: Vec<&Vec<PathPart>> = wanted.iter().filter(|it| exists(it)).collect();
        let mut kept: Vec<usize> = processed
            .places
            .iter()
            .filter(|place| {
                wanted.iter().any(|it| it.starts_with(&place.path) || place.path.starts_with(it.as_slice()))
            })
            .map(|place| place.disclosure)
            .collect();
        kept.sort_unstable();
        let disclosures = kept.into_iter().filter_map(|it| self.disclosures.get(it).cloned()).collect();
        Ok(Self { disclosures, key_binding: None, ..self.clone() })
    }

    /// What the holder's proof binds: the digest over token and disclosures with all tildes (RFC 9901, section 4.3.1).
    pub fn sd_hash(&self) -> Result<String, ParseFault> {
        let bound = Self { key_binding: None, ..self.clone() }.to_string();
        Ok(digest_of(&bound, process::hash(&self.jws.payload)?))
    }
}

impl fmt::Display for SdJwt {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(to, "{}~", self.token)?;
        for disclosure in &self.disclosures {
            write!(to, "{disclosure}~")?;
        }
        to.write_str(self.key_binding.as_deref().unwrap_or_default())
    }
}

fn leads_somewhere(path: &[PathPart], claims: &Map<String, Value>) -> bool {
    let Some((PathPart::Name(first), rest)) = path.split_first() else { return false };
    let mut found = claims.get(first);
    for part in rest {
        found = found.and_then(|it| match part {
            PathPart::Name(name) => it.get(name),
            PathPart::Index(index) => it.get(index),
        });
    }
    found.is_some()
}
