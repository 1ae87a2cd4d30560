//! Maps and their versions.

use crate::model::{Face, KeptMap, Reason, Version};
use kernel::Result;
use sqlx::AnyConnection;

type MapRow = (
    String,
    String,
    i64,
    i64,
    Option<i64>,
    Option<i64>,
    String,
    String,
    String,
    Option<String>,
    Option<String>,
    Option<String>,
    i64,
    i64,
);

fn kept(row: MapRow) -> KeptMap {
    let (
        tenant,
        id,
        version,
        changed_at,
        published_at,
        deleted_at,
        sha256,
        title_de,
        title_en,
        publisher,
        licence,
        as_of,
        elements,
        standards,
    ) = row;
    let face = Face { sha256, title_de, title_en, publisher, licence, as_of, elements, standards };
    KeptMap { tenant, id, version, changed_at, published_at, deleted_at, face }
}

/// The maps that everyone may read, and those of a tenant or, where `all` is asked for, of every tenant, deleted ones too.
pub async fn all_maps(db: &mut AnyConnection, tenant: Option<&str>, all: bool) -> Result<Vec<KeptMap>> {
    let rows: Vec<MapRow> = sqlx::query_as(
        "SELECT m.tenant, m.id, m.version, m.changed_at, m.published_at, m.deleted_at, v.sha256, v.title_de, v.title_en, \
         v.publisher, v.licence, v.as_of, v.elements, v.standards \
         FROM catalogue_map m JOIN catalogue_version v ON v.tenant = m.tenant AND v.map = m.id AND v.number = m.version \
         WHERE m.tenant = $1 OR $2 = 'all' OR (m.published_at IS NOT NULL AND m.deleted_at IS NULL) ORDER BY m.tenant, m.id",
    )
    .bind(tenant)
    .bind(if all { "all" } else { "" })
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(kept).collect())
}

/// A map, even a deleted one.
pub async fn map(db: &mut AnyConnection, tenant: &str, id: &str) -> Result<Option<KeptMap>> {
    let row: Option<MapRow> = sqlx::query_as(
        "SELECT m.tenant, m.id, m.version, m.changed_at, m.published_at, m.deleted_at, v.sha256, v.title_de, v.title_en, \
         v.publisher, v.licence, v.as_of, v.elements, v.standards \
         FROM catalogue_map m JOIN catalogue_version v ON v.tenant = m.tenant AND v.map = m.id AND v.number = m.version \
         WHERE m.tenant = $1 AND m.id = $2",
    )
    .bind(tenant)
    .bind(id)
    .fetch_optional(db)
    .await?;
    Ok(row.map(kept))
}

/// Makes a map, or counts its version up and takes it out of the bin (hidden then, whatever it was before); gives the number of the version to be written.
pub async fn put_map(db: &mut AnyConnection, tenant: &str, id: &str, at: i64) -> Result<i64> {
    let (version,): (i64,) = sqlx::query_as(
        "INSERT INTO catalogue_map (tenant, id, version, made_at, changed_at) VALUES ($1, $2, 1, $3, $3) \
         ON CONFLICT (tenant, id) DO UPDATE SET version = catalogue_map.version + 1, changed_at = $3, \
         published_at = CASE WHEN catalogue_map.deleted_at IS NULL THEN catalogue_map.published_at ELSE NULL END, \
         deleted_at = NULL RETURNING version",
    )
    .bind(tenant)
    .bind(id)
    .bind(at)
    .fetch_one(db)
    .await?;
    Ok(version)
}

/// Writes a version of a map.
pub async fn put_version(
    db: &mut AnyConnection,
    (tenant, map): (&str, &str),
    version: &Version,
    face: &Face,
    text: &str,
) -> Result<()> {
    let changes = version.changes.as_ref().map(serde_json::to_string).transpose();
    let changes = changes.map_err(|it| kernel::fault::INTERNAL.because(it))?.unwrap_or_default();
    sqlx::query(
        "INSERT INTO catalogue_version (tenant, map, number, sha256, content, title_de, title_en, publisher, licence, as_of, \
         elements, standards, made_at, made_by, note, decision, changes) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)",
    )
    .bind(tenant)
    .bind(map)
    .bind(version.number)
    .bind(&face.sha256)
    .bind(text)
    .bind(&face.title_de)
    .bind(&face.title_en)
    .bind(face.publisher.as_deref())
    .bind(face.licence.as_deref())
    .bind(face.as_of.as_deref())
    .bind(face.elements)
    .bind(face.standards)
    .bind(version.made_at)
    .bind(&version.made_by)
    .bind(&version.reason.note)
    .bind(&version.reason.decision)
    .bind(changes)
    .execute(db)
    .await?;
    Ok(())
}

/// Removes the versions up to a number.
pub async fn forget_versions(db: &mut AnyConnection, tenant: &str, map: &str, up_to: i64) -> Result<()> {
    sqlx::query("DELETE FROM catalogue_version WHERE tenant = $1 AND map = $2 AND number <= $3")
        .bind(tenant)
        .bind(map)
        .bind(up_to)
        .execute(db)
        .await?;
    Ok(())
}

type VersionRow = (i64, String, i64, i64, i64, String, String, String, String);

fn version(row: VersionRow) -> Version {
    let (number, sha256, elements, standards, made_at, made_by, note, decision, changes) = row;
    let reason = Reason { note, decision };
    let changes = serde_json::from_str(&changes).ok();
    Version { number, sha256, elements, standards, made_at, made_by, reason, changes }
}

/// The versions of a map, the newest first.
pub async fn versions(db: &mut AnyConnection, tenant: &str, map: &str) -> Result<Vec<Version>> {
    let rows: Vec<VersionRow> = sqlx::query_as(
        "SELECT number, sha256, elements, standards, made_at, made_by, note, decision, changes FROM catalogue_version \
         WHERE tenant = $1 AND map = $2 ORDER BY number DESC",
    )
    .bind(tenant)
    .bind(map)
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(version).collect())
}

/// The canonical text of a version.
pub async fn text(db: &mut AnyConnection, tenant: &str, map: &str, number: i64) -> Result<Option<String>> {
    let row: Option<(String,)> = sqlx::query_as(
        "SELECT content FROM catalogue_version WHERE tenant = $1 AND map = $2 AND number = $3",
    )
    .bind(tenant)
    .bind(map)
    .bind(number)
    .fetch_optional(db)
    .await?;
    Ok(row.map(|(text,)| text))
}

/// Lets everyone read a map, or its keepers only.
pub async fn set_published(db: &mut AnyConnection, tenant: &str, id: &str, at: Option<i64>) -> Result<()> {
    sqlx::query("UPDATE catalogue_map SET published_at = $3 WHERE tenant = $1 AND id = $2")
        .bind(tenant)
        .bind(id)
        .bind(at)
        .execute(db)
        .await?;
    Ok(())
}

/// Puts a map into the bin, or takes it out.
pub async fn set_deleted(db: &mut AnyConnection, tenant: &str, id: &str, at: Option<i64>) -> Result<()> {
    sqlx::query("UPDATE catalogue_map SET deleted_at = $3 WHERE tenant = $1 AND id = $2")
        .bind(tenant)
        .bind(id)
        .bind(at)
        .execute(db)
        .await?;
    Ok(())
}
