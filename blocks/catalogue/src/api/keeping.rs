//! What keepers do with their maps: let others read them, delete them, take that back.

use crate::operations::Catalogue;
use axum::{extract::State, http::StatusCode};
use kernel::{Ctx, Result, http::Path};

/// Deletes a map with all its versions; it can be restored.
#[utoipa::path(delete, path = "/api/v1/catalogue/maps/{map}", operation_id = "deleteMap", tag = "catalogue",
    params(("map" = String, Path)), responses((status = 204)))]
pub(super) async fn delete(
    State(catalogue): State<Catalogue>,
    ctx: Ctx,
    Path(map): Path<String>,
) -> Result<StatusCode> {
    catalogue.delete(&ctx, &map).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Takes a deleted map back.
#[utoipa::path(post, path = "/api/v1/catalogue/maps/{map}/restoration", operation_id = "restoreMap", tag = "catalogue",
    params(("map" = String, Path)), responses((status = 204)))]
pub(super) async fn restore(
    State(catalogue): State<Catalogue>,
    ctx: Ctx,
    Path(map): Path<String>,
) -> Result<StatusCode> {
    catalogue.restore(&ctx, &map).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Lets everyone read a map.
#[utoipa::path(put, path = "/api/v1/catalogue/maps/{map}/publication", operation_id = "publishMap", tag = "catalogue",
    params(("map" = String, Path)), responses((status = 204)))]
pub(super) async fn publish(
    State(catalogue): State<Catalogue>,
    ctx: Ctx,
    Path(map): Path<String>,
) -> Result<StatusCode> {
    catalogue.publish(&ctx, &map, true).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Lets only its keepers read a map.
#[utoipa::path(delete, path = "/api/v1/catalogue/maps/{map}/publication", operation_id = "hideMap", tag = "catalogue",
    params(("map" = String, Path)), responses((status = 204)))]
pub(super) async fn hide(
    State(catalogue): State<Catalogue>,
    ctx: Ctx,
    Path(map): Path<String>,
) -> Result<StatusCode> {
    catalogue.publish(&ctx, &map, false).await?;
    Ok(StatusCode::NO_CONTENT)
}
