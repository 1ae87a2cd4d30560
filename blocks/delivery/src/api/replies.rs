//! Replies. No description of this interface is published: paths and bodies are a guess of this project.

use super::wire::{self, CONTENT, Known, Listing};
use crate::{
    Delivery,
    model::{Owner, Page, ReplyOpening, ReplyRow, Version, WaitingReply},
    names::may,
    operations,
};
use axum::{
    extract::{Request, State},
    http::StatusCode,
    response::{IntoResponse, Response},
};
use kernel::{
    Result,
    http::{Json, Path, Query},
};
use ports::{
    delivery::{Reply, SealedContent},
    ids::{AttachmentId, CaseId, DestinationId, ReplyId},
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

pub fn router(delivery: &Delivery) -> OpenApiRouter {
    OpenApiRouter::new()
        .routes(routes!(list_replies, create_reply))
        .routes(routes!(fetch_reply, submit_reply))
        .routes(routes!(fetch_reply_attachment, attach_to_reply))
        .routes(routes!(confirm_reply))
        .with_state(delivery.clone())
}

/// A reply to be opened.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct CreateReply {
    case_id: CaseId,
    #[serde(default)]
    announced_attachments: Vec<AttachmentId>,
    /// The author's own id of this request: the same id is the same reply.
    #[schema(value_type = Option<String>)]
    request_id: Option<uuid::Uuid>,
}

/// A reply that was opened or sent off.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[expect(clippy::struct_field_names, reason = "the names on the wire")]
struct ReplyReduced {
    reply_id: ReplyId,
    case_id: CaseId,
    destination_id: DestinationId,
}

impl From<ReplyRow> for ReplyReduced {
    fn from(it: ReplyRow) -> Self {
        Self { reply_id: it.id, case_id: it.case_id, destination_id: it.destination }
    }
}

impl From<WaitingReply> for ReplyReduced {
    fn from(it: WaitingReply) -> Self {
        Self { reply_id: it.id, case_id: it.case_id, destination_id: it.destination }
    }
}

/// Replies that wait to be fetched, the oldest first.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct RepliesForPickup {
    count: usize,
    offset: i64,
    total_count: i64,
    replies: Vec<ReplyReduced>,
}

impl From<Page<WaitingReply>> for RepliesForPickup {
    fn from(page: Page<WaitingReply>) -> Self {
        Self {
            count: page.items.len(),
            offset: page.offset,
            total_count: page.total,
            replies: page.items.into_iter().map(Into::into).collect(),
        }
    }
}

/// Encrypted content, to be sent off.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct SubmitReply {
    /// A compact JWE.
    encrypted_metadata: String,
    /// A compact JWE.
    encrypted_data: String,
}

/// Opens a reply in a case.
#[utoipa::path(post, path = "/submission-api/v2/replies", tag = "FIT-Connect v2", request_body = CreateReply,
    responses((status = 201, body = ReplyReduced), (status = 404, description = "No such case, or not its receiving side")))]
async fn create_reply(
    State(delivery): State<Delivery>,
    Known(ctx): Known,
    body: Result<Json<CreateReply>>,
) -> Result<Response> {
    ctx.require(may::REPLY)?;
    let Json(body) = body?;
    let opening = ReplyOpening {
        case: body.case_id,
        announced: body.announced_attachments,
        request: body.request_id.map(|it| it.to_string()),
    };
    let reply = operations::reply::open(&delivery, &ctx, opening).await?;
    Ok((StatusCode::CREATED, Json::<_>(ReplyReduced::from(reply))).into_response())
}

/// Takes an announced attachment of a reply; it may be replaced until the reply is sent off.
#[utoipa::path(put, path = "/submission-api/v2/replies/{replyId}/attachments/{attachmentId}", tag = "FIT-Connect v2",
    params(("replyId" = String, Path), ("attachmentId" = String, Path)),
    request_body(content = String, content_type = "application/jose"),
    responses((status = 204, description = "Stored"), (status = 413, description = "Too large"),
        (status = 415, description = "Not application/jose"), (status = 422, description = "Not announced")))]
