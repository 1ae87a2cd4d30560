//! The SQL of this block, and nothing else.

pub mod claim;

use crate::model::{MailboxCase, Message};
use kernel::Result;
use ports::{
    ids::{CaseId, ReplyId},
    mailbox::NewMailbox,
};
use sqlx::AnyConnection;

type CaseRow = (CaseId, String, String, String, String, String, i64, Option<i64>);

fn case_of(row: CaseRow) -> MailboxCase {
    let (case_id, tenant, sender, access_hash, public_key, wrapped_key, version, missing_since) = row;
    MailboxCase { case_id, tenant, sender, access_hash, public_key, wrapped_key, version, missing_since }
}

/// The mailbox of a case.
pub async fn case(db: &mut AnyConnection, case: &CaseId) -> Result<Option<MailboxCase>> {
    let row: Option<CaseRow> = sqlx::query_as(
        "SELECT case_id, tenant, sender, access_hash, public_key, wrapped_key, version, missing_since \
         FROM mailbox_case WHERE case_id = $1",
    )
    .bind(case)
    .fetch_optional(db)
    .await?;
    Ok(row.map(case_of))
}

/// The version of a case, or nothing where there is no mailbox.
pub async fn version(db: &mut AnyConnection, case: &CaseId) -> Result<Option<i64>> {
    let row: Option<(i64,)> = sqlx::query_as("SELECT version FROM mailbox_case WHERE case_id = $1")
        .bind(case)
        .fetch_optional(db)
        .await?;
    Ok(row.map(|it| it.0))
}

/// Opens a mailbox; says whether it was not there before.
pub async fn insert(
    db: &mut AnyConnection,
    tenant: &str,
    sender: &str,
    case: &CaseId,
    new: &NewMailbox,
    at: i64,
) -> Result<bool> {
    let done = sqlx::query(
        "INSERT INTO mailbox_case (tenant, case_id, sender, access_hash, public_key, wrapped_key, version, last_event, \
         opened_at, checked_at) VALUES ($1, $2, $3, $4, $5, $6, 1, '', $7, $7) ON CONFLICT (case_id) DO NOTHING",
    )
    .bind(tenant)
    .bind(case)
    .bind(sender)
    .bind(&new.access_hash)
    .bind(new.public_key.to_string())
    .bind(&new.wrapped_key)
    .bind(at)
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Counts a change of a case; the same event in a row counts once.
pub async fn changed(db: &mut AnyConnection, case: &CaseId, event: &str) -> Result<bool> {
    let done = sqlx::query(
        "UPDATE mailbox_case SET version = version + 1, last_event = $1 WHERE case_id = $2 AND last_event <> $1",
    )
    .bind(event)
    .bind(case)
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Takes in a message; says whether it was not there before.
pub async fn insert_message(
    db: &mut AnyConnection,
    tenant: &str,
    message: &ReplyId,
    case: &CaseId,
    at: i64,
    size: i64,
) -> Result<bool> {
    let done = sqlx::query(
        "INSERT INTO mailbox_message (tenant, message_id, case_id, arrived_at, size) VALUES ($1, $2, $3, $4, $5) \
         ON CONFLICT (message_id) DO NOTHING",
    )
    .bind(tenant)
    .bind(message)
    .bind(case)
    .bind(at)
    .bind(size)
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// The messages of a case, oldest first.
pub async fn messages(db: &mut AnyConnection, case: &CaseId) -> Result<Vec<Message>> {
    let rows: Vec<(ReplyId, i64, Option<i64>, i64)> = sqlx::query_as(
        "SELECT message_id, arrived_at, read_at, size FROM mailbox_message WHERE case_id = $1 \
         ORDER BY arrived_at, message_id",
    )
    .bind(case)
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(|(id, at, read_at, size)| Message { id, at, read_at, size }).collect())
}

/// Notes the first time a message was read; says whether this was it.
pub async fn mark_read(db: &mut AnyConnection, case: &CaseId, message: &ReplyId, at: i64) -> Result<bool> {
    let done = sqlx::query(
        "UPDATE mailbox_message SET read_at = $1 WHERE case_id = $2 AND message_id = $3 AND read_at IS NULL",
    )
    .bind(at)
    .bind(case)
    .bind(message)
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Mailboxes that nobody has looked up in delivery since `before`, the longest ago first.
pub async fn unchecked(db: &mut AnyConnection, before: i64, limit: i64) -> Result<Vec<MailboxCase>> {
    let rows: Vec<CaseRow> = sqlx::query_as(
        "SELECT case_id, tenant, sender, access_hash, public_key, wrapped_key, version, missing_since \
         FROM mailbox_case WHERE checked_at <= $1 ORDER BY checked_at LIMIT $2",
    )
    .bind(before)
    .bind(limit)
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(case_of).collect())
}

/// Notes that a case was looked up.
pub async fn checked(
    db: &mut AnyConnection,
    case: &CaseId,
    at: i64,
    missing_since: Option<i64>,
) -> Result<()> {
    sqlx::query("UPDATE mailbox_case SET checked_at = $1, missing_since = $2 WHERE case_id = $3")
        .bind(at)
        .bind(missing_since)
        .bind(case)
        .execute(db)
        .await?;
    Ok(())
}

/// Removes a mailbox with all its messages, also out of accounts.
pub async fn remove(db: &mut AnyConnection, case: &CaseId) -> Result<()> {
    sqlx::query("DELETE FROM mailbox_claim WHERE case_id = $1").bind(case).execute(&mut *db).await?;
    sqlx::query("DELETE FROM mailbox_message WHERE case_id = $1").bind(case).execute(&mut *db).await?;
    sqlx::query("DELETE FROM mailbox_case WHERE case_id = $1").bind(case).execute(db).await?;
    Ok(())
}
