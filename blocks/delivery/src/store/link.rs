//! Which clients fetch at which destinations.

use kernel::Result;
use ports::ids::DestinationId;
use sqlx::AnyConnection;

/// Whether a client may fetch what arrives at a destination.
pub async fn exists(db: &mut AnyConnection, client: &str, destination: &DestinationId) -> Result<bool> {
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
pub async fn insert(
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

pub async fn delete(db: &mut AnyConnection, client: &str, destination: &DestinationId) -> Result<()> {
    sqlx::query("DELETE FROM delivery_client_destination WHERE client_id = $1 AND destination_id = $2")
        .bind(client)
        .bind(destination)
        .execute(db)
        .await?;
    Ok(())
}

/// Removes all links of a destination.
pub async fn delete_of_destination(db: &mut AnyConnection, destination: &DestinationId) -> Result<()> {
    sqlx::query("DELETE FROM delivery_client_destination WHERE destination_id = $1")
        .bind(destination)
        .execute(db)
        .await?;
    Ok(())
}

/// Removes all links of a client; answers how many there were.
pub async fn delete_of_client(db: &mut AnyConnection, client: &str) -> Result<u64> {
    let done = sqlx::query("DELETE FROM delivery_client_destination WHERE client_id = $1")
        .bind(client)
        .execute(db)
        .await?;
    Ok(done.rows_affected())
}

/// The clients linked to a destination and since when, the oldest link first.
pub async fn of_destination(
    db: &mut AnyConnection,
    destination: &DestinationId,
) -> Result<Vec<(String, i64)>> {
    Ok(sqlx::query_as(
        "SELECT client_id, linked_at FROM delivery_client_destination WHERE destination_id = $1 \
         ORDER BY linked_at, client_id",
    )
    .bind(destination)
    .fetch_all(db)
    .await?)
}

/// The destinations that a client is linked to, the oldest link first, at most `limit`.
pub async fn ids(db: &mut AnyConnection, client: &str, limit: i64) -> Result<Vec<DestinationId>> {
    Ok(sqlx::query_scalar(
        "SELECT destination_id FROM delivery_client_destination WHERE client_id = $1 ORDER BY linked_at, destination_id LIMIT $2",
    )
    .bind(client)
    .bind(limit)
    .fetch_all(db)
    .await?)
}
