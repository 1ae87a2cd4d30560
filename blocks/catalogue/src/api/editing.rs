//! One entry is changed.

use super::exchange::{ImportOutcome, view};
use crate::{
    model::Reason,
    names::may,
    operations::{Catalogue, Edit},
};
use axum::{body::Body, extract::State};
use kernel::{
    Ctx, Result, fault,
    http::{Json, Path, Query, read_body},
};
use serde::Deserialize;
use utoipa::IntoParams;

#[derive(Default, Deserialize, IntoParams)]
#[serde(rename_all = "camelCase", default)]
#[into_params(parameter_in = Query)]
pub(super) struct EditQuery {
    /// Why, in a sentence; it stands beside the version.
    note: String,
    /// On which decision: its number or title; it stands beside the version.
    decision: String,
    /// The version that was changed; where another one counts meanwhile, nothing is taken over.
    version: Option<i64>,
    /// Only say what the change would do.
    dry_run: bool,
}

/// Changes one entry of a map and so makes a new version; `dryRun=true` stores nothing. The text is the entry alone, YAML or JSON,
/// with its `id`.
#[utoipa::path(put, path = "/api/v1/catalogue/maps/{map}/entries/{section}/{id}", operation_id = "editMapEntry", tag = "catalogue",
    params(("map" = String, Path), ("section" = String, Path), ("id" = String, Path), EditQuery),
    request_body(content = String, content_type = "application/yaml"), responses((status = 200, body = ImportOutcome)))]
pub(super) async fn edit(
    State(catalogue): State<Catalogue>,
    ctx: Ctx,
    Path((map, section, id)): Path<(String, String, String)>,
    Query(query): Query<EditQuery>,
    body: Body,
) -> Result<Json<ImportOutcome>> {
    ctx.require(may::EDIT)?;
    let content = read_body(body, catalogue.config().largest_map).await?;
    let text = String::from_utf8(content.to_vec())
        .map_err(|it| fault::BAD_PARAMETER.with("reason", it.utf8_error().to_string()))?;
    let reason = Reason::new(&query.note, &query.decision);
    let edit = Edit { map, section, id, text, reason, version: query.version };
    let outcome = catalogue.edit(&ctx, edit, query.dry_run).await?;
    Ok(Json(view(outcome, query.dry_run, ctx.lang())))
}
