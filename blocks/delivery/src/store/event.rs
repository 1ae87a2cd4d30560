//! Rows of the log.

use crate::model::{LoggedEvent, NewEvent, UnsignedEvent, Window};
use kernel::Result;
use ports::ids::CaseId;
use sqlx::AnyConnection;

/// Adds an event; `false` where its `jti` is known already.
pub async fn insert(
    db: &mut AnyConnection,
    case: &CaseId,
    position: i64,
    tenant: &str,
    event: &NewEvent,
    now: i64,
) -> Result<bool> {
    let done = sqlx::query(
        "INSERT INTO delivery_event (case_id, position, tenant, jti, at, kind, subject, issuer, claims, token) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT (jti) DO NOTHING",
    )
    .bind(case)
    .bind(position)
    .bind(tenant)
    .bind(&event.jti)
    .bind(now)
    .bind(event.kind)
    .bind(&event.subject)
    .bind(&event.issuer)
    .bind(&event.claims)
    .bind(&event.token)
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Whether an event with this `jti` is in any log.
pub async fn is_known(db: &mut AnyConnection, jti: &str) -> Result<bool> {
    let row: Option<(String,)> =
        sqlx::query_as("SELECT jti FROM delivery_event WHERE jti = $1").bind(jti).fetch_optional(db).await?;
    Ok(row.is_some())
}

/// The log of a case, the oldest first.
pub async fn of_case(db: &mut AnyConnection, case: &CaseId, window: Window) -> Result<Vec<LoggedEvent>> {
    Ok(sqlx::query_as(
        "SELECT jti, at, kind, subject, issuer, claims, token FROM delivery_event WHERE case_id = $1 \
         ORDER BY position LIMIT $2 OFFSET $3",
    )
    .bind(case)
    .bind(window.limit)
    .bind(window.offset)
    .fetch_all(db)
    .await?)
}

/// How many events the log of a case has.
pub async fn count_of_case(db: &mut AnyConnection, case: &CaseId) -> Result<i64> {
    let (count,) = sqlx::query_as("SELECT CAST(COUNT(*) AS BIGINT) FROM delivery_event WHERE case_id = $1")
        .bind(case)
        .fetch_one(db)
        .await?;
    Ok(count)
}

/// The events about one submission or reply, the oldest first.
pub async fn of_subject(db: &mut AnyConnection, subject: &str, window: Window) -> Result<Vec<LoggedEvent>> {
    Ok(sqlx::query_as(
        "SELECT jti, at, kind, subject, issuer, claims, token FROM delivery_event WHERE subject = $1 \
         ORDER BY position LIMIT $2 OFFSET $3",
    )
    .bind(subject)
    .bind(window.limit)
    .bind(window.offset)
    .fetch_all(db)
    .await?)
}

/// How many events there are about one submission or reply.
pub async fn count_of_subject(db: &mut AnyConnection, subject: &str) -> Result<i64> {
    let (count,) = sqlx::query_as("SELECT CAST(COUNT(*) AS BIGINT) FROM delivery_event WHERE subject = $1")
        .bind(subject)
        .fetch_one(db)
        .await?;
    Ok(count)
}

/// What waits for its signature, the oldest first.
pub async fn unsigned(db: &mut AnyConnection, most: i64) -> Result<Vec<UnsignedEvent>> {
    Ok(sqlx::query_as("SELECT jti, claims FROM delivery_event WHERE token = '' ORDER BY at LIMIT $1")
        .bind(most)
        .fetch_all(db)
        .await?)
}

/// How many wait for their signature.
pub async fn count_unsigned(db: &mut AnyConnection) -> Result<i64> {
    let (count,) = sqlx::query_as("SELECT CAST(COUNT(*) AS BIGINT) FROM delivery_event WHERE token = ''")
        .fetch_one(db)
        .await?;
    Ok(count)
}

/// Puts the signed token in place of the empty one; a token that is there is never changed.
pub async fn put_token(db: &mut AnyConnection, jti: &str, token: &str) -> Result<()> {
    sqlx::query("UPDATE delivery_event SET token = $1 WHERE jti = $2 AND token = ''")
        .bind(token)
        .bind(jti)
        .execute(db)
        .await?;
    Ok(())
}
