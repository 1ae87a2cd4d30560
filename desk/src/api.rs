//! The desk's own small API, for casework systems that fetch by themselves.
//!
//! `Authorization: Bearer <token>` with the token of a target of kind `api`; it sees what waits for that target only.

use crate::{
    operations::{Desk, Receipt},
    rules,
};
use axum::{
    Router,
    body::Body,
    extract::State,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
    routing::{get, post},
};
use kernel::{
    Ctx, Result,
    http::{Json, Path},
};
use serde_json::{Value, json};
use std::sync::Arc;

type AppState = State<Arc<Desk>>;

pub(crate) fn router(desk: Arc<Desk>) -> Router {
    Router::new()
        .route("/api/v1/desk/submissions", get(list))
        .route("/api/v1/desk/submissions/{id}", get(one))
        .route("/api/v1/desk/submissions/{id}/attachments/{attachment}", get(attachment))
        .route("/api/v1/desk/submissions/{id}/receipt", post(receipt))
        .with_state(desk)
}

/// What waits for the caller, the oldest first, at most a hundred.
async fn list(State(desk): AppState, ctx: Ctx) -> Result<Json<Value>> {
    let ids = desk.waiting_for(&ctx, &ctx.actor().name).await?;
    let mut waiting = Vec::new();
    for id in &ids {
        waiting.push(desk.package_for(&ctx, &ctx.actor().name, id).await?.about());
    }
    Ok(Json(json!({ "count": waiting.len(), "submissions": waiting })))
}

/// One submission with its data.
async fn one(State(desk): AppState, ctx: Ctx, Path(id): Path<String>) -> Result<Json<Value>> {
    let package = desk.package_for(&ctx, &ctx.actor().name, &id).await?;
    let mut about = package.about();
    if let Some(fields) = about.as_object_mut() {
        fields.insert("data".to_owned(), package.data());
    }
    Ok(Json(about))
}

/// The content of an attachment.
async fn attachment(
    State(desk): AppState,
    ctx: Ctx,
    Path((id, attachment)): Path<(String, String)>,
) -> Result<Response> {
    let package = desk.package_for(&ctx, &ctx.actor().name, &id).await?;
    let found = package
        .attachments
        .into_iter()
        .find(|it| it.id == attachment)
        .ok_or(crate::names::fault::NOT_FOUND)?;
    content(&ctx, &found.content, &found.media, &found.name, true).await
}

/// The caller has taken a submission over; saying so again changes nothing.
async fn receipt(
    State(desk): AppState,
    ctx: Ctx,
    Path(id): Path<String>,
    Json(receipt): Json<Receipt>,
) -> Result<StatusCode> {
    desk.take_receipt(&ctx, &ctx.actor().name, &id, &receipt).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Content as an answer: foreign types are only ever saved, never shown.
pub(crate) async fn content(
    ctx: &Ctx,
    content: &str,
    media: &str,
    name: &str,
    save: bool,
) -> Result<Response> {
    let (size, pieces) = ctx.content().stream(content).await?.ok_or(crate::names::fault::NOT_FOUND)?;
    let shown = rules::shown_inline(media);
    let media = if shown { media } else { "application/octet-stream" };
    let mut response = Body::from_stream(pieces).into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_LENGTH, size.into());
    for (header, value) in [
        (header::CONTENT_TYPE, media.to_owned()),
        (header::CONTENT_DISPOSITION, rules::disposition(shown && !save, name)),
    ] {
        if let Ok(value) = HeaderValue::from_str(&value) {
            headers.insert(header, value);
        }
    }
    Ok(response)
}
