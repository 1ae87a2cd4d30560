//! JSON over HTTP: versions 1 and 2 are thin faces over the same operations.

mod about;
mod cases;
mod clients;
mod destination;
mod destinations_v1;
mod destinations_v2;
mod replies;
mod v1;
mod v2;
mod wire;

use crate::Delivery;
use axum::{middleware, response::Response};
use kernel::http::TypePrefix;
use utoipa_axum::router::OpenApiRouter;

/// Where FIT-Connect's problem types begin (Submission API 1.1.3).
const PROBLEMS: &str = "https://schema.fitko.de/fit-connect/submission-api/problems/";

/// All JSON routes of the block.
pub fn router(delivery: &Delivery) -> OpenApiRouter {
    let foreign = OpenApiRouter::new()
        .merge(v1::router(delivery))
        .merge(v2::router(delivery))
        .merge(cases::router(delivery))
        .merge(replies::router(delivery))
        .merge(destinations_v1::router(delivery))
        .merge(destinations_v2::router(delivery))
        .layer(middleware::map_response(prefix));
    foreign.merge(about::router()).merge(clients::router(delivery))
}

/// Lets problems carry the types of FIT-Connect.
async fn prefix(mut response: Response) -> Response {
    response.extensions_mut().insert(TypePrefix(PROBLEMS));
    response
}
