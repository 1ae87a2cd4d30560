//! Maps laid over each other, and what people say of matches.

use crate::{
    names::may,
    operations::{Catalogue, Laying, Report, SentMap, axis_named},
    web::picture_file,
};
use ::overlay::PartKind;
use axum::{
    body::Body,
    extract::State,
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use kernel::{
    Ctx, Result,
    http::{Json, Query, read_body},
};
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};

/// What can be asked for; it is read as pairs, because `map` stands more than once.
#[expect(dead_code, reason = "only described here")]
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct OverlayQuery {
    /// The address of a map; stands as often as there are maps.
    #[param(explode = true)]
    map: Vec<String>,
    /// capability, layer, field, standard or `public_service`; what fits the maps where nothing is said.
    by: Option<String>,
    /// json, csv or html; json where nothing is said.
    format: Option<String>,
    /// The weight of a part of the reuse potential, 0 to 1000; the shipped one where nothing is said.
    coverage: Option<f64>,
    /// Likewise.
    lifecycle: Option<f64>,
    /// Likewise.
    openness: Option<f64>,
    /// Likewise.
    standards: Option<f64>,
    /// Likewise.
    operators: Option<f64>,
    /// Likewise.
    exit: Option<f64>,
}

/// Lays maps over each other: what is the same, who serves what, what is built more than once, what is missing, what can be reused.
#[utoipa::path(get, path = "/api/v1/catalogue/overlay", operation_id = "overlayMaps", tag = "catalogue", params(OverlayQuery),
    responses((status = 200, body = serde_json::Value)))]
pub(super) async fn get(
    State(catalogue): State<Catalogue>,
    ctx: Ctx,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Result<Response> {
    let one = |name: &str| pairs.iter().find(|it| it.0 == name).map_or("", |it| it.1.as_str());
    let report = Report::named(one("format"))?;
    let maps = pairs.iter().filter(|it| it.0 == "map").map(|it| it.1.clone()).collect();
    let mut laying = Laying { maps, by: axis_named(one("by"))?, ..Laying::default() };
    for kind in PartKind::ALL {
        if !one(kind.name()).is_empty() {
            laying.weigh(kind, one(kind.name()))?;
        }
    }
    let laid = catalogue.lay(&ctx, laying).await?;
    picture_file(&ctx, &laid, report).await
}

/// What is laid over each other, with files that are not kept.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct OverlayRequest {
    /// Addresses of maps.
    #[serde(default)]
    maps: Vec<String>,
    /// Further maps, for whoever may keep maps.
    #[serde(default)]
    files: Vec<OverlayFile>,
    /// capability, layer, field, standard or `public_service`; what fits the maps where it is empty.
    #[serde(default)]
    by: String,
    /// A file of weights (`overlay_weights: 1`, YAML or JSON); the shipped one where it is empty.
    #[serde(default)]
    weights: String,
    /// json, csv or html; json where it is empty.
    #[serde(default)]
    format: String,
}

/// A map that is sent along.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct OverlayFile {
    name: String,
    content: String,
}

/// Lays maps over each other, with weights and files of one's own; nothing is kept.
#[utoipa::path(post, path = "/api/v1/catalogue/overlay", operation_id = "overlayFiles", tag = "catalogue",
    request_body = OverlayRequest, responses((status = 200, body = serde_json::Value)))]
pub(super) async fn post(
    State(catalogue): State<Catalogue>,
    ctx: Ctx,
    Json(asked): Json<OverlayRequest>,
) -> Result<Response> {
    let report = Report::named(&asked.format)?;
    let files = asked.files.into_iter().map(|it| SentMap { name: it.name, content: it.content.into_bytes() });
    let laying = Laying {
        maps: asked.maps,
        files: files.collect(),
        by: axis_named(&asked.by)?,
        weights: asked.weights,
        parts: Vec::new(),
    };
    let laid = catalogue.lay(&ctx, laying).await?;
    picture_file(&ctx, &laid, report).await
}

/// What the caller's tenant decided about matches, as a file (`overlay_decisions: 1`, YAML).
#[utoipa::path(get, path = "/api/v1/catalogue/overlay/decisions", operation_id = "matchDecisions", tag = "catalogue",
    responses((status = 200, body = String, content_type = "application/yaml")))]
pub(super) async fn decisions(State(catalogue): State<Catalogue>, ctx: Ctx) -> Result<Response> {
    let kept = catalogue.match_decisions(&ctx).await?;
    let headers = [
        (header::CONTENT_TYPE, "application/yaml"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"decisions.yaml\""),
    ];
    Ok((headers, kept.to_yaml()).into_response())
}

/// Puts a file of decisions in place of all that the caller's tenant has.
#[utoipa::path(put, path = "/api/v1/catalogue/overlay/decisions", operation_id = "putMatchDecisions", tag = "catalogue",
    request_body(content = String, content_type = "application/yaml"), responses((status = 204)))]
pub(super) async fn put_decisions(
    State(catalogue): State<Catalogue>,
    ctx: Ctx,
    body: Body,
) -> Result<StatusCode> {
    ctx.require(may::EDIT)?;
    let content = read_body(body, catalogue.config().largest_map).await?;
    catalogue.take_decisions(&ctx, &content, true).await?;
    Ok(StatusCode::NO_CONTENT)
}
