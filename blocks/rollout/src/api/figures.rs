//! Rates, by themselves, over time, by region, side by side.

use super::Choice;
use crate::{
    names::fault,
    operations::{Rollout, rate},
    rules,
};
use axum::extract::State;
use kernel::{
    Ctx, Lang, Result,
    http::{Json, Path, Query},
};
use ports::rollout::{BaseView, PublicServiceRate, RateView, Rates, Rollout as _, TallyView, WantedRates};
use rates::{Level, Stage, Tally};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

#[derive(Default, Deserialize, IntoParams)]
#[serde(default)]
#[into_params(parameter_in = Query)]
pub(super) struct OneOrAll {
    /// The key of one public service; all where nothing is said.
    service: Option<String>,
    /// Whose roll-out; the caller's own, or else the operator's, where nothing is said.
    tenant: Option<String>,
    /// authorities, population or the name of an imported base; authorities where nothing is said.
    base: Option<String>,
    /// The day, 2026-02-13; today where nothing is said.
    date: Option<String>,
}

/// The rates of all public services, or of one, on one base and one day.
#[utoipa::path(get, path = "/api/v1/rollout/rates", operation_id = "rolloutRates", tag = "rollout", params(OneOrAll),
    responses((status = 200, body = Rates)))]
pub(super) async fn rates(
    State(rollout): State<Rollout>,
    ctx: Ctx,
    Query(it): Query<OneOrAll>,
) -> Result<Json<Rates>> {
    let wanted = WantedRates { tenant: it.tenant, public_service: it.service, base: it.base, date: it.date };
    Ok(Json(rollout.rates(&ctx, &wanted).await?))
}

/// The bases that rates can be weighed by.
#[derive(Serialize, ToSchema)]
pub(super) struct Bases {
    bases: Vec<BaseView>,
}

/// The bases that rates can be weighed by.
#[utoipa::path(get, path = "/api/v1/rollout/bases", operation_id = "rolloutBases", tag = "rollout", params(Choice),
    responses((status = 200, body = Bases)))]
pub(super) async fn bases(
    State(rollout): State<Rollout>,
    ctx: Ctx,
    Query(choice): Query<Choice>,
) -> Result<Json<Bases>> {
    let opened = rollout.open(&ctx, Some(&choice.tenant)).await?;
    Ok(Json(Bases { bases: opened.bases(&ctx) }))
}

/// A public service over time.
#[derive(Serialize, ToSchema)]
pub(super) struct Series {
    key: String,
    name: String,
    level: String,
    base: BaseView,
    /// The ends of months, the earliest first; the last is the day asked for.
    points: Vec<Point>,
}

/// A point in time.
#[derive(Serialize, ToSchema)]
pub(super) struct Point {
    date: String,
    rate: RateView,
    tally: TallyView,
}

/// The rate of a public service on the ends of 24 months.
#[utoipa::path(get, path = "/api/v1/rollout/public-services/{key}/series", operation_id = "rolloutSeries", tag = "rollout",
    params(("key" = String, Path), Choice), responses((status = 200, body = Series)))]
pub(super) async fn series(
    State(rollout): State<Rollout>,
    ctx: Ctx,
    Path(key): Path<String>,
    Query(choice): Query<Choice>,
) -> Result<Json<Series>> {
    let opened = rollout.open(&ctx, Some(&choice.tenant)).await?;
    let chosen = opened.choose(&ctx, &choice.base, &choice.date)?;
    let points = opened.series(&key, &chosen)?;
    let it = opened.followed(&key)?;
    let point = |(day, tally): (rates::Day, Tally)| Point {
        date: day.to_string(),
        rate: rules::rate_view(ctx.lang(), &tally),
        tally: rules::tally_view(&tally),
    };
    let (name, level) = (it.name.clone(), it.level.name().to_owned());
    Ok(Json(Series { key, name, level, base: chosen.base, points: points.into_iter().map(point).collect() }))
}

#[derive(Default, Deserialize, IntoParams)]
#[serde(default)]
#[into_params(parameter_in = Query)]
pub(super) struct By {
    /// state or district; district where nothing is said.
    by: String,
}

/// A public service by region.
#[derive(Serialize, ToSchema)]
pub(super) struct ByRegion {
    base: BaseView,
    date: String,
    regions: Vec<RegionView>,
}

