//! JSON over HTTP: parse, call the operation, answer.

use crate::{
    Record,
    model::{
        Asked, CaseRecord, CheckpointView, ConsistencyView, EventList, ProofView, Sizes, Whose, WitnessView,
    },
    names::{fault, may},
    rules::export::Form,
};
use axum::{
    body::Body,
    extract::State,
    http::{HeaderMap, header},
    response::IntoResponse,
};
use kernel::{
    Ctx, Error, Result,
    http::{Json, Path, Query},
};
use ports::ids::CaseId;
use serde::Deserialize;
use serde_json::Value;
use utoipa::IntoParams;
use utoipa_axum::{router::OpenApiRouter, routes};

/// What is about people must not stay in caches.
const PRIVATE: [(header::HeaderName, &str); 1] = [(header::CACHE_CONTROL, "no-store")];

pub(crate) fn router(record: &Record) -> OpenApiRouter {
    let mut router = OpenApiRouter::new()
        .routes(routes!(events))
        .routes(routes!(export))
        .routes(routes!(proof))
        .routes(routes!(checkpoint))
        .routes(routes!(consistency))
        .routes(routes!(keys))
        .routes(routes!(witness));
    if record.cases.is_some() {
        router = router.routes(routes!(case));
    }
    router.with_state(record.clone())
}

/// What was done, the newest first: rows of the record that have been sealed.
#[utoipa::path(get, path = "/api/v1/record/events", operation_id = "record_events", tag = "record", params(Asked),
    responses((status = 200, body = EventList), (status = 400), (status = 401), (status = 403)))]
async fn events(
    State(record): State<Record>,
    ctx: Ctx,
    Query(asked): Query<Asked>,
) -> Result<impl IntoResponse> {
    Ok((PRIVATE, Json(record.events(&ctx, &asked).await?)))
}

/// As what rows are exported.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct As {
    /// `csv` or `jsonl`.
    #[serde(default)]
    format: String,
}

/// All rows of a question as CSV or JSON Lines. That they were exported is recorded.
#[utoipa::path(get, path = "/api/v1/record/export", operation_id = "record_export", tag = "record", params(Asked, As),
    responses((status = 200, content_type = "text/csv", body = String), (status = 400), (status = 401), (status = 403)))]
async fn export(
    State(record): State<Record>,
    ctx: Ctx,
    Query(asked): Query<Asked>,
    Query(wanted): Query<As>,
) -> Result<impl IntoResponse> {
    let (de, en) = ("Erwartet wird „csv“ oder „jsonl“.", "Expected is “csv” or “jsonl”.");
    let refused =
        || Error::from(fault::BAD_FILTER).with("value", &wanted.format).worded("reason", de, en).at("format");
    ctx.require(may::READ)?;
    let form = Form::parse(&wanted.format).ok_or_else(refused)?;
    let exported = record.export(ctx, &asked, form).await?;
    let about = [
        (header::CONTENT_TYPE, form.media().to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{}\"", form.file())),
        (header::CACHE_CONTROL, "no-store".to_owned()),
    ];
    Ok((about, Body::from_stream(exported.into_stream())))
}

/// The proof that a row is in the log (RFC 9162, section 2.1.3), for the newest checkpoint.
#[utoipa::path(get, path = "/api/v1/record/proofs/{id}", operation_id = "record_proof", tag = "record",
    params(("id" = String, Path, description = "the id of the row")),
    responses((status = 200, body = ProofView), (status = 401), (status = 403), (status = 404), (status = 409)))]
async fn proof(State(record): State<Record>, ctx: Ctx, Path(id): Path<String>) -> Result<impl IntoResponse> {
    Ok((PRIVATE, Json(record.proof(&ctx, &id).await?)))
}

/// The newest checkpoint: size and root of the log, signed.
#[utoipa::path(get, path = "/api/v1/record/checkpoint", operation_id = "record_checkpoint", tag = "record",
    responses((status = 200, body = CheckpointView), (status = 404, description = "nothing was sealed yet")))]
async fn checkpoint(State(record): State<Record>, ctx: Ctx) -> Result<Json<CheckpointView>> {
    Ok(Json(record.checkpoint(&ctx).await?))
}

/// The proof that the log of one size continues that of a smaller one (RFC 9162, section 2.1.4).
#[utoipa::path(get, path = "/api/v1/record/consistency", operation_id = "record_consistency", tag = "record", params(Sizes),
    responses((status = 200, body = ConsistencyView), (status = 400), (status = 422, description = "sizes the log never had")))]
async fn consistency(
    State(record): State<Record>,
    ctx: Ctx,
    Query(sizes): Query<Sizes>,
) -> Result<Json<ConsistencyView>> {
    Ok(Json(record.consistency(&ctx, sizes).await?))
}

/// The public keys with which checkpoints and confirmations are signed, as a JWK set.
#[utoipa::path(get, path = "/api/v1/record/keys", operation_id = "record_keys", tag = "record",
    responses((status = 200, body = Object)))]
async fn keys(ctx: Ctx) -> Result<Json<Value>> {
    ctx.require(may::WITNESS)?;
    Ok(Json(ctx.keys().oidc_jwks()))
}

/// What this node has seen of another one's log, signed by this node.
#[utoipa::path(get, path = "/api/v1/record/witness", operation_id = "record_witness", tag = "record", params(Whose),
    responses((status = 200, body = WitnessView), (status = 400), (status = 404, description = "nothing seen")))]
async fn witness(
    State(record): State<Record>,
    ctx: Ctx,
    Query(whose): Query<Whose>,
) -> Result<Json<WitnessView>> {
    Ok(Json(record.witness(&ctx, &whose).await?))
}

/// Who did what with a case, in words. Requests carry `Authorization: Case <access token>`.
#[utoipa::path(get, path = "/api/v1/record/cases/{caseId}", operation_id = "record_case", tag = "record",
    params(("caseId" = String, Path)),
    responses((status = 200, body = CaseRecord), (status = 401, description = "no access token"),
        (status = 404, description = "no such case, or another token")))]
async fn case(
    State(record): State<Record>,
    ctx: Ctx,
    Path(case): Path<CaseId>,
    headers: HeaderMap,
) -> Result<impl IntoResponse> {
    let authorization = headers.get(header::AUTHORIZATION).and_then(|it| it.to_str().ok());
    Ok((PRIVATE, Json(record.case(&ctx, &case, authorization).await?)))
}
