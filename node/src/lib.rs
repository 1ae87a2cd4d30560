#![doc = include_str!("../README.md")]

pub mod admin;
pub mod cli;
pub mod config;
pub mod crypto;
pub mod demo;
pub mod house;
mod keyring;
mod openapi;
mod pages;
mod serve;
pub mod test_ca;
mod tls;
mod wiring;

pub use config::Config;
pub use house::House;
pub use openapi::document as openapi_document;
