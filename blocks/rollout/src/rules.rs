//! Decisions: pure, without clock and database.

mod digest;
mod manifest;
mod pack;
mod sheet;
mod view;

pub use digest::{Digest, sha256};
pub use manifest::manifest;
pub use pack::{Packing, unpack};
pub use sheet::{Column, Sheet};
pub use view::{
    CLASSES, FORMULA, POPULATION_DATE, class_of, level_word, percent, rate_view, tally_view, thousandths,
};
