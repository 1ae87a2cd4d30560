//! JSON over HTTP.

mod keys;
mod token;

use crate::Identity;
use utoipa_axum::router::OpenApiRouter;

/// All JSON routes of the block.
pub fn router(identity: &Identity) -> OpenApiRouter {
    OpenApiRouter::new().merge(keys::router()).merge(token::router(identity))
}
