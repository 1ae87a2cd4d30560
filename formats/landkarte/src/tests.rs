//! Tests over the whole crate.

mod reading;
mod shipped;
mod writing;
