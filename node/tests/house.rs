//! The house seen from outside: one binary for all tests that need a whole node.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

#[path = "house/audit.rs"]
mod audit;
#[path = "house/bad_input.rs"]
mod bad_input;
#[path = "house/check.rs"]
mod check;
#[path = "house/command.rs"]
mod command;
#[path = "house/crypto.rs"]
mod crypto;
#[path = "house/logs.rs"]
mod logs;
#[path = "house/off.rs"]
mod off;
#[path = "house/overlay.rs"]
mod overlay;
#[path = "house/refusal.rs"]
mod refusal;
#[path = "house/rights.rs"]
mod rights;
#[path = "house/rollout.rs"]
mod rollout;
#[path = "house/shop.rs"]
mod shop;
