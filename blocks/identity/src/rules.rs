//! Decisions.

pub mod attempt;
pub mod client;
pub mod rights;
pub mod secrets;
