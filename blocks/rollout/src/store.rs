//! The SQL of this block, and nothing else.

mod import;
mod keeper;
mod submission;

pub use import::{
    delete_import, import, insert_import, keep, old_previews, preview_of, set_by_hash, sets, sets_of_import,
    version_by_snapshot, versions,
};
pub use keeper::{keeper, keepers, next_number, set_hidden};
pub use submission::{count, counted, forget_heard, hear};
