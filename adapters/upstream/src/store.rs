//! The SQL of this adapter, and nothing else.

use crate::model::Request;
use kernel::Result;
use sqlx::{AnyConnection, Row};

pub async fn insert(db: &mut AnyConnection, it: &Request) -> Result<()> {
    sqlx::query(
        "INSERT INTO upstream_request (state_hash, tenant, connection, attempt, nonce, verifier, until) \
         VALUES ($1, $2, $3, $4, $5, $6, $7)",
    )
    .bind(&it.state_hash)
    .bind(&it.tenant)
    .bind(&it.connection)
    .bind(&it.attempt)
    .bind(&it.nonce)
    .bind(&it.verifier)
    .bind(it.until)
    .execute(db)
    .await?;
    Ok(())
}

/// Takes a request away: whoever comes second with the same state finds none.
pub async fn take(db: &mut AnyConnection, state_hash: &str) -> Result<Option<Request>> {
    let row = sqlx::query("DELETE FROM upstream_request WHERE state_hash = $1 RETURNING *")
        .bind(state_hash)
        .fetch_optional(db)
        .await?;
    row.map(|row| {
        Ok(Request {
            state_hash: row.try_get("state_hash")?,
            tenant: row.try_get("tenant")?,
            connection: row.try_get("connection")?,
            attempt: row.try_get("attempt")?,
            nonce: row.try_get("nonce")?,
            verifier: row.try_get("verifier")?,
            until: row.try_get("until")?,
        })
    })
    .transpose()
}

pub async fn remove_until(db: &mut AnyConnection, until: i64) -> Result<u64> {
    let done = sqlx::query("DELETE FROM upstream_request WHERE until < $1").bind(until).execute(db).await?;
    Ok(done.rows_affected())
}
