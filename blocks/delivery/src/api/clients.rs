//! Self-service for clerks, as JSON: clients, destinations, and who fetches where.

use super::destination::{self, DestinationBody, DestinationList, DestinationShown, Part, fresh};
use crate::{
    Delivery,
    model::{Dialect, NewClient},
    names::may,
};
use axum::{
    extract::State,
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use kernel::{
    Ctx, Result,
    http::{Json, Path, Query},
};
use ports::{
    identity::{Client, Registered},
    ids::DestinationId,
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

const DESTINATIONS: &str = "/api/v1/delivery/destinations";

pub fn router(delivery: &Delivery) -> OpenApiRouter {
    OpenApiRouter::new()
        .routes(routes!(list, create))
        .routes(routes!(read, delete))
        .routes(routes!(rotate))
        .routes(routes!(list_destinations, create_destination))
        .routes(routes!(read_destination, change_destination, delete_destination))
        .routes(routes!(list_links))
        .routes(routes!(link, unlink))
        .with_state(delivery.clone())
}

/// A client to be made.
#[derive(Deserialize, ToSchema, Default)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct ClientBody {
    /// For people.
    name: String,
    /// `sender`, `subscriber`, `owner`; at least one.
    #[serde(default)]
    roles: Vec<String>,
    /// One role, where that is enough.
    #[serde(default)]
    role: Option<String>,
    /// The tenant it belongs to, where the operator makes it.
    #[serde(default)]
    tenant: String,
}

/// A client as it is shown; never its secret.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct ClientShown {
    client_id: String,
    tenant: String,
    name: String,
    roles: Vec<&'static str>,
    /// Microseconds since the epoch.
    created_at: i64,
    /// When its secret was made, microseconds since the epoch.
    rotated_at: i64,
}

impl From<Client> for ClientShown {
    fn from(it: Client) -> Self {
        Self {
            client_id: it.id,
            tenant: it.tenant,
            name: it.name,
            roles: it.roles.iter().map(|it| it.as_str()).collect(),
            created_at: it.created_at,
            rotated_at: it.rotated_at,
        }
    }
}

/// Clients, and how many there are.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct ClientList {
    count: usize,
    offset: i64,
    total_count: i64,
    clients: Vec<ClientShown>,
}

/// What a client needs to ask for tokens. The secret is shown this once.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct SecretShown {
    client_id: String,
    client_secret: String,
}

/// A client that fetches at a destination.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct LinkShown {
    client_id: String,
    name: String,
    /// Microseconds since the epoch.
    linked_at: i64,
}

/// The clients that fetch at a destination.
#[derive(Serialize, ToSchema)]
struct LinkList {
    clients: Vec<LinkShown>,
}

/// Lists the clients of the caller's tenant.
#[utoipa::path(get, path = "/api/v1/delivery/clients", operation_id = "list_clients", tag = "delivery",
    params(("limit" = Option<i64>, Query), ("offset" = Option<i64>, Query), ("q" = Option<String>, Query)),
    responses((status = 200, body = ClientList), (status = 401), (status = 403)))]
async fn list(State(delivery): State<Delivery>, ctx: Ctx, part: Result<Query<Part>>) -> Result<Response> {
    ctx.require(may::ADMINISTER)?;
    let Query(part) = part?;
    let (limit, offset) = part.checked()?;
    let (total_count, found) = delivery.list_clients(&ctx, &part.q, offset, limit).await?;
    let clients: Vec<ClientShown> = found.into_iter().map(Into::into).collect();
    Ok(fresh(StatusCode::OK, Json(ClientList { count: clients.len(), offset, total_count, clients })))
}

/// Makes a client; its secret is in the answer and nowhere else.
#[utoipa::path(post, path = "/api/v1/delivery/clients", operation_id = "create_client", tag = "delivery",
    request_body = ClientBody, responses((status = 201, body = SecretShown), (status = 400), (status = 401), (status = 403)))]
