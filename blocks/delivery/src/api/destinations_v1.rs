//! Destinations of the Submission API: version 1.1.3 complete, version 2 as far as it shows them.

use super::destination::{self, DestinationBody, DestinationList, DestinationShown, Part, fresh, shown};
use crate::{Delivery, model::Dialect, names::may};
use axum::{
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use fitconnect::jwk::Jwk;
use kernel::{
    Ctx, Result,
    http::{Json, Path, Query},
};
use ports::ids::DestinationId;
use utoipa_axum::{router::OpenApiRouter, routes};

const HERE: &str = "/v1/destinations";

pub fn router(delivery: &Delivery) -> OpenApiRouter {
    OpenApiRouter::new()
        .routes(routes!(list, create))
        .routes(routes!(read, replace, change, delete))
        .routes(routes!(add_key))
        .routes(routes!(key))
        .routes(routes!(read_v2))
        .routes(routes!(key_v2))
        .with_state(delivery.clone())
}

/// Lists the destinations that the caller made or is linked to.
#[utoipa::path(get, path = "/v1/destinations", operation_id = "v1_list_destinations", tag = "FIT-Connect v1",
    params(("limit" = Option<i64>, Query), ("offset" = Option<i64>, Query)),
    responses((status = 200, body = DestinationList), (status = 401), (status = 403)))]
async fn list(State(delivery): State<Delivery>, ctx: Ctx, part: Result<Query<Part>>) -> Result<Response> {
    ctx.require(may::READ_DESTINATION)?;
    destination::list(&delivery, &ctx, &part?.0, Dialect::V1).await
}

/// Makes a destination with its first encryption and signing key.
#[utoipa::path(post, path = "/v1/destinations", operation_id = "v1_create_destination", tag = "FIT-Connect v1",
    request_body = DestinationBody,
    responses((status = 201, body = DestinationShown), (status = 400), (status = 401), (status = 403)))]
async fn create(
    State(delivery): State<Delivery>,
    ctx: Ctx,
    body: Result<Json<DestinationBody>>,
) -> Result<Response> {
    ctx.require(may::CREATE_DESTINATION)?;
    destination::create(&delivery, &ctx, body?.0, Dialect::V1, HERE).await
}

/// Shows a destination: contact and callback only to its owner and to linked clients.
#[utoipa::path(get, path = "/v1/destinations/{destinationId}", operation_id = "v1_read_destination", tag = "FIT-Connect v1",
    params(("destinationId" = Uuid, Path)),
    responses((status = 200, body = DestinationShown), (status = 401), (status = 403), (status = 404)))]
async fn read(State(delivery): State<Delivery>, ctx: Ctx, Path(id): Path<DestinationId>) -> Result<Response> {
    destination::read(&delivery, &ctx, &id, Dialect::V1).await
}

/// Replaces everything that the owner decides.
#[utoipa::path(put, path = "/v1/destinations/{destinationId}", operation_id = "v1_replace_destination", tag = "FIT-Connect v1",
    params(("destinationId" = Uuid, Path)), request_body = DestinationBody,
    responses((status = 200, body = DestinationShown), (status = 400), (status = 401), (status = 403), (status = 404),
        (status = 409, description = "the status cannot follow the present one")))]
async fn replace(
    State(delivery): State<Delivery>,
    ctx: Ctx,
    Path(id): Path<DestinationId>,
    body: Result<Json<DestinationBody>>,
) -> Result<Response> {
    ctx.require(may::MANAGE_DESTINATION)?;
    destination::change(&delivery, &ctx, &id, body?.0, Dialect::V1, true).await
}

/// Changes some fields; each that is given is replaced as a whole.
#[utoipa::path(patch, path = "/v1/destinations/{destinationId}", operation_id = "v1_change_destination", tag = "FIT-Connect v1",
    params(("destinationId" = Uuid, Path)), request_body = DestinationBody,
    responses((status = 200, body = DestinationShown), (status = 400), (status = 401), (status = 403), (status = 404),
        (status = 409, description = "the status cannot follow the present one")))]
