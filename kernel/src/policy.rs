//! Crypto policy as dated data: which mechanism may be used for what, and until when.
//!
//! The rules stand in one file, `data/crypto-policy.toml`; it is compiled in and can be replaced as a whole. What the
//! file does not name is refused, and what it names ends on the day it says.

mod entry;
#[cfg(test)]
mod tests;

pub use entry::{Entry, Use};

use crate::{DAY, Error, fault};
use jiff::{Timestamp, civil::Date, tz::TimeZone};
use serde::Deserialize;
use std::{fmt, sync::Arc};
use toml::Spanned;

const SHIPPED: &str = include_str!("../../data/crypto-policy.toml");
const SHIPPED_NAME: &str = "data/crypto-policy.toml (compiled in)";
const YEAR: i64 = 365 * DAY + DAY / 4;

/// The rules in force.
#[derive(Debug)]
pub struct Policy {
    /// Where they come from: a file name.
    origin: String,
    edition: String,
    warn_years: i64,
    entries: Vec<Ruling>,
}

/// An entry, its line in the file and its last moment.
#[derive(Debug)]
struct Ruling {
    entry: Entry,
    line: usize,
    /// The first moment at which it no longer holds, microseconds since the epoch.
    ends: Option<i64>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    edition: String,
    warn_years: i64,
    entry: Vec<Spanned<Entry>>,
}

/// Whether something may be used. Times are microseconds since the epoch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// It may be used.
    Allowed {
        /// Until when, where an end is known.
        until: Option<i64>,
        /// The condition of the entry.
        condition: Option<String>,
    },
    /// It may be used, but its end is near.
    Warn {
        /// Until when.
        until: i64,
        /// What ends and where that is written, for people.
        message: String,
    },
    /// It must not be used.
    Refused {
        /// Since when; nothing where no entry names it at all.
        since: Option<i64>,
        /// What is refused and where that is written, for people.
        message: String,
    },
}

impl Verdict {
    /// The moment from which on it must not be used: the past where it must not be used now.
    pub fn until(&self) -> i64 {
        match self {
            Self::Allowed { until, .. } => until.unwrap_or(i64::MAX),
            Self::Warn { until, .. } => *until,
            Self::Refused { .. } => i64::MIN,
        }
    }

    /// Nothing where it may be used.
    ///
    /// # Errors
    /// An error of this node, with the message as its private cause.
    pub fn allowed(self) -> crate::Result<()> {
        match self {
            Self::Refused { message, .. } => Err(Error::from(fault::INTERNAL).because(message)),
            _ => Ok(()),
        }
    }

    /// One word: `allowed`, `ends-soon` or `refused`.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Allowed { .. } => "allowed",
            Self::Warn { .. } => "ends-soon",
            Self::Refused { .. } => "refused",
        }
    }
}

/// What one use of cryptography consists of: mechanism, parameter, use.
pub type Part = (&'static str, &'static str, Use);

impl Policy {
    /// The rules that are compiled in.
    pub fn shipped() -> Arc<Self> {
        // A test reads the file; without it everything would be refused, which is safe.
        Arc::new(Self::parse(SHIPPED_NAME, SHIPPED).unwrap_or_else(|message| Self {
            origin: message,
            edition: String::new(),
            warn_years: 0,
            entries: Vec::new(),
        }))
    }

    /// Reads rules; `origin` is the file's name, for messages.
    ///
    /// # Errors
    /// Says where and what is wrong.
    pub fn parse(origin: &str, text: &str) -> Result<Self, String> {
        let file: File = toml::from_str(text).map_err(|it| format!("{origin}: {it}"))?;
        let mut entries = Vec::new();
        for it in file.entry {
            let line = text.get(..it.span().start).unwrap_or_default().matches('\n').count() + 1;
            let entry = it.into_inner();
            let ends = match entry.valid_until.map(end_of_day) {
                Some(None) => return Err(format!("{origin}, line {line}: valid_until is no date")),
                Some(ends) => ends,
                None => None,
            };
            if !entry.parameter_makes_sense() {
                return Err(format!(
                    "{origin}, line {line}: parameter is `*`, a text or `>=` and a whole number"
                ));
            }
            entries.push(Ruling { entry, line, ends });
        }
        Ok(Self { origin: origin.to_owned(), edition: file.edition, warn_years: file.warn_years, entries })
    }

    /// Where the rules come from.
    pub fn origin(&self) -> &str {
        &self.origin
    }

    /// The edition of the rules, as the file says.
    pub fn edition(&self) -> &str {
        &self.edition
    }

