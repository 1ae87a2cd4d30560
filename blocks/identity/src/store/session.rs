//! Sessions.

use super::{level, uuid};
use crate::model::Session;
use kernel::Result;
use sqlx::{AnyConnection, Row, any::AnyRow};
use uuid::Uuid;

pub async fn insert(db: &mut AnyConnection, it: &Session) -> Result<()> {
    sqlx::query(
        "INSERT INTO identity_session (id, token_hash, tenant, person, way, issuer, upstream, level, device, \
         began_at, proved_at, seen_at, until) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)",
    )
    .bind(it.id.to_string())
    .bind(&it.token_hash)
    .bind(&it.tenant)
    .bind(it.person.to_string())
    .bind(&it.way)
    .bind(&it.issuer)
    .bind(&it.upstream)
    .bind(it.level.as_str())
    .bind(&it.device)
    .bind(it.began_at)
    .bind(it.proved_at)
    .bind(it.seen_at)
    .bind(it.until)
    .execute(db)
    .await?;
    Ok(())
}

pub async fn by_token(db: &mut AnyConnection, token_hash: &str) -> Result<Option<Session>> {
    sqlx::query("SELECT * FROM identity_session WHERE token_hash = $1")
        .bind(token_hash)
        .fetch_optional(db)
        .await?
        .map(|it| read(&it))
        .transpose()
}

pub async fn seen(db: &mut AnyConnection, id: &Uuid, at: i64) -> Result<()> {
    sqlx::query("UPDATE identity_session SET seen_at = $1 WHERE id = $2")
        .bind(at)
        .bind(id.to_string())
        .execute(db)
        .await?;
    Ok(())
}

pub async fn revoke(db: &mut AnyConnection, id: &Uuid, at: i64) -> Result<()> {
    sqlx::query("UPDATE identity_session SET revoked_at = $1 WHERE id = $2 AND revoked_at IS NULL")
        .bind(at)
        .bind(id.to_string())
        .execute(db)
        .await?;
    Ok(())
}

pub async fn revoke_upstream(
    db: &mut AnyConnection,
    way: &str,
    issuer: &str,
    upstream: &str,
    at: i64,
) -> Result<()> {
    sqlx::query(
        "UPDATE identity_session SET revoked_at = $1 WHERE way = $2 AND issuer = $3 AND upstream = $4 AND revoked_at IS NULL",
    )
    .bind(at)
    .bind(way)
    .bind(issuer)
    .bind(upstream)
    .execute(db)
    .await?;
    Ok(())
}

pub async fn remove_until(db: &mut AnyConnection, until: i64) -> Result<u64> {
    let done = sqlx::query("DELETE FROM identity_session WHERE until < $1").bind(until).execute(db).await?;
    Ok(done.rows_affected())
}

fn read(row: &AnyRow) -> Result<Session> {
    Ok(Session {
        id: uuid(row, "id")?,
        token_hash: row.try_get("token_hash")?,
        tenant: row.try_get("tenant")?,
        person: uuid(row, "person")?,
        way: row.try_get("way")?,
        issuer: row.try_get("issuer")?,
        upstream: row.try_get("upstream")?,
        level: level(row)?,
        device: row.try_get("device")?,
        began_at: row.try_get("began_at")?,
        proved_at: row.try_get("proved_at")?,
        seen_at: row.try_get("seen_at")?,
        until: row.try_get("until")?,
        revoked_at: row.try_get("revoked_at")?,
    })
}

pub async fn find(db: &mut AnyConnection, id: &Uuid) -> Result<Option<Session>> {
    sqlx::query("SELECT * FROM identity_session WHERE id = $1")
        .bind(id.to_string())
        .fetch_optional(db)
        .await?
        .map(|it| read(&it))
        .transpose()
}

/// A session goes on under another token, with what was proved anew.
pub async fn renew(db: &mut AnyConnection, it: &Session) -> Result<()> {
    sqlx::query(
        "UPDATE identity_session SET token_hash = $1, way = $2, issuer = $3, upstream = $4, level = $5, \
         proved_at = $6, seen_at = $6, until = $7 WHERE id = $8",
    )
    .bind(&it.token_hash)
    .bind(&it.way)
    .bind(&it.issuer)
    .bind(&it.upstream)
    .bind(it.level.as_str())
    .bind(it.proved_at)
    .bind(it.until)
    .bind(it.id.to_string())
    .execute(db)
    .await?;
    Ok(())
}

/// Somebody's sessions that have not been ended and not expired, the last used first.
pub async fn open_of_person(db: &mut AnyConnection, person: &Uuid, now: i64) -> Result<Vec<Session>> {
    let rows = sqlx::query(
        "SELECT * FROM identity_session WHERE person = $1 AND revoked_at IS NULL AND until > $2 ORDER BY seen_at DESC, id",
    )
    .bind(person.to_string())
    .bind(now)
    .fetch_all(db)
    .await?;
    rows.iter().map(read).collect()
}

/// Ends somebody's sessions, but for one (nil for none).
pub async fn revoke_others(db: &mut AnyConnection, person: &Uuid, but: &Uuid, at: i64) -> Result<u64> {
    let done = sqlx::query(
        "UPDATE identity_session SET revoked_at = $1 WHERE person = $2 AND id <> $3 AND revoked_at IS NULL",
    )
    .bind(at)
    .bind(person.to_string())
    .bind(but.to_string())
    .execute(db)
    .await?;
    Ok(done.rows_affected())
}

pub async fn act_for(db: &mut AnyConnection, id: &Uuid, tenant: &str) -> Result<()> {
    sqlx::query("UPDATE identity_session SET tenant = $1 WHERE id = $2")
        .bind(tenant)
        .bind(id.to_string())
        .execute(db)
        .await?;
    Ok(())
}
