//! Versions, what differs between them, snapshots.

use super::{Choice, figures::said};
use crate::{
    model::Import,
    operations::{Rollout, speaking_for},
};
use axum::{
    extract::State,
    http::header,
    response::{IntoResponse, Response},
};
use kernel::{
    Ctx, Result,
    http::{Json, Path, Query},
};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// A version of a roll-out.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct VersionView {
    /// From 1.
    number: i64,
    /// changes, bases, counts, definition or undoing.
    kind: String,
    /// The version that this one undoes.
    #[serde(skip_serializing_if = "Option::is_none")]
    undoes: Option<i64>,
    /// Microseconds since the epoch.
    made_at: i64,
    /// The maker's name in the record; only keepers learn it.
    #[serde(skip_serializing_if = "Option::is_none")]
    made_by: Option<String>,
    note: String,
    decision: String,
    file_name: String,
    lines: i64,
    /// SHA-256 of the file as it was sent; empty for an undoing.
    sha256: String,
    /// SHA-256 of the snapshot of this version.
    snapshot: String,
    /// Whether it counts: no later version undoes it.
    counts: bool,
}

/// The versions of a roll-out.
#[derive(Serialize, ToSchema)]
pub(super) struct Versions {
    versions: Vec<VersionView>,
}

/// The versions of a roll-out, the newest first.
#[utoipa::path(get, path = "/api/v1/rollout/versions", operation_id = "rolloutVersions", tag = "rollout", params(Choice),
    responses((status = 200, body = Versions)))]
pub(super) async fn versions(
    State(rollout): State<Rollout>,
    ctx: Ctx,
    Query(choice): Query<Choice>,
) -> Result<Json<Versions>> {
    let opened = rollout.open(&ctx, Some(&choice.tenant)).await?;
    let counting = rates::in_force(&opened.ready.numbers(), i64::MAX);
    let views = opened.ready.versions.iter().rev().map(|it| view(it, opened.keeps, &counting));
    Ok(Json(Versions { versions: views.collect() }))
}

fn view(it: &Import, keeps: bool, counting: &[i64]) -> VersionView {
    let number = it.number.unwrap_or(0);
    VersionView {
        number,
        kind: it.kind.clone(),
        undoes: it.undoes,
        made_at: it.made_at,
        made_by: keeps.then(|| it.made_by.clone()),
        note: it.note.clone(),
        decision: it.decision.clone(),
        file_name: it.file_name.clone(),
        lines: it.lines,
        sha256: it.sha256.clone(),
        snapshot: it.snapshot.clone().unwrap_or_default(),
        counts: counting.contains(&number),
    }
}

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct Between {
    /// The older version; 0 is the time before the first.
    from: i64,
    /// The newer version.
    to: i64,
}

/// What differs between two versions.
#[derive(Serialize, ToSchema)]
pub(super) struct DifferencesView {
    /// The versions between the two: who made them, when, why, on which decision.
    versions: Vec<VersionView>,
    changed: Vec<ChangedView>,
}

/// What differs about one thing.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct ChangedView {
    /// changes, base, counts or definition.
    kind: String,
    subject: String,
    name: String,
    lines_before: i64,
    lines_after: i64,
    /// Each difference; nothing where it is not about changes of state, or about too many of them.
    #[serde(skip_serializing_if = "Option::is_none")]
    differences: Option<Vec<DifferenceView>>,
}

/// One difference.
#[derive(Serialize, ToSchema)]
pub(super) struct DifferenceView {
    /// The region key.
    authority: String,
    /// The version that it came with; nothing where something is gone.
    version: Option<i64>,
    /// What, in a sentence.
    text: String,
}

/// What differs between two versions: which authority, what, by which version.
#[utoipa::path(get, path = "/api/v1/rollout/differences", operation_id = "rolloutDifferences", tag = "rollout",
    params(Choice, Between), responses((status = 200, body = DifferencesView)))]
pub(super) async fn differences(
    State(rollout): State<Rollout>,
    ctx: Ctx,
    Query(choice): Query<Choice>,
    Query(between): Query<Between>,
) -> Result<Json<DifferencesView>> {
    let opened = rollout.open(&ctx, Some(&choice.tenant)).await?;
    let found = rollout.differences(&ctx, &opened, between.from, between.to).await?;
    let counting = rates::in_force(&opened.ready.numbers(), i64::MAX);
    let territory = &opened.ready.world.territory;
    let difference = |it: &rates::Difference| DifferenceView {
        authority: it.line().map(|it| territory.key_text(it.entry.place)).unwrap_or_default(),
        version: it.after.as_ref().map(|it| it.version),
        text: said(ctx.lang(), &it.sentence(territory)),
    };
    let changed = found.changed.into_iter().map(|it| ChangedView {
        kind: it.kind,
        subject: it.subject,
        name: it.name,
        lines_before: it.lines.0,
        lines_after: it.lines.1,
        differences: it.differences.map(|it| it.iter().map(difference).collect()),
    });
    Ok(Json(DifferencesView {
        changed: changed.collect(),
        versions: found.between.iter().map(|it| view(it, opened.keeps, &counting)).collect(),
    }))
}

/// Why a version is taken back.
#[derive(Default, Deserialize, IntoParams)]
#[serde(default)]
#[into_params(parameter_in = Query)]
pub(super) struct Why {
    /// Why, in a sentence.
    note: String,
    /// The tenant that keeps it; only the operator may name another one than its own.
    tenant: String,
}

/// The newest version.
#[derive(Serialize, ToSchema)]
pub(super) struct Newest {
    version: Option<i64>,
    snapshot: Option<String>,
}

/// Takes a version back, by a new version; nothing is removed. An undoing can be taken back too.
#[utoipa::path(post, path = "/api/v1/rollout/versions/{number}/undoing", operation_id = "undoRollout", tag = "rollout",
    params(("number" = i64, Path), Why), responses((status = 200, body = Newest)))]
pub(super) async fn undo(
    State(rollout): State<Rollout>,
    ctx: Ctx,
    Path(number): Path<i64>,
    Query(why): Query<Why>,
) -> Result<Json<Newest>> {
    let made = rollout.undo(&speaking_for(ctx, &why.tenant)?, number, &why.note).await?;
    Ok(Json(Newest { version: made.number, snapshot: made.snapshot }))
}

/// The bytes with this SHA-256: the snapshot of a version, which names the SHA-256 of every text that counts, or such a text.
#[utoipa::path(get, path = "/api/v1/rollout/snapshots/{sha256}", operation_id = "rolloutSnapshot", tag = "rollout",
    params(("sha256" = String, Path), Choice), responses((status = 200, body = String, content_type = "text/plain")))]
pub(super) async fn snapshot(
    State(rollout): State<Rollout>,
    ctx: Ctx,
    Path(sha256): Path<String>,
    Query(choice): Query<Choice>,
) -> Result<Response> {
    let opened = rollout.open(&ctx, Some(&choice.tenant)).await?;
    let bytes = rollout.snapshot(&ctx, &opened, &sha256).await?;
    let headers = [
        (header::CONTENT_TYPE, "text/plain; charset=utf-8".to_owned()),
        (header::ETAG, format!("\"{sha256}\"")),
    ];
    Ok((headers, bytes).into_response())
}
