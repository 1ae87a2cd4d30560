//! All SQL of the block.

pub mod attachment;
pub mod callback;
pub mod case;
pub mod client;
pub mod destination;
pub mod due;
pub mod event;
pub mod key;
pub mod link;
pub mod overview;
pub mod reply;
pub mod submission;
