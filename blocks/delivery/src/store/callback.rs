//! Callbacks on their way, in the database.

use crate::model::{Callback, CallbackKind, News, PendingCallback};
use kernel::{Result, fault};
use sqlx::{AnyConnection, Row, any::AnyRow};

pub async fn insert(db: &mut AnyConnection, it: &PendingCallback) -> Result<()> {
    sqlx::query(
        "INSERT INTO delivery_callback (id, tenant, destination_id, case_id, subject, kind, url, secret, attempts, created_at, \
         due_at, lease_until) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 0, $9, $9, 0)",
    )
    .bind(&it.id)
    .bind(&it.tenant)
    .bind(&it.news.destination)
    .bind(&it.news.case)
    .bind(&it.news.subject)
    .bind(it.news.kind.as_str())
    .bind(&it.to.url)
    .bind(&it.to.secret)
    .bind(it.created_at)
    .execute(db)
    .await?;
    Ok(())
}

/// Whether anything is due.
pub async fn any_due(db: &mut AnyConnection, now: i64) -> Result<bool> {
    let due: Option<String> = sqlx::query_scalar(
        "SELECT id FROM delivery_callback WHERE due_at <= $1 AND lease_until <= $1 LIMIT 1",
    )
    .bind(now)
    .fetch_optional(db)
    .await?;
    Ok(due.is_some())
}

/// Takes what is due until `lease`; two nodes never take the same.
pub async fn claim(db: &mut AnyConnection, now: i64, lease: i64, limit: i64) -> Result<Vec<PendingCallback>> {
    // The guard stands outside as well, or two nodes could claim the same rows on PostgreSQL.
    let rows = sqlx::query(
        "UPDATE delivery_callback SET lease_until = $1 WHERE lease_until <= $2 AND id IN \
         (SELECT id FROM delivery_callback WHERE due_at <= $2 AND lease_until <= $2 ORDER BY due_at, id LIMIT $3) RETURNING *",
    )
    .bind(lease)
    .bind(now)
    .bind(limit)
    .fetch_all(db)
    .await?;
    rows.iter().map(read).collect()
}

/// It was delivered, or is given up.
pub async fn delete(db: &mut AnyConnection, id: &str) -> Result<()> {
    sqlx::query("DELETE FROM delivery_callback WHERE id = $1").bind(id).execute(db).await?;
    Ok(())
}

pub async fn postpone(db: &mut AnyConnection, id: &str, fault: &str, due_at: i64) -> Result<()> {
    sqlx::query(
        "UPDATE delivery_callback SET attempts = attempts + 1, last_fault = $1, due_at = $2, lease_until = 0 WHERE id = $3",
    )
    .bind(fault)
    .bind(due_at)
    .bind(id)
    .execute(db)
    .await?;
    Ok(())
}

/// How many callbacks of a destination wait after a failure, and why the last one failed.
pub async fn failing(db: &mut AnyConnection, destination: &str) -> Result<Vec<(String, i64)>> {
    Ok(sqlx::query_as(
        "SELECT last_fault, CAST(COUNT(*) AS BIGINT) FROM delivery_callback \
         WHERE destination_id = $1 AND attempts > 0 AND kind = 'new-submissions' GROUP BY last_fault ORDER BY last_fault",
    )
    .bind(destination)
    .fetch_all(db)
    .await?)
}

fn read(row: &AnyRow) -> Result<PendingCallback> {
    let kind: &str = row.try_get("kind")?;
    Ok(PendingCallback {
        id: row.try_get("id")?,
        tenant: row.try_get("tenant")?,
        news: News {
            kind: CallbackKind::parse(kind)
                .ok_or_else(|| fault::DATABASE.because("unknown kind of callback"))?,
            destination: row.try_get("destination_id")?,
            case: row.try_get("case_id")?,
            subject: row.try_get("subject")?,
        },
        to: Callback { url: row.try_get("url")?, secret: row.try_get("secret")? },
        attempts: row.try_get("attempts")?,
        created_at: row.try_get("created_at")?,
    })
}
