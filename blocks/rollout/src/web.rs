//! HTML: parse, call the operation, show.

use crate::operations::Rollout;
use axum::Router;

/// All pages of the block.
pub fn router(rollout: Rollout) -> Router {
    Router::new().with_state(rollout)
}
