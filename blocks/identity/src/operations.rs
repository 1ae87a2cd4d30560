//! What the block does.

pub mod arrive;
pub mod attempt;
pub mod client;
pub mod scope;
pub mod session;
pub mod tidy;
pub mod token;
