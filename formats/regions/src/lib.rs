#![doc = include_str!("../README.md")]

mod dataset;
mod diff;
mod fault;
pub mod gv100ad;
pub mod import;
mod key;
mod kind;
pub mod postcodes;
pub mod public_services;
pub mod shipped;
mod table;

pub use dataset::{Dataset, Region};
pub use diff::{Change, Diff, diff};
pub use fault::{Fault, Faults, Wording};
pub use key::{KeyError, Level, RegionKey};
pub use kind::Kind;
pub use postcodes::{Postcode, PostcodeRow};
pub use public_services::PublicServiceRow;

/// The line that must be shown wherever the regions are shown (Destatis, terms of GV-ISys).
pub const NOTICE: &str = "© Statistisches Bundesamt (Destatis), 2025, Gemeindeverzeichnis GV-ISys";

/// The line that must be shown wherever the postcodes are shown (the Open Database License 1.0, section 4.3).
pub const POSTCODE_NOTICE: &str = "Postleitzahlen: © OpenStreetMap-Mitwirkende, ODbL 1.0 (Stand etwa 2021)";
