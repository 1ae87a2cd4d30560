#![doc = include_str!("../README.md")]

mod addresses;
mod case_log;
mod checklist;
mod connection;
mod destination;
mod draft;
mod edge;
mod error;
mod incoming;
mod outgoing;
mod replies;
mod source;
mod subscriber;
mod trust;

#[cfg(test)]
mod tests;

pub use addresses::{Addresses, Version};
pub use case_log::{CaseLog, Decision};
pub use checklist::{Check, Outcome, Step};
pub use connection::{Client, Retries};
pub use destination::{Destination, Destinations, PublicService, Recipient};
pub use draft::{Draft, DraftAttachment, DraftFile, DraftKeeper};
pub use error::{Error, Refusal, Result};
pub use incoming::{ReceivedAttachment, ReceivedDocument, SchemaCheck, SchemaVerdict};
pub use outgoing::{FRAGMENT, Outgoing, Sent};
pub use replies::ReceivedReply;
pub use source::Source;
pub use subscriber::{Faulty, Fetched, Received, Reference, SubmissionForPickup, Subscriber};
pub use trust::Trust;

/// The formats that are spoken: keys, tokens, events, bodies.
pub use fitconnect;
/// Ids are UUIDs.
pub use uuid::Uuid;
