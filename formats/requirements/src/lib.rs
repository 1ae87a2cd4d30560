#![doc = include_str!("../README.md")]

mod fault;
mod model;

pub use fault::Fault;
pub use model::{
    ARTEFACTS, Applies, How, Level, Model, ModelLevel, Requirement, Set, Source, Term, Tightening, Words,
};
