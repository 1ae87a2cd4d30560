//! People.

use super::uuid;
use crate::model::{ListedPerson, Person};
use kernel::Result;
use serde_json::Value;
use sqlx::{AnyConnection, Row, any::AnyRow};
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

/// Which people are sought.
pub struct SoughtPeople<'s> {
    /// Those who belong to this tenant.
    pub tenant: &'s str,
    /// 1 for all tenants.
    pub everywhere: i64,
    /// Words in the name, as a pattern of LIKE in small letters.
    pub pattern: &'s str,
    pub offset: i64,
    pub limit: i64,
}

pub async fn count(db: &mut AnyConnection, it: &SoughtPeople<'_>) -> Result<i64> {
    let row = sqlx::query(
        "SELECT CAST(COUNT(*) AS BIGINT) AS people FROM identity_person p WHERE ($1 = 1 OR p.tenant = $2 OR EXISTS \
         (SELECT 1 FROM identity_membership m WHERE m.person = p.id AND m.tenant = $2)) AND p.folded LIKE $3 ESCAPE '\\'",
    )
    .bind(it.everywhere)
    .bind(it.tenant)
    .bind(it.pattern)
    .fetch_one(db)
    .await?;
    Ok(row.try_get("people")?)
}

/// People by name.
pub async fn by_name(db: &mut AnyConnection, it: &SoughtPeople<'_>) -> Result<Vec<ListedPerson>> {
    let rows = sqlx::query(
        "SELECT * FROM identity_person p WHERE ($1 = 1 OR p.tenant = $2 OR EXISTS \
         (SELECT 1 FROM identity_membership m WHERE m.person = p.id AND m.tenant = $2)) AND p.folded LIKE $3 ESCAPE '\\' \
         ORDER BY p.folded, p.id LIMIT $4 OFFSET $5",
    )
    .bind(it.everywhere)
    .bind(it.tenant)
    .bind(it.pattern)
    .bind(it.limit)
    .bind(it.offset)
    .fetch_all(db)
    .await?;
    rows.iter().map(listed).collect()
}

/// People, the last seen first.
pub async fn by_last_seen(db: &mut AnyConnection, it: &SoughtPeople<'_>) -> Result<Vec<ListedPerson>> {
    let rows = sqlx::query(
        "SELECT * FROM identity_person p WHERE ($1 = 1 OR p.tenant = $2 OR EXISTS \
         (SELECT 1 FROM identity_membership m WHERE m.person = p.id AND m.tenant = $2)) AND p.folded LIKE $3 ESCAPE '\\' \
         ORDER BY COALESCE(p.seen_at, 0) DESC, p.id LIMIT $4 OFFSET $5",
    )
    .bind(it.everywhere)
    .bind(it.tenant)
    .bind(it.pattern)
    .bind(it.limit)
    .bind(it.offset)
    .fetch_all(db)
    .await?;
    rows.iter().map(listed).collect()
}

pub async fn rename(db: &mut AnyConnection, id: &Uuid, name: &str) -> Result<()> {
    sqlx::query("UPDATE identity_person SET name = $1, folded = $2 WHERE id = $3")
        .bind(name)
        .bind(name.to_lowercase())
        .bind(id.to_string())
        .execute(db)
        .await?;
    Ok(())
}

/// Locks an account, or unlocks it (nothing).
pub async fn lock(db: &mut AnyConnection, id: &Uuid, at: Option<i64>) -> Result<()> {
    sqlx::query("UPDATE identity_person SET locked_at = $1 WHERE id = $2")
        .bind(at)
        .bind(id.to_string())
        .execute(db)
        .await?;
    Ok(())
}

/// Removes an account with every way into it; memberships and affiliations have stores of their own.
pub async fn remove(db: &mut AnyConnection, id: &Uuid) -> Result<()> {
    let person = id.to_string();
    sqlx::query("DELETE FROM identity_login WHERE person = $1").bind(&person).execute(&mut *db).await?;
    sqlx::query("DELETE FROM identity_passkey WHERE person = $1").bind(&person).execute(&mut *db).await?;
    sqlx::query("DELETE FROM identity_session WHERE person = $1").bind(&person).execute(&mut *db).await?;
    sqlx::query("DELETE FROM identity_person WHERE id = $1").bind(&person).execute(&mut *db).await?;
    Ok(())
}

fn listed(row: &AnyRow) -> Result<ListedPerson> {
    Ok(ListedPerson {
        id: uuid(row, "id")?,
        tenant: row.try_get("tenant")?,
        name: row.try_get("name")?,
        created_at: row.try_get("created_at")?,
        seen_at: row.try_get("seen_at")?,
        locked_at: row.try_get("locked_at")?,
    })
}

/// Somebody signed in.
pub async fn present(db: &mut AnyConnection, id: &Uuid, at: i64) -> Result<()> {
    sqlx::query("UPDATE identity_person SET seen_at = $1 WHERE id = $2")
        .bind(at)
        .bind(id.to_string())
        .execute(db)
        .await?;
    Ok(())
}
