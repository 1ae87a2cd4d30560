//! What tenants have set.

use kernel::Result;
use sqlx::{AnyConnection, Row};

pub async fn find(db: &mut AnyConnection, tenant: &str) -> Result<Option<String>> {
    let row = sqlx::query("SELECT settings FROM identity_setting WHERE tenant = $1")
        .bind(tenant)
        .fetch_optional(db)
        .await?;
    Ok(row.map(|it| it.try_get("settings")).transpose()?)
}

pub async fn save(db: &mut AnyConnection, tenant: &str, settings: &str, at: i64) -> Result<()> {
    sqlx::query(
        "INSERT INTO identity_setting (tenant, settings, changed_at) VALUES ($1, $2, $3) \
         ON CONFLICT (tenant) DO UPDATE SET settings = $2, changed_at = $3",
    )
    .bind(tenant)
    .bind(settings)
    .bind(at)
    .execute(db)
    .await?;
    Ok(())
}
