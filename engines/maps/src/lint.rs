//! What is wrong or doubtful in a map. The rules know only what stands in it.

mod addresses;
mod circles;
mod costs;
mod dates;
mod gaps;
mod leftovers;
mod licences;
mod names;
mod obligations;
mod references;
mod remarks;
mod rules;
mod scores;

pub use rules::{RULES, Rule};

use jiff::civil::Date;
use landkarte::{Map, Section};
use remarks::Remarks;
use std::fmt;
use tree::Place;

/// How grave a remark is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// It cannot be right.
    Error,
    /// It contradicts something, or something is missing that others rely on.
    Warning,
    /// Worth a look.
    Hint,
}

impl Severity {
    /// Its name for machines.
    pub fn name(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Hint => "hint",
        }
    }

    /// Its title in one language.
    pub fn title(self, german: bool) -> &'static str {
        let (de, en) = match self {
            Self::Error => ("Fehler", "error"),
            Self::Warning => ("Warnung", "warning"),
            Self::Hint => ("Hinweis", "hint"),
        };
        if german { de } else { en }
    }
}

/// Something in a map that should be looked at.
#[derive(Debug, Clone, PartialEq)]
pub struct Remark {
    /// The rule, one of [`RULES`].
    pub rule: &'static str,
    /// How grave it is.
    pub severity: Severity,
    /// The entry it is about; nothing where it is about the map.
    pub entry: Option<(Section, String)>,
    /// The fact it is about.
    pub key: Option<String>,
    /// Where the fact or the entry stands in the file; line 0 where it was not read from one.
    pub place: Place,
    /// The sentence in German.
    pub de: String,
    /// The sentence in English.
    pub en: String,
}

impl Remark {
    /// The sentence in one language.
    pub fn wording(&self, german: bool) -> &str {
        if german { &self.de } else { &self.en }
    }
}

impl fmt::Display for Remark {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(to, "{}: {} [{}]: {}", self.place, self.severity.name(), self.rule, self.en)
    }
}

/// All remarks on a map, the gravest first, then in the order of the file. `today` is the day against which dates are held.
pub fn lint(map: &Map, today: Date) -> Vec<Remark> {
    let mut remarks = Remarks::default();
    references::check(map, &mut remarks);
    circles::check(map, &mut remarks);
    names::check(map, &mut remarks);
    gaps::check(map, &mut remarks);
    scores::check(map, &mut remarks);
    licences::check(map, &mut remarks);
    obligations::check(map, &mut remarks);
    costs::check(map, &mut remarks);
    dates::check(map, today, &mut remarks);
    addresses::check(map, &mut remarks);
    leftovers::check(map, &mut remarks);
    remarks.finish()
}
