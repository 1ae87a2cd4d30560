//! Decisions.

pub mod attempt;
pub mod rights;
pub mod secrets;
