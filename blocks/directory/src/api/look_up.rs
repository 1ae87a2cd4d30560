//! Places, regions, public services, and who is competent.

use super::{limit, part};
use crate::{
    names::{fault, may},
    operations::{Directory, Index},
};
use axum::extract::State;
use kernel::{
    Ctx, Lang, Result,
    http::{Json, Path, Query},
};
use ports::directory::{Competence, Directory as _, Level, PublicService, Region};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// A municipality that fits what was typed.
#[derive(Serialize, ToSchema)]
pub(super) struct PlaceFound {
    /// Region key, 12 digits.
    ars: String,
    /// Municipality key, 8 digits.
    ags: String,
    name: String,
    /// What sort of municipality, in the reader's language.
    kind: String,
    district: String,
    state: String,
    population: u32,
    postcodes: Vec<String>,
    /// `name`, `postcode` or `typo`.
    matched: String,
}

#[derive(Serialize, ToSchema)]
pub(super) struct Places {
    places: Vec<PlaceFound>,
    /// Editions and notices that must be shown with the places.
    source: String,
}

#[derive(Default, Deserialize, IntoParams)]
#[serde(default)]
#[into_params(parameter_in = Query)]
pub(super) struct PlaceQuery {
    /// Name, beginning of a name, postcode, or name with one typo.
    q: String,
    /// 1 to 50, 10 unless said.
    limit: Option<usize>,
}

/// Finds municipalities while somebody types: by name, postcode, or with one typo; best first.
#[utoipa::path(get, path = "/api/v1/directory/places", tag = "directory", params(PlaceQuery), responses((status = 200, body = Places)))]
pub(super) async fn places(
    State(directory): State<Directory>,
    ctx: Ctx,
    Query(query): Query<PlaceQuery>,
) -> Result<Json<Places>> {
    ctx.require(may::READ)?;
    let index = directory.index();
    let hits = index.places.search(&query.q, limit(query.limit, 10, 50)?);
    let places = hits.iter().map(|hit| place(&index, ctx.lang(), hit)).collect();
    Ok(Json(Places { places, source: source(&index) }))
}

fn place(index: &Index, lang: Lang, hit: &places::Hit<'_>) -> PlaceFound {
    let it = &hit.place;
    PlaceFound {
        ars: it.key.to_string(),
        ags: it.ags.clone(),
        name: it.name.to_owned(),
        kind: lang.pick(it.kind.german(), it.kind.english()).to_owned(),
        district: it.district.to_owned(),
        state: it.state.to_owned(),
        population: it.population,
        postcodes: index.places.postcodes(it.key).map(|it| format!("{it:05}")).collect(),
        matched: hit.matched.name().to_owned(),
    }
}

fn source(index: &Index) -> String {
    format!("{} ({}); {}", regions::NOTICE, index.places.as_of(), regions::POSTCODE_NOTICE)
}

/// A region with what lies in it.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct RegionAnswer {
    #[serde(flatten)]
    region: Region,
    postcodes: Vec<String>,
    /// The regions above it, the smallest first.
    above: Vec<Region>,
    /// The regions directly below it.
    below: Vec<Region>,
    source: String,
}

/// A region by its key (ARS of 2, 3, 5, 9 or 12 digits, also padded with zeros), with the regions above and below it.
#[utoipa::path(get, path = "/api/v1/directory/regions/{ars}", tag = "directory", params(("ars" = String, Path)), responses((status = 200, body = RegionAnswer)))]
pub(super) async fn region(
    State(directory): State<Directory>,
    ctx: Ctx,
    Path(ars): Path<String>,
) -> Result<Json<RegionAnswer>> {
    ctx.require(may::READ)?;
    let index = directory.index();
    let key = index.read_region(&ars)?;
    Ok(Json(RegionAnswer {
        region: index.region(key),
        postcodes: index.places.postcodes(key).map(|it| format!("{it:05}")).collect(),
        above: key
            .climb()
            .skip(1)
            .filter(|it| index.places.resolve(*it).is_some())
            .map(|it| index.region(it))
            .collect(),
        below: index.places.children(key).iter().map(|it| index.region(it.key)).collect(),
        source: source(&index),
    }))
}

#[derive(Default, Deserialize, IntoParams)]
#[serde(default)]
#[into_params(parameter_in = Query)]
pub(super) struct PublicServiceQuery {
    /// Words or a key.
    q: String,
    /// Region key: only public services for which somebody is competent there.
    region: String,
    offset: usize,
    /// 1 to 500, 20 unless said.
    limit: Option<usize>,
}

