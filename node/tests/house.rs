//! The house seen from outside: one binary for all tests that need a whole node.

#[path = "house/off.rs"]
mod off;
#[path = "house/refusal.rs"]
mod refusal;
#[path = "house/shop.rs"]
mod shop;
