//! Maps as a whole: the list, one of them, its matrix, its capabilities, what is odd about it.

use crate::{
    names::fault,
    operations::{Catalogue, Counts},
    rules,
};
use ::maps::{Branch, Remark};
use axum::extract::State;
use kernel::{
    Ctx, Lang, Result,
    http::{Json, Path, Query},
};
use landkarte::Section;
use ports::catalogue::{Catalogue as _, MapSummary, Wanted};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use utoipa::{IntoParams, ToSchema};

/// The maps that can be read.
#[derive(Serialize, ToSchema)]
pub(super) struct Maps {
    maps: Vec<MapSummary>,
}

/// All maps that the caller may read.
#[utoipa::path(get, path = "/api/v1/catalogue/maps", operation_id = "maps", tag = "catalogue", responses((status = 200, body = Maps)))]
pub(super) async fn all(State(catalogue): State<Catalogue>, ctx: Ctx) -> Result<Json<Maps>> {
    Ok(Json(Maps { maps: catalogue.maps(&ctx).await? }))
}

/// A map, without its entries.
#[derive(Serialize, ToSchema)]
pub(super) struct MapView {
    #[serde(flatten)]
    summary: MapSummary,
    /// What it is, in the reader's language.
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<String>,
    /// What must be shown with it.
    #[serde(skip_serializing_if = "Option::is_none")]
    notice: Option<String>,
    /// Whether everyone may read it.
    published: bool,
    /// How many entries each section has.
    sections: BTreeMap<String, usize>,
}

/// One map: who publishes it, as of when, how many entries it has.
#[utoipa::path(get, path = "/api/v1/catalogue/maps/{map}", operation_id = "map", tag = "catalogue",
    params(("map" = String, Path)), responses((status = 200, body = MapView)))]
pub(super) async fn one(
    State(catalogue): State<Catalogue>,
    ctx: Ctx,
    Path(map): Path<String>,
) -> Result<Json<MapView>> {
    let opened = catalogue.open(&ctx, &map).await?;
    let map = &opened.index().map;
    let said = |key: &str| map.head.words(key, ctx.lang() == Lang::De).map(str::to_owned);
    let sections = Section::ALL.into_iter().map(|it| (it.name().to_owned(), map.entries(it).len()));
    Ok(Json(MapView {
        summary: opened.summary(ctx.lang()),
        description: said("description"),
        notice: said("notice"),
        published: opened.kept.as_ref().is_none_or(|it| it.published_at.is_some()),
        sections: sections.collect(),
    }))
}

/// Layers by fields.
#[derive(Serialize, ToSchema)]
pub(super) struct MatrixView {
    /// Ids of layers; nothing for elements without one.
    rows: Vec<Option<String>>,
    /// Ids of fields; nothing for elements without one.
    columns: Vec<Option<String>>,
    /// For each row, for each column.
    cells: Vec<Vec<MatrixCell>>,
    /// Whether rows or columns were left out.
    cut: bool,
}

/// What stands where a layer meets a field.
#[derive(Serialize, ToSchema)]
pub(super) struct MatrixCell {
    count: usize,
    /// The ids of the first elements.
    first: Vec<String>,
}

/// Layers by fields: how many elements stand where, and the first of them. The filters are those of the list.
#[utoipa::path(get, path = "/api/v1/catalogue/maps/{map}/matrix", operation_id = "mapMatrix", tag = "catalogue",
    params(("map" = String, Path), super::entries::Filters), responses((status = 200, body = MatrixView)))]
pub(super) async fn matrix(
    State(catalogue): State<Catalogue>,
    ctx: Ctx,
    Path(map): Path<String>,
    Query(wanted): Query<Wanted>,
) -> Result<Json<MatrixView>> {
    let opened = catalogue.open(&ctx, &map).await?;
    let index = opened.index();
    let found = rules::find(index, Section::Elements, &wanted)
        .ok_or_else(|| fault::BAD_SORT.with("sort", &wanted.sort).at("sort"))?;
    let matrix = rules::matrix(index, &found);
    let ids = |first: &[usize]| {
        first.iter().filter_map(|it| index.at(Section::Elements, *it)).map(|it| it.id.clone()).collect()
    };
    let cell = |row, column| {
        let cell = matrix.cell(row, column);
        MatrixCell {
            count: cell.map_or(0, |it| it.count),
            first: cell.map(|it| ids(&it.first)).unwrap_or_default(),
        }
    };
    let cells = (0..matrix.rows.len()).map(|row| (0..matrix.columns.len()).map(|it| cell(row, it)).collect());
    let cells = cells.collect();
    let rows = matrix.rows.iter().map(|it| it.0.clone()).collect();
    Ok(Json(MatrixView { cells, rows, columns: matrix.columns.clone(), cut: matrix.cut }))
}

