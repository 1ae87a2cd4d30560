//! JSON over HTTP: parse, call the operation, answer.

mod claim;

use crate::{
    Mailbox,
    model::{CaseView, MessageContent, Since},
};
use axum::{
    body::Body,
    extract::State,
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use kernel::{
    Ctx, Result,
    http::{Json, Path, Query},
};
use ports::ids::{AttachmentId, CaseId, ReplyId};
use utoipa_axum::{router::OpenApiRouter, routes};

/// What belongs to one person must not stay in caches.
const PRIVATE: [(header::HeaderName, &str); 1] = [(header::CACHE_CONTROL, "no-store")];

pub(crate) fn router(mailbox: Mailbox) -> OpenApiRouter {
    OpenApiRouter::new()
        .routes(routes!(case))
        .routes(routes!(message))
        .routes(routes!(attachment))
        .routes(routes!(read))
        .merge(claim::router())
        .with_state(mailbox)
}

fn authorization(headers: &HeaderMap) -> Option<&str> {
    headers.get(header::AUTHORIZATION).and_then(|it| it.to_str().ok())
}

/// A case with its steps and messages.
///
/// With `after` the answer is 204 unless there is something newer; with `wait` it waits for it first. Requests carry
/// `Authorization: Case <access token>`, or the cookie of a session in whose account the case is.
#[utoipa::path(get, path = "/api/v1/mailbox/cases/{caseId}", operation_id = "mailbox_case", tag = "mailbox",
    params(("caseId" = String, Path), Since),
    responses((status = 200, body = CaseView), (status = 204, description = "nothing new"),
        (status = 401, description = "no access token"), (status = 404, description = "no such case, or another token")))]
async fn case(
    State(mailbox): State<Mailbox>,
    ctx: Ctx,
    Path(case): Path<CaseId>,
    Query(since): Query<Since>,
    headers: HeaderMap,
) -> Result<Response> {
    let found = mailbox.case(&ctx, &case, authorization(&headers), since).await?;
    Ok(match found {
        Some(view) => (PRIVATE, Json(view)).into_response(),
        None => (StatusCode::NO_CONTENT, PRIVATE).into_response(),
    })
}

/// The content of a message, encrypted to the citizen's key.
#[utoipa::path(get, path = "/api/v1/mailbox/cases/{caseId}/messages/{messageId}", operation_id = "mailbox_message", tag = "mailbox",
    params(("caseId" = String, Path), ("messageId" = String, Path)),
    responses((status = 200, body = MessageContent), (status = 401), (status = 404)))]
async fn message(
    State(mailbox): State<Mailbox>,
    ctx: Ctx,
    Path((case, message)): Path<(CaseId, ReplyId)>,
    headers: HeaderMap,
) -> Result<impl IntoResponse> {
    let content = mailbox.message(&ctx, &case, authorization(&headers), &message).await?;
    Ok((PRIVATE, Json(content)))
}

/// An attachment of a message: a compact JWE.
#[utoipa::path(get, path = "/api/v1/mailbox/cases/{caseId}/messages/{messageId}/attachments/{attachmentId}",
    operation_id = "mailbox_attachment", tag = "mailbox",
    params(("caseId" = String, Path), ("messageId" = String, Path), ("attachmentId" = String, Path)),
    responses((status = 200, content_type = "application/jose", body = String), (status = 401), (status = 404)))]
async fn attachment(
    State(mailbox): State<Mailbox>,
    ctx: Ctx,
    Path((case, message, attachment)): Path<(CaseId, ReplyId, AttachmentId)>,
    headers: HeaderMap,
) -> Result<impl IntoResponse> {
    let found = mailbox.attachment(&ctx, &case, authorization(&headers), &message, &attachment).await?;
    let about = [
        (header::CONTENT_TYPE, "application/jose".to_owned()),
        (header::CONTENT_LENGTH, found.size.to_string()),
        (header::CACHE_CONTROL, "no-store".to_owned()),
    ];
    Ok((about, Body::from_stream(found.pieces)))
}

/// Confirms that a message was read and that every tag and hash in it agreed.
#[utoipa::path(post, path = "/api/v1/mailbox/cases/{caseId}/messages/{messageId}/read", operation_id = "mailbox_read", tag = "mailbox",
    params(("caseId" = String, Path), ("messageId" = String, Path)),
    responses((status = 204), (status = 401), (status = 404)))]
async fn read(
    State(mailbox): State<Mailbox>,
    ctx: Ctx,
    Path((case, message)): Path<(CaseId, ReplyId)>,
    headers: HeaderMap,
) -> Result<StatusCode> {
    mailbox.acknowledge(&ctx, &case, authorization(&headers), &message).await?;
    Ok(StatusCode::NO_CONTENT)
}
