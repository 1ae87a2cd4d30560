//! Decisions.

pub mod attempt;
pub mod client_certificate;
pub mod client;
pub mod protocol;
pub mod refresh;
pub mod recovery;
pub mod rights;
pub mod secrets;