async fn create(
    State(delivery): State<Delivery>,
    ctx: Ctx,
    body: Result<Json<ClientBody>>,
) -> Result<Response> {
    ctx.require(may::ADMINISTER)?;
    let Json(mut body) = body?;
    body.roles.extend(body.role.take());
    let new = NewClient { name: body.name, roles: body.roles, tenant: body.tenant };
    let made = delivery.create_client(&ctx, new).await?;
    let location = format!("/api/v1/delivery/clients/{}", made.id);
    Ok(([(header::LOCATION, location)], secret(StatusCode::CREATED, made)).into_response())
}

/// Shows a client.
#[utoipa::path(get, path = "/api/v1/delivery/clients/{clientId}", operation_id = "read_client", tag = "delivery",
    params(("clientId" = String, Path)), responses((status = 200, body = ClientShown), (status = 401), (status = 403), (status = 404)))]
async fn read(State(delivery): State<Delivery>, ctx: Ctx, Path(id): Path<String>) -> Result<Response> {
    Ok(fresh(StatusCode::OK, Json(ClientShown::from(delivery.read_client(&ctx, &id).await?))))
}

/// Deletes a client; its tokens are void at once.
#[utoipa::path(delete, path = "/api/v1/delivery/clients/{clientId}", operation_id = "delete_client", tag = "delivery",
    params(("clientId" = String, Path)), responses((status = 204), (status = 401), (status = 403), (status = 404)))]
async fn delete(State(delivery): State<Delivery>, ctx: Ctx, Path(id): Path<String>) -> Result<StatusCode> {
    delivery.delete_client(&ctx, &id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Gives a client a new secret; the old one is void at once.
#[utoipa::path(post, path = "/api/v1/delivery/clients/{clientId}/secret", operation_id = "rotate_client_secret", tag = "delivery",
    params(("clientId" = String, Path)), responses((status = 200, body = SecretShown), (status = 401), (status = 403), (status = 404)))]
async fn rotate(State(delivery): State<Delivery>, ctx: Ctx, Path(id): Path<String>) -> Result<Response> {
    Ok(secret(StatusCode::OK, delivery.rotate_secret(&ctx, &id).await?))
}

fn secret(status: StatusCode, it: Registered) -> Response {
    let body = SecretShown { client_id: it.id, client_secret: it.secret };
    (status, [(header::CACHE_CONTROL, "no-store")], Json(body)).into_response()
}

/// Lists the destinations of the caller's tenant.
#[utoipa::path(get, path = "/api/v1/delivery/destinations", operation_id = "list_destinations", tag = "delivery",
    params(("limit" = Option<i64>, Query), ("offset" = Option<i64>, Query), ("q" = Option<String>, Query)),
    responses((status = 200, body = DestinationList), (status = 401), (status = 403)))]
async fn list_destinations(
    State(delivery): State<Delivery>,
    ctx: Ctx,
    part: Result<Query<Part>>,
) -> Result<Response> {
    ctx.require(may::ADMINISTER)?;
    destination::list(&delivery, &ctx, &part?.0, Dialect::DESTINATIONS_V2).await
}

/// Makes a destination that belongs to the tenant itself.
#[utoipa::path(post, path = "/api/v1/delivery/destinations", operation_id = "create_destination", tag = "delivery",
    request_body = DestinationBody,
    responses((status = 201, body = DestinationShown), (status = 400), (status = 401), (status = 403)))]
async fn create_destination(
    State(delivery): State<Delivery>,
    ctx: Ctx,
    body: Result<Json<DestinationBody>>,
) -> Result<Response> {
    ctx.require(may::ADMINISTER)?;
    destination::create(&delivery, &ctx, body?.0, Dialect::DESTINATIONS_V2, DESTINATIONS).await
}

/// Shows a destination of the caller's tenant.
#[utoipa::path(get, path = "/api/v1/delivery/destinations/{destinationId}", operation_id = "read_destination", tag = "delivery",
    params(("destinationId" = Uuid, Path)),
    responses((status = 200, body = DestinationShown), (status = 401), (status = 403), (status = 404)))]
