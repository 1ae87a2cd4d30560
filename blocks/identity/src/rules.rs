//! Decisions.

pub mod algorithms;
pub mod attempt;
pub mod client;
pub mod client_certificate;
pub mod protocol;
pub mod recovery;
pub mod refresh;
pub mod registration;
pub mod rights;
pub mod secrets;
