//! The logs of cases, submissions and replies.

use super::wire::{self, EventLog, Known, Listing};
use crate::{Delivery, model::Version, operations, operations::case_log::Topic};
use axum::{
    extract::{Request, State},
    http::StatusCode,
};
use kernel::{
    Ctx, Result,
    http::{Json, Path, Query},
};
use ports::ids::{CaseId, ReplyId, SubmissionId};
use utoipa_axum::{router::OpenApiRouter, routes};

pub fn router(delivery: &Delivery) -> OpenApiRouter {
    OpenApiRouter::new()
        .routes(routes!(log_v1, post_v1))
        .routes(routes!(log_v2, post_v2))
        .routes(routes!(log_of_submission))
        .routes(routes!(log_of_reply))
        .with_state(delivery.clone())
}

async fn log(delivery: &Delivery, ctx: &Ctx, topic: Topic, listing: &Listing) -> Result<Json<EventLog>> {
    let window = listing.window()?;
    Ok(Json(operations::case_log::tokens(delivery, ctx, &topic, window).await?.into()))
}

async fn post(
    delivery: &Delivery,
    ctx: &Ctx,
    case: &CaseId,
    request: Request,
    version: Version,
) -> Result<StatusCode> {
    let token = match wire::token(request, ctx.lang()).await {
        Ok(it) => it,
        Err(error) => return Err(operations::case_log::refusal(ctx, case, error).await),
    };
    operations::post_event::post_event(delivery, ctx, case, &token, version).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Reads the log of a case: signed event tokens, the newest last.
#[utoipa::path(get, path = "/v1/cases/{caseId}/events", tag = "FIT-Connect v1",
    params(("caseId" = String, Path), Listing),
    responses((status = 200, body = EventLog), (status = 404, description = "No such case, or no party of it")))]
async fn log_v1(
    State(delivery): State<Delivery>,
    Known(ctx): Known,
    Path(case): Path<CaseId>,
    Query(listing): Query<Listing>,
) -> Result<Json<EventLog>> {
    log(&delivery, &ctx, Topic::Case(case), &listing).await
}

/// Adds a decision of the receiving system to the log of a case: a signed event token, stored byte for byte.
#[utoipa::path(post, path = "/v1/cases/{caseId}/events", tag = "FIT-Connect v1", params(("caseId" = String, Path)),
    request_body(content = String, content_type = "application/jose"),
    responses((status = 204, description = "Stored"), (status = 400, description = "The token cannot be read"),
        (status = 409, description = "Not in this state, or known already"),
        (status = 422, description = "The token says what does not hold")))]
async fn post_v1(
    State(delivery): State<Delivery>,
    Known(ctx): Known,
    Path(case): Path<CaseId>,
    request: Request,
) -> Result<StatusCode> {
    post(&delivery, &ctx, &case, request, Version::V1).await
}

/// Reads the log of a case: signed event tokens, the newest last.
#[utoipa::path(get, path = "/submission-api/v2/cases/{caseId}/events", tag = "FIT-Connect v2",
    params(("caseId" = String, Path), Listing),
    responses((status = 200, body = EventLog), (status = 404, description = "No such case, or no party of it")))]
async fn log_v2(
    State(delivery): State<Delivery>,
    Known(ctx): Known,
    Path(case): Path<CaseId>,
    Query(listing): Query<Listing>,
) -> Result<Json<EventLog>> {
    log(&delivery, &ctx, Topic::Case(case), &listing).await
}

/// Adds a decision of the receiving system to the log of a case: a signed event token, stored byte for byte.
#[utoipa::path(post, path = "/submission-api/v2/cases/{caseId}/events", tag = "FIT-Connect v2",
    params(("caseId" = String, Path)), request_body(content = String, content_type = "application/jose"),
    responses((status = 204, description = "Stored"), (status = 400, description = "The token cannot be read"),
        (status = 409, description = "Not in this state, or known already"),
        (status = 422, description = "The token says what does not hold")))]
async fn post_v2(
    State(delivery): State<Delivery>,
    Known(ctx): Known,
    Path(case): Path<CaseId>,
    request: Request,
) -> Result<StatusCode> {
    post(&delivery, &ctx, &case, request, Version::V2).await
}

/// Reads the part of a log that is about one submission.
#[utoipa::path(get, path = "/submission-api/v2/submissions/{submissionId}/events", tag = "FIT-Connect v2",
    params(("submissionId" = String, Path), Listing),
    responses((status = 200, body = EventLog), (status = 404, description = "No such submission, or no party of its case")))]
async fn log_of_submission(
    State(delivery): State<Delivery>,
    Known(ctx): Known,
    Path(id): Path<SubmissionId>,
    Query(listing): Query<Listing>,
) -> Result<Json<EventLog>> {
    log(&delivery, &ctx, Topic::Submission(id), &listing).await
}

/// Reads the part of a log that is about one reply.
#[utoipa::path(get, path = "/submission-api/v2/replies/{replyId}/events", tag = "FIT-Connect v2",
    params(("replyId" = String, Path), Listing),
    responses((status = 200, body = EventLog), (status = 404, description = "No such reply, or no party of its case")))]
async fn log_of_reply(
    State(delivery): State<Delivery>,
    Known(ctx): Known,
    Path(id): Path<ReplyId>,
    Query(listing): Query<Listing>,
) -> Result<Json<EventLog>> {
    log(&delivery, &ctx, Topic::Reply(id), &listing).await
}
