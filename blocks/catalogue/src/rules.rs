//! Decisions: pure, without clock and database.

mod address;
mod changes;
mod digest;
mod extract;
mod face;
mod find;
mod index;
mod matrix;
mod picture;
mod view;

pub use address::{TAKEN, Target, address, encode, path_of, target, usable_id};
pub use changes::{changes, standing_at};
pub use digest::sha256;
pub use extract::extract;
pub use face::{face, largest_section};
pub use find::find;
pub use index::{Facet, Index, Line, Link};
pub use matrix::{Cell, Matrix, matrix};
pub use picture::{BOX_HEIGHT, BOX_WIDTH, Picture, picture};
pub use view::{entry_line, entry_view, kind_title, origin, relations};
