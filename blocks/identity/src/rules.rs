//! Decisions.

pub mod algorithms;
pub mod attempt;
pub mod certificate;
pub mod client;
pub mod client_certificate;
pub mod permission;
pub mod protocol;
pub mod recovery;
pub mod refresh;
pub mod registration;
pub mod rights;
pub mod secrets;
