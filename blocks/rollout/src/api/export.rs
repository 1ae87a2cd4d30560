//! Everything as files.

use super::Choice;
use crate::{
    names::fault,
    operations::{Format, Rollout, What},
};
use axum::{
    extract::State,
    http::header,
    response::{IntoResponse, Response},
};
use kernel::{Ctx, Result, http::Query};
use serde::Deserialize;
use utoipa::IntoParams;

#[derive(Default, Deserialize, IntoParams)]
#[serde(default)]
#[into_params(parameter_in = Query)]
pub(super) struct ExportQuery {
    /// csv or parquet; csv where nothing is said.
    format: String,
    /// changes (one line a change, with its source) or rates (the last 24 months); changes where nothing is said.
    what: String,
    /// The key of one public service; all where nothing is said.
    service: Option<String>,
}

/// A roll-out as a file: CSV (UTF-8) or Parquet.
#[utoipa::path(get, path = "/api/v1/rollout/export", operation_id = "exportRollout", tag = "rollout",
    params(Choice, ExportQuery), responses((status = 200, body = Vec<u8>, content_type = "text/csv")))]
pub(super) async fn export(
    State(rollout): State<Rollout>,
    ctx: Ctx,
    Query(choice): Query<Choice>,
    Query(query): Query<ExportQuery>,
) -> Result<Response> {
    let format = Format::named(&query.format)?;
    let what = match query.what.as_str() {
        "" | "changes" => What::Changes,
        "rates" => What::Rates,
        other => return Err(fault::BAD_ORDER.with("sort", other).with("known", "changes, rates").at("what")),
    };
    let opened = rollout.open(&ctx, Some(&choice.tenant)).await?;
    let chosen = opened.choose(&ctx, &choice.base, &choice.date)?;
    let exported = rollout.export(&ctx, &opened, (what, format), query.service.as_deref(), &chosen).await?;
    let headers = [
        (header::CONTENT_TYPE, exported.format.media().to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{}\"", exported.name)),
    ];
    Ok((headers, exported.content).into_response())
}
