//! The SQL of this block, and nothing else.

mod channel;
mod dataset;
mod destination;
mod entry;

pub use channel::{all_channels, put_channel, set_warned};
pub use dataset::{
    activate, active_dataset, all_datasets, bump, delete_dataset, insert_dataset, mark_activated, version,
};
pub use destination::{all_destinations, put_destination};
pub use entry::{
    all_offices, all_organisations, all_public_services, all_rules, delete_channel, delete_office,
    delete_organisation, delete_public_service, delete_rule, put_office, put_organisation,
    put_public_service, put_rule,
};
