//! How people sign in.

use super::{level, uuid};
use crate::model::Login;
use kernel::{Level, Result};
use sqlx::{AnyConnection, Row, any::AnyRow};
use uuid::Uuid;

pub async fn find(
    db: &mut AnyConnection,
    way: &str,
    issuer: &str,
    subject_hash: &str,
) -> Result<Option<Login>> {
    sqlx::query("SELECT * FROM identity_login WHERE way = $1 AND issuer = $2 AND subject_hash = $3")
        .bind(way)
        .bind(issuer)
        .bind(subject_hash)
        .fetch_optional(db)
        .await?
        .map(|it| read(&it))
        .transpose()
}

pub async fn insert(db: &mut AnyConnection, tenant: &str, it: &Login) -> Result<()> {
    sqlx::query(
        "INSERT INTO identity_login (id, tenant, person, way, issuer, subject_hash, level, created_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
    )
    .bind(it.id.to_string())
    .bind(tenant)
    .bind(it.person.to_string())
    .bind(&it.way)
    .bind(&it.issuer)
    .bind(&it.subject_hash)
    .bind(it.level.as_str())
    .bind(it.created_at)
    .execute(db)
    .await?;
    Ok(())
}

pub async fn used(db: &mut AnyConnection, id: &Uuid, level: Level, at: i64) -> Result<()> {
    sqlx::query("UPDATE identity_login SET level = $1, used_at = $2 WHERE id = $3")
        .bind(level.as_str())
        .bind(at)
        .bind(id.to_string())
        .execute(db)
        .await?;
    Ok(())
}

/// How somebody can sign in, the oldest first.
pub async fn of_person(db: &mut AnyConnection, person: &Uuid) -> Result<Vec<Login>> {
    let rows = sqlx::query("SELECT * FROM identity_login WHERE person = $1 ORDER BY created_at, id")
        .bind(person.to_string())
        .fetch_all(db)
        .await?;
    rows.iter().map(read).collect()
}

fn read(row: &AnyRow) -> Result<Login> {
    Ok(Login {
        id: uuid(row, "id")?,
        person: uuid(row, "person")?,
        way: row.try_get("way")?,
        issuer: row.try_get("issuer")?,
        subject_hash: row.try_get("subject_hash")?,
        level: level(row)?,
        created_at: row.try_get("created_at")?,
        used_at: row.try_get("used_at")?,
    })
}

pub async fn remove(db: &mut AnyConnection, person: &Uuid, id: &Uuid) -> Result<bool> {
    let done = sqlx::query("DELETE FROM identity_login WHERE id = $1 AND person = $2")
        .bind(id.to_string())
        .bind(person.to_string())
        .execute(db)
        .await?;
    Ok(done.rows_affected() == 1)
}
