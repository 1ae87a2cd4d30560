#![doc = include_str!("../README.md")]

mod fault;
mod model;
mod places;
mod read;
mod repair;
mod schemas;
mod source;
mod tag_value;
mod written;
mod xml;

#[cfg(test)]
mod tests;

pub use fault::{Fault, Reason};
pub use model::{
    Acknowledgement, Bom, Completeness, Component, Composition, Dependency, Double, Hash, Identifier,
    Licence, LicenceForm, Located, Party, Property, Reference, Relation, Standard, Stated, Syntax,
};
pub use repair::{Creator, Given, GivenFile, Open, Repaired, Said, repair};
pub use source::{Document, Source, prepare, recognise};
