//! The desk's pages.

mod decide;
mod detail;
mod list;
mod reply;
mod words;

use crate::{api::content, operations::Desk};
use axum::{
    Router,
    extract::State,
    http::{HeaderValue, header},
    response::{IntoResponse, Redirect, Response},
    routing::{get, post},
};
use kernel::{
    Ctx, Result,
    http::{Path, Query},
};
use serde::Deserialize;
use std::sync::Arc;

pub(crate) type AppState = State<Arc<Desk>>;

/// Largest form with an uploaded file, bytes.
const UPLOAD: usize = 30_000_000;

pub(crate) fn router(desk: Arc<Desk>) -> Router {
    Router::new()
        .route("/", get(list::list))
        .route("/collect", post(list::collect))
        .route("/submissions/{id}", get(detail::detail))
        .route("/submissions/{id}/print", get(detail::print))
        .route("/submissions/{id}/refresh", post(detail::refresh))
        .route("/submissions/{id}/attachments/{attachment}", get(attachment))
        .route("/submissions/{id}/replies/{reply}", get(notice))
        .route("/submissions/{id}/accept", get(decide::ask_accept).post(decide::accept))
        .route("/submissions/{id}/reject", get(decide::ask_reject).post(decide::reject))
        .route("/submissions/{id}/reply", get(reply::form).post(reply::send))
        .layer(axum::extract::DefaultBodyLimit::max(UPLOAD))
        .with_state(desk)
}

#[derive(Deserialize)]
struct Saving {
    save: Option<String>,
}

async fn attachment(
    State(desk): AppState,
    ctx: Ctx,
    Path((id, attachment)): Path<(String, String)>,
    Query(saving): Query<Saving>,
) -> Result<Response> {
    let found = desk.attachment(&ctx, &id, &attachment).await?;
    content(&ctx, &found.content, &found.media, &found.name, saving.save.is_some()).await
}

async fn notice(
    State(desk): AppState,
    ctx: Ctx,
    Path((id, reply)): Path<(String, String)>,
) -> Result<Response> {
    let (name, bytes) = desk.notice(&ctx, &id, &reply).await?;
    let mut response = bytes.into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/pdf"));
    if let Ok(value) = HeaderValue::from_str(&crate::rules::disposition(true, &name)) {
        headers.insert(header::CONTENT_DISPOSITION, value);
    }
    Ok(response)
}

/// Back to a submission, so that reloading repeats nothing.
fn back(id: &str) -> Response {
    Redirect::to(&format!("/submissions/{id}")).into_response()
}
