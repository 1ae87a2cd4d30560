#![doc = include_str!("../README.md")]

mod diff;
mod duties;
pub mod export;
mod graph;
pub mod import;
mod lint;
mod slug;

pub use diff::{Change, Difference, differences};
pub use duties::{
    DUTY_MONTHS, Duty, DutyCount, DutyLine, DutyRow, DutyTable, Proof, Standing, duties, duty_table,
};
pub use graph::{
    Branch, Direction, Matrix, Neighbour, capability_tree, matrix, neighbourhood, relation_title,
};
pub use import::{Note, Source};
pub use landkarte::{Fault, Map};
pub use lint::{RULES, Remark, Rule, Severity, lint};

#[cfg(test)]
mod tests;
