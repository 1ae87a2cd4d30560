//! The block seen from its doors.

mod arriving;
mod device;
mod escalation;
mod links;
mod passkeys;
mod people;
mod programs;
mod provider;
mod refusals;
mod relying;
mod tokens;
mod visit;
