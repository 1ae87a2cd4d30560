//! How many findings there are of each level and outcome.

use crate::{Finding, Outcome};
use requirements::Level;

/// How many findings ended in which way.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// Met.
    pub met: usize,
    /// Not met.
    pub unmet: usize,
    /// Unknown.
    pub unknown: usize,
    /// Not applicable.
    pub not_applicable: usize,
}

impl Counts {
    /// How many ended in this way.
    pub fn of(&self, outcome: Outcome) -> usize {
        match outcome {
            Outcome::Met => self.met,
            Outcome::Unmet => self.unmet,
            Outcome::Unknown => self.unknown,
            Outcome::NotApplicable => self.not_applicable,
        }
    }

    /// How many there are.
    pub fn total(&self) -> usize {
        self.met + self.unmet + self.unknown + self.not_applicable
    }

    /// The outcome that counts for all of them: the worst, where not applicable is better than met is better than
    /// unknown is better than unmet.
    pub fn worst(&self) -> Outcome {
        if self.unmet > 0 {
            Outcome::Unmet
        } else if self.unknown > 0 {
            Outcome::Unknown
        } else if self.met > 0 {
            Outcome::Met
        } else {
            Outcome::NotApplicable
        }
    }

    pub(crate) fn add(&mut self, outcome: Outcome) {
        match outcome {
            Outcome::Met => self.met += 1,
            Outcome::Unmet => self.unmet += 1,
            Outcome::Unknown => self.unknown += 1,
            Outcome::NotApplicable => self.not_applicable += 1,
        }
    }
}

/// The counts of each level.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Summary {
    /// Of what must be.
    pub muss: Counts,
    /// Of what should be.
    pub soll: Counts,
    /// Of what may be.
    pub kann: Counts,
}

impl Summary {
    /// Counts findings.
    pub fn of(findings: &[Finding]) -> Self {
        let mut summary = Self::default();
        for finding in findings {
            let counts = match finding.level() {
                Level::Muss => &mut summary.muss,
                Level::Soll => &mut summary.soll,
                Level::Kann => &mut summary.kann,
            };
            counts.add(finding.outcome);
        }
        summary
    }

    /// The counts of one level.
    pub fn level(&self, level: Level) -> &Counts {
        match level {
            Level::Muss => &self.muss,
            Level::Soll => &self.soll,
            Level::Kann => &self.kann,
        }
    }
}
