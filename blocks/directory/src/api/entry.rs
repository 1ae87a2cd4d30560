//! Entering, changing, deleting and restoring; conflicts and certificate warnings.

use super::{
    Editor, limit,
    office::{ChannelAnswer, channel},
    part,
};
use crate::{
    model::{Channel, Kept, Office, Organisation, OwnPublicService, Rule},
    names::{fault, may},
    operations::{Directory, Entry, Noun},
};
use axum::{extract::State, http::StatusCode};
use kernel::{
    Ctx, Error, Result,
    http::{Json, Path, Query},
};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// The id of what was stored, and what it contradicts.
#[derive(Serialize, ToSchema)]
pub(super) struct Stored {
    id: String,
    /// Rules of equal rank, in words. Both are kept and shown until one is changed.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    conflicts: Vec<String>,
}

async fn enter(directory: &Directory, ctx: &Ctx, entry: Entry) -> Result<(StatusCode, Json<Stored>)> {
    let noun = entry.noun();
    let known = directory.index().keeper(noun, entry.id()).is_some() && !entry.id().is_empty();
    let id = directory.put(ctx, entry).await?;
    let conflicts = if noun == Noun::Rule { directory.index().conflicts_of(&id) } else { Vec::new() };
    Ok((if known { StatusCode::OK } else { StatusCode::CREATED }, Json(Stored { id, conflicts })))
}

/// The id in the address holds; another one in the body is a mistake.
fn same_id(address: String, body: &mut String) -> Result<()> {
    if !body.is_empty() && *body != address {
        return Err(Error::from(fault::BAD_ENTRY).with("reason", format!("id ≠ {address}")).at("/id"));
    }
    *body = address;
    Ok(())
}

async fn change(directory: &Directory, ctx: &Ctx, entry: Entry) -> Result<Json<Stored>> {
    ctx.require(may::EDIT)?;
    let index = directory.index();
    let kept = index.keeper(entry.noun(), entry.id()).filter(|(_, deleted)| !deleted);
    if kept.is_none() {
        return Err(fault::NO_ENTRY.with("id", entry.id()));
    }
    Ok(enter(directory, ctx, entry).await?.1)
}

/// Enters an office of the caller's tenant.
#[utoipa::path(post, path = "/api/v1/directory/offices", tag = "directory", request_body = Office, responses((status = 201, body = Stored)))]
pub(super) async fn enter_office(
    State(directory): State<Directory>,
    Editor(ctx): Editor,
    Json(it): Json<Office>,
) -> Result<(StatusCode, Json<Stored>)> {
    enter(&directory, &ctx, Entry::Office(it)).await
}

/// Changes an office: the whole of it.
#[utoipa::path(put, path = "/api/v1/directory/offices/{id}", tag = "directory", params(("id" = String, Path)), request_body = Office, responses((status = 200, body = Stored)))]
pub(super) async fn change_office(
    State(directory): State<Directory>,
    Editor(ctx): Editor,
    Path(id): Path<String>,
    Json(mut it): Json<Office>,
) -> Result<Json<Stored>> {
    same_id(id, &mut it.id)?;
    change(&directory, &ctx, Entry::Office(it)).await
}

