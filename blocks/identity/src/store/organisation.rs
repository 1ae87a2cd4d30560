//! Organisations, and who has acted for them.

use super::uuid;
use crate::model::Organisation;
use kernel::Result;
use sqlx::{AnyConnection, Row, any::AnyRow};
use uuid::Uuid;

/// What is known of an organisation that arrived.
pub struct Seen<'s> {
    pub id: Uuid,
    pub tenant: &'s str,
    pub way: &'s str,
    pub subject_hash: &'s str,
    pub name: &'s str,
    pub facts: &'s str,
    pub at: i64,
}

/// Notes an organisation, new or known; answers its id.
pub async fn seen(db: &mut AnyConnection, it: &Seen<'_>) -> Result<Uuid> {
    let row = sqlx::query(
        "INSERT INTO identity_organisation (id, tenant, way, subject_hash, name, facts, created_at, seen_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $7) \
         ON CONFLICT (way, subject_hash) DO UPDATE SET name = $5, facts = $6, seen_at = $7 RETURNING id",
    )
    .bind(it.id.to_string())
    .bind(it.tenant)
    .bind(it.way)
    .bind(it.subject_hash)
    .bind(it.name)
    .bind(it.facts)
    .bind(it.at)
    .fetch_one(db)
    .await?;
    uuid(&row, "id")
}

/// Notes that somebody acts for an organisation.
pub async fn affiliate(
    db: &mut AnyConnection,
    tenant: &str,
    organisation: &Uuid,
    person: &Uuid,
    at: i64,
) -> Result<()> {
    sqlx::query(
        "INSERT INTO identity_affiliation (organisation, person, tenant, since, seen_at) VALUES ($1, $2, $3, $4, $4) \
         ON CONFLICT (organisation, person) DO UPDATE SET seen_at = $4",
    )
    .bind(organisation.to_string())
    .bind(person.to_string())
    .bind(tenant)
    .bind(at)
    .execute(db)
    .await?;
    Ok(())
}

/// For whom somebody has acted, by name; seen is when this very person last did.
pub async fn of_person(db: &mut AnyConnection, person: &Uuid) -> Result<Vec<Organisation>> {
    let rows = sqlx::query(
        "SELECT o.id, o.tenant, o.way, o.name, o.facts, o.created_at, a.seen_at, CAST(1 AS BIGINT) AS people \
         FROM identity_organisation o JOIN identity_affiliation a ON a.organisation = o.id \
         WHERE a.person = $1 ORDER BY o.name, o.id",
    )
    .bind(person.to_string())
    .fetch_all(db)
    .await?;
    rows.iter().map(read).collect()
}

/// Organisations, the last seen first: of one tenant, or of all (`everywhere` is 1).
pub async fn list(
    db: &mut AnyConnection,
    tenant: &str,
    everywhere: i64,
    limit: i64,
) -> Result<Vec<Organisation>> {
    let rows = sqlx::query(
        "SELECT o.id, o.tenant, o.way, o.name, o.facts, o.created_at, o.seen_at, \
         (SELECT CAST(COUNT(*) AS BIGINT) FROM identity_affiliation a WHERE a.organisation = o.id) AS people \
         FROM identity_organisation o WHERE o.tenant = $1 OR $2 = 1 ORDER BY o.seen_at DESC, o.id LIMIT $3",
    )
    .bind(tenant)
    .bind(everywhere)
    .bind(limit)
    .fetch_all(db)
    .await?;
    rows.iter().map(read).collect()
}

pub async fn forget_person(db: &mut AnyConnection, person: &Uuid) -> Result<()> {
    sqlx::query("DELETE FROM identity_affiliation WHERE person = $1")
        .bind(person.to_string())
        .execute(db)
        .await?;
    Ok(())
}

fn read(row: &AnyRow) -> Result<Organisation> {
    let facts: &str = row.try_get("facts")?;
    Ok(Organisation {
        id: uuid(row, "id")?,
        tenant: row.try_get("tenant")?,
        way: row.try_get("way")?,
        name: row.try_get("name")?,
        facts: serde_json::from_str(facts).unwrap_or_default(),
        created_at: row.try_get("created_at")?,
        seen_at: row.try_get("seen_at")?,
        people: row.try_get("people")?,
    })
}
