//! The nouns of the block.

mod callback;
mod case;
mod client;
mod destination;
mod event;
mod overview;
mod reply;
mod submission;

pub use callback::*;
pub use case::*;
pub use client::*;
pub use destination::*;
pub use event::*;
pub use overview::*;
pub use reply::*;
pub use submission::*;
