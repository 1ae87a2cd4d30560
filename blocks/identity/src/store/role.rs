//! Roles that tenants made themselves.

use crate::model::OwnRole;
use kernel::Result;
use sqlx::{AnyConnection, Row, any::AnyRow};

pub async fn save(db: &mut AnyConnection, it: &OwnRole) -> Result<()> {
    sqlx::query(
        "INSERT INTO identity_role (tenant, name, title, permissions, changed_at) VALUES ($1, $2, $3, $4, $5) \
         ON CONFLICT (tenant, name) DO UPDATE SET title = $3, permissions = $4, changed_at = $5",
    )
    .bind(&it.tenant)
    .bind(&it.name)
    .bind(&it.title)
    .bind(it.permissions.join(" "))
    .bind(it.changed_at)
    .execute(db)
    .await?;
    Ok(())
}

pub async fn remove(db: &mut AnyConnection, tenant: &str, name: &str) -> Result<bool> {
    let done = sqlx::query("DELETE FROM identity_role WHERE tenant = $1 AND name = $2")
        .bind(tenant)
        .bind(name)
        .execute(db)
        .await?;
    Ok(done.rows_affected() == 1)
}

pub async fn find(db: &mut AnyConnection, tenant: &str, name: &str) -> Result<Option<OwnRole>> {
    sqlx::query("SELECT * FROM identity_role WHERE tenant = $1 AND name = $2")
        .bind(tenant)
        .bind(name)
        .fetch_optional(db)
        .await?
        .map(|it| read(&it))
        .transpose()
}

/// The roles of a tenant, by title.
pub async fn of_tenant(db: &mut AnyConnection, tenant: &str) -> Result<Vec<OwnRole>> {
    let rows = sqlx::query("SELECT * FROM identity_role WHERE tenant = $1 ORDER BY title, name")
        .bind(tenant)
        .fetch_all(db)
        .await?;
    rows.iter().map(read).collect()
}

fn read(row: &AnyRow) -> Result<OwnRole> {
    let permissions: &str = row.try_get("permissions")?;
    Ok(OwnRole {
        tenant: row.try_get("tenant")?,
        name: row.try_get("name")?,
        title: row.try_get("title")?,
        permissions: permissions.split_whitespace().map(str::to_owned).collect(),
        changed_at: row.try_get("changed_at")?,
    })
}
