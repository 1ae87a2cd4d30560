#![doc = include_str!("../README.md")]

mod autocomplete;
mod check;
mod fault;
mod model;
mod read;
mod rules;
mod schema;

#[cfg(test)]
mod tests;

pub use check::{Issue, check, check_schema};
pub use fault::Fault;
pub use model::{Choice, Field, FileRule, Form, Group, Notice, Part, Source, Step, Widget, Words};
