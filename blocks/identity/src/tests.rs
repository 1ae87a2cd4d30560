//! The block seen from its doors.

mod arriving;
mod tokens;
