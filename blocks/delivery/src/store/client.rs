//! Clients that an older version kept here, on their way to identity.

use kernel::Result;
use sqlx::{AnyConnection, Row};

/// A client as it was kept.
pub struct Kept {
    pub id: String,
    pub tenant: String,
    pub name: String,
    /// Space separated.
    pub roles: String,
    /// SHA-256 of the secret, base64url.
    pub secret_hash: String,
    pub created_at: i64,
}

pub async fn all(db: &mut AnyConnection) -> Result<Vec<Kept>> {
    let rows = sqlx::query("SELECT * FROM delivery_client ORDER BY created_at, id").fetch_all(db).await?;
    rows.iter()
        .map(|row| {
            Ok(Kept {
                id: row.try_get("id")?,
                tenant: row.try_get("tenant")?,
                name: row.try_get("name")?,
                roles: row.try_get("roles")?,
                secret_hash: row.try_get("secret_hash")?,
                created_at: row.try_get("created_at")?,
            })
        })
        .collect()
}

pub async fn delete(db: &mut AnyConnection, id: &str) -> Result<()> {
    sqlx::query("DELETE FROM delivery_client WHERE id = $1").bind(id).execute(db).await?;
    Ok(())
}

/// As the older version did.
#[cfg(test)]
pub async fn insert(db: &mut AnyConnection, it: &Kept) -> Result<()> {
    sqlx::query(
        "INSERT INTO delivery_client (id, tenant, name, folded, roles, secret_hash, created_at, rotated_at) \
         VALUES ($1, $2, $3, $3, $4, $5, $6, $6)",
    )
    .bind(&it.id)
    .bind(&it.tenant)
    .bind(&it.name)
    .bind(&it.roles)
    .bind(&it.secret_hash)
    .bind(it.created_at)
    .execute(db)
    .await?;
    Ok(())
}
