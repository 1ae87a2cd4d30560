#![doc = include_str!("../README.md")]

mod base;
mod comparison;
mod day;
mod lines;
mod published;
mod rate;
mod reader;
mod stage;
mod tally;
mod territory;
mod timeline;

pub use base::{Base, BaseValue, Weights};
pub use comparison::{Compared, Reason, compare, compare_published};
pub use day::{Day, Month, month_ends};
pub use lines::{Difference, Line, differences, in_force, pack, read_lines, write_lines};
pub use published::{Figure, Measure, PublishedService, PublishedSet, read_published};
pub use rate::{Rate, Share};
pub use reader::{
    BaseRows, ChangeFile, ChangeRow, Count, Known, PublicServiceChanges, Sent, Texts, is_public_service, read,
};
pub use stage::{Connection, Stage, Standing};
pub use tally::{Part, Tally};
pub use territory::{COMPETENT, Territory};
pub use timeline::{Entry, Timeline};

pub use regions::{Fault, Faults, Level, RegionKey, Wording};

#[cfg(test)]
mod tests;
