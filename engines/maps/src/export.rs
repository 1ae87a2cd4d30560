//! Writing a map in other people's formats.

mod archimate;
mod jsonld;
mod table;

pub use archimate::archimate;
pub use jsonld::jsonld;
pub use table::{csv, facts};
