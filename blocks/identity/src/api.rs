//! JSON over HTTP.

mod keys;
mod people;
mod provider;
mod registration;
mod token;

use crate::Identity;
use utoipa_axum::router::OpenApiRouter;

/// All JSON routes of the block.
pub fn router(identity: &Identity) -> OpenApiRouter {
    OpenApiRouter::new()
        .merge(keys::router())
        .merge(people::router(identity))
        .merge(token::router(identity))
        .merge(provider::router(identity))
        .merge(registration::router(identity))
}
