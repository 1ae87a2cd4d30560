#![doc = include_str!("../README.md")]

pub mod catalogue;
pub mod conformance;
pub mod delivery;
pub mod directory;
pub mod identity;
pub mod ids;
pub mod mailbox;
pub mod rollout;
