//! The Destination API, versions 1 and 2 (as observed in June 2026): the same objects as in the Submission API, in other words.

use super::destination::{self, DestinationBody, DestinationList, DestinationShown, Part, fresh};
use crate::{Delivery, model::Dialect, names::may};
use axum::{extract::State, http::StatusCode, response::Response};
use fitconnect::jwk::{Jwk, Jwks};
use kernel::{
    Ctx, Result,
    http::{Json, Path, Query},
};
use ports::ids::DestinationId;
use utoipa_axum::{router::OpenApiRouter, routes};

pub fn router(delivery: &Delivery) -> OpenApiRouter {
    OpenApiRouter::new().merge(version_1::router(delivery)).merge(version_2::router(delivery))
}

/// The same face for each version; they differ in the name of one field.
macro_rules! version {
    ($module:ident $dialect:ident $tag:tt $all:tt $one:tt $keys:tt $key:tt
        $list_id:tt $create_id:tt $read_id:tt $change_id:tt $delete_id:tt $keys_id:tt $add_key_id:tt $key_id:tt) => {
        mod $module {
            use super::{
                Ctx, Delivery, DestinationBody, DestinationId, DestinationList, DestinationShown, Dialect, Json,
                Jwk, Jwks, OpenApiRouter, Part, Path, Query, Response, Result, State, StatusCode, destination,
                fresh, may, routes,
            };

            pub fn router(delivery: &Delivery) -> OpenApiRouter {
                OpenApiRouter::new()
                    .routes(routes!(list, create))
                    .routes(routes!(read, change, delete))
                    .routes(routes!(keys, add_key))
                    .routes(routes!(key))
                    .with_state(delivery.clone())
            }

            /// Lists the destinations that the caller made or is linked to.
            #[utoipa::path(get, path = $all, operation_id = $list_id, tag = $tag,
                params(("limit" = Option<i64>, Query), ("offset" = Option<i64>, Query)),
                responses((status = 200, body = DestinationList), (status = 401), (status = 403)))]
            async fn list(
                State(delivery): State<Delivery>,
                ctx: Ctx,
                part: Result<Query<Part>>,
            ) -> Result<Response> {
                ctx.require(may::READ_DESTINATION)?;
                destination::list(&delivery, &ctx, &part?.0, Dialect::$dialect).await
            }

            /// Makes a destination with its first encryption and signing key.
            #[utoipa::path(post, path = $all, operation_id = $create_id, tag = $tag, request_body = DestinationBody,
                responses((status = 201, body = DestinationShown), (status = 400), (status = 401), (status = 403)))]
            async fn create(
                State(delivery): State<Delivery>,
                ctx: Ctx,
                body: Result<Json<DestinationBody>>,
            ) -> Result<Response> {
                ctx.require(may::CREATE_DESTINATION)?;
                destination::create(&delivery, &ctx, body?.0, Dialect::$dialect, $all).await
            }

            /// Shows a destination: contact and callback only to its owner and to linked clients.
            #[utoipa::path(get, path = $one, operation_id = $read_id, tag = $tag, params(("destinationId" = Uuid, Path)),
                responses((status = 200, body = DestinationShown), (status = 401), (status = 403), (status = 404)))]
            async fn read(
                State(delivery): State<Delivery>,
                ctx: Ctx,
                Path(id): Path<DestinationId>,
            ) -> Result<Response> {
                destination::read(&delivery, &ctx, &id, Dialect::$dialect).await
            }

            /// Changes some fields (RFC 7396): what is given is merged, what is null is removed.
            #[utoipa::path(patch, path = $one, operation_id = $change_id, tag = $tag, params(("destinationId" = Uuid, Path)),
                request_body(content = DestinationBody, content_type = "application/merge-patch+json"),
                responses((status = 200, body = DestinationShown), (status = 400), (status = 401), (status = 403),
                    (status = 404), (status = 409, description = "the status cannot follow the present one")))]
            async fn change(
                State(delivery): State<Delivery>,
                ctx: Ctx,
                Path(id): Path<DestinationId>,
                body: Result<Json<DestinationBody>>,
            ) -> Result<Response> {
                ctx.require(may::MANAGE_DESTINATION)?;
                destination::change(&delivery, &ctx, &id, body?.0, Dialect::$dialect, false).await
            }

            /// Deletes a destination at which no submission is open.
            #[utoipa::path(delete, path = $one, operation_id = $delete_id, tag = $tag,
                params(("destinationId" = Uuid, Path)),
                responses((status = 204), (status = 401), (status = 403), (status = 404),
                    (status = 409, description = "submissions are open")))]
            async fn delete(
                State(delivery): State<Delivery>,
                ctx: Ctx,
                Path(id): Path<DestinationId>,
            ) -> Result<StatusCode> {
                delivery.delete_destination(&ctx, &id).await?;
                Ok(StatusCode::NO_CONTENT)
            }

            /// Lists the public keys; the one to encrypt to comes first.
            #[utoipa::path(get, path = $keys, operation_id = $keys_id, tag = $tag, params(("destinationId" = Uuid, Path)),
                responses((status = 200, body = Jwks), (status = 401), (status = 403), (status = 404)))]
            async fn keys(
                State(delivery): State<Delivery>,
                ctx: Ctx,
                Path(id): Path<DestinationId>,
            ) -> Result<Response> {
                let keys = delivery.list_keys(&ctx, &id).await?;
                Ok(fresh(StatusCode::OK, Json(Jwks { keys })))
            }

            /// Adds a public key; adding the same again is no error.
            #[utoipa::path(post, path = $keys, operation_id = $add_key_id, tag = $tag, params(("destinationId" = Uuid, Path)),
                request_body = Jwk,
                responses((status = 201), (status = 400), (status = 401), (status = 403), (status = 404),
                    (status = 409, description = "another key has this kid")))]
            async fn add_key(
                State(delivery): State<Delivery>,
                ctx: Ctx,
                Path(id): Path<DestinationId>,
                key: Result<Json<Jwk>>,
            ) -> Result<Response> {
                ctx.require(may::MANAGE_DESTINATION)?;
                destination::add_key(&delivery, &ctx, &id, &key?.0, $all).await
            }

            /// A public key of a destination; for everybody.
            #[utoipa::path(get, path = $key, operation_id = $key_id, tag = $tag, security(()),
                params(("destinationId" = Uuid, Path), ("keyId" = String, Path)),
                responses((status = 200, body = Jwk), (status = 404)))]
            async fn key(
                State(delivery): State<Delivery>,
                ctx: Ctx,
                Path((id, kid)): Path<(DestinationId, String)>,
            ) -> Result<Response> {
                Ok(fresh(StatusCode::OK, Json(delivery.find_key(&ctx, &id, &kid).await?)))
            }
        }
    };
}

version! { version_1 DESTINATIONS_V1 "FIT-Connect Destination API v1"
"/destination-api/v1/destinations"
"/destination-api/v1/destinations/{destinationId}"
"/destination-api/v1/destinations/{destinationId}/keys"
"/destination-api/v1/destinations/{destinationId}/keys/{keyId}"
"d1_list_destinations" "d1_create_destination" "d1_read_destination" "d1_change_destination" "d1_delete_destination"
"d1_list_keys" "d1_add_key" "d1_read_key" }

version! { version_2 DESTINATIONS_V2 "FIT-Connect Destination API v2"
"/destination-api/v2/destinations"
"/destination-api/v2/destinations/{destinationId}"
"/destination-api/v2/destinations/{destinationId}/keys"
"/destination-api/v2/destinations/{destinationId}/keys/{keyId}"
"d2_list_destinations" "d2_create_destination" "d2_read_destination" "d2_change_destination" "d2_delete_destination"
"d2_list_keys" "d2_add_key" "d2_read_key" }
