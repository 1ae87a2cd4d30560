//! People.

use super::uuid;
use crate::model::Person;
use kernel::Result;
use serde_json::Value;
use sqlx::{AnyConnection, Row};
use uuid::Uuid;

pub async fn find(db: &mut AnyConnection, id: &Uuid) -> Result<Option<Person>> {
    let row = sqlx::query("SELECT * FROM identity_person WHERE id = $1")
        .bind(id.to_string())
        .fetch_optional(db)
        .await?;
    row.map(|row| {
        let claims: &str = row.try_get("claims")?;
        Ok(Person {
            id: uuid(&row, "id")?,
            tenant: row.try_get("tenant")?,
            name: row.try_get("name")?,
            claims: serde_json::from_str(claims).unwrap_or_default(),
            created_at: row.try_get("created_at")?,
            seen_at: row.try_get("seen_at")?,
            locked_at: row.try_get("locked_at")?,
        })
    })
    .transpose()
}

pub async fn insert(db: &mut AnyConnection, it: &Person) -> Result<()> {
    sqlx::query(
        "INSERT INTO identity_person (id, tenant, name, folded, claims, created_at, seen_at) VALUES ($1, $2, $3, $4, $5, $6, $7)",
    )
    .bind(it.id.to_string())
    .bind(&it.tenant)
    .bind(&it.name)
    .bind(it.name.to_lowercase())
    .bind(it.claims.to_string())
    .bind(it.created_at)
    .bind(it.seen_at)
    .execute(db)
    .await?;
    Ok(())
}

/// Somebody signed in, with what is known of them now.
pub async fn seen(db: &mut AnyConnection, id: &Uuid, name: &str, claims: &Value, at: i64) -> Result<()> {
    sqlx::query("UPDATE identity_person SET name = $1, folded = $2, claims = $3, seen_at = $4 WHERE id = $5")
        .bind(name)
        .bind(name.to_lowercase())
        .bind(claims.to_string())
        .bind(at)
        .bind(id.to_string())
        .execute(db)
        .await?;
    Ok(())
}
