//! What the caller gives and asks.

use crate::{Observation, Read};
use requirements::Library;
use std::fmt;
use tree::Place;

/// A file, read by the caller.
#[derive(Debug, Clone, Copy)]
pub struct Input<'i> {
    /// Its path as it is to stand in the report.
    pub path: &'i str,
    /// Its bytes.
    pub content: &'i [u8],
}

/// What is asked of the files.
#[derive(Clone)]
pub struct Question<'q> {
    /// The requirement sets that are known.
    pub library: &'q Library,
    /// Ids of the sets to check against; empty: all that speak of the kind of file at hand.
    pub sets: Vec<&'q str>,
    /// The day to judge by, as 2026-11-28.
    pub today: String,
    /// The dated rules for cryptography.
    pub crypto: &'q dyn CryptoRules,
    /// How many places in which a file breaks its own schema are named at most.
    pub most_misfits: usize,
    /// Whether the report is to name the SHA-256 of each file.
    pub hashes: bool,
    /// Further checks that the caller brings, such as the linter of maps.
    pub more: &'q [&'q Observer],
}

/// A check that the caller brings: it looks at a file and adds what it sees.
pub type Observer = dyn Fn(&Read<'_>, &mut Vec<Observation>) + Sync;

/// The dated rules for cryptography, as the caller has them.
pub trait CryptoRules: Sync {
    /// Whether a mechanism may be used on a day.
    ///
    /// `usage` is a use of the policy in kebab-case; `at_day` is a day as 2026-11-28.
    fn judge(&self, mechanism: &str, parameter: &str, usage: &str, at_day: &str) -> Judgement;

    /// The edition of the rules, such as `2026-01`.
    fn edition(&self) -> &str;
}

/// What the rules for cryptography say of one mechanism.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Judgement {
    /// The verdict.
    pub verdict: Verdict,
    /// The last day on which it may be used, where an end is known.
    pub until: Option<String>,
    /// The reason in German and in English.
    pub message: (String, String),
    /// The place in the rules.
    pub source: String,
}

/// Whether a mechanism may be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// It may be used.
    Allowed,
    /// It may be used, but its end is near.
    EndsSoon,
    /// It may not be used, or no longer.
    Refused,
    /// The rules do not name it.
    NotNamed,
}

/// A file that cannot be read, or not as what was asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unreadable {
    /// The file.
    pub path: String,
    /// Where in it, where that is known.
    pub place: Option<Place>,
    /// The reason in German.
    pub de: String,
    /// The reason in English.
    pub en: String,
}

impl Unreadable {
    /// The reason in one of the two languages, with path and place before it.
    pub fn sentence(&self, german: bool) -> String {
        let reason = if german { &self.de } else { &self.en };
        match self.place {
            Some(place) => format!("{}:{place}: {reason}", self.path),
            None => format!("{}: {reason}", self.path),
        }
    }
}

impl fmt::Display for Unreadable {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        to.write_str(&self.sentence(false))
    }
}

impl std::error::Error for Unreadable {}
