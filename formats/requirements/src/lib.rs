#![doc = include_str!("../README.md")]

pub mod checks;
mod differences;
mod fault;
mod library;
mod model;
mod read;
pub mod shipped;

#[cfg(test)]
mod tests;

pub use checks::{Check, PROBES};
pub use differences::{Change, Difference, differences};
pub use fault::Fault;
pub use library::{Library, Resolved};
pub use model::{
    ARTEFACTS, Applies, How, Level, List, Model, ModelLevel, Requirement, Set, Source, Term, Tightening,
    Words,
};

/// The JSON Schema (2020-12) of the file format, for editors. [`Set::read`] checks more than it does.
pub const JSON_SCHEMA: &str = include_str!("../schema/requirements-1.schema.json");