/// Deletes an office; it can be restored.
#[utoipa::path(delete, path = "/api/v1/directory/offices/{id}", tag = "directory", params(("id" = String, Path)), responses((status = 204)))]
pub(super) async fn delete_office(
    State(directory): State<Directory>,
    ctx: Ctx,
    Path(id): Path<String>,
) -> Result<StatusCode> {
    directory.delete(&ctx, Noun::Office, &id, true).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Restores a deleted office.
#[utoipa::path(post, path = "/api/v1/directory/offices/{id}/restoration", tag = "directory", params(("id" = String, Path)), responses((status = 204)))]
pub(super) async fn restore_office(
    State(directory): State<Directory>,
    ctx: Ctx,
    Path(id): Path<String>,
) -> Result<StatusCode> {
    directory.delete(&ctx, Noun::Office, &id, false).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Enters an organisation of the caller's tenant.
#[utoipa::path(post, path = "/api/v1/directory/organisations", tag = "directory", request_body = Organisation, responses((status = 201, body = Stored)))]
pub(super) async fn enter_organisation(
    State(directory): State<Directory>,
    Editor(ctx): Editor,
    Json(it): Json<Organisation>,
) -> Result<(StatusCode, Json<Stored>)> {
    enter(&directory, &ctx, Entry::Organisation(it)).await
}

/// Changes an organisation: the whole of it.
#[utoipa::path(put, path = "/api/v1/directory/organisations/{id}", tag = "directory", params(("id" = String, Path)), request_body = Organisation, responses((status = 200, body = Stored)))]
pub(super) async fn change_organisation(
    State(directory): State<Directory>,
    Editor(ctx): Editor,
    Path(id): Path<String>,
    Json(mut it): Json<Organisation>,
) -> Result<Json<Stored>> {
    same_id(id, &mut it.id)?;
    change(&directory, &ctx, Entry::Organisation(it)).await
}

/// Deletes an organisation; it can be restored.
#[utoipa::path(delete, path = "/api/v1/directory/organisations/{id}", tag = "directory", params(("id" = String, Path)), responses((status = 204)))]
pub(super) async fn delete_organisation(
    State(directory): State<Directory>,
    ctx: Ctx,
    Path(id): Path<String>,
) -> Result<StatusCode> {
    directory.delete(&ctx, Noun::Organisation, &id, true).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Restores a deleted organisation.
#[utoipa::path(post, path = "/api/v1/directory/organisations/{id}/restoration", tag = "directory", params(("id" = String, Path)), responses((status = 204)))]
pub(super) async fn restore_organisation(
    State(directory): State<Directory>,
    ctx: Ctx,
    Path(id): Path<String>,
) -> Result<StatusCode> {
    directory.delete(&ctx, Noun::Organisation, &id, false).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Enters a rule of the caller's tenant.
#[utoipa::path(post, path = "/api/v1/directory/rules", tag = "directory", request_body = Rule, responses((status = 201, body = Stored)))]
pub(super) async fn enter_rule(
    State(directory): State<Directory>,
    Editor(ctx): Editor,
    Json(it): Json<Rule>,
) -> Result<(StatusCode, Json<Stored>)> {
    enter(&directory, &ctx, Entry::Rule(it)).await
}

/// Changes a rule: the whole of it.
#[utoipa::path(put, path = "/api/v1/directory/rules/{id}", tag = "directory", params(("id" = String, Path)), request_body = Rule, responses((status = 200, body = Stored)))]
pub(super) async fn change_rule(
    State(directory): State<Directory>,
    Editor(ctx): Editor,
    Path(id): Path<String>,
    Json(mut it): Json<Rule>,
) -> Result<Json<Stored>> {
    same_id(id, &mut it.id)?;
    change(&directory, &ctx, Entry::Rule(it)).await
}

/// Deletes a rule; it can be restored.
#[utoipa::path(delete, path = "/api/v1/directory/rules/{id}", tag = "directory", params(("id" = String, Path)), responses((status = 204)))]
pub(super) async fn delete_rule(
    State(directory): State<Directory>,
    ctx: Ctx,
    Path(id): Path<String>,
) -> Result<StatusCode> {
    directory.delete(&ctx, Noun::Rule, &id, true).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Restores a deleted rule.
#[utoipa::path(post, path = "/api/v1/directory/rules/{id}/restoration", tag = "directory", params(("id" = String, Path)), responses((status = 204)))]
pub(super) async fn restore_rule(
    State(directory): State<Directory>,
    ctx: Ctx,
    Path(id): Path<String>,
) -> Result<StatusCode> {
    directory.delete(&ctx, Noun::Rule, &id, false).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Enters a channel of the caller's tenant.
#[utoipa::path(post, path = "/api/v1/directory/channels", tag = "directory", request_body = Channel, responses((status = 201, body = Stored)))]
pub(super) async fn enter_channel(
    State(directory): State<Directory>,
    Editor(ctx): Editor,
    Json(it): Json<Channel>,
) -> Result<(StatusCode, Json<Stored>)> {
    enter(&directory, &ctx, Entry::Channel(it)).await
}

/// Changes a channel: the whole of it.
#[utoipa::path(put, path = "/api/v1/directory/channels/{id}", tag = "directory", params(("id" = String, Path)), request_body = Channel, responses((status = 200, body = Stored)))]
pub(super) async fn change_channel(
    State(directory): State<Directory>,
    Editor(ctx): Editor,
    Path(id): Path<String>,
    Json(mut it): Json<Channel>,
) -> Result<Json<Stored>> {
    same_id(id, &mut it.id)?;
    change(&directory, &ctx, Entry::Channel(it)).await
}

/// Deletes a channel; it can be restored.
#[utoipa::path(delete, path = "/api/v1/directory/channels/{id}", tag = "directory", params(("id" = String, Path)), responses((status = 204)))]
pub(super) async fn delete_channel(
    State(directory): State<Directory>,
    ctx: Ctx,
    Path(id): Path<String>,
) -> Result<StatusCode> {
    directory.delete(&ctx, Noun::Channel, &id, true).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Restores a deleted channel.
#[utoipa::path(post, path = "/api/v1/directory/channels/{id}/restoration", tag = "directory", params(("id" = String, Path)), responses((status = 204)))]
pub(super) async fn restore_channel(
    State(directory): State<Directory>,
    ctx: Ctx,
    Path(id): Path<String>,
) -> Result<StatusCode> {
    directory.delete(&ctx, Noun::Channel, &id, false).await?;
    Ok(StatusCode::NO_CONTENT)
}

#[derive(Default, Deserialize, IntoParams)]
#[serde(rename_all = "camelCase", default)]
#[into_params(parameter_in = Query)]
pub(super) struct RuleQuery {
    /// LeiKa key or URN.
    public_service: String,
    /// Exactly this region key.
    region: Option<String>,
    offset: usize,
    /// 1 to 500, 100 unless said.
    limit: Option<usize>,
}

#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct RuleList {
    count: usize,
    offset: usize,
    total_count: usize,
    rules: Vec<Rule>,
}

/// The caller's rules.
#[utoipa::path(get, path = "/api/v1/directory/rules", tag = "directory", params(RuleQuery), responses((status = 200, body = RuleList)))]
pub(super) async fn rules(
    State(directory): State<Directory>,
    ctx: Ctx,
    Query(query): Query<RuleQuery>,
) -> Result<Json<RuleList>> {
    ctx.require(may::SUPERVISE)?;
    let index = directory.index();
    let key = (!query.public_service.is_empty())
        .then(|| crate::operations::read_public_service(&query.public_service))
        .transpose()?;
    let fits = |it: &&Kept<crate::model::CheckedRule>| {
        let rule = &it.entry.rule;
        !it.deleted
            && ctx.actor().sees(&it.tenant)
            && key.as_ref().is_none_or(|key| *key == rule.public_service)
            && query.region.as_ref().is_none_or(|region| *region == rule.region)
    };
    let all: Vec<Rule> = index.rules.iter().filter(fits).map(|it| it.entry.rule.clone()).collect();
    let (rules, total_count) = part(all, query.offset, limit(query.limit, 100, 500)?);
    Ok(Json(RuleList { count: rules.len(), offset: query.offset, total_count, rules }))
}

/// One of the caller's rules.
#[utoipa::path(get, path = "/api/v1/directory/rules/{id}", tag = "directory", params(("id" = String, Path)), responses((status = 200, body = Rule)))]
pub(super) async fn rule(
    State(directory): State<Directory>,
    ctx: Ctx,
    Path(id): Path<String>,
) -> Result<Json<Rule>> {
    ctx.require(may::SUPERVISE)?;
    let index = directory.index();
    let found =
        index.rules.iter().find(|it| it.entry.rule.id == id && !it.deleted && ctx.actor().sees(&it.tenant));
    Ok(Json(found.ok_or_else(|| fault::NO_ENTRY.with("id", id))?.entry.rule.clone()))
}

/// Enters a public service that the shipped list does not know, or gives one another name.
#[utoipa::path(post, path = "/api/v1/directory/public-services", tag = "directory", request_body = OwnPublicService, responses((status = 201, body = Stored)))]
pub(super) async fn enter_public_service(
    State(directory): State<Directory>,
    Editor(ctx): Editor,
    Json(it): Json<OwnPublicService>,
) -> Result<(StatusCode, Json<Stored>)> {
    enter(&directory, &ctx, Entry::PublicService(it)).await
}

/// Deletes an own entry; a shipped one of the same key appears again.
#[utoipa::path(delete, path = "/api/v1/directory/public-services/{key}", tag = "directory", params(("key" = String, Path)), responses((status = 204)))]
pub(super) async fn delete_public_service(
    State(directory): State<Directory>,
    ctx: Ctx,
    Path(key): Path<String>,
) -> Result<StatusCode> {
    directory.delete(&ctx, Noun::PublicService, &key, true).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Rules that contradict each other.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct ConflictAnswer {
    public_service: String,
    public_service_name: String,
    region: String,
    region_name: String,
    rules: Vec<RuleInConflict>,
}

#[derive(Serialize, ToSchema)]
pub(super) struct RuleInConflict {
    id: String,
    office: String,
    destination: Option<String>,
}

#[derive(Serialize, ToSchema)]
pub(super) struct Conflicts {
    conflicts: Vec<ConflictAnswer>,
}

/// All contradictions between rules of the same region and public service, now or later.
#[utoipa::path(get, path = "/api/v1/directory/conflicts", tag = "directory", responses((status = 200, body = Conflicts)))]
pub(super) async fn conflicts(State(directory): State<Directory>, ctx: Ctx) -> Result<Json<Conflicts>> {
    ctx.require(may::SUPERVISE)?;
    let index = directory.index();
    let answer = |it: &places::Conflict<'_>| {
        let key = it.rules.first().map_or("", |it| &it.public_service);
        let rule = |it: &&places::Rule| {
            let (office, _, destination) = index.named_by(it);
            RuleInConflict { id: it.id.to_string(), office, destination }
        };
        ConflictAnswer {
            public_service: key.to_owned(),
            public_service_name: index.public_service_name(key).to_owned(),
            region: it.region.to_string(),
            region_name: index.region_name(it.region),
            rules: it.rules.iter().map(rule).collect(),
        }
    };
    Ok(Json(Conflicts { conflicts: index.competences.conflicts().iter().map(answer).collect() }))
}

#[derive(Serialize, ToSchema)]
pub(super) struct Certificates {
    channels: Vec<ChannelAnswer>,
}

/// The caller's channels with certificates, the one that ends first first.
#[utoipa::path(get, path = "/api/v1/directory/certificates", tag = "directory", responses((status = 200, body = Certificates)))]
pub(super) async fn certificates(State(directory): State<Directory>, ctx: Ctx) -> Result<Json<Certificates>> {
    ctx.require(may::SUPERVISE)?;
    let index = directory.index();
    let found = index.certificates(ctx.actor());
    Ok(Json(Certificates { channels: found.into_iter().map(|it| channel(it, ctx.now())).collect() }))
}
