//! Approvals by a second person.

use super::uuid;
use crate::model::Approval;
use kernel::{Act, Result};
use sqlx::{AnyConnection, Row, any::AnyRow};
use uuid::Uuid;

pub async fn insert(db: &mut AnyConnection, it: &Approval) -> Result<()> {
    sqlx::query(
        "INSERT INTO identity_approval (id, tenant, permission, act, requester, requested_at, until) \
         VALUES ($1, $2, $3, $4, $5, $6, $7)",
    )
    .bind(it.id.to_string())
    .bind(&it.tenant)
    .bind(&it.permission)
    .bind(written(&it.act))
    .bind(&it.requester)
    .bind(it.requested_at)
    .bind(it.until)
    .execute(db)
    .await?;
    Ok(())
}

pub async fn find(db: &mut AnyConnection, id: &Uuid) -> Result<Option<Approval>> {
    sqlx::query("SELECT * FROM identity_approval WHERE id = $1")
        .bind(id.to_string())
        .fetch_optional(db)
        .await?
        .map(|it| read(&it))
        .transpose()
}

/// What somebody asked for this very act and was not used or declined, while it lasts.
pub async fn open(
    db: &mut AnyConnection,
    requester: &str,
    permission: &str,
    act: &Act,
    now: i64,
) -> Result<Option<Approval>> {
    sqlx::query(
        "SELECT * FROM identity_approval WHERE requester = $1 AND permission = $2 AND act = $3 \
         AND until > $4 AND used_at IS NULL AND (decision IS NULL OR decision = 'approved') ORDER BY requested_at DESC LIMIT 1",
    )
    .bind(requester)
    .bind(permission)
    .bind(written(act))
    .bind(now)
    .fetch_optional(db)
    .await?
    .map(|it| read(&it))
    .transpose()
}

/// Decides a request; false if it was decided or used already.
pub async fn decide(db: &mut AnyConnection, id: &Uuid, decision: &str, by: &str, at: i64) -> Result<bool> {
    let done = sqlx::query(
        "UPDATE identity_approval SET decision = $1, decided_by = $2, decided_at = $3 WHERE id = $4 AND decision IS NULL",
    )
    .bind(decision)
    .bind(by)
    .bind(at)
    .bind(id.to_string())
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Uses an approval up; false if it is none or was used already.
pub async fn use_up(db: &mut AnyConnection, id: &Uuid, at: i64) -> Result<bool> {
    let done = sqlx::query(
        "UPDATE identity_approval SET used_at = $1 WHERE id = $2 AND decision = 'approved' AND used_at IS NULL AND until > $1",
    )
    .bind(at)
    .bind(id.to_string())
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Requests, the newest first: of one tenant, or of all (`everywhere` is 1).
pub async fn list(
    db: &mut AnyConnection,
    tenant: &str,
    everywhere: i64,
    limit: i64,
) -> Result<Vec<Approval>> {
    let rows = sqlx::query(
        "SELECT * FROM identity_approval WHERE tenant = $1 OR $2 = 1 ORDER BY requested_at DESC, id LIMIT $3",
    )
    .bind(tenant)
    .bind(everywhere)
    .bind(limit)
    .fetch_all(db)
    .await?;
    rows.iter().map(read).collect()
}

/// Both languages as one text.
fn written(act: &Act) -> String {
    serde_json::json!([act.de, act.en]).to_string()
}

/// The act of a row; rows of the first version have one text for both languages.
fn as_act(text: String) -> Act {
    match serde_json::from_str::<(String, String)>(&text) {
        Ok((de, en)) => Act { de, en },
        Err(_) => Act { de: text.clone(), en: text },
    }
}

fn read(row: &AnyRow) -> Result<Approval> {
    Ok(Approval {
        id: uuid(row, "id")?,
        tenant: row.try_get("tenant")?,
        permission: row.try_get("permission")?,
        act: as_act(row.try_get("act")?),
        requester: row.try_get("requester")?,
        requested_at: row.try_get("requested_at")?,
        until: row.try_get("until")?,
        decision: row.try_get("decision")?,
        decided_by: row.try_get("decided_by")?,
        decided_at: row.try_get("decided_at")?,
        used_at: row.try_get("used_at")?,
    })
}
