//! The versions of a map.

use crate::{
    model::{Reason, Version},
    operations::{Between, Catalogue},
};
use ::maps::Difference;
use axum::{
    extract::State,
    http::header,
    response::{IntoResponse, Response},
};
use kernel::{
    Ctx, Lang, Result,
    http::{Json, Path, Query},
};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::{IntoParams, ToSchema};

/// A version of a map.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct VersionView {
    /// From 1; the shipped map has 0.
    number: i64,
    /// SHA-256 of the canonical text, hexadecimal.
    sha256: String,
    elements: i64,
    standards: i64,
    /// Microseconds since the epoch; 0 for the shipped map.
    made_at: i64,
    /// The maker's name in the record; only keepers learn it.
    #[serde(skip_serializing_if = "Option::is_none")]
    made_by: Option<String>,
    /// Why it was made.
    note: String,
    /// On which decision it was made; nothing where none is named.
    #[serde(skip_serializing_if = "Option::is_none")]
    decision: Option<String>,
    /// How many differences there are to the version before; nothing where that is not known, or not for the reader.
    #[serde(skip_serializing_if = "Option::is_none")]
    changes: Option<usize>,
}

/// The versions of a map.
#[derive(Serialize, ToSchema)]
pub(super) struct Versions {
    versions: Vec<VersionView>,
}

/// The versions of a map, the newest first.
#[utoipa::path(get, path = "/api/v1/catalogue/maps/{map}/versions", operation_id = "mapVersions", tag = "catalogue",
    params(("map" = String, Path)), responses((status = 200, body = Versions)))]
pub(super) async fn all(
    State(catalogue): State<Catalogue>,
    ctx: Ctx,
    Path(map): Path<String>,
) -> Result<Json<Versions>> {
    let opened = catalogue.open(&ctx, &map).await?;
    let versions = catalogue.versions(&ctx, &opened).await?;
    Ok(Json(Versions { versions: versions.into_iter().map(version).collect() }))
}

/// A version as it goes out.
fn version(it: Version) -> VersionView {
    VersionView {
        number: it.number,
        sha256: it.sha256,
        elements: it.elements,
        standards: it.standards,
        made_at: it.made_at,
        made_by: Some(it.made_by).filter(|it| !it.is_empty()),
        note: it.reason.note,
        decision: Some(it.reason.decision).filter(|it| !it.is_empty()),
        changes: it.changes.map(|it| it.count),
    }
}

/// What changed.
#[derive(Serialize, ToSchema)]
#[schema(as = Differences)]
pub(super) struct Compared {
    /// The older version.
    from: i64,
    /// The newer version.
    to: i64,
    /// The versions made on the way, the newest first: when, why, on which decision.
    versions: Vec<VersionView>,
    differences: Vec<DifferenceView>,
}

/// One thing that changed.
#[derive(Serialize, ToSchema)]
pub(super) struct DifferenceView {
    /// The section; nothing for the map itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    section: Option<String>,
    id: String,
    title: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    key: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    from: Option<Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    to: Option<Value>,
    /// What changed, in a sentence.
    text: String,
}

/// A difference as it goes out.
pub(super) fn difference(it: Difference, lang: Lang) -> DifferenceView {
    let text = lang.pick(&it.de, &it.en).to_owned();
    DifferenceView {
        section: it.section.map(|it| it.name().to_owned()),
        id: it.id,
        title: it.title,
        key: it.key,
        from: it.from,
        to: it.to,
        text,
    }
}

#[derive(Default, Deserialize, IntoParams)]
#[serde(default)]
#[into_params(parameter_in = Query)]
pub(super) struct BetweenQuery {
    /// The older version; where neither it nor `since` is said, the one before.
    from: Option<i64>,
    /// A day (`2026-01-31`): the version that stood when it began, in legal German time. Counts where `from` is not said.
    since: String,
    /// The newer version; the current one where nothing is said.
    to: Option<i64>,
}

/// What changed from one version of a map to another, as sentences, and by which versions.
#[utoipa::path(get, path = "/api/v1/catalogue/maps/{map}/differences", operation_id = "mapDifferences", tag = "catalogue",
    params(("map" = String, Path), BetweenQuery), responses((status = 200, body = Compared)))]
pub(super) async fn differences(
    State(catalogue): State<Catalogue>,
    ctx: Ctx,
    Path(map): Path<String>,
    Query(query): Query<BetweenQuery>,
) -> Result<Json<Compared>> {
    let opened = catalogue.open(&ctx, &map).await?;
    let between = Between { from: query.from, since: query.since, to: query.to };
    let found = catalogue.compared(&ctx, &opened, &between).await?;
    Ok(Json(Compared {
        from: found.from,
        to: found.to,
        versions: found.steps.into_iter().map(version).collect(),
        differences: found.differences.into_iter().map(|it| difference(it, ctx.lang())).collect(),
    }))
}

/// A version of a map, byte for byte: the canonical text (YAML) that has this SHA-256 (hexadecimal). Anybody can hash the answer.
#[utoipa::path(get, path = "/api/v1/catalogue/maps/{map}/snapshots/{sha256}", operation_id = "mapSnapshot", tag = "catalogue",
    params(("map" = String, Path), ("sha256" = String, Path)),
    responses((status = 200, body = String, content_type = "application/yaml")))]
pub(super) async fn snapshot(
    State(catalogue): State<Catalogue>,
    ctx: Ctx,
    Path((map, sha256)): Path<(String, String)>,
) -> Result<Response> {
    let opened = catalogue.open(&ctx, &map).await?;
    let text = catalogue.snapshot(&ctx, &opened, &sha256).await?;
    let tag = format!("\"{}\"", sha256.to_ascii_lowercase());
    Ok(([(header::CONTENT_TYPE, "application/yaml".to_owned()), (header::ETAG, tag)], text).into_response())
}

/// The newest version.
#[derive(Serialize, ToSchema)]
pub(super) struct Newest {
    version: i64,
}

#[derive(Default, Deserialize, IntoParams)]
#[serde(default)]
#[into_params(parameter_in = Query)]
pub(super) struct ReasonQuery {
    /// Why, in a sentence; it stands beside the version.
    note: String,
    /// On which decision: its number or title.
    decision: String,
}

/// Makes an older version the newest one again, under a new number.
#[utoipa::path(post, path = "/api/v1/catalogue/maps/{map}/versions/{number}/reinstatement", operation_id = "reinstateMap",
    tag = "catalogue", params(("map" = String, Path), ("number" = i64, Path), ReasonQuery), responses((status = 200, body = Newest)))]
pub(super) async fn reinstate(
    State(catalogue): State<Catalogue>,
    ctx: Ctx,
    Path((map, number)): Path<(String, i64)>,
    Query(query): Query<ReasonQuery>,
) -> Result<Json<Newest>> {
    let reason = Reason::new(&query.note, &query.decision);
    Ok(Json(Newest { version: catalogue.reinstate(&ctx, &map, number, &reason).await? }))
}
