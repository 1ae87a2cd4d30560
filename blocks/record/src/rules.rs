//! Decisions: pure, no clock, no database.

pub mod export;
pub mod filter;
pub mod peer;
pub mod words;
