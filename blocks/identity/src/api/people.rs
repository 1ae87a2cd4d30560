//! People as JSON: for the command line, and for programs that keep accounts in step with another directory.

use crate::{
    Identity,
    model::ListedPerson,
    names::{fault, may},
    operations::people::{Invitation, MadeLink, PeopleSought},
};
use axum::{
    extract::State,
    http::{StatusCode, header},
    response::IntoResponse,
};
use kernel::{
    Ctx, Error, Level, Result,
    http::{Json, Path, Query},
};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;

/// A link is a secret: nobody on the way keeps a copy.
const PRIVATE: [(header::HeaderName, &str); 1] = [(header::CACHE_CONTROL, "no-store")];

pub fn router(identity: &Identity) -> OpenApiRouter {
    OpenApiRouter::new()
        .routes(routes!(list, invite))
        .routes(routes!(link))
        .routes(routes!(lock))
        .routes(routes!(unlock))
        .routes(routes!(break_glass))
        .with_state(identity.clone())
}

/// Somebody with an account.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct PersonView {
    id: Uuid,
    /// The tenant that invited them; empty for others.
    tenant: String,
    name: String,
    /// Microseconds since the epoch.
    created_at: i64,
    /// Microseconds since the epoch.
    seen_at: Option<i64>,
    /// Whether the account is locked.
    locked: bool,
}

impl From<ListedPerson> for PersonView {
    fn from(it: ListedPerson) -> Self {
        let ListedPerson { id, tenant, name, created_at, seen_at, locked_at } = it;
        Self { id, tenant, name, created_at, seen_at, locked: locked_at.is_some() }
    }
}

/// Some people of a long list.
#[derive(Serialize, ToSchema)]
struct PeopleView {
    total: i64,
    people: Vec<PersonView>,
}

#[derive(Deserialize, IntoParams)]
struct Asked {
    /// Words in the name.
    #[serde(default)]
    words: String,
    /// `name` or `-seen`.
    #[serde(default)]
    sort: String,
    #[serde(default)]
    offset: i64,
    /// At most 200; 50 where nothing is said.
    limit: Option<i64>,
}

/// The people of a tenant.
#[utoipa::path(get, path = "/api/v1/identity/people", operation_id = "identity_people", tag = "identity", params(Asked),
    responses((status = 200, body = PeopleView), (status = 401), (status = 403)))]
async fn list(
    State(identity): State<Identity>,
    ctx: Ctx,
    Query(it): Query<Asked>,
) -> Result<Json<PeopleView>> {
    let limit = it.limit.unwrap_or(50);
    let sought = PeopleSought { words: it.words, sort: it.sort, offset: it.offset, limit };
    let (total, people) = identity.people(&ctx, &sought).await?;
    Ok(Json(PeopleView { total, people: people.into_iter().map(Into::into).collect() }))
}

/// Somebody to be invited.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct InvitationBody {
    #[serde(default)]
    name: String,
    /// Only the operator chooses; for everybody else it is their own.
    #[serde(default)]
    tenant: String,
    /// `admin`, `clerk`, `auditor` or a tenant's own role; nothing for none.
    #[serde(default)]
    role: String,
    /// What whoever invites vouches for: `normal` or `substantial`.
    level: Option<String>,
}

/// A link that lets somebody in once; it is in this answer and nowhere else.
#[derive(Serialize, ToSchema)]
struct LinkView {
    /// Whom it lets in; nobody known yet in an emergency.
    person: Option<Uuid>,
    link: String,
    /// Microseconds since the epoch.
    until: i64,
}

impl From<MadeLink> for LinkView {
    fn from(it: MadeLink) -> Self {
        Self { person: Some(it.person), link: it.url, until: it.until }
    }
}

/// Makes an account and a link to it.
#[utoipa::path(post, path = "/api/v1/identity/people", operation_id = "identity_invite", tag = "identity",
    request_body = InvitationBody,
    responses((status = 201, body = LinkView), (status = 401), (status = 403), (status = 422, description = "a name or role that is none")))]
async fn invite(
    State(identity): State<Identity>,
    ctx: Ctx,
    Json(it): Json<InvitationBody>,
) -> Result<impl IntoResponse> {
    ctx.require(may::MANAGE_PEOPLE)?;
    let level = it.level.as_deref().map(known_level).transpose()?;
    let made =
        identity.invite(&ctx, &Invitation { name: it.name, tenant: it.tenant, role: it.role, level }).await?;
    Ok((StatusCode::CREATED, PRIVATE, Json(LinkView::from(made))))
}

/// Nobody vouches for more than substantial: high needs an official document.
fn known_level(name: &str) -> Result<Level> {
    Level::parse(name).filter(|it| *it < Level::High).ok_or_else(|| {
        let (de, en) = ("Möglich sind normal und substantial.", "Possible are normal and substantial.");
        Error::from(fault::BAD_VALUE).worded("reason", de, en).at("level")
    })
}

/// Makes a new link for somebody; earlier ones that were not used end.
#[utoipa::path(post, path = "/api/v1/identity/people/{id}/link", operation_id = "identity_link", tag = "identity",
    params(("id" = Uuid, Path)), responses((status = 201, body = LinkView), (status = 401), (status = 403), (status = 404)))]
async fn link(State(identity): State<Identity>, ctx: Ctx, Path(id): Path<Uuid>) -> Result<impl IntoResponse> {
    Ok((StatusCode::CREATED, PRIVATE, Json(LinkView::from(identity.link_for(&ctx, &id).await?))))
}

/// Locks an account and ends its sessions.
#[utoipa::path(post, path = "/api/v1/identity/people/{id}/lock", operation_id = "identity_lock", tag = "identity",
    params(("id" = Uuid, Path)), responses((status = 204), (status = 401), (status = 403), (status = 404)))]
async fn lock(State(identity): State<Identity>, ctx: Ctx, Path(id): Path<Uuid>) -> Result<StatusCode> {
    identity.lock(&ctx, &id, true).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Unlocks an account.
#[utoipa::path(post, path = "/api/v1/identity/people/{id}/unlock", operation_id = "identity_unlock", tag = "identity",
    params(("id" = Uuid, Path)), responses((status = 204), (status = 401), (status = 403), (status = 404)))]
async fn unlock(State(identity): State<Identity>, ctx: Ctx, Path(id): Path<Uuid>) -> Result<StatusCode> {
    identity.lock(&ctx, &id, false).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Why somebody needs the emergency access.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct EmergencyBody {
    /// For whoever checks it later; at least ten characters.
    #[serde(default)]
    reason: String,
}

/// Makes the emergency link: whoever opens it administers the node for an hour; everybody who administers it sees that.
#[utoipa::path(post, path = "/api/v1/identity/break-glass", operation_id = "identity_break_glass", tag = "identity",
    request_body = EmergencyBody,
    responses((status = 201, body = LinkView), (status = 401), (status = 403), (status = 422, description = "no reason")))]
async fn break_glass(
    State(identity): State<Identity>,
    ctx: Ctx,
    Json(it): Json<EmergencyBody>,
) -> Result<impl IntoResponse> {
    let (path, until) = identity.break_glass(&ctx, &it.reason).await?;
    let made = LinkView { person: None, link: format!("{}{path}", ctx.base_url()), until };
    Ok((StatusCode::CREATED, PRIVATE, Json(made)))
}
