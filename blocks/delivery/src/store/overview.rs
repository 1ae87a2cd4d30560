//! Numbers and lists for those who keep watch: never content.

use crate::model::{CaseLine, Waiting};
use kernel::Result;
use sqlx::AnyConnection;

/// How many submissions of a tenant (of all where it is empty) are in each state.
pub async fn submissions_by_state(db: &mut AnyConnection, tenant: &str) -> Result<Vec<(String, i64)>> {
    Ok(sqlx::query_as(
        "SELECT state, CAST(COUNT(*) AS BIGINT) FROM delivery_submission WHERE ($1 = '' OR tenant = $1) \
         GROUP BY state ORDER BY state",
    )
    .bind(tenant)
    .fetch_all(db)
    .await?)
}

/// Destinations at which submissions wait although they were brought to mind, the most first; at most 20.
pub async fn reminded(db: &mut AnyConnection, tenant: &str) -> Result<Vec<Waiting>> {
    Ok(sqlx::query_as(
        "SELECT s.destination AS destination, d.name AS name, CAST(COUNT(*) AS BIGINT) AS count, \
         MIN(s.submitted_at) AS oldest FROM delivery_submission s JOIN delivery_destination d ON d.id = s.destination \
         WHERE s.state IN ('submitted', 'forwarded') AND s.reminded > 0 AND ($1 = '' OR s.tenant = $1) \
         GROUP BY s.destination, d.name ORDER BY 3 DESC, 2 LIMIT 20",
    )
    .bind(tenant)
    .fetch_all(db)
    .await?)
}

/// Cases of a tenant and a destination (of all where they are empty), the last changed first, and how many there are.
pub async fn cases(
    db: &mut AnyConnection,
    tenant: &str,
    destination: &str,
    offset: i64,
    limit: i64,
) -> Result<(i64, Vec<CaseLine>)> {
    let total: i64 = sqlx::query_scalar(
        "SELECT CAST(COUNT(*) AS BIGINT) FROM delivery_case \
         WHERE ($1 = '' OR tenant = $1) AND ($2 = '' OR destination = $2)",
    )
    .bind(tenant)
    .bind(destination)
    .fetch_one(&mut *db)
    .await?;
    let lines = sqlx::query_as(
        "SELECT id, destination, public_service, public_service_name, opened_at, changed_at, events FROM delivery_case \
         WHERE ($1 = '' OR tenant = $1) AND ($2 = '' OR destination = $2) ORDER BY changed_at DESC, id LIMIT $3 OFFSET $4",
    )
    .bind(tenant)
    .bind(destination)
    .bind(limit)
    .bind(offset)
    .fetch_all(db)
    .await?;
    Ok((total, lines))
}
