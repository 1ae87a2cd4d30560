//! What everybody may know of this node: its public keys and the versions of its interfaces.

use crate::names::may;
use axum::{
    http::header,
    response::{IntoResponse, Response},
};
use kernel::{Ctx, Result, http::Json};
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

pub fn router() -> OpenApiRouter {
    OpenApiRouter::new().routes(routes!(jwks_v2)).routes(routes!(version_1)).routes(routes!(version_2))
}

/// Which version an interface has.
#[derive(Serialize, ToSchema)]
struct Versions {
    version: VersionNumber,
}

/// A semantic version.
#[derive(Serialize, ToSchema)]
struct VersionNumber {
    major: u32,
    minor: u32,
    patch: u32,
}

/// The keys that this node signs event logs with.
#[utoipa::path(get, path = "/submission-api/.well-known/jwks.json", operation_id = "v2_jwks", tag = "FIT-Connect v2",
    security(()), responses((status = 200, body = fitconnect::jwk::Jwks)))]
async fn jwks_v2(ctx: Ctx) -> Result<Response> {
    ctx.require(may::LOOK_UP)?;
    Ok(([(header::CACHE_CONTROL, "public, max-age=300")], Json(ctx.keys().jwks())).into_response())
}

/// The version of the Submission API that version 1 is compatible with.
#[utoipa::path(get, path = "/v1/info", operation_id = "v1_info", tag = "FIT-Connect v1", security(()),
    responses((status = 200, body = Versions)))]
async fn version_1(ctx: Ctx) -> Result<Json<Versions>> {
    ctx.require(may::LOOK_UP)?;
    Ok(Json(Versions { version: VersionNumber { major: 1, minor: 1, patch: 3 } }))
}

/// The version of the Submission API that version 2 is compatible with, as observed in June 2026.
#[utoipa::path(get, path = "/submission-api/v2/info", operation_id = "v2_info", tag = "FIT-Connect v2", security(()),
    responses((status = 200, body = Versions)))]
async fn version_2(ctx: Ctx) -> Result<Json<Versions>> {
    ctx.require(may::LOOK_UP)?;
    Ok(Json(Versions { version: VersionNumber { major: 2, minor: 0, patch: 0 } }))
}
