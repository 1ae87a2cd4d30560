//! The public keys with which this node signs access tokens and event logs.

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
    OpenApiRouter::new().routes(routes!(jwks))
}

/// Public keys (RFC 7517, section 5).
#[derive(Serialize, ToSchema)]
struct KeySet {
    /// Each with `kty`, `alg`, `kid`, `key_ops` and its certificates.
    keys: Vec<serde_json::Map<String, serde_json::Value>>,
}

/// The keys with which this node signs access tokens and event logs.
#[utoipa::path(get, path = "/.well-known/jwks.json", operation_id = "jwks", tag = "OAuth", security(()),
    responses((status = 200, body = KeySet)))]
async fn jwks(ctx: Ctx) -> Result<Response> {
    ctx.require(may::READ_KEYS)?;
    Ok(([(header::CACHE_CONTROL, "public, max-age=300")], Json(ctx.keys().jwks())).into_response())
}
