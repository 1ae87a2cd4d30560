#![doc = include_str!("../README.md")]

pub mod event;
pub mod jwe;
mod jwe_shape;
pub mod jwk;
pub mod jws;
pub mod set;

#[cfg(test)]
mod tests;
