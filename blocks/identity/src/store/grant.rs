//! What clients are given in a person's name.

use super::{level, uuid};
use crate::model::grant::Granted;
use kernel::{Result, fault};
use sqlx::{AnyConnection, Row, any::AnyRow};
use uuid::Uuid;

pub async fn insert(db: &mut AnyConnection, it: &Granted) -> Result<()> {
    let request = serde_json::to_string(&it.request).map_err(|it| fault::INTERNAL.because(it))?;
    sqlx::query(
        "INSERT INTO identity_grant (id, tenant, client, person, session, request, scope, level, way, proved_at, \
         code_hash, code_until, confirmation, generation, made_at, until) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)",
    )
    .bind(it.id.to_string())
    .bind(&it.tenant)
    .bind(&it.client)
    .bind(it.person.to_string())
    .bind(it.session.to_string())
    .bind(request)
    .bind(&it.scope)
    .bind(it.level.as_str())
    .bind(&it.way)
    .bind(it.proved_at)
    .bind(&it.code_hash)
    .bind(it.code_until)
    .bind(&it.confirmation)
    .bind(it.generation)
    .bind(it.made_at)
    .bind(it.until)
    .execute(db)
    .await?;
    Ok(())
}

pub async fn find(db: &mut AnyConnection, id: &Uuid) -> Result<Option<Granted>> {
    sqlx::query("SELECT * FROM identity_grant WHERE id = $1")
        .bind(id.to_string())
        .fetch_optional(db)
        .await?
        .map(|it| read(&it))
        .transpose()
}

pub async fn by_code(db: &mut AnyConnection, code_hash: &str) -> Result<Option<Granted>> {
    sqlx::query("SELECT * FROM identity_grant WHERE code_hash = $1")
        .bind(code_hash)
        .fetch_optional(db)
        .await?
        .map(|it| read(&it))
        .transpose()
}

/// The grants of sessions that were ended since `since` and whose clients have not been noted to hear of it.
pub async fn to_part(db: &mut AnyConnection, since: i64, limit: i64) -> Result<Vec<Granted>> {
    let rows = sqlx::query(
        "SELECT g.* FROM identity_session s JOIN identity_grant g ON g.session = s.id \
         WHERE s.revoked_at > $1 AND g.parted_at IS NULL LIMIT $2",
    )
    .bind(since)
    .bind(limit)
    .fetch_all(db)
    .await?;
    rows.iter().map(read).collect()
}

/// Notes that the client is to hear of the end.
pub async fn parted(db: &mut AnyConnection, id: &Uuid, at: i64) -> Result<()> {
    sqlx::query("UPDATE identity_grant SET parted_at = $1 WHERE id = $2")
        .bind(at)
        .bind(id.to_string())
        .execute(db)
        .await?;
    Ok(())
}

/// Uses the code, and binds what follows to a key; false if it was used before.
pub async fn redeem(db: &mut AnyConnection, id: &Uuid, confirmation: &str, at: i64) -> Result<bool> {
    let done = sqlx::query(
        "UPDATE identity_grant SET code_used_at = $1, confirmation = $2 \
         WHERE id = $3 AND code_used_at IS NULL AND revoked_at IS NULL",
    )
    .bind(at)
    .bind(confirmation)
    .bind(id.to_string())
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Moves on to the next refresh token; false if that one was not the newest, or nothing is in force.
pub async fn rotate(db: &mut AnyConnection, id: &Uuid, generation: i64) -> Result<bool> {
    let done = sqlx::query(
        "UPDATE identity_grant SET generation = generation + 1 WHERE id = $1 AND generation = $2 AND revoked_at IS NULL",
    )
    .bind(id.to_string())
    .bind(generation)
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

pub async fn revoke(db: &mut AnyConnection, id: &Uuid, at: i64) -> Result<()> {
    sqlx::query("UPDATE identity_grant SET revoked_at = $1 WHERE id = $2 AND revoked_at IS NULL")
        .bind(at)
        .bind(id.to_string())
        .execute(db)
        .await?;
    Ok(())
}

/// Revokes all that a client was given in a person's name.
pub async fn revoke_of(db: &mut AnyConnection, person: &Uuid, client: &str, at: i64) -> Result<()> {
    sqlx::query(
        "UPDATE identity_grant SET revoked_at = $1 WHERE person = $2 AND client = $3 AND revoked_at IS NULL",
    )
    .bind(at)
    .bind(person.to_string())
    .bind(client)
    .execute(db)
    .await?;
    Ok(())
}

pub async fn remove_until(db: &mut AnyConnection, until: i64) -> Result<u64> {
    let done = sqlx::query("DELETE FROM identity_grant WHERE until < $1").bind(until).execute(db).await?;
    Ok(done.rows_affected())
}

pub async fn remove_of_client(db: &mut AnyConnection, client: &str) -> Result<()> {
    for statement in [
        "DELETE FROM identity_grant WHERE client = $1",
        "DELETE FROM identity_request WHERE client = $1",
        "DELETE FROM identity_consent WHERE client = $1",
        "DELETE FROM identity_farewell WHERE client = $1",
    ] {
        sqlx::query(statement).bind(client).execute(&mut *db).await?;
    }
    Ok(())
}

fn read(row: &AnyRow) -> Result<Granted> {
    let request: &str = row.try_get("request")?;
    Ok(Granted {
        id: uuid(row, "id")?,
        tenant: row.try_get("tenant")?,
        client: row.try_get("client")?,
        person: uuid(row, "person")?,
        session: uuid(row, "session")?,
        request: serde_json::from_str(request).map_err(|it| fault::INTERNAL.because(it))?,
        scope: row.try_get("scope")?,
        level: level(row)?,
        way: row.try_get("way")?,
        proved_at: row.try_get("proved_at")?,
        code_hash: row.try_get("code_hash")?,
        code_until: row.try_get("code_until")?,
        code_used_at: row.try_get("code_used_at")?,
        confirmation: row.try_get("confirmation")?,
        generation: row.try_get("generation")?,
        made_at: row.try_get("made_at")?,
        until: row.try_get("until")?,
        revoked_at: row.try_get("revoked_at")?,
    })
}
