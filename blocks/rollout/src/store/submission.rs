//! Submissions counted on this node.

use crate::model::Counted;
use kernel::Result;
use sqlx::AnyConnection;

/// Notes that an event was heard; `false` where it was before.
pub async fn hear(db: &mut AnyConnection, event: &str, tenant: &str, at: i64) -> Result<bool> {
    let heard = sqlx::query(
        "INSERT INTO rollout_heard (event, tenant, heard_at) VALUES ($1, $2, $3) ON CONFLICT (event) DO NOTHING",
    )
    .bind(event)
    .bind(tenant)
    .bind(at)
    .execute(db)
    .await?;
    Ok(heard.rows_affected() > 0)
}

/// Counts a submission.
pub async fn count(db: &mut AnyConnection, tenant: &str, public_service: &str, day: &str) -> Result<()> {
    sqlx::query(
        "INSERT INTO rollout_submission (tenant, public_service, day, count) VALUES ($1, $2, $3, 1) \
         ON CONFLICT (tenant, public_service, day) DO UPDATE SET count = rollout_submission.count + 1",
    )
    .bind(tenant)
    .bind(public_service)
    .bind(day)
    .execute(db)
    .await?;
    Ok(())
}

/// Submissions by public service and month: those of a tenant or, where `all` is asked for, of every tenant.
pub async fn counted(
    db: &mut AnyConnection,
    tenant: &str,
    all: bool,
    public_service: &str,
) -> Result<Vec<Counted>> {
    let rows: Vec<(String, String, i64)> = sqlx::query_as(
        "SELECT public_service, SUBSTR(day, 1, 7), CAST(SUM(count) AS BIGINT) FROM rollout_submission \
         WHERE (tenant = $1 OR $2 = 'all') AND public_service = $3 GROUP BY public_service, SUBSTR(day, 1, 7) ORDER BY 2",
    )
    .bind(tenant)
    .bind(if all { "all" } else { "" })
    .bind(public_service)
    .fetch_all(db)
    .await?;
    let read = |(public_service, month, count)| Counted { public_service, month, count };
    Ok(rows.into_iter().map(read).collect())
}

/// Forgets which events were heard before a time; says how many there were.
pub async fn forget_heard(db: &mut AnyConnection, before: i64) -> Result<u64> {
    let gone = sqlx::query("DELETE FROM rollout_heard WHERE heard_at < $1").bind(before).execute(db).await?;
    Ok(gone.rows_affected())
}
