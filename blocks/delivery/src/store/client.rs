//! Clients and their links to destinations in the database.

use super::destination::like;
use crate::model::{Client, ClientRole, Link};
use kernel::Result;
use ports::ids::DestinationId;
use sqlx::{AnyConnection, Row, any::AnyRow};

pub async fn find(db: &mut AnyConnection, id: &str) -> Result<Option<Client>> {
    sqlx::query("SELECT * FROM delivery_client WHERE id = $1")
        .bind(id)
        .fetch_optional(db)
        .await?
        .map(|it| read(&it))
        .transpose()
}

/// Clients of a tenant (of all where it is empty), the newest first, and how many there are in all.
pub async fn list(
    db: &mut AnyConnection,
    tenant: &str,
    words: &str,
    offset: i64,
    limit: i64,
) -> Result<(i64, Vec<Client>)> {
    let pattern = like(words);
    let total: i64 = sqlx::query_scalar(
        "SELECT CAST(COUNT(*) AS BIGINT) FROM delivery_client \
         WHERE ($1 = '' OR tenant = $1) AND ($2 = '' OR folded LIKE $2 ESCAPE '\\')",
    )
    .bind(tenant)
    .bind(&pattern)
    .fetch_one(&mut *db)
    .await?;
    let rows = sqlx::query(
        "SELECT * FROM delivery_client WHERE ($1 = '' OR tenant = $1) AND ($2 = '' OR folded LIKE $2 ESCAPE '\\') \
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
        "INSERT INTO delivery_client (id, tenant, name, folded, roles, secret_hash, created_at, rotated_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (id) DO NOTHING",
    )
    .bind(&it.id)
    .bind(&it.tenant)
    .bind(&it.name)
    .bind(format!("{} {}", it.name.to_lowercase(), it.id))
    .bind(roles.join(" "))
    .bind(&it.secret_hash)
    .bind(it.created_at)
    .bind(it.rotated_at)
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

pub async fn set_secret(db: &mut AnyConnection, id: &str, hash: &str, at: i64) -> Result<()> {
    sqlx::query("UPDATE delivery_client SET secret_hash = $1, rotated_at = $2 WHERE id = $3")
        .bind(hash)
        .bind(at)
        .bind(id)
        .execute(db)
        .await?;
    Ok(())
}

/// Removes a client and its links.
pub async fn delete(db: &mut AnyConnection, id: &str) -> Result<()> {
    sqlx::query("DELETE FROM delivery_client_destination WHERE client_id = $1")
        .bind(id)
        .execute(&mut *db)
        .await?;
    sqlx::query("DELETE FROM delivery_client WHERE id = $1").bind(id).execute(db).await?;
    Ok(())
}

/// Whether a client may fetch what arrives at a destination.
pub async fn linked(db: &mut AnyConnection, client: &str, destination: &DestinationId) -> Result<bool> {
    let found: Option<i64> = sqlx::query_scalar(
        "SELECT linked_at FROM delivery_client_destination WHERE client_id = $1 AND destination_id = $2",
    )
    .bind(client)
    .bind(destination)
    .fetch_optional(db)
    .await?;
    Ok(found.is_some())
}

/// Links; linking again changes nothing.
pub async fn link(
    db: &mut AnyConnection,
    client: &str,
    destination: &DestinationId,
    tenant: &str,
    by: &str,
    at: i64,
) -> Result<()> {
    sqlx::query(
        "INSERT INTO delivery_client_destination (client_id, destination_id, tenant, linked_by, linked_at) \
         VALUES ($1, $2, $3, $4, $5) ON CONFLICT (client_id, destination_id) DO NOTHING",
    )
    .bind(client)
    .bind(destination)
    .bind(tenant)
    .bind(by)
    .bind(at)
    .execute(db)
    .await?;
    Ok(())
}

pub async fn unlink(db: &mut AnyConnection, client: &str, destination: &DestinationId) -> Result<()> {
    sqlx::query("DELETE FROM delivery_client_destination WHERE client_id = $1 AND destination_id = $2")
        .bind(client)
        .bind(destination)
        .execute(db)
        .await?;
    Ok(())
}

/// Removes all links of a destination.
pub async fn unlink_all(db: &mut AnyConnection, destination: &DestinationId) -> Result<()> {
    sqlx::query("DELETE FROM delivery_client_destination WHERE destination_id = $1")
        .bind(destination)
        .execute(db)
        .await?;
    Ok(())
}

/// The clients linked to a destination.
pub async fn links_of_destination(db: &mut AnyConnection, destination: &DestinationId) -> Result<Vec<Link>> {
    let rows = sqlx::query(
        "SELECT l.client_id AS client_id, c.name AS client_name, l.destination_id AS destination_id, l.linked_at AS linked_at \
         FROM delivery_client_destination l JOIN delivery_client c ON c.id = l.client_id \
         WHERE l.destination_id = $1 ORDER BY l.linked_at, l.client_id",
    )
    .bind(destination)
    .fetch_all(db)
    .await?;
    rows.iter()
        .map(|row| {
            Ok(Link {
                client_id: row.try_get("client_id")?,
                client_name: row.try_get("client_name")?,
                destination_id: row.try_get("destination_id")?,
                linked_at: row.try_get("linked_at")?,
            })
        })
        .collect()
}

/// The destinations that a client is linked to, the oldest link first, at most `limit`.
pub async fn linked_ids(db: &mut AnyConnection, client: &str, limit: i64) -> Result<Vec<DestinationId>> {
    Ok(sqlx::query_scalar(
        "SELECT destination_id FROM delivery_client_destination WHERE client_id = $1 ORDER BY linked_at, destination_id LIMIT $2",
    )
    .bind(client)
    .bind(limit)
    .fetch_all(db)
    .await?)
}

fn read(row: &AnyRow) -> Result<Client> {
    let roles: &str = row.try_get("roles")?;
    Ok(Client {
        id: row.try_get("id")?,
        tenant: row.try_get("tenant")?,
        name: row.try_get("name")?,
        roles: roles.split_whitespace().filter_map(ClientRole::parse).collect(),
        secret_hash: row.try_get("secret_hash")?,
        created_at: row.try_get("created_at")?,
        rotated_at: row.try_get("rotated_at")?,
    })
}
