//! The pages.

mod sign_in;

use crate::Identity;
use axum::Router;

pub fn router(identity: &Identity) -> Router {
    sign_in::router(identity)
}
