#![doc = include_str!("../README.md")]

mod disclosure;
pub mod issue;
pub mod jws;
pub mod key;
pub mod key_binding;
mod process;
pub mod sd_jwt;
pub mod status;
pub mod vc;

#[cfg(test)]
mod tests;

pub use process::{PathPart, ProcessFault};
pub use sd_jwt::{ParseFault, SdJwt};