/// A region with the authorities in it.
#[derive(Serialize, ToSchema)]
pub(super) struct RegionView {
    ars: String,
    name: String,
    rate: RateView,
    tally: TallyView,
}

/// The rate of a public service in each Kreis, or in each Land.
#[utoipa::path(get, path = "/api/v1/rollout/public-services/{key}/regions", operation_id = "rolloutRegions", tag = "rollout",
    params(("key" = String, Path), Choice, By), responses((status = 200, body = ByRegion)))]
pub(super) async fn regions(
    State(rollout): State<Rollout>,
    ctx: Ctx,
    Path(key): Path<String>,
    Query(choice): Query<Choice>,
    Query(by): Query<By>,
) -> Result<Json<ByRegion>> {
    let level = match by.by.as_str() {
        "" | "district" => Level::District,
        "state" => Level::State,
        other => return Err(fault::BAD_ORDER.with("sort", other).with("known", "state, district").at("by")),
    };
    let opened = rollout.open(&ctx, Some(&choice.tenant)).await?;
    let chosen = opened.choose(&ctx, &choice.base, &choice.date)?;
    let territory = &opened.ready.world.territory;
    let regions = opened.regions(&key, &chosen, level)?;
    let view = |it: &crate::operations::RegionLine| RegionView {
        ars: territory.key_text(it.place),
        name: territory.name(it.place).to_owned(),
        rate: rules::rate_view(ctx.lang(), &it.tally),
        tally: rules::tally_view(&it.tally),
    };
    let regions = regions.iter().map(view).collect();
    Ok(Json(ByRegion { base: chosen.base, date: chosen.day.to_string(), regions }))
}

#[derive(Default, Deserialize, IntoParams)]
#[serde(default)]
#[into_params(parameter_in = Query)]
pub(super) struct Filter {
    /// The region (ARS) whose authorities are wanted; all of Germany where nothing is said.
    within: String,
    /// `connected`, `in_progress`, `planned` or `none`; all where nothing is said.
    state: String,
    /// How many to leave out.
    offset: usize,
    /// How many at the most; 1000 where nothing is said.
    limit: Option<usize>,
}

/// The authorities of a public service.
#[derive(Serialize, ToSchema)]
pub(super) struct AuthorityList {
    base: BaseView,
    date: String,
    total: usize,
    authorities: Vec<AuthorityView>,
}

/// An authority with what holds for it.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct AuthorityView {
    ars: String,
    name: String,
    /// `connected`, `in_progress`, `planned` or `none`; nothing where nobody said anything.
    state: Option<String>,
    since: Option<String>,
    /// Whether it has that by a region above it.
    inherited: bool,
    /// The region whose statement it is.
    by: Option<String>,
    /// Its value in the base.
    value: Option<f64>,
    source: Option<String>,
    note: Option<String>,
}

/// The authorities that are competent for a public service, with the statement behind each.
#[utoipa::path(get, path = "/api/v1/rollout/public-services/{key}/authorities", operation_id = "rolloutAuthorities", tag = "rollout",
    params(("key" = String, Path), Choice, Filter), responses((status = 200, body = AuthorityList)))]
pub(super) async fn authorities(
    State(rollout): State<Rollout>,
    ctx: Ctx,
    Path(key): Path<String>,
    Query(choice): Query<Choice>,
    Query(filter): Query<Filter>,
) -> Result<Json<AuthorityList>> {
    let opened = rollout.open(&ctx, Some(&choice.tenant)).await?;
    let chosen = opened.choose(&ctx, &choice.base, &choice.date)?;
    let region = opened.region(&filter.within)?;
    let stage = stage_named(&filter.state)?;
    let all = rollout.authorities(&ctx, &opened, &key, &chosen, (region, stage)).await?;
    let territory = &opened.ready.world.territory;
    let view = |it: &crate::operations::Authority| AuthorityView {
        ars: territory.key_text(it.place),
        name: territory.name(it.place).to_owned(),
        state: it.standing.map(|it| it.stage.name().to_owned()),
        since: it.standing.map(|it| it.since.to_string()),
        inherited: it.standing.is_some_and(|standing| standing.is_inherited(it.place)),
        by: it.standing.map(|it| territory.key_text(it.by)),
        value: it.value.map(rules::thousandths),
        source: it.line.as_ref().map(|it| it.source.clone()),
        note: it.line.as_ref().map(|it| it.note.clone()).filter(|it| !it.is_empty()),
    };
    let page = all.iter().skip(filter.offset).take(filter.limit.unwrap_or(1000)).map(view).collect();
    let (total, date) = (all.len(), chosen.day.to_string());
    Ok(Json(AuthorityList { base: chosen.base, date, total, authorities: page }))
}

