//! What people are in tenants.

use super::uuid;
use crate::model::Membership;
use kernel::Result;
use sqlx::{AnyConnection, Row};
use uuid::Uuid;

pub async fn of_person(db: &mut AnyConnection, person: &Uuid) -> Result<Vec<Membership>> {
    let rows = sqlx::query("SELECT * FROM identity_membership WHERE person = $1 ORDER BY tenant, role")
        .bind(person.to_string())
        .fetch_all(db)
        .await?;
    rows.iter()
        .map(|row| {
            Ok(Membership {
                person: uuid(row, "person")?,
                tenant: row.try_get("tenant")?,
                role: row.try_get("role")?,
                given_by: row.try_get("given_by")?,
                given_at: row.try_get("given_at")?,
                until: row.try_get("until")?,
            })
        })
        .collect()
}

/// The tenant in whose name somebody begins to act: the one asked for if they belong to it, else the first they belong to.
pub async fn home(db: &mut AnyConnection, person: &Uuid, asked: &str, now: i64) -> Result<String> {
    let all = of_person(db, person).await?;
    let in_force = |it: &&Membership| it.until.is_none_or(|until| now < until);
    let mut tenants = all.iter().filter(in_force).map(|it| it.tenant.as_str());
    let first = tenants.clone().next().unwrap_or_default();
    Ok(tenants.find(|it| *it == asked).unwrap_or(first).to_owned())
}

/// Gives a role, or changes until when it lasts.
pub async fn give(db: &mut AnyConnection, it: &Membership) -> Result<()> {
    sqlx::query(
        "INSERT INTO identity_membership (person, tenant, role, given_by, given_at, until) VALUES ($1, $2, $3, $4, $5, $6) \
         ON CONFLICT (person, tenant, role) DO UPDATE SET given_by = $4, given_at = $5, until = $6",
    )
    .bind(it.person.to_string())
    .bind(&it.tenant)
    .bind(&it.role)
    .bind(&it.given_by)
    .bind(it.given_at)
    .bind(it.until)
    .execute(db)
    .await?;
    Ok(())
}
