#![doc = include_str!("../README.md")]

mod asked;
mod crypto;
mod element;
mod finding;
mod join;
mod kind;
mod licence;
mod map;
mod maturity;
mod modelcard;
mod openapi;
mod publiccode;
mod question;
mod read;
mod repository;
mod run;
mod sbom;

/// The forms in which findings are told.
pub mod report;

pub use crypto::Recommended;
pub use element::{Answer, Evidence, check_element};
pub use finding::{Finding, Fixed, Observation, Outcome, Said, Subject};
pub use kind::{Artefact, suspected};
pub use maturity::{Missing, Next, Reached};
pub use question::{CryptoRules, Input, Judgement, Observer, Question, Unreadable, Verdict};
pub use read::Read;
pub use report::{Checked, Report, Summary, UsedSet};
pub use run::{check, check_repository};

#[cfg(test)]
mod tests;
