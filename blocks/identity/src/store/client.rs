//! Clients.

use crate::model::Client;
use kernel::Result;
use ports::identity::ClientRole;
use sqlx::{AnyConnection, Row, any::AnyRow};

pub async fn find(db: &mut AnyConnection, id: &str) -> Result<Option<Client>> {
    sqlx::query("SELECT * FROM identity_client WHERE id = $1")
        .bind(id)
        .fetch_optional(db)
        .await?
        .map(|it| read(&it))
        .transpose()
}

/// Clients of a tenant (of all where it is empty) with these words in name or id, the newest first, and how many there are.
pub async fn list(
    db: &mut AnyConnection,
    tenant: &str,
    words: &str,
    offset: i64,
    limit: i64,
) -> Result<(i64, Vec<Client>)> {
    let pattern = like(words);
    let total: i64 = sqlx::query_scalar(
        "SELECT CAST(COUNT(*) AS BIGINT) FROM identity_client \
         WHERE ($1 = '' OR tenant = $1) AND ($2 = '' OR folded LIKE $2 ESCAPE '\\')",
    )
    .bind(tenant)
    .bind(&pattern)
    .fetch_one(&mut *db)
    .await?;
    let rows = sqlx::query(
        "SELECT * FROM identity_client WHERE ($1 = '' OR tenant = $1) AND ($2 = '' OR folded LIKE $2 ESCAPE '\\') \
         ORDER BY created_at DESC, id LIMIT $3 OFFSET $4",
    )
    .bind(tenant)
    .bind(&pattern)
    .bind(limit)
    .bind(offset)
    .fetch_all(db)
    .await?;
    Ok((total, rows.iter().map(read).collect::<Result<_>>()?))
}

/// False if the id is taken.
pub async fn insert(db: &mut AnyConnection, it: &Client) -> Result<bool> {
    let roles: Vec<&str> = it.roles.iter().map(|it| it.as_str()).collect();
    let done = sqlx::query(
        "INSERT INTO identity_client (id, tenant, name, folded, roles, auth_method, secret_hash, settings, created_at, rotated_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT (id) DO NOTHING",
    )
    .bind(&it.id)
    .bind(&it.tenant)
    .bind(&it.name)
    .bind(format!("{} {}", it.name.to_lowercase(), it.id))
    .bind(roles.join(" "))
    .bind(&it.auth_method)
    .bind(&it.secret_hash)
    .bind(it.settings.to_string())
    .bind(it.created_at)
    .bind(it.rotated_at)
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

pub async fn set_secret(db: &mut AnyConnection, id: &str, hash: &str, at: i64) -> Result<()> {
    sqlx::query("UPDATE identity_client SET secret_hash = $1, rotated_at = $2 WHERE id = $3")
        .bind(hash)
        .bind(at)
        .bind(id)
        .execute(db)
        .await?;
    Ok(())
}

/// False if it was not there.
pub async fn delete(db: &mut AnyConnection, id: &str) -> Result<bool> {
    let done = sqlx::query("DELETE FROM identity_client WHERE id = $1").bind(id).execute(db).await?;
    Ok(done.rows_affected() == 1)
}

/// A pattern for LIKE that finds these words literally; empty for everything.
fn like(words: &str) -> String {
    let words = words.trim().to_lowercase();
    if words.is_empty() {
        return words;
    }
    let escaped = words.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
    format!("%{escaped}%")
}

fn read(row: &AnyRow) -> Result<Client> {
    let (roles, settings): (&str, &str) = (row.try_get("roles")?, row.try_get("settings")?);
    Ok(Client {
        id: row.try_get("id")?,
        tenant: row.try_get("tenant")?,
        name: row.try_get("name")?,
        roles: roles.split_whitespace().filter_map(ClientRole::parse).collect(),
        auth_method: row.try_get("auth_method")?,
        secret_hash: row.try_get("secret_hash")?,
        settings: serde_json::from_str(settings).map_err(|it| kernel::fault::INTERNAL.because(it))?,
        created_at: row.try_get("created_at")?,
        rotated_at: row.try_get("rotated_at")?,
    })
}
