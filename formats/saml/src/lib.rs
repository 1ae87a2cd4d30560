#![doc = include_str!("../README.md")]

mod akdb;
pub mod bundid;
mod encryption;
mod fault;
pub mod idp;
mod keys;
mod level;
pub mod metadata;
pub mod muk;
pub mod names;
mod policy;
mod request;
mod response;
mod signature;
mod xml;

pub use akdb::{ErrorCode, Extension, LONGEST_NAME, Method, Requested};
pub use fault::Fault;
pub use keys::{Certificate, DecryptionKey, SigningKey};
pub use level::Level;
pub use policy::{Algorithm, Policy};
pub use request::Request;
pub use response::{Answer, Attribute, Expected, Status, Value, answers, from_post, verify};

#[cfg(test)]
mod tests;
