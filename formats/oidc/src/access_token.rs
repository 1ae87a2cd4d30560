//! Access tokens as JWT (RFC 9068), bound to a key (RFC 9449, section 6; RFC 8705, section 3) or not.

use crate::{
    claims::{Claims, JwtFault},
    jws::Jws,
};
use serde_json::{Map, Value, json};

/// `typ` in the header.
pub const TYPE: &str = "at+jwt";

/// What the holder of a token must prove.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Confirmation {
    /// Possession of the key with this thumbprint by DPoP: `jkt`.
    Key(String),
    /// The client certificate with this thumbprint: `x5t#S256`.
    Certificate(String),
}

impl Confirmation {
    /// As `cnf` has it (RFC 7800).
    pub fn claim(&self) -> Value {
        match self {
            Self::Key(it) => json!({ "jkt": it }),
            Self::Certificate(it) => json!({ "x5t#S256": it }),
        }
    }

    /// Reads `cnf`; a confirmation that is not understood is an error, never “none”.
    pub fn read(claim: Option<&Value>) -> Result<Option<Self>, JwtFault> {
        let Some(claim) = claim else { return Ok(None) };
        let text = |name: &str| claim.get(name).and_then(Value::as_str).map(str::to_owned);
        match (text("jkt"), text("x5t#S256")) {
            (Some(key), None) => Ok(Some(Self::Key(key))),
            (None, Some(certificate)) => Ok(Some(Self::Certificate(certificate))),
            _ => Err(JwtFault::Malformed("cnf")),
        }
    }
}

/// The claims of an access token.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct AccessToken {
    /// `iss`.
    pub issuer: String,
    /// `aud`.
    pub audience: String,
    /// `sub`: the person's pseudonym, or the client itself.
    pub subject: String,
    /// `client_id`.
    pub client_id: String,
    /// `iat`, in seconds.
    pub issued: i64,
    /// `exp`, in seconds.
    pub expires: i64,
    /// `jti`.
    pub jti: String,
    /// `scope`.
    pub scope: String,
    /// `cnf`.
    pub confirmation: Option<Confirmation>,
    /// `acr`.
    pub acr: Option<String>,
    /// `auth_time`, in seconds.
    pub auth_time: Option<i64>,
    /// Anything else the issuer says.
    pub more: Map<String, Value>,
}

impl AccessToken {
    /// As claims.
    pub fn claims(&self) -> Map<String, Value> {
        let mut claims = self.more.clone();
        let mut put = |name: &str, value: Value| {
            claims.insert(name.to_owned(), value);
        };
        put("iss", self.issuer.clone().into());
        put("aud", self.audience.clone().into());
        put("sub", self.subject.clone().into());
        put("client_id", self.client_id.clone().into());
        put("iat", self.issued.into());
        put("exp", self.expires.into());
        put("jti", self.jti.clone().into());
        if !self.scope.is_empty() {
            put("scope", self.scope.clone().into());
        }
        if let Some(confirmation) = &self.confirmation {
            put("cnf", confirmation.claim());
        }
        if let Some(acr) = &self.acr {
            put("acr", acr.clone().into());
        }
        if let Some(auth_time) = self.auth_time {
            put("auth_time", auth_time.into());
        }
        claims
    }

    /// Checks a verified token (section 4): kind, issuer, audience, life.
    pub fn check(token: &Jws, issuer: &str, audience: &str, now: i64) -> Result<Self, JwtFault> {
        token.is(&[TYPE], TYPE)?;
        Self::read(&token.claims, issuer, audience, now)
    }

    /// The same for claims whose signature and `typ` were checked elsewhere.
    pub fn read(claims: &Claims, issuer: &str, audience: &str, now: i64) -> Result<Self, JwtFault> {
        claims.exactly("iss", issuer)?;
        if !claims.audience()?.contains(&audience) {
            return Err(JwtFault::Wrong("aud"));
        }
        let expires = claims.time("exp")?.ok_or(JwtFault::Missing("exp"))?;
        // No skew here: issuer and verifier are usually the same clock, and a token must die when it says.
        if expires <= now {
            return Err(JwtFault::Expired);
        }
        let made = claims.time("iat")?.ok_or(JwtFault::Missing("iat"))?;
        let known =
            ["iss", "aud", "sub", "client_id", "iat", "exp", "jti", "scope", "cnf", "acr", "auth_time"];
        Ok(Self {
            issuer: issuer.to_owned(),
            audience: audience.to_owned(),
            subject: claims.required("sub")?.to_owned(),
            client_id: claims.required("client_id")?.to_owned(),
            issued: made,
            expires,
            jti: claims.required("jti")?.to_owned(),
            scope: claims.text("scope").unwrap_or_default().to_owned(),
            confirmation: Confirmation::read(claims.get("cnf"))?,
            acr: claims.text("acr").map(str::to_owned),
            auth_time: claims.time("auth_time")?,
            more: claims
                .all()
                .iter()
                .filter(|(name, _)| !known.contains(&name.as_str()))
                .map(|(name, value)| (name.clone(), value.clone()))
                .collect(),
        })
    }
}
