//! Decisions: what a good entry is, and who is competent. Pure: no clock, no database.

mod certificate;
mod check;
mod competence;
mod date;
mod public_service;

pub use certificate::{days_left, due_warning, read_certificate};
pub use check::{
    Flaw, flaws_of_channel, flaws_of_office, flaws_of_organisation, flaws_of_public_service, read_rule,
};
pub use competence::{destination_regions, rules_of_destination, target_of};
pub use date::date;
pub use public_service::{Catalogue, normalise, urn};
