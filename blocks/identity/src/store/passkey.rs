//! Passkeys, the challenges they still have to answer, and recovery codes.

use super::{level, uuid};
use crate::model::{Ceremony, Passkey, RecoveryState};
use kernel::Result;
use sqlx::{AnyConnection, Row, any::AnyRow};
use uuid::Uuid;

pub async fn insert(db: &mut AnyConnection, tenant: &str, it: &Passkey) -> Result<()> {
    sqlx::query(
        "INSERT INTO identity_passkey (id, tenant, person, credential_id, name, credential, level, created_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
    )
    .bind(it.id.to_string())
    .bind(tenant)
    .bind(it.person.to_string())
    .bind(&it.credential_id)
    .bind(&it.name)
    .bind(&it.credential)
    .bind(it.level.as_str())
    .bind(it.created_at)
    .execute(db)
    .await?;
    Ok(())
}

pub async fn by_credential(db: &mut AnyConnection, credential_id: &str) -> Result<Option<Passkey>> {
    sqlx::query("SELECT * FROM identity_passkey WHERE credential_id = $1")
        .bind(credential_id)
        .fetch_optional(db)
        .await?
        .map(|it| read(&it))
        .transpose()
}

/// Somebody's passkeys, the oldest first.
pub async fn of_person(db: &mut AnyConnection, person: &Uuid) -> Result<Vec<Passkey>> {
    let rows = sqlx::query("SELECT * FROM identity_passkey WHERE person = $1 ORDER BY created_at, id")
        .bind(person.to_string())
        .fetch_all(db)
        .await?;
    rows.iter().map(read).collect()
}

pub async fn used(db: &mut AnyConnection, id: &Uuid, credential: &str, at: i64) -> Result<()> {
    sqlx::query("UPDATE identity_passkey SET credential = $1, used_at = $2 WHERE id = $3")
        .bind(credential)
        .bind(at)
        .bind(id.to_string())
        .execute(db)
        .await?;
    Ok(())
}

pub async fn rename(db: &mut AnyConnection, person: &Uuid, id: &Uuid, name: &str) -> Result<bool> {
    let done = sqlx::query("UPDATE identity_passkey SET name = $1 WHERE id = $2 AND person = $3")
        .bind(name)
        .bind(id.to_string())
        .bind(person.to_string())
        .execute(db)
        .await?;
    Ok(done.rows_affected() == 1)
}

pub async fn remove(db: &mut AnyConnection, person: &Uuid, id: &Uuid) -> Result<bool> {
    let done = sqlx::query("DELETE FROM identity_passkey WHERE id = $1 AND person = $2")
        .bind(id.to_string())
        .bind(person.to_string())
        .execute(db)
        .await?;
    Ok(done.rows_affected() == 1)
}

pub async fn begin(db: &mut AnyConnection, tenant: &str, it: &Ceremony) -> Result<()> {
    sqlx::query(
        "INSERT INTO identity_ceremony (id, tenant, kind, state, until) VALUES ($1, $2, $3, $4, $5) \
         ON CONFLICT (id) DO UPDATE SET kind = $3, state = $4, until = $5",
    )
    .bind(&it.id)
    .bind(tenant)
    .bind(&it.kind)
    .bind(&it.state)
    .bind(it.until)
    .execute(db)
    .await?;
    Ok(())
}

pub async fn ceremony(db: &mut AnyConnection, id: &str) -> Result<Option<Ceremony>> {
    let row =
        sqlx::query("SELECT * FROM identity_ceremony WHERE id = $1").bind(id).fetch_optional(db).await?;
    row.map(|row| {
        Ok(Ceremony {
            id: row.try_get("id")?,
            kind: row.try_get("kind")?,
            state: row.try_get("state")?,
            until: row.try_get("until")?,
        })
    })
    .transpose()
}

/// Ends a ceremony; false if it has ended already.
pub async fn end(db: &mut AnyConnection, id: &str) -> Result<bool> {
    let done = sqlx::query("DELETE FROM identity_ceremony WHERE id = $1").bind(id).execute(db).await?;
    Ok(done.rows_affected() == 1)
}

pub async fn remove_ceremonies_until(db: &mut AnyConnection, until: i64) -> Result<u64> {
    let done = sqlx::query("DELETE FROM identity_ceremony WHERE until < $1").bind(until).execute(db).await?;
    Ok(done.rows_affected())
}

pub async fn insert_recovery(
    db: &mut AnyConnection,
    tenant: &str,
    person: &Uuid,
    hash: &str,
    at: i64,
) -> Result<()> {
    sqlx::query("INSERT INTO identity_recovery (hash, tenant, person, made_at) VALUES ($1, $2, $3, $4)")
        .bind(hash)
        .bind(tenant)
        .bind(person.to_string())
        .bind(at)
        .execute(db)
        .await?;
    Ok(())
}

pub async fn remove_recovery(db: &mut AnyConnection, person: &Uuid) -> Result<()> {
    sqlx::query("DELETE FROM identity_recovery WHERE person = $1")
        .bind(person.to_string())
        .execute(db)
        .await?;
    Ok(())
}

/// Whose code this is, while it has not been used.
pub async fn recovery(db: &mut AnyConnection, hash: &str) -> Result<Option<Uuid>> {
    let row = sqlx::query("SELECT person FROM identity_recovery WHERE hash = $1 AND used_at IS NULL")
        .bind(hash)
        .fetch_optional(db)
        .await?;
    row.map(|it| uuid(&it, "person")).transpose()
}

/// Uses a code up; false if it was used already.
pub async fn use_recovery(db: &mut AnyConnection, hash: &str, at: i64) -> Result<bool> {
    let done = sqlx::query("UPDATE identity_recovery SET used_at = $1 WHERE hash = $2 AND used_at IS NULL")
        .bind(at)
        .bind(hash)
        .execute(db)
        .await?;
    Ok(done.rows_affected() == 1)
}

pub async fn recovery_state(db: &mut AnyConnection, person: &Uuid) -> Result<RecoveryState> {
    let row = sqlx::query(
        "SELECT CAST(COUNT(*) AS BIGINT) AS codes, CAST(COUNT(used_at) AS BIGINT) AS spent \
         FROM identity_recovery WHERE person = $1",
    )
    .bind(person.to_string())
    .fetch_one(db)
    .await?;
    Ok(RecoveryState { all: row.try_get("codes")?, used: row.try_get("spent")? })
}

fn read(row: &AnyRow) -> Result<Passkey> {
    Ok(Passkey {
        id: uuid(row, "id")?,
        person: uuid(row, "person")?,
        credential_id: row.try_get("credential_id")?,
        name: row.try_get("name")?,
        credential: row.try_get("credential")?,
        level: level(row)?,
        created_at: row.try_get("created_at")?,
        used_at: row.try_get("used_at")?,
    })
}