    /// Whether `mechanism` with `parameter` may be used for `usage` at `now` (microseconds since the epoch).
    pub fn check(&self, mechanism: &str, parameter: &str, usage: Use, now: i64) -> Verdict {
        let fitting = self.entries.iter().filter(|it| it.entry.covers(mechanism, parameter, usage));
        let Some(best) = fitting.max_by_key(|it| it.ends.unwrap_or(i64::MAX)) else {
            let message =
                format!("{}: no entry of {} names it", named(mechanism, parameter, usage), self.origin);
            return Verdict::Refused { since: None, message };
        };
        let Some(ends) = best.ends else {
            return Verdict::Allowed { until: None, condition: best.entry.condition.clone() };
        };
        let message = |word: &str| {
            format!(
                "{} {word} on {} ({}, line {}: {})",
                named(mechanism, parameter, usage),
                day(ends - 1),
                self.origin,
                best.line,
                best.entry.source,
            )
        };
        if now >= ends {
            return Verdict::Refused { since: Some(ends), message: message("ended") };
        }
        if now >= ends - self.warn_years.saturating_mul(YEAR) {
            return Verdict::Warn { until: ends, message: message("ends") };
        }
        Verdict::Allowed { until: Some(ends), condition: best.entry.condition.clone() }
    }

    /// The strictest verdict on several parts that are used together.
    pub fn check_all<'a>(
        &self,
        parts: impl IntoIterator<Item = (&'a str, &'a str, Use)>,
        now: i64,
    ) -> Verdict {
        parts
            .into_iter()
            .map(|(mechanism, parameter, usage)| self.check(mechanism, parameter, usage, now))
            .min_by_key(Verdict::until)
            .unwrap_or(Verdict::Refused { since: None, message: "nothing to check".to_owned() })
    }

    /// The verdict on a JOSE algorithm (RFC 7518); `bits` is the length of an RSA key.
    pub fn check_jose(&self, algorithm: &str, bits: u32, now: i64) -> Verdict {
        let bits = bits.to_string();
        let Some(parts) = jose(algorithm) else {
            let message = format!("{algorithm}: this program does not know it");
            return Verdict::Refused { since: None, message };
        };
        let parts = parts.iter().map(|(mechanism, parameter, usage)| {
            (*mechanism, if parameter.is_empty() { bits.as_str() } else { *parameter }, *usage)
        });
        self.check_all(parts, now)
    }

    /// All entries with their lines, as they stand in the file.
    pub fn entries(&self) -> impl Iterator<Item = (usize, &Entry)> {
        self.entries.iter().map(|it| (it.line, &it.entry))
    }
}

/// What a JOSE algorithm consists of; an empty parameter stands for the bits of the key.
fn jose(algorithm: &str) -> Option<&'static [Part]> {
    const SHA256: Part = ("SHA-2", "256", Use::Hash);
    const SHA384: Part = ("SHA-2", "384", Use::Hash);
    const SHA512: Part = ("SHA-2", "512", Use::Hash);
    const PSS: Part = ("RSASSA-PSS", "", Use::Signature);
    const PKCS1: Part = ("RSASSA-PKCS1-v1_5", "", Use::Signature);
    Some(match algorithm {
        "PS256" => &[PSS, SHA256],
        "PS384" => &[PSS, SHA384],
        "PS512" => &[PSS, SHA512],
        "RS256" => &[PKCS1, SHA256],
        "RS512" => &[PKCS1, SHA512],
        "ES256" => &[("ECDSA", "secp256r1", Use::Signature), SHA256],
        "ES384" => &[("ECDSA", "secp384r1", Use::Signature), SHA384],
        "ES512" => &[("ECDSA", "secp521r1", Use::Signature), SHA512],
        "RSA-OAEP-256" => &[("RSAES-OAEP", "", Use::KeyTransport), SHA256],
        "ECDH-ES" => &[("ECDH", "secp256r1", Use::KeyAgreement), SHA256],
        "A128GCM" => &[("AES-GCM", "128", Use::Encryption)],
        "A256GCM" => &[("AES-GCM", "256", Use::Encryption)],
        _ => return None,
    })
}

fn named(mechanism: &str, parameter: &str, usage: Use) -> impl fmt::Display {
    let parameter = if parameter.is_empty() { String::new() } else { format!(" {parameter}") };
    format!("{mechanism}{parameter} for {usage}")
}

/// The first moment after a day, UTC, in microseconds.
fn end_of_day(date: toml::value::Datetime) -> Option<i64> {
    let date = date.date.filter(|_| date.time.is_none())?;
    let date = Date::new(
        i16::try_from(date.year).ok()?,
        i8::try_from(date.month).ok()?,
        i8::try_from(date.day).ok()?,
    );
    let next = date.ok()?.tomorrow().ok()?;
    Some(next.to_zoned(TimeZone::UTC).ok()?.timestamp().as_microsecond())
}

/// The day of a moment, UTC.
fn day(at: i64) -> String {
    Timestamp::from_microsecond(at)
        .map_or_else(|_| at.to_string(), |it| it.to_zoned(TimeZone::UTC).date().to_string())
}
