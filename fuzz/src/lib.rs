//! What several targets do: look at a tree from all sides, check a file and write every report, take an input apart.

mod document;
mod parts;
mod question;

pub use document::walk;
pub use parts::parts;
pub use question::{BillRules, report_on};
