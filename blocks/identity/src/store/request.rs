//! Authorization requests.

use crate::model::grant::Requested;
use kernel::{Result, fault};
use sqlx::{AnyConnection, Row};

pub async fn insert(db: &mut AnyConnection, it: &Requested) -> Result<()> {
    let request = serde_json::to_string(&it.request).map_err(|it| fault::INTERNAL.because(it))?;
    sqlx::query(
        "INSERT INTO identity_request (id, tenant, client, request, made_at, until, browser_hash, begun_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
    )
    .bind(&it.id)
    .bind(&it.tenant)
    .bind(&it.client)
    .bind(request)
    .bind(it.made_at)
    .bind(it.until)
    .bind(&it.browser_hash)
    .bind(it.begun_at)
    .execute(db)
    .await?;
    Ok(())
}

pub async fn find(db: &mut AnyConnection, id: &str) -> Result<Option<Requested>> {
    let row = sqlx::query("SELECT * FROM identity_request WHERE id = $1").bind(id).fetch_optional(db).await?;
    row.map(|row| {
        let request: &str = row.try_get("request")?;
        Ok(Requested {
            id: row.try_get("id")?,
            tenant: row.try_get("tenant")?,
            client: row.try_get("client")?,
            request: serde_json::from_str(request).map_err(|it| fault::INTERNAL.because(it))?,
            made_at: row.try_get("made_at")?,
            until: row.try_get("until")?,
            browser_hash: row.try_get("browser_hash")?,
            begun_at: row.try_get("begun_at")?,
            ended_at: row.try_get("ended_at")?,
        })
    })
    .transpose()
}

/// A pushed request arrives in a browser; false if it did before.
pub async fn begin(db: &mut AnyConnection, it: &Requested) -> Result<bool> {
    let done = sqlx::query(
        "UPDATE identity_request SET browser_hash = $1, begun_at = $2, until = $3 WHERE id = $4 AND begun_at IS NULL",
    )
    .bind(&it.browser_hash)
    .bind(it.begun_at)
    .bind(it.until)
    .bind(&it.id)
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Ends a request; false if it had ended.
pub async fn end(db: &mut AnyConnection, id: &str, at: i64) -> Result<bool> {
    let done = sqlx::query("UPDATE identity_request SET ended_at = $1 WHERE id = $2 AND ended_at IS NULL")
        .bind(at)
        .bind(id)
        .execute(db)
        .await?;
    Ok(done.rows_affected() == 1)
}

pub async fn remove_until(db: &mut AnyConnection, until: i64) -> Result<u64> {
    let done = sqlx::query("DELETE FROM identity_request WHERE until < $1").bind(until).execute(db).await?;
    Ok(done.rows_affected())
}
