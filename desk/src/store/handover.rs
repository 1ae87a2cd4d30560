//! What was handed on to whom, and the receipts.

use crate::model::{Handover, TENANT};
use kernel::Result;
use sqlx::{AnyConnection, Row as _, any::AnyRow};

pub async fn insert_handover(db: &mut AnyConnection, target: &str, submission: &str, now: i64) -> Result<()> {
    let sql = "INSERT INTO desk_handover (target, submission_id, tenant, state, attempts, due_at) \
         VALUES ($1, $2, $3, 'waiting', 0, $4) ON CONFLICT (target, submission_id) DO NOTHING";
    sqlx::query(sql).bind(target).bind(submission).bind(TENANT).bind(now).execute(db).await?;
    Ok(())
}

fn read(row: &AnyRow) -> Result<Handover> {
    Ok(Handover {
        target: row.try_get("target")?,
        submission_id: row.try_get("submission_id")?,
        state: row.try_get("state")?,
        attempts: row.try_get("attempts")?,
        receipt: row.try_get("receipt")?,
        receipt_at: row.try_get("receipt_at")?,
        trouble: row.try_get("trouble")?,
    })
}

pub async fn handovers(db: &mut AnyConnection, submission: &str) -> Result<Vec<Handover>> {
    let sql = "SELECT target, submission_id, state, attempts, receipt, receipt_at, trouble FROM desk_handover \
         WHERE tenant = $1 AND submission_id = $2 ORDER BY target";
    let rows = sqlx::query(sql).bind(TENANT).bind(submission).fetch_all(db).await?;
    rows.iter().map(read).collect()
}

/// What is to be tried now.
pub async fn due(db: &mut AnyConnection, now: i64) -> Result<Vec<Handover>> {
    let sql = "SELECT target, submission_id, state, attempts, receipt, receipt_at, trouble FROM desk_handover \
         WHERE tenant = $1 AND state = 'waiting' AND due_at <= $2 ORDER BY due_at, target, submission_id LIMIT 50";
    let rows = sqlx::query(sql).bind(TENANT).bind(now).fetch_all(db).await?;
    rows.iter().map(read).collect()
}

/// What waits for a target, the oldest first.
pub async fn waiting_for(db: &mut AnyConnection, target: &str, limit: i64) -> Result<Vec<String>> {
    let sql = "SELECT desk_handover.submission_id FROM desk_handover \
         JOIN desk_submission ON desk_submission.id = desk_handover.submission_id \
         WHERE desk_handover.tenant = $1 AND target = $2 AND desk_handover.state = 'waiting' \
         ORDER BY desk_submission.at, desk_submission.id LIMIT $3";
    let rows: Vec<(String,)> =
        sqlx::query_as(sql).bind(TENANT).bind(target).bind(limit).fetch_all(db).await?;
    Ok(rows.into_iter().map(|it| it.0).collect())
}

/// Keeps a receipt; the first one stays.
pub async fn finish_handover(
    db: &mut AnyConnection,
    target: &str,
    submission: &str,
    receipt: &str,
    now: i64,
) -> Result<bool> {
    let sql = "UPDATE desk_handover SET state = 'done', receipt = $1, receipt_at = $2, trouble = NULL \
         WHERE target = $3 AND submission_id = $4 AND state = 'waiting'";
    let done = sqlx::query(sql).bind(receipt).bind(now).bind(target).bind(submission).execute(db).await?;
    Ok(done.rows_affected() == 1)
}

pub async fn postpone_handover(
    db: &mut AnyConnection,
    handover: &Handover,
    trouble: &str,
    due_at: i64,
) -> Result<()> {
    let sql = "UPDATE desk_handover SET attempts = attempts + 1, due_at = $1, trouble = $2 \
         WHERE target = $3 AND submission_id = $4";
    sqlx::query(sql)
        .bind(due_at)
        .bind(trouble)
        .bind(&handover.target)
        .bind(&handover.submission_id)
        .execute(db)
        .await?;
    Ok(())
}

/// Undecided submissions that every target has confirmed.
pub async fn confirmed_by_all(db: &mut AnyConnection) -> Result<Vec<String>> {
    let sql = "SELECT id FROM desk_submission WHERE tenant = $1 AND state = 'received' \
         AND EXISTS (SELECT 1 FROM desk_handover WHERE submission_id = desk_submission.id) \
         AND NOT EXISTS (SELECT 1 FROM desk_handover WHERE submission_id = desk_submission.id AND state <> 'done') \
         ORDER BY at, id LIMIT 50";
    let rows: Vec<(String,)> = sqlx::query_as(sql).bind(TENANT).fetch_all(db).await?;
    Ok(rows.into_iter().map(|it| it.0).collect())
}