async fn read_destination(
    State(delivery): State<Delivery>,
    ctx: Ctx,
    Path(id): Path<DestinationId>,
) -> Result<Response> {
    ctx.require(may::ADMINISTER)?;
    destination::read(&delivery, &ctx, &id, Dialect::DESTINATIONS_V2).await
}

/// Changes a destination of the caller's tenant (RFC 7396).
#[utoipa::path(patch, path = "/api/v1/delivery/destinations/{destinationId}", operation_id = "change_destination", tag = "delivery",
    params(("destinationId" = Uuid, Path)), request_body = DestinationBody,
    responses((status = 200, body = DestinationShown), (status = 400), (status = 401), (status = 403), (status = 404), (status = 409)))]
async fn change_destination(
    State(delivery): State<Delivery>,
    ctx: Ctx,
    Path(id): Path<DestinationId>,
    body: Result<Json<DestinationBody>>,
) -> Result<Response> {
    ctx.require(may::ADMINISTER)?;
    destination::change(&delivery, &ctx, &id, body?.0, Dialect::DESTINATIONS_V2, false).await
}

/// Deletes a destination of the caller's tenant.
#[utoipa::path(delete, path = "/api/v1/delivery/destinations/{destinationId}", operation_id = "delete_destination", tag = "delivery",
    params(("destinationId" = Uuid, Path)),
    responses((status = 204), (status = 401), (status = 403), (status = 404), (status = 409)))]
async fn delete_destination(
    State(delivery): State<Delivery>,
    ctx: Ctx,
    Path(id): Path<DestinationId>,
) -> Result<StatusCode> {
    ctx.require(may::ADMINISTER)?;
    delivery.delete_destination(&ctx, &id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Lists the clients that fetch at a destination; for its owner and for clerks of its tenant.
#[utoipa::path(get, path = "/api/v1/delivery/destinations/{destinationId}/clients", operation_id = "list_links", tag = "delivery",
    params(("destinationId" = Uuid, Path)),
    responses((status = 200, body = LinkList), (status = 401), (status = 403), (status = 404)))]
async fn list_links(
    State(delivery): State<Delivery>,
    ctx: Ctx,
    Path(id): Path<DestinationId>,
) -> Result<Response> {
    let clients = delivery
        .list_links(&ctx, &id)
        .await?
        .into_iter()
        .map(|it| LinkShown { client_id: it.client_id, name: it.client_name, linked_at: it.linked_at })
        .collect();
    Ok(fresh(StatusCode::OK, Json(LinkList { clients })))
}

/// Lets a client of the same tenant fetch at a destination; for its owner and for clerks of its tenant.
#[utoipa::path(put, path = "/api/v1/delivery/destinations/{destinationId}/clients/{clientId}", operation_id = "link_client",
    tag = "delivery", params(("destinationId" = Uuid, Path), ("clientId" = String, Path)),
    responses((status = 204), (status = 401), (status = 403), (status = 404), (status = 409, description = "the client does not fetch")))]
async fn link(
    State(delivery): State<Delivery>,
    ctx: Ctx,
    Path((id, client)): Path<(DestinationId, String)>,
) -> Result<StatusCode> {
    delivery.link_client(&ctx, &id, &client).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Ends a link.
#[utoipa::path(delete, path = "/api/v1/delivery/destinations/{destinationId}/clients/{clientId}", operation_id = "unlink_client",
    tag = "delivery", params(("destinationId" = Uuid, Path), ("clientId" = String, Path)),
    responses((status = 204), (status = 401), (status = 403), (status = 404)))]
async fn unlink(
    State(delivery): State<Delivery>,
    ctx: Ctx,
    Path((id, client)): Path<(DestinationId, String)>,
) -> Result<StatusCode> {
    delivery.unlink_client(&ctx, &id, &client).await?;
    Ok(StatusCode::NO_CONTENT)
}
