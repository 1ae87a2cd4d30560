//! Files in; names and levels of public services; hiding.

use crate::{
    names::may,
    operations::{Definition, Effect, Outcome, Rollout, Upload, speaking_for},
    rules,
};
use axum::{body::Body, extract::State, http::StatusCode};
use kernel::{
    Ctx, Lang, Result,
    http::{Json, Path, Query},
};
use ports::rollout::RateView;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

#[derive(Default, Deserialize, IntoParams)]
#[serde(rename_all = "camelCase", default)]
#[into_params(parameter_in = Query)]
pub(super) struct ImportQuery {
    /// What the file is called.
    name: String,
    /// Why, in a sentence; it stands beside the version.
    note: String,
    /// The decision that it rests on.
    decision: String,
    /// Only say what the import would do.
    dry_run: bool,
    /// The tenant that keeps it; only the operator may name another one than its own.
    tenant: String,
}

/// What an import did, or would do.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct ImportOutcome {
    /// Whether nothing was kept because this was only a trial.
    dry_run: bool,
    /// The number of the version; nothing for a trial.
    version: Option<i64>,
    /// SHA-256 of the snapshot of this version, hexadecimal; nothing for a trial.
    snapshot: Option<String>,
    /// changes, bases or counts.
    kind: String,
    lines: i64,
    public_services: Vec<EffectView>,
    /// The bases, or the public services with counts, that it brings.
    others: Vec<OtherView>,
}

/// What an import does to one public service.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct EffectView {
    key: String,
    name: String,
    level: String,
    /// Whether it was not followed before.
    new: bool,
    lines: usize,
    /// Changes that were not known.
    added: usize,
    /// Changes that say something else than what was known.
    corrected: usize,
    /// Changes that were known.
    repeated: usize,
    /// The rate by authorities today, before.
    before: RateView,
    /// And after.
    after: RateView,
}

/// Something else that an import brings.
#[derive(Serialize, ToSchema)]
pub(super) struct OtherView {
    kind: String,
    subject: String,
    lines: i64,
}

/// Takes a CSV file over as a version, or says every fault with line and column; `dryRun=true` keeps nothing. The header says
/// what it is: changes of state, values of a base, or counts of submissions.
#[utoipa::path(post, path = "/api/v1/rollout/imports", operation_id = "importRollout", tag = "rollout", params(ImportQuery),
    request_body(content = String, content_type = "text/csv"),
    responses((status = 200, body = ImportOutcome), (status = 201, body = ImportOutcome)))]
pub(super) async fn import(
    State(rollout): State<Rollout>,
    ctx: Ctx,
    Query(query): Query<ImportQuery>,
    body: Body,
) -> Result<(StatusCode, Json<ImportOutcome>)> {
    ctx.require(may::EDIT)?;
    let ctx = speaking_for(ctx, &query.tenant)?;
    let upload = Upload { file_name: query.name, note: query.note, decision: query.decision, body };
    let (outcome, kept) = rollout.import(&ctx, upload, query.dry_run).await?;
    let status = if kept.is_some() { StatusCode::CREATED } else { StatusCode::OK };
    let Outcome { kind, lines, effects, others } = outcome;
    let other = |(kind, subject, lines)| OtherView { kind, subject, lines };
    let view = ImportOutcome {
        dry_run: query.dry_run,
        version: kept.as_ref().and_then(|it| it.number),
        snapshot: kept.and_then(|it| it.snapshot),
        kind,
        lines,
        public_services: effects.iter().map(|it| effect(ctx.lang(), it)).collect(),
        others: others.into_iter().map(other).collect(),
    };
    Ok((status, Json(view)))
}

fn effect(lang: Lang, it: &Effect) -> EffectView {
    EffectView {
        key: it.key.clone(),
        name: it.name.clone(),
        level: it.level.name().to_owned(),
        new: it.new,
        lines: it.lines,
        added: it.added,
        corrected: it.corrected,
        repeated: it.repeated,
        before: rules::rate_view(lang, &it.before),
        after: rules::rate_view(lang, &it.after),
    }
}

/// What a public service is called, and who is competent for it.
#[derive(Default, Deserialize, ToSchema)]
#[serde(default)]
pub(super) struct DefinitionBody {
    name: String,
    /// municipality, association, district, state or federation.
    level: String,
    /// Why.
    note: String,
    /// The decision that it rests on.
    decision: String,
}

/// The version that was made.
#[derive(Serialize, ToSchema)]
pub(super) struct Made {
    /// Nothing where nothing changed.
    version: Option<i64>,
    snapshot: Option<String>,
}

/// Follows a public service, or gives it another name or level; that is a version.
#[utoipa::path(put, path = "/api/v1/rollout/public-services/{key}", operation_id = "defineRolloutPublicService", tag = "rollout",
    params(("key" = String, Path)), request_body = DefinitionBody, responses((status = 200, body = Made)))]
pub(super) async fn define(
    State(rollout): State<Rollout>,
    ctx: Ctx,
    Path(key): Path<String>,
    Json(body): Json<DefinitionBody>,
) -> Result<Json<Made>> {
    let DefinitionBody { name, level, note, decision } = body;
    let made = rollout.define(&ctx, Definition { key, name, level, note, decision }).await?;
    Ok(Json(Made {
        version: made.as_ref().and_then(|it| it.number),
        snapshot: made.and_then(|it| it.snapshot),
    }))
}

#[derive(Default, Deserialize, IntoParams)]
#[serde(default)]
#[into_params(parameter_in = Query)]
pub(super) struct Whose {
    /// The tenant; only the operator may name another one than its own.
    tenant: String,
}

/// Lets everyone see a roll-out that was hidden.
#[utoipa::path(put, path = "/api/v1/rollout/publication", operation_id = "publishRollout", tag = "rollout", params(Whose),
    responses((status = 204)))]
pub(super) async fn publish(
    State(rollout): State<Rollout>,
    ctx: Ctx,
    Query(whose): Query<Whose>,
) -> Result<StatusCode> {
    rollout.show(&speaking_for(ctx, &whose.tenant)?, true).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Lets only its keeper see a roll-out.
#[utoipa::path(delete, path = "/api/v1/rollout/publication", operation_id = "hideRollout", tag = "rollout", params(Whose),
    responses((status = 204)))]
pub(super) async fn hide(
    State(rollout): State<Rollout>,
    ctx: Ctx,
    Query(whose): Query<Whose>,
) -> Result<StatusCode> {
    rollout.show(&speaking_for(ctx, &whose.tenant)?, false).await?;
    Ok(StatusCode::NO_CONTENT)
}
