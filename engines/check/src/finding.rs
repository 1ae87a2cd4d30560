//! What a check observes, and what a requirement makes of it.

use requirements::{Level, Requirement};
use std::{fmt, sync::Arc};

/// How an observation or a finding ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Outcome {
    /// What is required is there.
    Met,
    /// What is required is missing or wrong.
    Unmet,
    /// It cannot be told; the finding names the input that is missing.
    Unknown,
    /// The requirement does not speak of this subject.
    NotApplicable,
}

impl Outcome {
    /// All of them, in the order in which reports count them.
    pub const ALL: [Self; 4] = [Self::Met, Self::Unmet, Self::Unknown, Self::NotApplicable];

    /// The word of the wire: `met`, `unmet`, `unknown`, `not-applicable`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Met => "met",
            Self::Unmet => "unmet",
            Self::Unknown => "unknown",
            Self::NotApplicable => "not-applicable",
        }
    }

    /// The outcome with this wire word.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.name() == name)
    }

    /// The word for people.
    pub fn title(self, german: bool) -> &'static str {
        match (self, german) {
            (Self::Met, true) => "erfüllt",
            (Self::Met, false) => "met",
            (Self::Unmet, true) => "nicht erfüllt",
            (Self::Unmet, false) => "not met",
            (Self::Unknown, true) => "unbekannt",
            (Self::Unknown, false) => "unknown",
            (Self::NotApplicable, true) => "nicht anwendbar",
            (Self::NotApplicable, false) => "not applicable",
        }
    }
}

/// German and English, the same every time. One reference, since a large file has hundreds of thousands of findings.
pub type Fixed = &'static (&'static str, &'static str);

/// A sentence in German and in English; costs nothing where it is always the same.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Said {
    /// The same every time.
    Fixed(Fixed),
    /// German, English; made for one subject.
    Made(Box<(String, String)>),
}

impl Said {
    /// A sentence made for one subject.
    pub fn made(german: impl Into<String>, english: impl Into<String>) -> Self {
        Self::Made(Box::new((german.into(), english.into())))
    }

    /// The sentence in one of the two languages.
    pub fn get(&self, german: bool) -> &str {
        match self {
            Self::Fixed((de, en)) => {
                if german {
                    de
                } else {
                    en
                }
            }
            Self::Made(both) => {
                if german {
                    &both.0
                } else {
                    &both.1
                }
            }
        }
    }
}

/// What an observation is about; shared, since one component answers many requirements.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Subject {
    /// The file it stands in.
    pub file: Arc<str>,
    /// Where in the file: a JSON Pointer (RFC 6901), empty for the whole file.
    pub pointer: String,
    /// A name for people; may be empty.
    pub name: String,
    /// Line, from 1; 0 where there is none.
    pub line: u32,
    /// Column in characters, from 1; 0 where there is none.
    pub column: u32,
}

impl Subject {
    /// A file as a whole.
    pub fn file(path: &str) -> Self {
        Self { file: path.into(), pointer: String::new(), name: String::new(), line: 0, column: 0 }
    }
}

impl fmt::Display for Subject {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        to.write_str(&self.file)?;
        if !self.pointer.is_empty() {
            to.write_str("#")?;
            to.write_str(&self.pointer)?;
        }
        Ok(())
    }
}

/// What a check saw. Requirements that name the check turn it into findings.
#[derive(Debug, Clone)]
pub struct Observation {
    /// The name of the check, such as `sbom.creator`.
    pub check: &'static str,
    /// What it is about.
    pub subject: Arc<Subject>,
    /// How it ends.
    pub outcome: Outcome,
    /// Why, in a sentence.
    pub reason: Said,
    /// With `Unknown`: the input that is missing. With `Unmet`: set where the thing is *absent* rather than wrong; a
    /// conditional requirement ("to be given if it exists") then answers `Unknown`.
    pub missing: Option<Said>,
}

impl Observation {
    /// What is required is there.
    pub fn met(check: &'static str, subject: &Arc<Subject>, reason: Said) -> Self {
        Self { check, subject: Arc::clone(subject), outcome: Outcome::Met, reason, missing: None }
    }

    /// What is there is wrong.
    pub fn unmet(check: &'static str, subject: &Arc<Subject>, reason: Said) -> Self {
        Self { check, subject: Arc::clone(subject), outcome: Outcome::Unmet, reason, missing: None }
    }

    /// What is required is not there. `missing` names it as an input somebody has to give.
    pub fn absent(check: &'static str, subject: &Arc<Subject>, reason: Said, missing: Said) -> Self {
        Self { check, subject: Arc::clone(subject), outcome: Outcome::Unmet, reason, missing: Some(missing) }
    }

    /// It cannot be told without `missing`.
    pub fn unknown(check: &'static str, subject: &Arc<Subject>, reason: Said, missing: Said) -> Self {
        Self {
            check,
            subject: Arc::clone(subject),
            outcome: Outcome::Unknown,
            reason,
            missing: Some(missing),
        }
    }

    /// The check does not speak of this subject.
    pub fn not_applicable(check: &'static str, subject: &Arc<Subject>, reason: Said) -> Self {
        Self { check, subject: Arc::clone(subject), outcome: Outcome::NotApplicable, reason, missing: None }
    }
}

/// An observation in the light of one requirement: level, source and repair hint are the requirement's.
#[derive(Debug, Clone)]
pub struct Finding {
    /// What is required.
    pub requirement: Arc<Requirement>,
    /// Of what.
    pub subject: Arc<Subject>,
    /// Whether it is so.
    pub outcome: Outcome,
    /// Why, in a sentence.
    pub reason: Said,
    /// The input that is missing; always set with `Unknown`.
    pub missing: Option<Said>,
}

impl Finding {
    /// What a requirement makes of an observation.
    pub fn of(requirement: &Arc<Requirement>, seen: &Observation) -> Self {
        Self::taken(requirement, seen.clone())
    }

    /// The same, with the words of the observation.
    pub(crate) fn taken(requirement: &Arc<Requirement>, seen: Observation) -> Self {
        let absent = seen.outcome == Outcome::Unmet && seen.missing.is_some();
        let outcome = if absent && requirement.conditional { Outcome::Unknown } else { seen.outcome };
        let missing = if outcome == Outcome::Unknown { seen.missing } else { None };
        Self {
            requirement: Arc::clone(requirement),
            subject: seen.subject,
            outcome,
            reason: seen.reason,
            missing,
        }
    }

    /// The level of its requirement.
    pub fn level(&self) -> Level {
        self.requirement.level
    }
}
