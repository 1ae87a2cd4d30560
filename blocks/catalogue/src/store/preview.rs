//! Files that were read and are not in force.

use crate::model::{Preview, Reason};
use kernel::Result;
use sqlx::AnyConnection;

type Row = (String, String, String, String, String, String, String, i64, i64, String);

/// Keeps a preview.
pub async fn insert_preview(db: &mut AnyConnection, it: &Preview) -> Result<()> {
    sqlx::query(
        "INSERT INTO catalogue_preview (id, tenant, file_name, content, notes, note, decision, against, made_at, made_by) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
    )
    .bind(&it.id)
    .bind(&it.tenant)
    .bind(&it.file_name)
    .bind(&it.content)
    .bind(&it.notes)
    .bind(&it.reason.note)
    .bind(&it.reason.decision)
    .bind(it.against)
    .bind(it.made_at)
    .bind(&it.made_by)
    .execute(db)
    .await?;
    Ok(())
}

/// A preview.
pub async fn preview(db: &mut AnyConnection, id: &str) -> Result<Option<Preview>> {
    let row: Option<Row> = sqlx::query_as(
        "SELECT id, tenant, file_name, content, notes, note, decision, against, made_at, made_by FROM catalogue_preview \
         WHERE id = $1",
    )
    .bind(id)
    .fetch_optional(db)
    .await?;
    Ok(row.map(|(id, tenant, file_name, content, notes, note, decision, against, made_at, made_by)| {
        let reason = Reason { note, decision };
        Preview { id, tenant, file_name, content, notes, reason, against, made_at, made_by }
    }))
}

/// Removes a preview.
pub async fn delete_preview(db: &mut AnyConnection, id: &str) -> Result<()> {
    sqlx::query("DELETE FROM catalogue_preview WHERE id = $1").bind(id).execute(db).await?;
    Ok(())
}

/// Removes the previews of somebody.
pub async fn delete_previews_of(db: &mut AnyConnection, tenant: &str, made_by: &str) -> Result<()> {
    sqlx::query("DELETE FROM catalogue_preview WHERE tenant = $1 AND made_by = $2")
        .bind(tenant)
        .bind(made_by)
        .execute(db)
        .await?;
    Ok(())
}

/// Removes what was made before a time; says how many there were.
pub async fn delete_old_previews(db: &mut AnyConnection, before: i64) -> Result<u64> {
    let gone =
        sqlx::query("DELETE FROM catalogue_preview WHERE made_at < $1").bind(before).execute(db).await?;
    Ok(gone.rows_affected())
}
