//! HTML: parse, call the operation, show.

use crate::operations::Directory;
use axum::Router;

pub fn router(_directory: Directory) -> Router {
    Router::new()
}
