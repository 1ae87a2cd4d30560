//! Offices and organisations with their channels and certificates.

use super::{limit, part};
use crate::{
    model::{CertificateFacts, ChannelEntry, Office, Organisation},
    names::{fault, may},
    operations::{Body, Directory, Index, OfficeFilter},
    rules,
};
use axum::extract::State;
use kernel::{
    Ctx, Result,
    http::{Json, Path, Query},
};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// An office with everything that is known of it.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct OfficeAnswer {
    #[serde(flatten)]
    office: Office,
    /// `entered` here, or told by a `destination`.
    origin: String,
    region_name: String,
    public_services: Vec<Offered>,
    channels: Vec<ChannelAnswer>,
}

#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct Offered {
    key: String,
    name: String,
    region: String,
    region_name: String,
}

/// A channel with what its certificate says.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct ChannelAnswer {
    id: String,
    /// FIT-Connect, XTA, beBPo, OSCI, e-mail, SFTP, AS4, …
    kind: String,
    address: String,
    #[schema(value_type = Object)]
    settings: serde_json::Value,
    /// PEM, empty for none.
    certificate: String,
    certificate_facts: Option<CertificateFacts>,
    /// Whole days until the certificate ends; negative when it is past.
    days_left: Option<i64>,
}

#[derive(Default, Deserialize, IntoParams)]
#[serde(rename_all = "camelCase", default)]
#[into_params(parameter_in = Query)]
pub(super) struct OfficeQuery {
    /// Words of the name or kind.
    q: String,
    /// Standesamt, Vollstreckungsbehörde, …
    kind: String,
    /// Region key.
    region: String,
    /// LeiKa key or URN.
    public_service: String,
    /// FIT-Connect, XTA, beBPo, …
    channel: String,
    offset: usize,
    /// 1 to 500, 20 unless said.
    limit: Option<usize>,
}

#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct OfficeList {
    count: usize,
    offset: usize,
    total_count: usize,
    offices: Vec<OfficeAnswer>,
}

/// Finds offices by name, kind, region, public service and channel. Active destinations stand among them.
#[utoipa::path(get, path = "/api/v1/directory/offices", tag = "directory", params(OfficeQuery), responses((status = 200, body = OfficeList)))]
pub(super) async fn search(
    State(directory): State<Directory>,
    ctx: Ctx,
    Query(query): Query<OfficeQuery>,
) -> Result<Json<OfficeList>> {
    ctx.require(may::READ)?;
    let index = directory.index();
    let limit = limit(query.limit, 20, 500)?;
    let filter = OfficeFilter {
        q: query.q,
        kind: query.kind,
        region: query.region,
        public_service: query.public_service,
        channel: query.channel,
    };
    let (found, total_count) = part(index.find_offices(&filter), query.offset, limit);
    let offices: Vec<OfficeAnswer> = found.into_iter().map(|it| answer(&index, it, ctx.now())).collect();
    Ok(Json(OfficeList { count: offices.len(), offset: query.offset, total_count, offices }))
}

/// An office with its public services, channels and certificates.
#[utoipa::path(get, path = "/api/v1/directory/offices/{id}", operation_id = "directory_office", tag = "directory", params(("id" = String, Path)), responses((status = 200, body = OfficeAnswer)))]
pub(super) async fn one(
    State(directory): State<Directory>,
    ctx: Ctx,
    Path(id): Path<String>,
) -> Result<Json<OfficeAnswer>> {
    ctx.require(may::READ)?;
    let index = directory.index();
    let body = index.body(&id).ok_or_else(|| fault::NO_ENTRY.with("id", id))?;
    Ok(Json(answer(&index, body, ctx.now())))
}

fn answer(index: &Index, body: &Body, now: i64) -> OfficeAnswer {
    let region = body.office.region.parse().unwrap_or(regions::RegionKey::FEDERATION);
    OfficeAnswer {
        office: body.office.clone(),
        origin: body.origin.name().to_owned(),
        region_name: index.region_name(region),
        public_services: body
            .public_services
            .iter()
            .map(|(key, region)| Offered {
                key: key.clone(),
                name: index.public_service_name(key).to_owned(),
                region: region.to_string(),
                region_name: index.region_name(*region),
            })
            .collect(),
        channels: body.channels.iter().map(|it| channel(it, now)).collect(),
    }
}

/// A channel as others see it.
pub(super) fn channel(it: &ChannelEntry, now: i64) -> ChannelAnswer {
    ChannelAnswer {
        id: it.channel.id.clone(),
        kind: it.channel.kind.clone(),
        address: it.channel.address.clone(),
        settings: it.channel.settings.clone(),
        certificate: it.channel.certificate.clone(),
        certificate_facts: it.certificate.clone(),
        days_left: it.certificate.as_ref().map(|it| rules::days_left(it.not_after, now)),
    }
}

#[derive(Default, Deserialize, IntoParams)]
#[serde(default)]
#[into_params(parameter_in = Query)]
pub(super) struct OrganisationQuery {
    /// Words of the name.
    q: String,
    offset: usize,
    /// 1 to 500, 20 unless said.
    limit: Option<usize>,
}

#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct OrganisationList {
    count: usize,
    offset: usize,
    total_count: usize,
    organisations: Vec<Organisation>,
}

/// Organisations by name.
#[utoipa::path(get, path = "/api/v1/directory/organisations", tag = "directory", params(OrganisationQuery), responses((status = 200, body = OrganisationList)))]
pub(super) async fn organisations(
    State(directory): State<Directory>,
    ctx: Ctx,
    Query(query): Query<OrganisationQuery>,
) -> Result<Json<OrganisationList>> {
    ctx.require(may::READ)?;
    let index = directory.index();
    let typed = places::fold(&query.q);
    let fits = |it: &&Organisation| {
        typed.split(' ').all(|typed| places::fold(&it.name).split(' ').any(|word| word.starts_with(typed)))
    };
    let all: Vec<&Organisation> =
        index.organisations.iter().filter(|it| !it.deleted).map(|it| &it.entry).filter(fits).collect();
    let (found, total_count) = part(all, query.offset, limit(query.limit, 20, 500)?);
    let organisations: Vec<Organisation> = found.into_iter().cloned().collect();
    Ok(Json(OrganisationList {
        count: organisations.len(),
        offset: query.offset,
        total_count,
        organisations,
    }))
}