/// A capability, who serves it, and what is below it.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(no_recursion)]
pub(super) struct CapabilityView {
    id: String,
    title: String,
    /// Ids of elements.
    served_by: Vec<String>,
    /// Whether anybody serves it or one below it.
    served: bool,
    below: Vec<CapabilityView>,
}

/// The tree of capabilities.
#[derive(Serialize, ToSchema)]
pub(super) struct Capabilities {
    capabilities: Vec<CapabilityView>,
}

/// The tree of capabilities, with the elements that serve each.
#[utoipa::path(get, path = "/api/v1/catalogue/maps/{map}/capabilities", operation_id = "mapCapabilities", tag = "catalogue",
    params(("map" = String, Path)), responses((status = 200, body = Capabilities)))]
pub(super) async fn capabilities(
    State(catalogue): State<Catalogue>,
    ctx: Ctx,
    Path(map): Path<String>,
) -> Result<Json<Capabilities>> {
    let opened = catalogue.open(&ctx, &map).await?;
    let german = ctx.lang() == Lang::De;
    let branches = ::maps::capability_tree(&opened.index().map);
    Ok(Json(Capabilities { capabilities: branches.iter().map(|it| capability(it, german)).collect() }))
}

fn capability(it: &Branch<'_>, german: bool) -> CapabilityView {
    let below: Vec<CapabilityView> = it.branches.iter().map(|it| capability(it, german)).collect();
    CapabilityView {
        id: it.entry.id.clone(),
        title: it.entry.title(german).to_owned(),
        served_by: it.served_by.iter().map(|it| (*it).to_owned()).collect(),
        served: !it.served_by.is_empty() || below.iter().any(|it| it.served),
        below,
    }
}

/// What is odd about a map.
#[derive(Serialize, ToSchema)]
pub(super) struct LintView {
    errors: usize,
    warnings: usize,
    hints: usize,
    /// Errors first, then warnings, then hints.
    remarks: Vec<RemarkView>,
}

/// One thing that is odd.
#[derive(Serialize, ToSchema)]
pub(super) struct RemarkView {
    rule: String,
    /// error, warning or hint.
    severity: String,
    /// The section of the entry it is about; nothing where it is about the map.
    #[serde(skip_serializing_if = "Option::is_none")]
    section: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    key: Option<String>,
    /// In the map's canonical text.
    line: usize,
    column: usize,
    /// What, in a sentence.
    text: String,
}

#[derive(Default, Deserialize, IntoParams)]
#[serde(default)]
#[into_params(parameter_in = Query)]
pub(super) struct LintQuery {
    /// How many remarks to leave out.
    offset: usize,
    /// How many at the most, up to 1000; 200 where nothing is said.
    limit: Option<usize>,
}

/// What is odd about a map, as its own facts show.
#[utoipa::path(get, path = "/api/v1/catalogue/maps/{map}/lint", operation_id = "mapLint", tag = "catalogue",
    params(("map" = String, Path), LintQuery), responses((status = 200, body = LintView)))]
pub(super) async fn lint(
    State(catalogue): State<Catalogue>,
    ctx: Ctx,
    Path(map): Path<String>,
    Query(query): Query<LintQuery>,
) -> Result<Json<LintView>> {
    let opened = catalogue.open(&ctx, &map).await?;
    let remarks = catalogue.remarks(&ctx, &opened).await?;
    let counts = Counts::of(&remarks);
    let page = remarks.iter().skip(query.offset).take(query.limit.unwrap_or(200).min(1000));
    Ok(Json(LintView {
        errors: counts.errors,
        warnings: counts.warnings,
        hints: counts.hints,
        remarks: page.map(|it| remark(it, ctx.lang())).collect(),
    }))
}

fn remark(it: &Remark, lang: Lang) -> RemarkView {
    RemarkView {
        rule: it.rule.to_owned(),
        severity: it.severity.name().to_owned(),
        section: it.entry.as_ref().map(|it| it.0.name().to_owned()),
        id: it.entry.as_ref().map(|it| it.1.clone()),
        key: it.key.clone(),
        line: it.place.line,
        column: it.place.column,
        text: lang.pick(&it.de, &it.en).to_owned(),
    }
}
