#![doc = include_str!("../README.md")]

mod build;
mod core_schema;
mod fault;
mod fit;
mod json;
mod node;
mod place;
mod read;
mod xml;
mod yaml;

pub use fault::{Expected, Fault, Reason};
pub use fit::from_node;
pub use node::{Kind, Node};
pub use place::{Place, line_of};
pub use read::{Comment, Double, Format, Limits, Tree, is_json, is_xml};

#[cfg(test)]
mod tests;
