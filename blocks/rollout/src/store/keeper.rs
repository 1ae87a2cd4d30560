//! Whose roll-outs there are.

use crate::model::Keeper;
use kernel::Result;
use sqlx::AnyConnection;

/// A roll-out.
pub async fn keeper(db: &mut AnyConnection, tenant: &str) -> Result<Option<Keeper>> {
    let row: Option<(String, i64, Option<i64>)> =
        sqlx::query_as("SELECT tenant, version, hidden_at FROM rollout_keeper WHERE tenant = $1")
            .bind(tenant)
            .fetch_optional(db)
            .await?;
    Ok(row.map(|(tenant, version, hidden_at)| Keeper { tenant, version, hidden_at }))
}

/// All roll-outs, by tenant.
pub async fn keepers(db: &mut AnyConnection) -> Result<Vec<Keeper>> {
    let rows: Vec<(String, i64, Option<i64>)> =
        sqlx::query_as("SELECT tenant, version, hidden_at FROM rollout_keeper ORDER BY tenant")
            .fetch_all(db)
            .await?;
    let keeper = |(tenant, version, hidden_at)| Keeper { tenant, version, hidden_at };
    Ok(rows.into_iter().map(keeper).collect())
}

/// Counts the versions of a roll-out up; gives the number of the one to be written. Holds its row until the transaction ends.
pub async fn next_number(db: &mut AnyConnection, tenant: &str) -> Result<i64> {
    let (number,): (i64,) = sqlx::query_as(
        "INSERT INTO rollout_keeper (tenant, version) VALUES ($1, 1) \
         ON CONFLICT (tenant) DO UPDATE SET version = rollout_keeper.version + 1 RETURNING version",
    )
    .bind(tenant)
    .fetch_one(db)
    .await?;
    Ok(number)
}

/// Lets only the keeper see a roll-out, or everyone.
pub async fn set_hidden(db: &mut AnyConnection, tenant: &str, at: Option<i64>) -> Result<()> {
    sqlx::query("UPDATE rollout_keeper SET hidden_at = $2 WHERE tenant = $1")
        .bind(tenant)
        .bind(at)
        .execute(db)
        .await?;
    Ok(())
}
