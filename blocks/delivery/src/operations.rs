//! What the block does, one file an operation.

pub mod acknowledge;
pub mod attach;
pub mod callback;
pub mod case_log;
pub mod expire;
pub mod fetch;
pub mod list;
pub mod open;
pub mod post_event;
pub mod record;
pub mod reply;
pub mod submit;
pub mod token;
