//! The SQL of this adapter, and nothing else.

use crate::model::{Device, Phase, WalletRequest};
use kernel::Result;
use sqlx::{AnyConnection, Row, any::AnyRow};

pub async fn insert(db: &mut AnyConnection, it: &WalletRequest) -> Result<()> {
    sqlx::query(
        "INSERT INTO wallet_request (request_id, tenant, attempt, device, phase, state, nonce, encryption_key, code_hash, \
         answer, tries, created_at, until) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)",
    )
    .bind(&it.id)
    .bind(&it.tenant)
    .bind(&it.attempt)
    .bind(it.device.as_str())
    .bind(it.phase.as_str())
    .bind(&it.state)
    .bind(&it.nonce)
    .bind(&it.encryption_key)
    .bind(&it.code_hash)
    .bind(&it.answer)
    .bind(it.tries)
    .bind(it.created_at)
    .bind(it.until)
    .execute(db)
    .await?;
    Ok(())
}

pub async fn request(db: &mut AnyConnection, id: &str) -> Result<Option<WalletRequest>> {
    let row = sqlx::query("SELECT * FROM wallet_request WHERE request_id = $1").bind(id);
    row.fetch_optional(db).await?.map(|it| read(&it)).transpose()
}

/// The newest request of a sign-in for a device that has not ended.
pub async fn newest(
    db: &mut AnyConnection,
    attempt: &str,
    device: Device,
    now: i64,
) -> Result<Option<WalletRequest>> {
    let row = sqlx::query(
        "SELECT * FROM wallet_request WHERE attempt = $1 AND device = $2 AND until > $3 \
         ORDER BY created_at DESC, request_id LIMIT 1",
    )
    .bind(attempt)
    .bind(device.as_str())
    .bind(now);
    row.fetch_optional(db).await?.map(|it| read(&it)).transpose()
}

/// How many requests there were for a sign-in.
pub async fn count(db: &mut AnyConnection, attempt: &str) -> Result<i64> {
    let counted: (i64,) =
        sqlx::query_as("SELECT CAST(COUNT(*) AS BIGINT) FROM wallet_request WHERE attempt = $1")
            .bind(attempt)
            .fetch_one(db)
            .await?;
    Ok(counted.0)
}

/// Takes back what is still open for a sign-in, before something new is asked.
pub async fn close_open(db: &mut AnyConnection, attempt: &str) -> Result<()> {
    sqlx::query("UPDATE wallet_request SET until = 0 WHERE attempt = $1").bind(attempt).execute(db).await?;
    Ok(())
}

/// Counts a try to answer an open request; says whether it is still open.
pub async fn count_try(db: &mut AnyConnection, id: &str) -> Result<bool> {
    let done =
        sqlx::query("UPDATE wallet_request SET tries = tries + 1 WHERE request_id = $1 AND phase = 'open'")
            .bind(id)
            .execute(db)
            .await?;
    Ok(done.rows_affected() == 1)
}

/// Ends the open phase; says whether this was the one answer.
pub async fn answer(
    db: &mut AnyConnection,
    id: &str,
    phase: Phase,
    answer: &str,
    code_hash: &str,
) -> Result<bool> {
    let done = sqlx::query(
        "UPDATE wallet_request SET phase = $1, answer = $2, code_hash = $3, encryption_key = '' \
         WHERE request_id = $4 AND phase = 'open'",
    )
    .bind(phase.as_str())
    .bind(answer)
    .bind(code_hash)
    .bind(id)
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Takes a request away: whoever comes second finds none.
pub async fn take(db: &mut AnyConnection, id: &str) -> Result<Option<WalletRequest>> {
    let row = sqlx::query("DELETE FROM wallet_request WHERE request_id = $1 RETURNING *").bind(id);
    row.fetch_optional(db).await?.map(|it| read(&it)).transpose()
}

pub async fn remove_until(db: &mut AnyConnection, until: i64) -> Result<u64> {
    let done = sqlx::query("DELETE FROM wallet_request WHERE until < $1").bind(until).execute(db).await?;
    Ok(done.rows_affected())
}

fn read(row: &AnyRow) -> Result<WalletRequest> {
    let (device, phase): (String, String) = (row.try_get("device")?, row.try_get("phase")?);
    Ok(WalletRequest {
        id: row.try_get("request_id")?,
        tenant: row.try_get("tenant")?,
        attempt: row.try_get("attempt")?,
        device: Device::parse(&device),
        phase: Phase::parse(&phase),
        state: row.try_get("state")?,
        nonce: row.try_get("nonce")?,
        encryption_key: row.try_get("encryption_key")?,
        code_hash: row.try_get("code_hash")?,
        answer: row.try_get("answer")?,
        tries: row.try_get("tries")?,
        created_at: row.try_get("created_at")?,
        until: row.try_get("until")?,
    })
}
