//! Entries of a map: searched, one with all its facts, its findings, its neighbours.

use crate::{names::fault, operations::Catalogue, rules};
use axum::extract::State;
use kernel::{
    Ctx, Result,
    http::{Json, Path, Query},
};
use ports::{
    catalogue::{Catalogue as _, EntryView, Found, RelationView, Wanted},
    conformance::ElementFindings,
};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// What can be asked for; it is read as [`Wanted`].
#[expect(dead_code, reason = "only described here")]
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct Filters {
    /// The section: `elements` where nothing is said.
    section: Option<String>,
    /// Words in id, name, description or tags.
    q: Option<String>,
    /// The id of a layer or of a group in it; `unknown` for entries without one.
    layer: Option<String>,
    /// The id of a field; `unknown` for entries without one.
    field: Option<String>,
    /// component, service, standard, platform or product; `unknown` for entries without one.
    kind: Option<String>,
    /// The id of a capability that is served, or of one above it.
    capability: Option<String>,
    /// The id of a standard that is used.
    standard: Option<String>,
    /// The state in the life cycle; `unknown` for entries without one.
    lifecycle: Option<String>,
    /// mandatory, recommended or optional; `unknown` for entries without one.
    obligation: Option<String>,
    /// `name`, `layer`, `kind` or `lifecycle`, with a minus before it for the other way round.
    sort: Option<String>,
    /// How many to leave out.
    offset: Option<usize>,
    /// How many at the most, up to 200; 50 where nothing is said.
    limit: Option<usize>,
}

/// Entries of a map that fit.
#[utoipa::path(get, path = "/api/v1/catalogue/maps/{map}/entries", operation_id = "mapEntries", tag = "catalogue",
    params(("map" = String, Path), Filters), responses((status = 200, body = Found)))]
pub(super) async fn search(
    State(catalogue): State<Catalogue>,
    ctx: Ctx,
    Path(map): Path<String>,
    Query(wanted): Query<Wanted>,
) -> Result<Json<Found>> {
    Ok(Json(catalogue.search(&ctx, &map, &wanted).await?))
}

/// One entry: every fact with its source, date and kind, and its relations both ways.
#[utoipa::path(get, path = "/api/v1/catalogue/maps/{map}/entries/{section}/{id}", operation_id = "mapEntry", tag = "catalogue",
    params(("map" = String, Path), ("section" = String, Path), ("id" = String, Path)),
    responses((status = 200, body = EntryView)))]
pub(super) async fn entry(
    State(catalogue): State<Catalogue>,
    ctx: Ctx,
    Path((map, section, id)): Path<(String, String, String)>,
) -> Result<Json<EntryView>> {
    Ok(Json(catalogue.entry(&ctx, &map, &section, &id).await?))
}

/// How an element stands to the requirements that apply to it.
#[utoipa::path(get, path = "/api/v1/catalogue/maps/{map}/entries/elements/{id}/findings", operation_id = "elementFindings",
    tag = "catalogue", params(("map" = String, Path), ("id" = String, Path)),
    responses((status = 200, body = ElementFindings)))]
pub(super) async fn findings(
    State(catalogue): State<Catalogue>,
    ctx: Ctx,
    Path((map, id)): Path<(String, String)>,
) -> Result<Json<ElementFindings>> {
    let opened = catalogue.open(&ctx, &map).await?;
    opened.entry("elements", &id)?;
    let found = catalogue.findings(&ctx, &opened, &id).await?;
    found.map(Json).ok_or_else(|| fault::NOT_JUDGED.into())
}

/// The neighbours of an entry.
#[derive(Serialize, ToSchema)]
pub(super) struct Graph {
    section: String,
    id: String,
    name: String,
    relations: Vec<RelationView>,
}

#[derive(Default, Deserialize, IntoParams)]
#[serde(default)]
#[into_params(parameter_in = Query)]
pub(super) struct GraphQuery {
    /// How many relations in each direction at the most; 500 where nothing is said.
    most: Option<usize>,
}

/// The neighbours of an entry, in both directions.
#[utoipa::path(get, path = "/api/v1/catalogue/maps/{map}/entries/{section}/{id}/graph", operation_id = "entryGraph",
    tag = "catalogue", params(("map" = String, Path), ("section" = String, Path), ("id" = String, Path), GraphQuery),
    responses((status = 200, body = Graph)))]
pub(super) async fn graph(
    State(catalogue): State<Catalogue>,
    ctx: Ctx,
    Path((map, section, id)): Path<(String, String, String)>,
    Query(query): Query<GraphQuery>,
) -> Result<Json<Graph>> {
    let opened = catalogue.open(&ctx, &map).await?;
    let (section, entry) = opened.entry(&section, &id)?;
    let most = query.most.unwrap_or(500).min(5_000);
    Ok(Json(Graph {
        section: section.name().to_owned(),
        id: entry.id.clone(),
        name: entry.title(ctx.lang() == kernel::Lang::De).to_owned(),
        relations: rules::relations(opened.index(), section, &entry.id, ctx.lang(), most),
    }))
}
