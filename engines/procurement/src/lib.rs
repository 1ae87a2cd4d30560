#![doc = include_str!("../README.md")]

mod annex;
mod concern;
mod html;
mod interfaces;
mod markdown;
mod reuse;
#[cfg(test)]
mod tests;

pub use annex::{Annex, AnnexElement, AnnexSet, Choice, Demand, Evidence, Request, Source, Topic, annex};
pub use html::html;
pub use interfaces::{Direction, Interface};
pub use markdown::markdown;
pub use requirements::Words;
pub use reuse::{Hit, Reason, ReasonKind, Reuse, Wish, reuse};
