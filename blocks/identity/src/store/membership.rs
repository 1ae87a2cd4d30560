//! What people are in tenants.

use super::uuid;
use crate::model::Membership;
use kernel::Result;
use sqlx::{AnyConnection, Row, any::AnyRow};
use uuid::Uuid;

pub async fn of_person(db: &mut AnyConnection, person: &Uuid) -> Result<Vec<Membership>> {
    let rows = sqlx::query("SELECT * FROM identity_membership WHERE person = $1 ORDER BY tenant, role")
        .bind(person.to_string())
        .fetch_all(db)
        .await?;
    rows.iter().map(read).collect()
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

pub async fn take(db: &mut AnyConnection, person: &Uuid, tenant: &str, role: &str) -> Result<bool> {
    let done = sqlx::query("DELETE FROM identity_membership WHERE person = $1 AND tenant = $2 AND role = $3")
        .bind(person.to_string())
        .bind(tenant)
        .bind(role)
        .execute(db)
        .await?;
    Ok(done.rows_affected() == 1)
}

/// How many people administer a tenant (the node: empty) for good, locked ones and one person left out.
pub async fn admins(db: &mut AnyConnection, tenant: &str, but: &Uuid) -> Result<i64> {
    let row = sqlx::query(
        "SELECT CAST(COUNT(*) AS BIGINT) AS people FROM identity_membership m JOIN identity_person p ON p.id = m.person \
         WHERE m.tenant = $1 AND m.role = 'admin' AND m.until IS NULL AND p.locked_at IS NULL AND m.person <> $2",
    )
    .bind(tenant)
    .bind(but.to_string())
    .fetch_one(db)
    .await?;
    Ok(row.try_get("people")?)
}

/// What is lent in a tenant (in all where `everywhere` is 1), with the names of those who have it, the next to end first.
pub async fn lent(
    db: &mut AnyConnection,
    tenant: &str,
    everywhere: i64,
    now: i64,
) -> Result<Vec<(Membership, String)>> {
    let rows = sqlx::query(
        "SELECT m.*, p.name FROM identity_membership m JOIN identity_person p ON p.id = m.person \
         WHERE (m.tenant = $1 OR $2 = 1) AND m.until > $3 ORDER BY m.until, m.person",
    )
    .bind(tenant)
    .bind(everywhere)
    .bind(now)
    .fetch_all(db)
    .await?;
    rows.iter().map(|row| Ok((read(row)?, row.try_get("name")?))).collect()
}

pub async fn remove_of_person(db: &mut AnyConnection, person: &Uuid) -> Result<()> {
    sqlx::query("DELETE FROM identity_membership WHERE person = $1")
        .bind(person.to_string())
        .execute(db)
        .await?;
    Ok(())
}

/// Takes a tenant's own role from everybody who has it.
pub async fn remove_of_role(db: &mut AnyConnection, tenant: &str, role: &str) -> Result<()> {
    sqlx::query("DELETE FROM identity_membership WHERE tenant = $1 AND role = $2")
        .bind(tenant)
        .bind(role)
        .execute(db)
        .await?;
    Ok(())
}

fn read(row: &AnyRow) -> Result<Membership> {
    Ok(Membership {
        person: uuid(row, "person")?,
        tenant: row.try_get("tenant")?,
        role: row.try_get("role")?,
        given_by: row.try_get("given_by")?,
        given_at: row.try_get("given_at")?,
        until: row.try_get("until")?,
    })
}
