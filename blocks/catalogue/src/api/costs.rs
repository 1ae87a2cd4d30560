//! Costs, duties, what exists, and the annex for whoever buys.

use crate::{
    names::fault,
    operations::{Catalogue, Purchase, municipality, this_year},
};
use axum::extract::State;
use costs::{DEFAULT_YEARS, Pick, Question, Scenario};
use kernel::{
    Ctx, Result,
    http::{Json, Path, Query},
};
use procurement::Wish;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::BTreeMap;
use utoipa::{IntoParams, ToSchema};

/// What a municipality can choose from.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct CostOffer {
    /// What the map calls mandatory: element, since when, by which decision, for whom, and whether it is ticked from the start.
    #[schema(value_type = Vec<Object>)]
    mandatory: Value,
    /// The ids of the elements that state costs.
    with_costs: Vec<String>,
}

/// What a municipality can choose from in a map: what is mandatory, and what states costs.
#[utoipa::path(get, path = "/api/v1/catalogue/maps/{map}/costs", operation_id = "mapCostOffer", tag = "catalogue",
    params(("map" = String, Path)), responses((status = 200, body = CostOffer)))]
pub(super) async fn offer(
    State(catalogue): State<Catalogue>,
    ctx: Ctx,
    Path(map): Path<String>,
) -> Result<Json<CostOffer>> {
    let opened = catalogue.open(&ctx, &map).await?;
    let offer = catalogue.offer(&opened).await?;
    Ok(Json(CostOffer { mandatory: json(&offer.mandatory)?, with_costs: offer.with_costs }))
}

/// What is asked about costs.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct CostRequest {
    /// The region key of the municipality (ARS, twelve digits).
    ars: String,
    /// How many workplaces its administration has.
    workplaces: Option<u64>,
    /// Cases a year by public service (LeiKa key).
    #[serde(default)]
    cases: BTreeMap<String, u64>,
    /// The first year; this year where nothing is said.
    first_year: Option<u16>,
    /// How many years, 1 to 50; ten where nothing is said.
    years: Option<u16>,
    /// What is chosen.
    one: CostScenario,
    /// What it is compared with.
    other: Option<CostScenario>,
}

/// A choice of elements.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct CostScenario {
    /// What to call it.
    #[serde(default)]
    name: String,
    /// What is chosen.
    picks: Vec<CostPick>,
}

/// One chosen element.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct CostPick {
    /// The id of the element.
    element: String,
    /// The year in which it is introduced, or since when it is in use; the first year where nothing is said.
    from: Option<u16>,
    /// The last year in which it is in use.
    until: Option<u16>,
}

/// What one or two scenarios cost a municipality; amounts are in cents, `open` says that more may come.
#[derive(Serialize, ToSchema)]
pub(super) struct CostAnswer {
    /// Sums by year, kind, horizon and bearer, every item with its source, what is missing, assumptions, what was already spent.
    #[schema(value_type = Object)]
    one: Value,
    /// Likewise.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Object>)]
    other: Option<Value>,
    /// Year by year, and when one overtakes the other.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Object>)]
    comparison: Option<Value>,
    /// What must be shown with the population.
    notice: &'static str,
}

/// What a choice of elements costs a municipality, and how two choices compare.
#[utoipa::path(post, path = "/api/v1/catalogue/maps/{map}/costs", operation_id = "mapCosts", tag = "catalogue",
    params(("map" = String, Path)), request_body = CostRequest, responses((status = 200, body = CostAnswer)))]
