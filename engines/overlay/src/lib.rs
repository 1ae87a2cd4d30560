#![doc = include_str!("../README.md")]

mod axis;
mod contradictions;
mod cores;
mod decisions;
mod evidence;
mod input;
mod matching;
mod matrix;
mod names;
mod picture;
mod potential;
pub mod report;
mod sentence;
mod statement;
#[cfg(test)]
mod tests;
mod weights;

pub use axis::Axis;
pub use contradictions::{Contradiction, Version};
pub use decisions::{Decision, Decisions};
pub use evidence::{Evidence, EvidenceKind, MERGED_FROM};
pub use input::{Input, Question};
pub use landkarte::{Fault, Map};
pub use matrix::{Matrix, Row};
pub use picture::{Cluster, InputMap, Link, Member, Picture, Remark, RemarkKind, Suggestion, overlay};
pub use potential::{Part, PartKind, Potential, Range};
pub use sentence::Sentence;
pub use statement::Statement;
pub use weights::{SHIPPED as SHIPPED_WEIGHTS, Weights};
