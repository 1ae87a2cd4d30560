//! Maps in and out as files.

use super::versions::{DifferenceView, difference};
use crate::{
    model::Reason,
    names::may,
    operations::{Catalogue, Exported, Format, Outcome, Upload, speaking_for},
};
use axum::{
    body::Body,
    extract::State,
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use kernel::{
    Ctx, Lang, Result,
    http::{Json, Path, Query, read_body},
};
use ports::catalogue::MapSummary;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

#[derive(Default, Deserialize, IntoParams)]
#[serde(rename_all = "camelCase", default)]
#[into_params(parameter_in = Query)]
pub(super) struct ImportQuery {
    /// What the file is called; some formats have no other title.
    name: String,
    /// Under which id to keep the map; the file's own where nothing is said.
    id: String,
    /// Why, in a sentence; it stands beside the version.
    note: String,
    /// On which decision: its number or title; it stands beside the version.
    decision: String,
    /// Whether everyone may read it; where nothing is said, that stays as it is, and a new map is for its keepers only.
    published: Option<bool>,
    /// Only say what the import would do.
    dry_run: bool,
    /// The tenant that keeps it; only the operator may name another one than its own.
    tenant: String,
}

/// What an import did, or would do.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct ImportOutcome {
    /// Whether nothing was stored because this was only a trial.
    dry_run: bool,
    map: MapSummary,
    /// Whether there is anything new in it; where not, no version was made.
    changed: bool,
    /// What could not be carried over from the file.
    notes: Vec<String>,
    differences: Vec<DifferenceView>,
}

/// Takes a file over as the newest version of a map, or says every fault with line and column; `dryRun=true` stores nothing.
/// Read are: maps (YAML, JSON, CSV), landscape2 (JSON, CSV), publiccode.yml, Backstage catalog-info.yaml, bills of materials.
#[utoipa::path(post, path = "/api/v1/catalogue/maps", operation_id = "importMap", tag = "catalogue", params(ImportQuery),
    request_body(content = String, content_type = "application/octet-stream"),
    responses((status = 200, body = ImportOutcome), (status = 201, body = ImportOutcome)))]
pub(super) async fn import(
    State(catalogue): State<Catalogue>,
    ctx: Ctx,
    Query(query): Query<ImportQuery>,
    body: Body,
) -> Result<(StatusCode, Json<ImportOutcome>)> {
    ctx.require(may::EDIT)?;
    let content = read_body(body, catalogue.config().largest_map).await?;
    let ctx = speaking_for(ctx, &query.tenant)?;
    let name = if query.name.is_empty() { "map".to_owned() } else { query.name };
    let reason = Reason::new(&query.note, &query.decision);
    let upload = Upload { name, content: content.to_vec(), id: query.id, reason };
    let outcome = catalogue.import(&ctx, upload, query.dry_run, query.published).await?;
    let made = outcome.new && !query.dry_run;
    let status = if made { StatusCode::CREATED } else { StatusCode::OK };
    Ok((status, Json(view(outcome, query.dry_run, ctx.lang()))))
}

pub(super) fn view(outcome: Outcome, dry_run: bool, lang: Lang) -> ImportOutcome {
    ImportOutcome {
        dry_run,
        map: outcome.summary,
        changed: outcome.changed,
        notes: outcome.notes.iter().map(|it| lang.pick(&it.de, &it.en).to_owned()).collect(),
        differences: outcome.differences.into_iter().map(|it| difference(it, lang)).collect(),
    }
}

#[derive(Default, Deserialize, IntoParams)]
#[serde(default)]
#[into_params(parameter_in = Query)]
pub(super) struct ExportQuery {
    /// yaml, json, csv, facts (CSV, one line a fact with its source), jsonld or archimate; yaml where nothing is said.
    format: String,
    /// The version; the current one where nothing is said.
    version: Option<i64>,
}

/// A map as a file. `ETag` is the SHA-256 of the file.
#[utoipa::path(get, path = "/api/v1/catalogue/maps/{map}/export", operation_id = "exportMap", tag = "catalogue",
    params(("map" = String, Path), ExportQuery), responses((status = 200, body = String), (status = 304)))]
pub(super) async fn export(
    State(catalogue): State<Catalogue>,
    ctx: Ctx,
    Path(map): Path<String>,
    Query(query): Query<ExportQuery>,
    headers: HeaderMap,
) -> Result<Response> {
    let format = if query.format.is_empty() { Format::Yaml } else { Format::named(&query.format)? };
    let opened = catalogue.open(&ctx, &map).await?;
    let exported = catalogue.export(&ctx, &opened, format, query.version).await?;
    Ok(answer(exported, &headers))
}

fn answer(exported: Exported, headers: &HeaderMap) -> Response {
    let tag = format!("\"{}\"", exported.sha256);
    let known = headers.get(header::IF_NONE_MATCH).and_then(|it| it.to_str().ok()).unwrap_or_default();
    if known.split(',').any(|it| it.trim().trim_start_matches("W/") == tag) {
        return (StatusCode::NOT_MODIFIED, [(header::ETAG, tag)]).into_response();
    }
    let disposition = format!("attachment; filename=\"{}\"", exported.name);
    let headers = [
        (header::CONTENT_TYPE, exported.format.media().to_owned()),
        (header::CONTENT_DISPOSITION, disposition),
        (header::ETAG, tag),
    ];
    (headers, exported.content).into_response()
}
