//! Pure decisions: no database, no clock, no network.

pub mod access;
pub mod body;
pub mod callback;
pub mod certificate;
pub mod destination;
pub mod event;
pub mod ownership;
pub mod scope;
pub mod state;