/// The stage of a name; nothing where none is said.
pub(crate) fn stage_named(name: &str) -> Result<Option<Stage>> {
    if name.is_empty() {
        return Ok(None);
    }
    let known = "connected, in_progress, planned, none";
    name.parse().map(Some).map_err(|()| fault::BAD_ORDER.with("sort", name).with("known", known).at("state"))
}

#[derive(Default, Deserialize, IntoParams)]
#[serde(default)]
#[into_params(parameter_in = Query)]
pub(super) struct Several {
    /// Keys of public services, with commas between them.
    services: String,
    /// Another base for each of them, with commas between them; the one base where nothing is said.
    bases: String,
}

/// Public services side by side.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct Comparison {
    /// Whether they may be compared.
    comparable: bool,
    /// Why not.
    reasons: Vec<String>,
    public_services: Vec<ComparedView>,
}

/// One of them.
#[derive(Serialize, ToSchema)]
pub(super) struct ComparedView {
    base: BaseView,
    #[serde(flatten)]
    rate: PublicServiceRate,
}

/// Public services side by side; they are compared on one base and one day only, and otherwise it is said why not.
#[utoipa::path(get, path = "/api/v1/rollout/comparison", operation_id = "rolloutComparison", tag = "rollout",
    params(Choice, Several), responses((status = 200, body = Comparison)))]
pub(super) async fn comparison(
    State(rollout): State<Rollout>,
    ctx: Ctx,
    Query(choice): Query<Choice>,
    Query(several): Query<Several>,
) -> Result<Json<Comparison>> {
    let opened = rollout.open(&ctx, Some(&choice.tenant)).await?;
    let split = |it: &str| -> Vec<String> {
        it.split(',').map(str::trim).filter(|it| !it.is_empty()).map(str::to_owned).collect()
    };
    let (keys, bases) = (split(&several.services), split(&several.bases));
    let chosen = keys.iter().enumerate().map(|(at, _)| {
        let base = bases.get(at).map_or(choice.base.as_str(), String::as_str);
        opened.choose(&ctx, base, &choice.date)
    });
    let chosen = chosen.collect::<Result<Vec<_>>>()?;
    let (lines, reasons) = opened.comparison(&keys, &chosen)?;
    let view = |(it, chosen): (&crate::operations::ServiceLine, crate::operations::Chosen)| ComparedView {
        base: chosen.base,
        rate: rate(ctx.lang(), it),
    };
    Ok(Json(Comparison {
        comparable: reasons.is_empty(),
        reasons: reasons.iter().map(|it| said(ctx.lang(), &it.sentence())).collect(),
        public_services: lines.iter().zip(chosen).map(view).collect(),
    }))
}

/// A sentence in the reader's language.
pub(super) fn said(lang: Lang, it: &rates::Wording) -> String {
    lang.pick(&it.de, &it.en).to_owned()
}

/// Submissions by month.
#[derive(Serialize, ToSchema)]
pub(super) struct Submissions {
    months: Vec<MonthView>,
}

/// The submissions of a month from one source.
#[derive(Serialize, ToSchema)]
pub(super) struct MonthView {
    month: String,
    count: u64,
    /// Who says so; nothing where this node counted.
    source: Option<String>,
}

/// The submissions of a public service by month: those that this node counted, and imported ones with their source.
#[utoipa::path(get, path = "/api/v1/rollout/public-services/{key}/submissions", operation_id = "rolloutSubmissions", tag = "rollout",
    params(("key" = String, Path), Choice), responses((status = 200, body = Submissions)))]
pub(super) async fn submissions(
    State(rollout): State<Rollout>,
    ctx: Ctx,
    Path(key): Path<String>,
    Query(choice): Query<Choice>,
) -> Result<Json<Submissions>> {
    let opened = rollout.open(&ctx, Some(&choice.tenant)).await?;
    let months = rollout.submissions(&ctx, &opened, &key).await?;
    let view =
        |it: crate::operations::MonthLine| MonthView { month: it.month, count: it.count, source: it.source };
    Ok(Json(Submissions { months: months.into_iter().map(view).collect() }))
}
