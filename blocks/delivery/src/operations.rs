//! What the block does, one file an operation.

pub mod attach;
pub mod callback;
pub mod case_log;
pub mod client;
pub mod destination_change;
pub mod destination_create;
pub mod destination_delete;
pub mod destination_read;
pub mod expire;
pub mod fetch;
pub mod key_add;
pub mod list;
pub mod notify;
pub mod open;
pub mod overview;
pub mod post_event;
pub mod record;
pub mod reply;
pub mod retention;
pub mod scope;
pub mod submit;
pub mod trust;
