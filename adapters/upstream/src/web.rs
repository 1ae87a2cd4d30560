//! The addresses a browser passes, and the one a provider calls.

use crate::Upstream;
use axum::{
    Router,
    extract::{RawQuery, State},
    http::{StatusCode, header},
    response::{IntoResponse, Redirect, Response},
    routing::{get, post},
};
use kernel::{
    Ctx, Result,
    http::{Form, Path, Query},
};
use ports::identity::Arrived;
use serde::Deserialize;

pub fn router(upstream: &Upstream) -> Router {
    Router::new()
        .route("/sign-in/oidc/{connection}", get(send))
        .route("/sign-in/oidc/{connection}/callback", get(finish))
        .route("/sign-in/oidc/{connection}/logout", post(logged_out))
        .with_state(upstream.clone())
}

#[derive(Deserialize)]
struct Start {
    attempt: String,
}

async fn send(
    State(upstream): State<Upstream>,
    ctx: Ctx,
    Path(connection): Path<String>,
    Query(start): Query<Start>,
) -> Result<Redirect> {
    Ok(Redirect::to(&upstream.send(&ctx, &connection, &start.attempt).await?))
}

async fn finish(
    State(upstream): State<Upstream>,
    ctx: Ctx,
    Path(connection): Path<String>,
    RawQuery(query): RawQuery,
) -> Result<Arrived> {
    let query = query.unwrap_or_default();
    let pairs: Vec<(String, String)> = url::form_urlencoded::parse(query.as_bytes()).into_owned().collect();
    upstream.finish(&ctx, &connection, &pairs).await
}

#[derive(Deserialize)]
struct LoggedOut {
    logout_token: String,
}

/// 200 when done, 400 for a token that is not right (Back-Channel Logout, section 2.8); never kept by a cache.
async fn logged_out(
    State(upstream): State<Upstream>,
    ctx: Ctx,
    Path(connection): Path<String>,
    Form(told): Form<LoggedOut>,
) -> Result<Response> {
    let outcome = upstream.logged_out(&ctx, &connection, &told.logout_token).await;
    let no_store = [(header::CACHE_CONTROL, "no-store")];
    match outcome {
        Ok(()) => Ok((StatusCode::OK, no_store).into_response()),
        Err(error) if error.code().code == "upstream.not_trusted" => Ok((
            StatusCode::BAD_REQUEST,
            no_store,
            axum::Json(serde_json::json!({ "error": "invalid_request" })),
        )
            .into_response()),
        Err(error) => Err(error),
    }
}
