//! The block seen from its doors.

mod arriving;
mod provider;
mod refusals;
mod relying;
mod tokens;
