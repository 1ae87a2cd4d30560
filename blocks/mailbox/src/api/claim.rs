//! Cases in accounts.

use super::{PRIVATE, authorization};
use crate::{
    Mailbox,
    model::{ClaimList, NewClaim, Part},
};
use axum::{
    extract::State,
    http::{HeaderMap, StatusCode},
    response::IntoResponse,
};
use kernel::{
    Ctx, Result,
    http::{Json, Path, Query},
};
use ports::ids::CaseId;
use utoipa_axum::{router::OpenApiRouter, routes};

pub(crate) fn router() -> OpenApiRouter<Mailbox> {
    OpenApiRouter::new().routes(routes!(claim, release)).routes(routes!(claims))
}

/// Takes a case into the account of whoever is signed in.
///
/// Needs both: `Authorization: Case <access token>` and the cookie of a session. With the key of a passkey the messages can be
/// read without the link later; without one only the steps show.
#[utoipa::path(post, path = "/api/v1/mailbox/cases/{caseId}/claim", operation_id = "mailbox_claim", tag = "mailbox",
    params(("caseId" = String, Path)), request_body = NewClaim,
    responses((status = 204), (status = 401), (status = 403, description = "not signed in as a person"),
        (status = 404, description = "no such case, or another token"), (status = 422, description = "key or passkey are not right")))]
async fn claim(
    State(mailbox): State<Mailbox>,
    ctx: Ctx,
    Path(case): Path<CaseId>,
    headers: HeaderMap,
    Json(new): Json<NewClaim>,
) -> Result<StatusCode> {
    mailbox.claim(&ctx, &case, authorization(&headers), new).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Takes a case out of the account; its link goes on working.
#[utoipa::path(delete, path = "/api/v1/mailbox/cases/{caseId}/claim", operation_id = "mailbox_release", tag = "mailbox",
    params(("caseId" = String, Path)), responses((status = 204), (status = 401), (status = 403)))]
async fn release(State(mailbox): State<Mailbox>, ctx: Ctx, Path(case): Path<CaseId>) -> Result<StatusCode> {
    mailbox.release(&ctx, &case).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// The cases in the account of whoever is signed in, the newest first.
#[utoipa::path(get, path = "/api/v1/mailbox/claims", operation_id = "mailbox_claims", tag = "mailbox", params(Part),
    responses((status = 200, body = ClaimList), (status = 401), (status = 403)))]
async fn claims(
    State(mailbox): State<Mailbox>,
    ctx: Ctx,
    Query(part): Query<Part>,
) -> Result<impl IntoResponse> {
    let (offset, limit) = part.checked();
    let (total_count, claims) = mailbox.claims(&ctx, offset, limit).await?;
    Ok((PRIVATE, Json(ClaimList { count: claims.len(), offset, total_count, claims })))
}
