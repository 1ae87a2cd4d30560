//! The SQL of this adapter, and nothing else.

use crate::model::Request;
use kernel::Result;
use sqlx::{AnyConnection, Row, any::AnyRow};

pub async fn insert(db: &mut AnyConnection, it: &Request) -> Result<()> {
    sqlx::query(
        "INSERT INTO samlsp_request (id, tenant, connection, attempt, state, until) VALUES ($1, $2, $3, $4, 'open', $5)",
    )
    .bind(&it.id)
    .bind(&it.tenant)
    .bind(&it.connection)
    .bind(&it.attempt)
    .bind(it.until)
    .execute(db)
    .await?;
    Ok(())
}

/// How often a sign-in was begun on a connection.
pub async fn begun(db: &mut AnyConnection, connection: &str, attempt: &str, now: i64) -> Result<i64> {
    let row = sqlx::query(
        "SELECT CAST(COUNT(*) AS BIGINT) AS many FROM samlsp_request \
         WHERE connection = $1 AND attempt = $2 AND until > $3",
    )
    .bind(connection)
    .bind(attempt)
    .bind(now)
    .fetch_one(db)
    .await?;
    Ok(row.try_get("many")?)
}

pub async fn request(db: &mut AnyConnection, id: &str) -> Result<Option<Request>> {
    let row = sqlx::query(
        "SELECT id, tenant, connection, attempt, until FROM samlsp_request WHERE id = $1 AND state = 'open'",
    )
    .bind(id)
    .fetch_optional(db)
    .await?;
    row.map(|it| request_of(&it)).transpose()
}

fn request_of(row: &AnyRow) -> Result<Request> {
    Ok(Request {
        id: row.try_get("id")?,
        tenant: row.try_get("tenant")?,
        connection: row.try_get("connection")?,
        attempt: row.try_get("attempt")?,
        until: row.try_get("until")?,
    })
}

/// Marks a request as answered: whoever comes second with an answer to it finds none. The row stays to be counted.
pub async fn answer(db: &mut AnyConnection, id: &str) -> Result<bool> {
    let done = sqlx::query("UPDATE samlsp_request SET state = 'answered' WHERE id = $1 AND state = 'open'")
        .bind(id)
        .execute(db)
        .await?;
    Ok(done.rows_affected() == 1)
}

/// Remembers an assertion; false if it was there before.
pub async fn remember(db: &mut AnyConnection, hash: &str, tenant: &str, until: i64) -> Result<bool> {
    let done = sqlx::query(
        "INSERT INTO samlsp_seen (assertion_hash, tenant, until) VALUES ($1, $2, $3) ON CONFLICT (assertion_hash) DO NOTHING",
    )
    .bind(hash)
    .bind(tenant)
    .bind(until)
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

pub async fn lay_down(
    db: &mut AnyConnection,
    hash: &str,
    tenant: &str,
    connection: &str,
    sealed: &[u8],
    until: i64,
) -> Result<()> {
    sqlx::query(
        "INSERT INTO samlsp_landing (handle_hash, tenant, connection, sealed, until) VALUES ($1, $2, $3, $4, $5)",
    )
    .bind(hash)
    .bind(tenant)
    .bind(connection)
    .bind(sealed.to_vec())
    .bind(until)
    .execute(db)
    .await?;
    Ok(())
}

/// Takes what was laid down away; a handle works once.
pub async fn pick_up(
    db: &mut AnyConnection,
    hash: &str,
    connection: &str,
    now: i64,
) -> Result<Option<Vec<u8>>> {
    let row = sqlx::query(
        "DELETE FROM samlsp_landing WHERE handle_hash = $1 AND connection = $2 AND until > $3 RETURNING sealed",
    )
    .bind(hash)
    .bind(connection)
    .bind(now)
    .fetch_optional(db)
    .await?;
    row.map(|it| Ok(it.try_get("sealed")?)).transpose()
}

/// The entity id that a connection has used since its first start.
pub async fn entity_id(db: &mut AnyConnection, connection: &str) -> Result<Option<String>> {
    let row = sqlx::query("SELECT entity_id FROM samlsp_provider WHERE connection = $1")
        .bind(connection)
        .fetch_optional(db)
        .await?;
    row.map(|it| Ok(it.try_get("entity_id")?)).transpose()
}

pub async fn freeze(
    db: &mut AnyConnection,
    connection: &str,
    tenant: &str,
    entity_id: &str,
    at: i64,
) -> Result<()> {
    sqlx::query(
        "INSERT INTO samlsp_provider (connection, tenant, entity_id, since) VALUES ($1, $2, $3, $4) \
         ON CONFLICT (connection) DO NOTHING",
    )
    .bind(connection)
    .bind(tenant)
    .bind(entity_id)
    .bind(at)
    .execute(db)
    .await?;
    Ok(())
}

/// Removes what has ended; says how much.
pub async fn remove_ended(db: &mut AnyConnection, now: i64) -> Result<u64> {
    let requests =
        sqlx::query("DELETE FROM samlsp_request WHERE until <= $1").bind(now).execute(&mut *db).await?;
    let seen = sqlx::query("DELETE FROM samlsp_seen WHERE until <= $1").bind(now).execute(&mut *db).await?;
    let landings = sqlx::query("DELETE FROM samlsp_landing WHERE until <= $1").bind(now).execute(db).await?;
    Ok(requests.rows_affected() + seen.rows_affected() + landings.rows_affected())
}
