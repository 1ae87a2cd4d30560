//! The SQL of this block, and nothing else.

mod decision;
mod map;
mod preview;

pub use decision::{decisions, delete_decision, delete_decisions, put_decision};
pub use map::{
    all_maps, forget_versions, map, put_map, put_version, set_deleted, set_published, text, versions,
};
pub use preview::{delete_old_previews, delete_preview, delete_previews_of, insert_preview, preview};
