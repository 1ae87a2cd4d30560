//! What several targets do: look at a tree from all sides, check a file and write every report.

mod document;
mod question;

pub use document::walk;
pub use question::{BillRules, report_on};
