//! The versions of a map.

use crate::{model::Version, operations::Catalogue};
use ::maps::Difference;
use axum::extract::State;
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
    note: String,
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
    let view = |it: Version| VersionView {
        number: it.number,
        sha256: it.sha256,
        elements: it.elements,
        standards: it.standards,
        made_at: it.made_at,
        made_by: opened.keeps.then_some(it.made_by),
        note: it.note,
    };
    Ok(Json(Versions { versions: versions.into_iter().map(view).collect() }))
}

/// What changed.
#[derive(Serialize, ToSchema)]
pub(super) struct Differences {
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

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct Between {
    /// The older version.
    from: i64,
    /// The newer version.
    to: i64,
}

/// What changed from one version of a map to another, as sentences.
#[utoipa::path(get, path = "/api/v1/catalogue/maps/{map}/differences", operation_id = "mapDifferences", tag = "catalogue",
    params(("map" = String, Path), Between), responses((status = 200, body = Differences)))]
pub(super) async fn differences(
    State(catalogue): State<Catalogue>,
    ctx: Ctx,
    Path(map): Path<String>,
    Query(between): Query<Between>,
) -> Result<Json<Differences>> {
    let opened = catalogue.open(&ctx, &map).await?;
    let found = catalogue.differences(&ctx, &opened, (between.from, between.to)).await?;
    Ok(Json(Differences { differences: found.into_iter().map(|it| difference(it, ctx.lang())).collect() }))
}

/// The newest version.
#[derive(Serialize, ToSchema)]
pub(super) struct Newest {
    version: i64,
}

/// Makes an older version the newest one again, under a new number.
#[utoipa::path(post, path = "/api/v1/catalogue/maps/{map}/versions/{number}/reinstatement", operation_id = "reinstateMap",
    tag = "catalogue", params(("map" = String, Path), ("number" = i64, Path)), responses((status = 200, body = Newest)))]
pub(super) async fn reinstate(
    State(catalogue): State<Catalogue>,
    ctx: Ctx,
    Path((map, number)): Path<(String, i64)>,
) -> Result<Json<Newest>> {
    Ok(Json(Newest { version: catalogue.reinstate(&ctx, &map, number).await? }))
}
