#![doc = include_str!("../README.md")]

mod addresses;
mod check;
mod compile;
mod equality;
mod format;
mod misfit;
mod part;
mod pattern;

pub use compile::Schema;
pub use misfit::{Misfit, Trouble, What};

#[cfg(test)]
mod tests;
