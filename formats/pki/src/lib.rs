#![doc = include_str!("../README.md")]

mod certificate;
mod chain;
mod refused;
mod trust;
mod validate;

#[cfg(test)]
mod tests;

pub use certificate::{Certificate, KeyKind};
pub use chain::{Chain, LARGEST_CERTIFICATE, LONGEST_CHAIN, read_certificates, read_revocation_lists};
pub use refused::{Refused, Unreadable};
pub use trust::{SMALLEST_RSA, Trust};
pub use validate::{Revocation, Usage, Validated, validate};
