#![doc = include_str!("../README.md")]

mod comments;
mod entry;
mod fault;
mod json_schema;
mod map;
mod read;
mod reference;
mod section;
mod shipped;
#[cfg(test)]
mod tests;
pub mod vocabulary;
mod write;

pub use entry::{Entry, FACT_KIND, Fact, UNKNOWN, words};
pub use fault::Fault;
pub use json_schema::{JSON_SCHEMA, json_schema};
pub use map::{Map, Origin, Relation};
pub use reference::tables;
pub use section::{FactKind, Section};
pub use shipped::{shipped, shipped_text};
pub use tree::Place;
pub use vocabulary::{Choice, Group, Key, Shape, key, vocabulary};
