//! Organisations, offices and rules in and out of the directory.

use crate::{
    names::{fault, may},
    operations::{Bundle, Directory, Form, Noun, Outcome},
};
use axum::{
    body::Body,
    extract::State,
    http::{HeaderMap, header},
    response::{IntoResponse, Response},
};
use kernel::{
    Actor, Ctx, Result,
    http::{Json, Query, read_body},
};
use serde::Deserialize;
use utoipa::IntoParams;

#[derive(Default, Deserialize, IntoParams)]
#[serde(rename_all = "camelCase", default)]
#[into_params(parameter_in = Query)]
pub(super) struct ExchangeQuery {
    /// `json` or `csv`; for an import the content type says it.
    format: String,
    /// For CSV: `organisations`, `offices` or `rules`.
    kind: String,
    /// Only say what an import would do.
    dry_run: bool,
    /// The tenant that keeps new entries; only the operator may name another one than its own.
    tenant: String,
}

const LARGEST: u64 = 32 * 1024 * 1024;

/// The caller's organisations, offices and rules as one JSON file, or one kind of them as CSV.
#[utoipa::path(get, path = "/api/v1/directory/export", tag = "directory", params(ExchangeQuery), responses((status = 200, body = Bundle)))]
pub(super) async fn export(
    State(directory): State<Directory>,
    ctx: Ctx,
    Query(query): Query<ExchangeQuery>,
) -> Result<Response> {
    let form = match query.format.as_str() {
        "" | "json" => Form::Json,
        "csv" => Form::Csv(noun(&query.kind)?),
        _ => return Err(fault::BAD_FORMAT.at("format")),
    };
    let file = directory.export(&ctx, form)?;
    let (media, name) = match form {
        Form::Json => ("application/json", "directory.json".to_owned()),
        Form::Csv(_) => ("text/csv; charset=utf-8", format!("{}.csv", query.kind)),
    };
    let disposition = format!("attachment; filename=\"{name}\"");
    Ok(([(header::CONTENT_TYPE, media.to_owned()), (header::CONTENT_DISPOSITION, disposition)], file)
        .into_response())
}

/// Takes a file over as a whole, or says every fault with its line; `dryRun=true` stores nothing.
#[utoipa::path(post, path = "/api/v1/directory/import", tag = "directory", params(ExchangeQuery), request_body = Bundle, responses((status = 200, body = Outcome)))]
pub(super) async fn import(
    State(directory): State<Directory>,
    ctx: Ctx,
    Query(query): Query<ExchangeQuery>,
    headers: HeaderMap,
    body: Body,
) -> Result<Json<Outcome>> {
    ctx.require(may::EDIT)?;
    let media = headers.get(header::CONTENT_TYPE).and_then(|it| it.to_str().ok()).unwrap_or_default();
    let form = match media.split(';').next().unwrap_or_default().trim() {
        "application/json" => Form::Json,
        "text/csv" => Form::Csv(noun(&query.kind)?),
        _ => return Err(kernel::fault::BAD_MEDIA_TYPE.with("expected", "application/json, text/csv")),
    };
    let file = read_body(body, LARGEST).await?;
    let ctx = keeping(ctx, query.tenant)?;
    Ok(Json(directory.import(&ctx, form, &file, query.dry_run).await?))
}

/// The same request for a tenant, if the caller may speak for it.
fn keeping(ctx: Ctx, tenant: String) -> Result<Ctx> {
    if tenant.is_empty() || ctx.tenant() == tenant {
        return Ok(ctx);
    }
    if !ctx.actor().sees(&tenant) {
        return Err(kernel::fault::FORBIDDEN.with("permission", may::EDIT.0));
    }
    let actor = Actor { tenant: tenant.into(), ..ctx.actor().clone() };
    Ok(ctx.acting(actor))
}

/// The sort of entry that a word names.
pub(crate) fn noun(kind: &str) -> Result<Noun> {
    match kind {
        "organisations" => Ok(Noun::Organisation),
        "offices" => Ok(Noun::Office),
        "rules" => Ok(Noun::Rule),
        _ => Err(fault::BAD_FORMAT.at("kind")),
    }
}
