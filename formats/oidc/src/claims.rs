//! What a token claims, and the checks that all tokens share. All times are seconds since 1970.

use crate::jws::{Jws, JwsFault};
use serde_json::{Map, Value};

/// How far two clocks may be apart, in seconds (FAPI 2.0, section 5.3.2.1, wants at least 10 into the future).
pub const SKEW: i64 = 30;

/// Why a token is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum JwtFault {
    /// The signature or the shape.
    #[error(transparent)]
    Jws(#[from] JwsFault),
    /// A token of another kind (RFC 8725, section 3.11).
    #[error("the token is of another kind; its `typ` must be {0}")]
    Type(&'static str),
    /// A claim is missing.
    #[error("the claim `{0}` is missing")]
    Missing(&'static str),
    /// A claim has the wrong shape.
    #[error("the claim `{0}` has the wrong shape")]
    Malformed(&'static str),
    /// A claim has the wrong value.
    #[error("the claim `{0}` is not the expected one")]
    Wrong(&'static str),
    /// A claim that must not be there.
    #[error("the claim `{0}` must not be in this token")]
    Unwanted(&'static str),
    /// `exp` has passed.
    #[error("the token has expired")]
    Expired,
    /// `nbf` or `iat` lies ahead.
    #[error("the token is not valid yet; check the clocks")]
    Early,
    /// Valid for too long.
    #[error("the token is valid for too long; at most {0} seconds are allowed")]
    TooLong(i64),
    /// Too old.
    #[error("the token is too old; make a new one for each request")]
    TooOld,
}

/// The claims of a token.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Claims(Map<String, Value>);

impl Claims {
    /// These claims.
    pub fn new(claims: Map<String, Value>) -> Self {
        Self(claims)
    }

    /// All of them.
    pub fn all(&self) -> &Map<String, Value> {
        &self.0
    }

    /// One of them.
    pub fn get(&self, name: &str) -> Option<&Value> {
        self.0.get(name)
    }

    /// A text; nothing if it is absent or something else.
    pub fn text(&self, name: &str) -> Option<&str> {
        self.0.get(name)?.as_str()
    }

    /// A text that must be there and not be empty.
    pub fn required(&self, name: &'static str) -> Result<&str, JwtFault> {
        match self.0.get(name) {
            None => Err(JwtFault::Missing(name)),
            Some(Value::String(it)) if !it.is_empty() => Ok(it),
            Some(_) => Err(JwtFault::Malformed(name)),
        }
    }

    /// A text that must be there and be this one.
    pub fn exactly(&self, name: &'static str, value: &str) -> Result<(), JwtFault> {
        if self.required(name)? == value { Ok(()) } else { Err(JwtFault::Wrong(name)) }
    }

    /// A time, in seconds; fractions are cut off.
    pub fn time(&self, name: &'static str) -> Result<Option<i64>, JwtFault> {
        let Some(value) = self.0.get(name) else { return Ok(None) };
        let whole = value.as_i64().or_else(|| {
            let seconds = value.as_f64()?;
            // Up to 2^53 every whole second is exact; later times are no times.
            #[expect(clippy::cast_possible_truncation, reason = "the range is checked")]
            (seconds.abs() < 9_007_199_254_740_992.0).then_some(seconds as i64)
        });
        whole.map(Some).ok_or(JwtFault::Malformed(name))
    }

    /// The audience: one text or a list of them.
    pub fn audience(&self) -> Result<Vec<&str>, JwtFault> {
        match self.0.get("aud") {
            None => Err(JwtFault::Missing("aud")),
            Some(Value::String(it)) => Ok(vec![it]),
            Some(Value::Array(list)) if !list.is_empty() => {
                list.iter().map(|it| it.as_str().ok_or(JwtFault::Malformed("aud"))).collect()
            }
            Some(_) => Err(JwtFault::Malformed("aud")),
        }
    }

    /// That `exp` is there and lies ahead, that `nbf` and `iat` do not, and that the token does not live longer than
    /// `longest` seconds from `now`. Answers `exp`.
    pub fn lives(&self, now: i64, longest: i64) -> Result<i64, JwtFault> {
        let expires = self.time("exp")?.ok_or(JwtFault::Missing("exp"))?;
        if expires <= now.saturating_sub(SKEW) {
            return Err(JwtFault::Expired);
        }
        let started = [self.time("nbf")?, self.time("iat")?];
        if started.into_iter().flatten().any(|it| it > now.saturating_add(SKEW)) {
            return Err(JwtFault::Early);
        }
        if expires > now.saturating_add(longest).saturating_add(SKEW) {
            return Err(JwtFault::TooLong(longest));
        }
        Ok(expires)
    }
}

impl Jws {
    /// That the token is of one of these kinds (`typ`, without `application/`).
    pub(crate) fn is(&self, kinds: &[&str], expected: &'static str) -> Result<(), JwtFault> {
        match self.header.typ.as_deref() {
            Some(typ) if kinds.contains(&typ) => Ok(()),
            _ => Err(JwtFault::Type(expected)),
        }
    }

    /// The same for old kinds of tokens that need not say what they are.
    pub(crate) fn is_or_silent(&self, kinds: &[&str], expected: &'static str) -> Result<(), JwtFault> {
        if self.header.typ.is_none() { Ok(()) } else { self.is(kinds, expected) }
    }
}
