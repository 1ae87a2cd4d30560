//! The pages of the block.

use crate::Delivery;
use kernel::{Nav, Text};

/// The pages.
pub fn router(_: &Delivery) -> axum::Router {
    axum::Router::new()
}

/// The link to them.
pub fn nav() -> Vec<Nav> {
    vec![Nav { path: "/delivery", label: Text { de: "Zustellung", en: "Delivery" }, admin: true }]
}