pub(super) async fn reckon(
    State(catalogue): State<Catalogue>,
    ctx: Ctx,
    Path(map): Path<String>,
    Json(asked): Json<CostRequest>,
) -> Result<Json<CostAnswer>> {
    let opened = catalogue.open(&ctx, &map).await?;
    let found = municipality(&asked.ars);
    let mut municipality = found.ok_or_else(|| fault::NO_PLACE.with("ars", &asked.ars).at("ars"))?;
    (municipality.workplaces, municipality.cases) = (asked.workplaces, asked.cases);
    let first_year = asked.first_year.or_else(|| u16::try_from(this_year(&ctx)).ok()).unwrap_or_default();
    let question = Question { municipality, first_year, years: asked.years.unwrap_or(DEFAULT_YEARS) };
    let id = &opened.index().map.head.id;
    let scenario = |it: CostScenario| Scenario {
        name: it.name,
        picks: it
            .picks
            .into_iter()
            .map(|it| Pick {
                map: id.clone(),
                element: it.element,
                from: it.from.unwrap_or(first_year),
                until: it.until,
            })
            .collect(),
    };
    let scenarios = (scenario(asked.one), asked.other.map(scenario));
    let reckoning = catalogue.reckon(&ctx, &opened, question, scenarios).await?;
    Ok(Json(CostAnswer {
        one: json(&reckoning.one)?,
        other: reckoning.other.as_ref().map(json).transpose()?,
        comparison: reckoning.comparison.as_ref().map(json).transpose()?,
        notice: regions::NOTICE,
    }))
}

/// What an engine says, as it says it.
fn json<T: Serialize>(it: &T) -> Result<Value> {
    serde_json::to_value(it).map_err(|it| kernel::fault::INTERNAL.because(it))
}

#[derive(Default, Deserialize, IntoParams)]
#[serde(default)]
#[into_params(parameter_in = Query)]
pub(super) struct DutiesQuery {
    /// For so many months a tested exit counts; 24 where nothing is said.
    months: Option<u16>,
}

/// What is agreed, proven, expired, unknown or missing for each element, duty by duty.
#[utoipa::path(get, path = "/api/v1/catalogue/maps/{map}/duties", operation_id = "mapDuties", tag = "catalogue",
    params(("map" = String, Path), DutiesQuery), responses((status = 200, body = Object)))]
pub(super) async fn duties(
    State(catalogue): State<Catalogue>,
    ctx: Ctx,
    Path(map): Path<String>,
    Query(query): Query<DutiesQuery>,
) -> Result<Json<Value>> {
    let opened = catalogue.open(&ctx, &map).await?;
    let table = catalogue.duties(&ctx, &opened, query.months).await?;
    Ok(Json(json(&table)?))
}

/// What is wanted.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct WishRequest {
    /// Words, as one would say them.
    #[serde(default)]
    words: String,
    /// Capabilities, by id or title.
    #[serde(default)]
    capabilities: Vec<String>,
    /// Public services, by LeiKa key.
    #[serde(default)]
    public_services: Vec<String>,
}

/// Looks for what exists in every map that the caller may read, before anyone builds anew.
#[utoipa::path(post, path = "/api/v1/catalogue/reuse", operation_id = "findReuse", tag = "catalogue",
    request_body = WishRequest, responses((status = 200, body = Object)))]
pub(super) async fn reuse(
    State(catalogue): State<Catalogue>,
    ctx: Ctx,
    Json(asked): Json<WishRequest>,
) -> Result<Json<Value>> {
    let wish =
        Wish { words: asked.words, capabilities: asked.capabilities, public_services: asked.public_services };
    let existing = catalogue.existing(&ctx, wish).await?;
    Ok(Json(json(&existing.found)?))
}

/// What is bought.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct AnnexRequest {
    /// What it is called.
    #[serde(default)]
    title: String,
    /// Who buys.
    #[serde(default)]
    buyer: String,
    /// The ids of the elements.
    elements: Vec<String>,
    /// The ids of sets of requirements; all that speak of elements where there are none.
    #[serde(default)]
    sets: Vec<String>,
}

/// An annex to a contract for elements of a map: requirements with levels, interfaces, evidence, exit and audit, each with its source.
#[utoipa::path(post, path = "/api/v1/catalogue/maps/{map}/annex", operation_id = "mapAnnex", tag = "catalogue",
    params(("map" = String, Path)), request_body = AnnexRequest, responses((status = 200, body = Object)))]
pub(super) async fn annex(
    State(catalogue): State<Catalogue>,
    ctx: Ctx,
    Path(map): Path<String>,
    Json(asked): Json<AnnexRequest>,
) -> Result<Json<Value>> {
    let opened = catalogue.open(&ctx, &map).await?;
    let AnnexRequest { title, buyer, elements, sets } = asked;
    let annex = catalogue.annex(&ctx, &opened, Purchase { title, buyer, elements, sets }).await?;
    Ok(Json(json(&annex)?))
}
