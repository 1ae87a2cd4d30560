#![doc = include_str!("../README.md")]

pub mod dcql;
pub mod encryption;
pub mod intended_use;
pub mod request;
pub mod response;
mod signature;

#[cfg(test)]
mod tests;
