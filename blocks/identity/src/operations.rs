//! What the block does.

pub mod arrive;
pub mod attempt;
pub mod session;
pub mod tidy;
