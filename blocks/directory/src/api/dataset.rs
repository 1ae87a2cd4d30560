//! Editions of the regions: load, look at the difference, put in force.

use crate::{
    model::{DatasetEntry, SHIPPED},
    names::may,
    operations::{Directory, Preview},
};
use axum::{body::Body, extract::State, http::StatusCode};
use kernel::{
    Ctx, Result,
    http::{Json, Path, Query, read_body},
};
use regions::Change;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// An edition of the regions.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct DatasetAnswer {
    /// `shipped` for the one inside the program.
    id: String,
    file_name: String,
    /// Gebietsstand, `2025-11-30`.
    as_of: String,
    municipalities: i64,
    population: i64,
    /// Microseconds since the epoch.
    loaded_at: Option<i64>,
    /// When it was last put in force, microseconds since the epoch.
    activated_at: Option<i64>,
    active: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    changes: Option<Changes>,
}

/// What an edition changes against the one in force.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct Changes {
    added: Vec<RegionChange>,
    removed: Vec<RegionChange>,
    /// `before` is the old name.
    renamed: Vec<RegionChange>,
    /// `before` is the old region key.
    moved: Vec<RegionChange>,
    population_changed: usize,
    population_before: u64,
    population_after: u64,
}

#[derive(Serialize, ToSchema)]
pub(super) struct RegionChange {
    level: String,
    ars: String,
    name: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    before: String,
}

#[derive(Serialize, ToSchema)]
pub(super) struct Datasets {
    datasets: Vec<DatasetAnswer>,
}

/// All editions, the active one marked.
#[utoipa::path(get, path = "/api/v1/directory/datasets", tag = "directory", responses((status = 200, body = Datasets)))]
pub(super) async fn all(State(directory): State<Directory>, ctx: Ctx) -> Result<Json<Datasets>> {
    ctx.require(may::SUPERVISE)?;
    let index = directory.index();
    let shipped = DatasetAnswer {
        id: SHIPPED.to_owned(),
        file_name: String::new(),
        as_of: if index.dataset == SHIPPED { index.places.as_of().to_owned() } else { String::new() },
        municipalities: 0,
        population: 0,
        loaded_at: None,
        activated_at: None,
        active: index.dataset == SHIPPED,
        changes: None,
    };
    let loaded = index.datasets.iter().map(|it| answer(it, &index.dataset, None));
    Ok(Json(Datasets { datasets: std::iter::once(shipped).chain(loaded).collect() }))
}

#[derive(Default, Deserialize, IntoParams)]
#[serde(rename_all = "camelCase", default)]
#[into_params(parameter_in = Query)]
pub(super) struct LoadQuery {
    /// What the file is called, for people.
    file_name: String,
}

/// Loads an official file GV100AD as a preview: checked, compared, not in force. Faults name line and column.
#[utoipa::path(post, path = "/api/v1/directory/datasets", tag = "directory", params(LoadQuery),
    request_body(content = String, content_type = "text/plain"), responses((status = 201, body = DatasetAnswer)))]
pub(super) async fn load(
    State(directory): State<Directory>,
    ctx: Ctx,
    Query(query): Query<LoadQuery>,
    body: Body,
) -> Result<(StatusCode, Json<DatasetAnswer>)> {
    ctx.require(may::ACTIVATE)?;
    let file = read_body(body, directory.config().largest_file).await?;
    let preview = directory.load_regions(&ctx, &query.file_name, file.to_vec()).await?;
    Ok((StatusCode::CREATED, Json(shown(&directory, preview))))
}

/// A loaded edition, and what it changes against the one in force.
#[utoipa::path(get, path = "/api/v1/directory/datasets/{id}", operation_id = "directory_dataset", tag = "directory", params(("id" = String, Path)), responses((status = 200, body = DatasetAnswer)))]
pub(super) async fn one(
    State(directory): State<Directory>,
    ctx: Ctx,
    Path(id): Path<String>,
) -> Result<Json<DatasetAnswer>> {
    let preview = directory.preview(&ctx, &id).await?;
    Ok(Json(shown(&directory, preview)))
}

/// Puts an edition in force: a loaded one, an older one, or `shipped`.
#[utoipa::path(post, path = "/api/v1/directory/datasets/{id}/activation", tag = "directory", params(("id" = String, Path)), responses((status = 204)))]
pub(super) async fn activate(
    State(directory): State<Directory>,
    ctx: Ctx,
    Path(id): Path<String>,
) -> Result<StatusCode> {
    directory.activate(&ctx, &id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Throws a loaded edition away; the one in force stays.
#[utoipa::path(delete, path = "/api/v1/directory/datasets/{id}", tag = "directory", params(("id" = String, Path)), responses((status = 204)))]
pub(super) async fn discard(
    State(directory): State<Directory>,
    ctx: Ctx,
    Path(id): Path<String>,
) -> Result<StatusCode> {
    directory.discard(&ctx, &id).await?;
    Ok(StatusCode::NO_CONTENT)
}

fn shown(directory: &Directory, preview: Preview) -> DatasetAnswer {
    let list = |changes: Vec<Change>| {
        let change = |it: Change| RegionChange {
            level: it.level.name().to_owned(),
            ars: it.ars.to_string(),
            name: it.name,
            before: it.before,
        };
        changes.into_iter().map(change).collect()
    };
    let diff = preview.diff;
    let changes = Changes {
        added: list(diff.added),
        removed: list(diff.removed),
        renamed: list(diff.renamed),
        moved: list(diff.moved),
        population_changed: diff.population_changed,
        population_before: diff.population_before,
        population_after: diff.population_after,
    };
    answer(&preview.entry, &directory.index().dataset, Some(changes))
}

fn answer(it: &DatasetEntry, active: &str, changes: Option<Changes>) -> DatasetAnswer {
    DatasetAnswer {
        id: it.id.clone(),
        file_name: it.file_name.clone(),
        as_of: it.as_of.clone(),
        municipalities: it.municipalities,
        population: it.population,
        loaded_at: Some(it.loaded_at),
        activated_at: it.activated_at,
        active: it.id == active,
        changes,
    }
}