async fn attach_to_reply(
    State(delivery): State<Delivery>,
    Known(ctx): Known,
    Path((id, attachment)): Path<(ReplyId, AttachmentId)>,
    request: Request,
) -> Result<StatusCode> {
    let owner = Owner::Reply(id);
    let body = match wire::jose(request, delivery.config().attachment_bytes) {
        Ok(it) => it,
        Err(error) => return Err(operations::fetch::refusal(&ctx, &owner, error).await),
    };
    operations::attach::attach(&delivery, &ctx, &owner, &attachment, body, Version::V2).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Sends a reply off. Sending the same content again is answered in the same way.
#[utoipa::path(put, path = "/submission-api/v2/replies/{replyId}", tag = "FIT-Connect v2",
    params(("replyId" = String, Path)), request_body = SubmitReply,
    responses((status = 200, body = ReplyReduced), (status = 409, description = "Sent with other content"),
        (status = 422, description = "Announced attachments are missing")))]
async fn submit_reply(
    State(delivery): State<Delivery>,
    Known(ctx): Known,
    Path(id): Path<ReplyId>,
    body: Result<Json<SubmitReply, CONTENT>>,
) -> Result<Json<ReplyReduced>> {
    let body = match body {
        Ok(Json(it)) => it,
        Err(error) => return Err(operations::fetch::refusal(&ctx, &Owner::Reply(id), error).await),
    };
    let content = SealedContent {
        encrypted_metadata: body.encrypted_metadata,
        encrypted_data: Some(body.encrypted_data),
    };
    Ok(Json(operations::reply::submit(&delivery, &ctx, &id, content).await?.into()))
}

/// Lists replies that wait for the caller, the sender of their cases.
#[utoipa::path(get, path = "/submission-api/v2/replies", tag = "FIT-Connect v2", params(Listing),
    responses((status = 200, body = RepliesForPickup)))]
async fn list_replies(Known(ctx): Known, Query(listing): Query<Listing>) -> Result<Json<RepliesForPickup>> {
    Ok(Json(operations::list::replies(&ctx, listing.window()?).await?.into()))
}

/// Fetches a reply; also after it was accepted, until it is deleted.
#[utoipa::path(get, path = "/submission-api/v2/replies/{replyId}", tag = "FIT-Connect v2",
    params(("replyId" = String, Path)),
    responses((status = 200, body = Reply), (status = 404, description = "Unknown, or not for the caller")))]
async fn fetch_reply(Known(ctx): Known, Path(id): Path<ReplyId>) -> Result<Json<Reply>> {
    Ok(Json(operations::fetch::whole_reply(&ctx, &id).await?))
}

/// Fetches an attachment of a reply.
#[utoipa::path(get, path = "/submission-api/v2/replies/{replyId}/attachments/{attachmentId}", tag = "FIT-Connect v2",
    params(("replyId" = String, Path), ("attachmentId" = String, Path)),
    responses((status = 200, body = String, content_type = "application/jose"),
        (status = 404, description = "Unknown, or not for the caller")))]
async fn fetch_reply_attachment(
    Known(ctx): Known,
    Path((id, attachment)): Path<(ReplyId, AttachmentId)>,
) -> Result<Response> {
    Ok(wire::jose_response(operations::fetch::reply_attachment(&ctx, &id, &attachment).await?))
}

/// Confirms that a reply arrived, for readers without a signing key: the node adds `accept-reply` to the log.
#[utoipa::path(post, path = "/submission-api/v2/replies/{replyId}/receipt", tag = "FIT-Connect v2",
    params(("replyId" = String, Path)),
    responses((status = 204, description = "Confirmed"), (status = 404, description = "Unknown, or not for the caller")))]
async fn confirm_reply(
    State(delivery): State<Delivery>,
    Known(ctx): Known,
    Path(id): Path<ReplyId>,
) -> Result<StatusCode> {
    operations::reply::acknowledge(&delivery, &ctx, &id).await?;
    Ok(StatusCode::NO_CONTENT)
}
