//! Emergencies.

use super::{some_uuid, uuid};
use crate::model::Alarm;
use kernel::Result;
use sqlx::{AnyConnection, Row};
use uuid::Uuid;

pub async fn insert(db: &mut AnyConnection, it: &Alarm) -> Result<()> {
    sqlx::query(
        "INSERT INTO identity_alarm (id, tenant, at, reason, link_hash, active_until) VALUES ($1, '', $2, $3, $4, $5)",
    )
    .bind(it.id.to_string())
    .bind(it.at)
    .bind(&it.reason)
    .bind(&it.link_hash)
    .bind(it.active_until)
    .execute(db)
    .await?;
    Ok(())
}

/// The link of an alarm was used.
pub async fn entered(
    db: &mut AnyConnection,
    link_hash: &str,
    person: &Uuid,
    active_until: i64,
) -> Result<()> {
    sqlx::query("UPDATE identity_alarm SET person = $1, active_until = $2 WHERE link_hash = $3")
        .bind(person.to_string())
        .bind(active_until)
        .bind(link_hash)
        .execute(db)
        .await?;
    Ok(())
}

/// Acknowledges an alarm; false if that was done already, or by the one who caused it.
pub async fn acknowledge(db: &mut AnyConnection, id: &Uuid, by: &str, at: i64) -> Result<bool> {
    let done = sqlx::query(
        "UPDATE identity_alarm SET acknowledged_by = $1, acknowledged_at = $2 \
         WHERE id = $3 AND acknowledged_at IS NULL AND (person IS NULL OR person <> $1)",
    )
    .bind(by)
    .bind(at)
    .bind(id.to_string())
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Until when an emergency lasts that has begun; zero where there was none.
pub async fn active_until(db: &mut AnyConnection) -> Result<i64> {
    let row = sqlx::query("SELECT MAX(active_until) AS latest FROM identity_alarm").fetch_one(db).await?;
    let latest: Option<i64> = row.try_get("latest")?;
    Ok(latest.unwrap_or_default())
}

/// The latest alarms, the newest first.
pub async fn list(db: &mut AnyConnection, limit: i64) -> Result<Vec<Alarm>> {
    let rows = sqlx::query("SELECT * FROM identity_alarm ORDER BY at DESC, id LIMIT $1")
        .bind(limit)
        .fetch_all(db)
        .await?;
    rows.iter()
        .map(|row| {
            Ok(Alarm {
                id: uuid(row, "id")?,
                at: row.try_get("at")?,
                reason: row.try_get("reason")?,
                link_hash: row.try_get("link_hash")?,
                person: some_uuid(row, "person")?,
                active_until: row.try_get("active_until")?,
                acknowledged_by: row.try_get("acknowledged_by")?,
                acknowledged_at: row.try_get("acknowledged_at")?,
            })
        })
        .collect()
}