async fn change(
    State(delivery): State<Delivery>,
    ctx: Ctx,
    Path(id): Path<DestinationId>,
    body: Result<Json<DestinationBody>>,
) -> Result<Response> {
    ctx.require(may::MANAGE_DESTINATION)?;
    destination::change(&delivery, &ctx, &id, body?.0, Dialect::V1, false).await
}

/// Deletes a destination at which no submission is open.
#[utoipa::path(delete, path = "/v1/destinations/{destinationId}", operation_id = "v1_delete_destination", tag = "FIT-Connect v1",
    params(("destinationId" = Uuid, Path)),
    responses((status = 204), (status = 401), (status = 403), (status = 404), (status = 409, description = "submissions are open")))]
async fn delete(
    State(delivery): State<Delivery>,
    ctx: Ctx,
    Path(id): Path<DestinationId>,
) -> Result<StatusCode> {
    delivery.delete_destination(&ctx, &id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Adds a public key; adding the same again is no error.
#[utoipa::path(post, path = "/v1/destinations/{destinationId}/keys", operation_id = "v1_add_key", tag = "FIT-Connect v1",
    params(("destinationId" = Uuid, Path)), request_body = Jwk,
    responses((status = 201), (status = 400), (status = 401), (status = 403), (status = 404),
        (status = 409, description = "another key has this kid")))]
async fn add_key(
    State(delivery): State<Delivery>,
    ctx: Ctx,
    Path(id): Path<DestinationId>,
    key: Result<Json<Jwk>>,
) -> Result<Response> {
    ctx.require(may::MANAGE_DESTINATION)?;
    destination::add_key(&delivery, &ctx, &id, &key?.0, HERE).await
}

/// A public key of a destination; for everybody.
#[utoipa::path(get, path = "/v1/destinations/{destinationId}/keys/{keyId}", operation_id = "v1_read_key", tag = "FIT-Connect v1",
    params(("destinationId" = Uuid, Path), ("keyId" = String, Path)), security(()),
    responses((status = 200, body = Jwk), (status = 404)))]
async fn key(
    State(delivery): State<Delivery>,
    ctx: Ctx,
    Path((id, kid)): Path<(DestinationId, String)>,
) -> Result<Response> {
    Ok(fresh(StatusCode::OK, Json(delivery.find_key(&ctx, &id, &kid).await?)))
}

/// The public side of a destination; for everybody.
#[utoipa::path(get, path = "/submission-api/v2/destinations/{destinationId}", operation_id = "v2_read_destination",
    tag = "FIT-Connect v2", params(("destinationId" = Uuid, Path)), security(()),
    responses((status = 200, body = DestinationShown), (status = 404)))]
async fn read_v2(
    State(delivery): State<Delivery>,
    ctx: Ctx,
    Path(id): Path<DestinationId>,
) -> Result<Response> {
    let found = delivery.look_up_destination(&ctx, &id).await?;
    Ok(fresh(StatusCode::OK, Json(shown(found, Dialect::DESTINATIONS_V2, false))))
}

/// A public key of a destination; for everybody.
#[utoipa::path(get, path = "/submission-api/v2/destinations/{destinationId}/keys/{keyId}", operation_id = "v2_read_key",
    tag = "FIT-Connect v2", params(("destinationId" = Uuid, Path), ("keyId" = String, Path)), security(()),
    responses((status = 200, body = Jwk), (status = 404)))]
async fn key_v2(
    State(delivery): State<Delivery>,
    ctx: Ctx,
    Path((id, kid)): Path<(DestinationId, String)>,
) -> Result<Response> {
    let key = delivery.find_key(&ctx, &id, &kid).await?;
    Ok(fresh(StatusCode::OK, Json(key)).into_response())
}
