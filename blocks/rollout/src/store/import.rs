//! Imports, and what each says.

use crate::model::{Import, KeptSet};
use kernel::Result;
use sqlx::AnyConnection;

type Row = (
    String,
    String,
    Option<i64>,
    String,
    Option<i64>,
    String,
    String,
    String,
    i64,
    String,
    String,
    i64,
    String,
    Option<String>,
);

fn read(row: Row) -> Import {
    let (
        id,
        tenant,
        number,
        kind,
        undoes,
        file_name,
        sha256,
        content,
        lines,
        note,
        decision,
        made_at,
        made_by,
        snapshot,
    ) = row;
    Import {
        id,
        tenant,
        number,
        kind,
        undoes,
        file_name,
        sha256,
        content,
        lines,
        note,
        decision,
        made_at,
        made_by,
        snapshot,
    }
}

/// Writes an import with what it says.
pub async fn insert_import(db: &mut AnyConnection, it: &Import, sets: &[KeptSet]) -> Result<()> {
    sqlx::query(
        "INSERT INTO rollout_import (id, tenant, number, kind, undoes, file_name, sha256, content, lines, note, decision, \
         made_at, made_by, snapshot) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)",
    )
    .bind(&it.id)
    .bind(&it.tenant)
    .bind(it.number)
    .bind(&it.kind)
    .bind(it.undoes)
    .bind(&it.file_name)
    .bind(&it.sha256)
    .bind(&it.content)
    .bind(it.lines)
    .bind(&it.note)
    .bind(&it.decision)
    .bind(it.made_at)
    .bind(&it.made_by)
    .bind(it.snapshot.as_deref())
    .execute(&mut *db)
    .await?;
    for set in sets {
        sqlx::query(
            "INSERT INTO rollout_set (import, tenant, kind, subject, sha256, lines, start, length) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        )
        .bind(&it.id)
        .bind(&it.tenant)
        .bind(&set.kind)
        .bind(&set.subject)
        .bind(&set.sha256)
        .bind(set.lines)
        .bind(set.start)
        .bind(set.length)
        .execute(&mut *db)
        .await?;
    }
    Ok(())
}

/// An import, preview or version.
pub async fn import(db: &mut AnyConnection, id: &str) -> Result<Option<Import>> {
    let row: Option<Row> = sqlx::query_as(
        "SELECT id, tenant, number, kind, undoes, file_name, sha256, content, lines, note, decision, made_at, made_by, \
         snapshot FROM rollout_import WHERE id = $1",
    )
    .bind(id)
    .fetch_optional(db)
    .await?;
    Ok(row.map(read))
}

/// The preview that somebody has.
pub async fn preview_of(db: &mut AnyConnection, tenant: &str, made_by: &str) -> Result<Vec<Import>> {
    let rows: Vec<Row> = sqlx::query_as(
        "SELECT id, tenant, number, kind, undoes, file_name, sha256, content, lines, note, decision, made_at, made_by, \
         snapshot FROM rollout_import WHERE tenant = $1 AND made_by = $2 AND number IS NULL",
    )
    .bind(tenant)
    .bind(made_by)
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(read).collect())
}

/// Previews that were made before a time.
pub async fn old_previews(db: &mut AnyConnection, before: i64) -> Result<Vec<Import>> {
    let rows: Vec<Row> = sqlx::query_as(
        "SELECT id, tenant, number, kind, undoes, file_name, sha256, content, lines, note, decision, made_at, made_by, \
         snapshot FROM rollout_import WHERE made_at < $1 AND number IS NULL",
    )
    .bind(before)
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(read).collect())
}

/// The versions of a roll-out, the oldest first.
pub async fn versions(db: &mut AnyConnection, tenant: &str) -> Result<Vec<Import>> {
    let rows: Vec<Row> = sqlx::query_as(
        "SELECT id, tenant, number, kind, undoes, file_name, sha256, content, lines, note, decision, made_at, made_by, \
         snapshot FROM rollout_import WHERE tenant = $1 AND number IS NOT NULL ORDER BY number",
    )
    .bind(tenant)
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(read).collect())
}

/// The number and id of the version with this snapshot.
pub async fn version_by_snapshot(db: &mut AnyConnection, tenant: &str, sha256: &str) -> Result<Option<i64>> {
    let row: Option<(i64,)> = sqlx::query_as(
        "SELECT number FROM rollout_import WHERE tenant = $1 AND snapshot = $2 AND number IS NOT NULL",
    )
    .bind(tenant)
    .bind(sha256)
    .fetch_optional(db)
    .await?;
    Ok(row.map(|it| it.0))
}

type SetRow = (String, i64, String, String, String, i64, i64, i64);

fn read_set((import, number, kind, subject, sha256, lines, start, length): SetRow) -> KeptSet {
    KeptSet { import, number, kind, subject, sha256, lines, start, length }
}

/// What all versions of a roll-out say, in the order of versions.
pub async fn sets(db: &mut AnyConnection, tenant: &str) -> Result<Vec<KeptSet>> {
    let rows: Vec<SetRow> = sqlx::query_as(
        "SELECT s.import, i.number, s.kind, s.subject, s.sha256, s.lines, s.start, s.length FROM rollout_set s \
         JOIN rollout_import i ON i.id = s.import WHERE i.tenant = $1 AND i.number IS NOT NULL \
         ORDER BY i.number, s.start",
    )
    .bind(tenant)
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(read_set).collect())
}

/// What one import says.
pub async fn sets_of_import(db: &mut AnyConnection, import: &str) -> Result<Vec<KeptSet>> {
    let rows: Vec<SetRow> = sqlx::query_as(
        "SELECT s.import, COALESCE(i.number, 0), s.kind, s.subject, s.sha256, s.lines, s.start, s.length FROM rollout_set s \
         JOIN rollout_import i ON i.id = s.import WHERE s.import = $1 ORDER BY s.start",
    )
    .bind(import)
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(read_set).collect())
}

/// What a version says whose text has this hash.
pub async fn set_by_hash(db: &mut AnyConnection, tenant: &str, sha256: &str) -> Result<Option<KeptSet>> {
    let row: Option<SetRow> = sqlx::query_as(
        "SELECT s.import, i.number, s.kind, s.subject, s.sha256, s.lines, s.start, s.length FROM rollout_set s \
         JOIN rollout_import i ON i.id = s.import WHERE s.tenant = $1 AND s.sha256 = $2 AND i.number IS NOT NULL \
         ORDER BY i.number LIMIT 1",
    )
    .bind(tenant)
    .bind(sha256)
    .fetch_optional(db)
    .await?;
    Ok(row.map(read_set))
}

/// Makes a preview a version.
pub async fn keep(db: &mut AnyConnection, id: &str, number: i64, at: i64, snapshot: &str) -> Result<()> {
    sqlx::query("UPDATE rollout_import SET number = $2, made_at = $3, snapshot = $4 WHERE id = $1")
        .bind(id)
        .bind(number)
        .bind(at)
        .bind(snapshot)
        .execute(db)
        .await?;
    Ok(())
}

/// Removes a preview.
pub async fn delete_import(db: &mut AnyConnection, id: &str) -> Result<()> {
    sqlx::query("DELETE FROM rollout_set WHERE import = $1").bind(id).execute(&mut *db).await?;
    sqlx::query("DELETE FROM rollout_import WHERE id = $1 AND number IS NULL").bind(id).execute(db).await?;
    Ok(())
}
