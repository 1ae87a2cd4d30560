//! What people agreed to once and for all, and clients that must hear of an end.

use super::uuid;
use crate::model::grant::{Consent, Farewell};
use kernel::Result;
use sqlx::{AnyConnection, Row};
use uuid::Uuid;

pub async fn give(db: &mut AnyConnection, it: &Consent) -> Result<()> {
    sqlx::query(
        "INSERT INTO identity_consent (person, client, tenant, scope, given_at) VALUES ($1, $2, $3, $4, $5) \
         ON CONFLICT (person, client) DO UPDATE SET scope = $4, given_at = $5",
    )
    .bind(it.person.to_string())
    .bind(&it.client)
    .bind(&it.tenant)
    .bind(&it.scope)
    .bind(it.given_at)
    .execute(db)
    .await?;
    Ok(())
}

/// The clients to which a person agreed, the newest first.
pub async fn of_person(db: &mut AnyConnection, person: &Uuid) -> Result<Vec<Consent>> {
    let rows = sqlx::query("SELECT * FROM identity_consent WHERE person = $1 ORDER BY given_at DESC, client")
        .bind(person.to_string())
        .fetch_all(db)
        .await?;
    rows.iter()
        .map(|row| {
            Ok(Consent {
                person: uuid(row, "person")?,
                client: row.try_get("client")?,
                tenant: row.try_get("tenant")?,
                scope: row.try_get("scope")?,
                given_at: row.try_get("given_at")?,
            })
        })
        .collect()
}

pub async fn withdraw(db: &mut AnyConnection, person: &Uuid, client: &str) -> Result<()> {
    sqlx::query("DELETE FROM identity_consent WHERE person = $1 AND client = $2")
        .bind(person.to_string())
        .bind(client)
        .execute(db)
        .await?;
    Ok(())
}

pub async fn insert_farewell(db: &mut AnyConnection, it: &Farewell, due_at: i64) -> Result<()> {
    sqlx::query(
        "INSERT INTO identity_farewell (id, tenant, client, subject, session, attempts, due_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7)",
    )
    .bind(it.id.to_string())
    .bind(&it.tenant)
    .bind(&it.client)
    .bind(&it.subject)
    .bind(&it.session)
    .bind(it.attempts)
    .bind(due_at)
    .execute(db)
    .await?;
    Ok(())
}

/// Farewells that are due.
pub async fn due_farewells(db: &mut AnyConnection, now: i64, limit: i64) -> Result<Vec<Farewell>> {
    let rows = sqlx::query("SELECT * FROM identity_farewell WHERE due_at <= $1 ORDER BY due_at LIMIT $2")
        .bind(now)
        .bind(limit)
        .fetch_all(db)
        .await?;
    rows.iter()
        .map(|row| {
            Ok(Farewell {
                id: uuid(row, "id")?,
                tenant: row.try_get("tenant")?,
                client: row.try_get("client")?,
                subject: row.try_get("subject")?,
                session: row.try_get("session")?,
                attempts: row.try_get("attempts")?,
            })
        })
        .collect()
}

pub async fn put_off_farewell(db: &mut AnyConnection, id: &Uuid, due_at: i64) -> Result<()> {
    sqlx::query("UPDATE identity_farewell SET attempts = attempts + 1, due_at = $1 WHERE id = $2")
        .bind(due_at)
        .bind(id.to_string())
        .execute(db)
        .await?;
    Ok(())
}

pub async fn remove_farewell(db: &mut AnyConnection, id: &Uuid) -> Result<()> {
    sqlx::query("DELETE FROM identity_farewell WHERE id = $1").bind(id.to_string()).execute(db).await?;
    Ok(())
}
