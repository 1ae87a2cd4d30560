#![doc = include_str!("../README.md")]

mod competences;
mod fold;
mod places;
mod search;
mod typo;

pub use competences::{Answer, Competences, Conflict, Rule};
pub use fold::fold;
pub use places::{Place, Places};
pub use search::{Hit, Matched};
pub use typo::is_near;
