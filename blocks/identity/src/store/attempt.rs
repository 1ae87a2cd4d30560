//! Sign-ins that have begun.

use super::{level, some_uuid};
use crate::model::Begun;
use kernel::Result;
use sqlx::{AnyConnection, Row};

pub async fn insert(db: &mut AnyConnection, it: &Begun) -> Result<()> {
    sqlx::query(
        "INSERT INTO identity_attempt (id, tenant, browser_hash, level, client, destination, adds_to, device, began_at, until) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
    )
    .bind(&it.id)
    .bind(&it.tenant)
    .bind(&it.browser_hash)
    .bind(it.level.as_str())
    .bind(&it.client)
    .bind(&it.destination)
    .bind(it.adds_to.map(|it| it.to_string()))
    .bind(&it.device)
    .bind(it.began_at)
    .bind(it.until)
    .execute(db)
    .await?;
    Ok(())
}

pub async fn find(db: &mut AnyConnection, id: &str) -> Result<Option<Begun>> {
    let row = sqlx::query("SELECT * FROM identity_attempt WHERE id = $1").bind(id).fetch_optional(db).await?;
    row.map(|row| {
        Ok(Begun {
            id: row.try_get("id")?,
            tenant: row.try_get("tenant")?,
            browser_hash: row.try_get("browser_hash")?,
            level: level(&row)?,
            client: row.try_get("client")?,
            destination: row.try_get("destination")?,
            adds_to: some_uuid(&row, "adds_to")?,
            device: row.try_get("device")?,
            began_at: row.try_get("began_at")?,
            until: row.try_get("until")?,
            ended_at: row.try_get("ended_at")?,
        })
    })
    .transpose()
}

/// Ends an attempt; false if it has ended already.
pub async fn end(db: &mut AnyConnection, id: &str, at: i64) -> Result<bool> {
    let done = sqlx::query("UPDATE identity_attempt SET ended_at = $1 WHERE id = $2 AND ended_at IS NULL")
        .bind(at)
        .bind(id)
        .execute(db)
        .await?;
    Ok(done.rows_affected() == 1)
}

pub async fn remove_until(db: &mut AnyConnection, until: i64) -> Result<u64> {
    let done = sqlx::query("DELETE FROM identity_attempt WHERE until < $1").bind(until).execute(db).await?;
    Ok(done.rows_affected())
}
