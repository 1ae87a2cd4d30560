//! SD-JWT VC: a credential with a type, the holder's key and a status (draft-ietf-oauth-sd-jwt-vc).

use serde_json::{Map, Value, json};

use crate::issue::{Issue, IssueFault};
use crate::jws::{self, number};
use crate::key::{KeyFault, PublicKey, SigningKey};
use crate::key_binding::{self, Expected, KeyBindingFault};
use crate::sd_jwt::{ParseFault, SdJwt};
use crate::status::Reference;

/// The type of the token and the name of the format.
pub const TYPE: &str = "dc+sd-jwt";

/// Claims that must not be hidden in disclosures (section 3.2.2.2).
const ALWAYS_OPEN: [&str; 7] = ["iss", "nbf", "exp", "cnf", "vct", "vct#integrity", "status"];

/// Why a credential is refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum CredentialFault {
    #[error(transparent)]
    Parse(#[from] ParseFault),
    #[error("the credential: {0}")]
    Jws(#[from] jws::JwsFault),
    #[error("the credential has no type (vct)")]
    NoType,
    #[error("the claim {0} must not be in a disclosure")]
    Hidden(&'static str),
    #[error("the credential has no key of its holder (cnf with jwk)")]
    NoHolder,
    #[error("the holder's key: {0}")]
    Holder(KeyFault),
    #[error("the credential is not valid yet")]
    NotYetValid,
    #[error("the credential has expired")]
    Expired,
    #[error("exp, nbf or iat is not a number")]
    Times,
    #[error("the reference to a status list cannot be read")]
    Status,
    #[error(transparent)]
    KeyBinding(#[from] KeyBindingFault),
}

/// What a wallet presented, not believed yet.
#[derive(Clone, Debug, PartialEq)]
pub struct Presentation {
    sd_jwt: SdJwt,
}

/// A credential whose issuer, validity and holder were checked.
#[derive(Clone, Debug, PartialEq)]
pub struct Credential {
    /// The type.
    pub vct: String,
    /// All claims that were shown, the registered ones included.
    pub claims: Map<String, Value>,
    /// The holder's key.
    pub holder: PublicKey,
    /// Where its status is found, if the issuer keeps one.
    pub status: Option<Reference>,
}

impl Presentation {
    /// Takes a presentation apart and checks its type.
    pub fn parse(compact: &str) -> Result<Self, CredentialFault> {
        let sd_jwt = SdJwt::parse(compact)?;
        sd_jwt.jws.expect_type(TYPE)?;
        Ok(Self { sd_jwt })
    }

    /// The issuer's certificates (DER), its own first: to be judged before [`Presentation::verify`] gets its key.
    pub fn x5c(&self) -> Result<Vec<Vec<u8>>, CredentialFault> {
        Ok(self.sd_jwt.jws.x5c()?)
    }

    /// Checks everything but the status: the issuer's signature, the disclosures, the dates, the holder's proof.
    pub fn verify(&self, issuer: &PublicKey, expected: &Expected<'_>) -> Result<Credential, CredentialFault> {
        let claims = self.sd_jwt.verify(issuer)?;
        let open = &self.sd_jwt.jws.payload;
        if let Some(hidden) =
            ALWAYS_OPEN.into_iter().find(|it| claims.contains_key(*it) && !open.contains_key(*it))
        {
            return Err(CredentialFault::Hidden(hidden));
        }
        check_times(open, expected)?;
        let vct = open.get("vct").and_then(Value::as_str).ok_or(CredentialFault::NoType)?.to_owned();
        let holder = open.get("cnf").and_then(|it| it.get("jwk")).ok_or(CredentialFault::NoHolder)?;
        let holder = PublicKey::from_jwk(holder).map_err(CredentialFault::Holder)?;
        let status = match open.get("status") {
            None => None,
            Some(status) => Some(Reference::read(status).ok_or(CredentialFault::Status)?),
        };
        key_binding::verify(&self.sd_jwt, &holder, expected)?;
        Ok(Credential { vct, claims, holder, status })
    }
}

fn check_times(open: &Map<String, Value>, expected: &Expected<'_>) -> Result<(), CredentialFault> {
    let time = |name: &str| match open.get(name) {
        None => Ok(None),
        Some(_) => number(open, name).map(Some).ok_or(CredentialFault::Times),
    };
    let latest = expected.now.saturating_add(expected.leeway);
    if time("nbf")?.is_some_and(|it| it > latest) || time("iat")?.is_some_and(|it| it > latest) {
        return Err(CredentialFault::NotYetValid);
    }
    if time("exp")?.is_some_and(|it| it.saturating_add(expected.leeway) <= expected.now) {
        return Err(CredentialFault::Expired);
    }
    Ok(())
}

/// The issuer's side, for a development wallet: signs a credential for a holder's key.
///
/// `claims` has everything (`vct`, `iss`, `exp`, `status`, …) but `cnf`; `chain` becomes `x5c`.
pub fn issue(
    claims: Value,
    disclosable: Vec<String>,
    holder: &PublicKey,
    (issuer, chain): (&SigningKey, &[Vec<u8>]),
) -> Result<String, IssueFault> {
    let mut claims = claims;
    claims
        .as_object_mut()
        .ok_or(IssueFault::Claims)?
        .insert("cnf".to_owned(), json!({"jwk": holder.to_jwk()}));
    let mut header = Map::new();
    header.insert("typ".to_owned(), TYPE.into());
    header.insert("x5c".to_owned(), jws::x5c(chain));
    Issue { header, claims, disclosable, decoys: 2 }.sign(issuer)
}
