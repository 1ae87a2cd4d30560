//! The findings of one run, and the forms in which they are told.

mod folded;
mod html;
mod json;
mod junit;
mod markdown;
mod sarif;
mod summary;
mod text;

pub use html::html;
pub use json::json;
pub use junit::junit;
pub use markdown::markdown;
pub use sarif::sarif;
pub use summary::{Counts, Summary};
pub use text::text;

use crate::{Artefact, Finding, Outcome, Reached, maturity};
use requirements::{Level, Model, Words};
use std::collections::HashSet;

/// A file that was checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checked {
    /// Its path as the caller gave it.
    pub path: String,
    /// What it is.
    pub kind: Artefact,
    /// SHA-256 of its bytes, hexadecimal; where it was asked for.
    pub sha256: Option<String>,
    /// Its length in bytes.
    pub bytes: usize,
}

/// A set that was checked against.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UsedSet {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: Words,
    /// The version of what it describes.
    pub version: String,
    /// Its maturity models.
    pub models: Vec<Model>,
}

/// Everything one run found.
#[derive(Debug, Clone, Default)]
pub struct Report {
    /// The files, in the order in which they were given.
    pub files: Vec<Checked>,
    /// The findings: by file, then by requirement as the sets list them, then by subject.
    pub findings: Vec<Finding>,
    /// The sets that were checked against.
    pub sets: Vec<UsedSet>,
    /// The day the report judges by, as 2026-11-28.
    pub date: String,
}

impl Report {
    /// How many findings there are of each level and outcome.
    pub fn summary(&self) -> Summary {
        Summary::of(&self.findings)
    }

    /// Whether something at this level or above is unmet; never, where no level is given.
    pub fn fails(&self, at: Option<Level>) -> bool {
        let unmet = |it: &Finding| it.outcome == Outcome::Unmet;
        at.is_some_and(|level| self.findings.iter().any(|it| unmet(it) && it.level() >= level))
    }

    /// Which level of a maturity model is reached, and what is missing for the next.
    pub fn maturity(&self, model: &Model) -> Reached {
        maturity::reached(model, &self.findings)
    }

    /// The same for each model of the sets that were checked against.
    pub fn all_maturity(&self) -> Vec<Reached> {
        let mut seen = HashSet::new();
        let models = self.sets.iter().flat_map(|it| &it.models).filter(|it| seen.insert(&it.id));
        models.map(|it| self.maturity(it)).collect()
    }

    /// The set with this id, if it was checked against.
    pub fn set(&self, id: &str) -> Option<&UsedSet> {
        self.sets.iter().find(|it| it.id == id)
    }
}
