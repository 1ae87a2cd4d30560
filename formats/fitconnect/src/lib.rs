#![doc = include_str!("../README.md")]

pub mod event;
pub mod jwe;
mod jwe_shape;
pub mod jwk;
pub mod jws;
pub mod metadata;
pub mod set;
pub mod verify;
pub mod wire;
pub mod x509;

#[cfg(test)]
mod tests;
