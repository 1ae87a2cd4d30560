#![doc = include_str!("../README.md")]

mod cbor;
mod fault;
mod issue;
mod issuer_signed;
mod key;
mod mso;
mod present;
mod response;
mod transcript;
mod value;
mod verify;

#[cfg(test)]
mod tests;

pub use cbor::{MAX_BYTES, MAX_DEPTH};
pub use ciborium::Value;
pub use fault::Fault;
pub use issue::{Element, Issue, full_date};
pub use issuer_signed::{IssuerSigned, Item};
pub use key::{Curve, PublicKey, SigningKey};
pub use mso::{MobileSecurityObject, StatusReference, Validity};
pub use present::present;
pub use response::{DeviceResponse, Document};
pub use transcript::SessionTranscript;
pub use value::to_json;
pub use verify::{Claims, Expected, Presented};
