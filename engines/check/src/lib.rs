#![doc = include_str!("../README.md")]

mod crypto;
mod finding;
mod join;
mod kind;
mod licence;
mod map;
mod maturity;
mod question;
mod read;
mod run;
mod sbom;

/// The forms in which findings are told.
pub mod report;

pub use finding::{Finding, Observation, Outcome, Said, Subject};
pub use crypto::Recommended;
pub use kind::Artefact;
pub use maturity::{Missing, Next, Reached};
pub use question::{CryptoRules, Input, Judgement, Observer, Question, Unreadable, Verdict};
pub use read::Read;
pub use report::{Checked, Report, Summary, UsedSet};
pub use run::{check, check_repository};

#[cfg(test)]
mod tests;
