//! What the block does.

pub mod account;
pub mod admit;
pub mod alarm;
pub mod approval;
pub mod arrive;
pub mod attempt;
pub mod certificate;
pub mod client;
pub mod link;
pub mod passkey;
pub mod people;
pub mod recovery;
pub mod role;
pub mod scope;
pub mod session;
pub mod setting;
pub mod throttle;
pub mod tidy;
pub mod token;
