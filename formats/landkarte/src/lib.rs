#![doc = include_str!("../README.md")]

mod comments;
mod entry;
mod fault;
mod map;
mod read;
mod section;
pub mod vocabulary;
mod write;

pub use entry::{Entry, FACT_KIND, Fact, UNKNOWN, words};
pub use fault::Fault;
pub use map::{Map, Origin, Relation};
pub use section::{FactKind, Section};
pub use tree::Place;
pub use vocabulary::{Choice, Group, Key, Shape, key, vocabulary};