#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct PublicServiceList {
    count: usize,
    offset: usize,
    total_count: usize,
    public_services: Vec<PublicService>,
}

/// Finds public services by words or key: the shipped LeiKa list (Stand 2019) and own entries.
#[utoipa::path(get, path = "/api/v1/directory/public-services", tag = "directory", params(PublicServiceQuery), responses((status = 200, body = PublicServiceList)))]
pub(super) async fn public_services(
    State(directory): State<Directory>,
    ctx: Ctx,
    Query(query): Query<PublicServiceQuery>,
) -> Result<Json<PublicServiceList>> {
    ctx.require(may::READ)?;
    let index = directory.index();
    let limit = limit(query.limit, 20, 500)?;
    let mut found: Vec<PublicService> = index.find_public_services(&query.q);
    if !query.region.is_empty() {
        let offered = index.offered_in(index.read_region(&query.region)?, ctx.now(), false);
        found.retain(|it| offered.contains(&it.key.as_str()));
    }
    let (public_services, total_count) = part(found, query.offset, limit);
    Ok(Json(PublicServiceList {
        count: public_services.len(),
        offset: query.offset,
        total_count,
        public_services,
    }))
}

/// A public service by its key.
#[utoipa::path(get, path = "/api/v1/directory/public-services/{key}", tag = "directory", params(("key" = String, Path)), responses((status = 200, body = PublicService)))]
pub(super) async fn public_service(
    State(directory): State<Directory>,
    ctx: Ctx,
    Path(key): Path<String>,
) -> Result<Json<PublicService>> {
    crate::operations::read_public_service(&key)?;
    let found = directory.public_service(&ctx, &key).await?;
    Ok(Json(found.ok_or_else(|| fault::NO_PUBLIC_SERVICE.with("public_service", key))?))
}

#[derive(Deserialize, IntoParams)]
#[serde(rename_all = "camelCase")]
#[into_params(parameter_in = Query)]
pub(super) struct CompetenceQuery {
    /// LeiKa key of 14 digits, its URN, or another URN.
    public_service: String,
    /// Region key (ARS).
    region: String,
}

#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct CompetenceAnswer {
    office: OfficeNamed,
    destination_id: Option<String>,
    rule: RuleNamed,
    /// The regions that were asked, the smallest first; the last one had the rule.
    climbed: Vec<Region>,
}

#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct OfficeNamed {
    id: Option<String>,
    name: String,
    kind: String,
    address: String,
    phone: String,
    email: String,
    web: String,
    opening_hours: String,
}

#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct RuleNamed {
    id: String,
    public_service: String,
    /// Region key of the rule; empty for the federation.
    region: String,
    region_name: String,
    level: Level,
    /// `entered` here, or offered by a `destination`.
    origin: String,
    /// Why this office is competent, in the reader's language.
    text: String,
}

/// Who is competent for a public service in a region, and why: the rule of the longest region key wins.
///
/// 404 where no level has a rule; 409 with all rules where several of the same level contradict each other.
#[utoipa::path(get, path = "/api/v1/directory/competence", tag = "directory", params(CompetenceQuery), responses((status = 200, body = CompetenceAnswer)))]
pub(super) async fn competence(
    State(directory): State<Directory>,
    ctx: Ctx,
    Query(query): Query<CompetenceQuery>,
) -> Result<Json<CompetenceAnswer>> {
    let found = directory.competence(&ctx, &query.public_service, &query.region).await?;
    let index = directory.index();
    let text = index.say_why(ctx.lang(), &found);
    Ok(Json(answer(&index, found, text)))
}

fn answer(index: &Index, found: Competence, text: String) -> CompetenceAnswer {
    let office =
        found.office_id.as_deref().or(found.destination_id.as_ref().map(ports::ids::DestinationId::as_str));
    let office = office.and_then(|id| index.body(id)).map(|it| it.office.clone()).unwrap_or_default();
    CompetenceAnswer {
        office: OfficeNamed {
            id: found.office_id,
            name: found.office,
            kind: office.kind,
            address: office.address,
            phone: office.phone,
            email: office.email,
            web: office.web,
            opening_hours: office.opening_hours,
        },
        destination_id: found.destination_id.map(|it| it.to_string()),
        rule: RuleNamed {
            id: found.rule,
            public_service: found.public_service,
            region: found.rule_region,
            region_name: found.rule_region_name,
            level: found.level,
            origin: found.origin,
            text,
        },
        climbed: found.climbed,
    }
}
