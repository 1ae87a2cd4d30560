//! Rows of replies.

use crate::model::{ReplyOpening, ReplyRow, State, WaitingReply, Window};
use kernel::Result;
use ports::ids::ReplyId;
use sqlx::AnyConnection;

/// Stores a new reply; `false` where its author has used the request id before.
pub async fn insert(
    db: &mut AnyConnection,
    reply: &ReplyRow,
    opening: &ReplyOpening,
    now: i64,
) -> Result<bool> {
    let done = sqlx::query(
        "INSERT INTO delivery_reply (id, tenant, case_id, destination, author, reader, state, request_id, created_at, \
         submitted_at, changed_at, reminded) VALUES ($1, $2, $3, $4, $5, $6, 'incomplete', $7, $8, 0, $8, 0) \
         ON CONFLICT (author, request_id) DO NOTHING",
    )
    .bind(&reply.id)
    .bind(&reply.tenant)
    .bind(&reply.case_id)
    .bind(&reply.destination)
    .bind(&reply.author)
    .bind(&reply.reader)
    .bind(&opening.request)
    .bind(now)
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// A reply by its id.
pub async fn find(db: &mut AnyConnection, id: &ReplyId) -> Result<Option<ReplyRow>> {
    Ok(sqlx::query_as(
        "SELECT id, tenant, case_id, destination, author, reader, state FROM delivery_reply WHERE id = $1",
    )
    .bind(id)
    .fetch_optional(db)
    .await?)
}

/// The reply that an author opened with a request id.
pub async fn find_by_request(
    db: &mut AnyConnection,
    author: &str,
    request: &str,
) -> Result<Option<ReplyRow>> {
    Ok(sqlx::query_as(
        "SELECT id, tenant, case_id, destination, author, reader, state FROM delivery_reply \
         WHERE author = $1 AND request_id = $2",
    )
    .bind(author)
    .bind(request)
    .fetch_optional(db)
    .await?)
}

/// Takes the turn of an incomplete reply until the transaction ends; `false` where it is not incomplete.
pub async fn hold(db: &mut AnyConnection, id: &ReplyId, now: i64) -> Result<bool> {
    let done =
        sqlx::query("UPDATE delivery_reply SET changed_at = $1 WHERE id = $2 AND state = 'incomplete'")
            .bind(now)
            .bind(id)
            .execute(db)
            .await?;
    Ok(done.rows_affected() == 1)
}

/// Marks an incomplete reply as sent off; `false` where it is not incomplete.
pub async fn send_off(db: &mut AnyConnection, id: &ReplyId, now: i64) -> Result<bool> {
    let done = sqlx::query(
        "UPDATE delivery_reply SET state = 'submitted', submitted_at = $1, changed_at = $1 \
         WHERE id = $2 AND state = 'incomplete'",
    )
    .bind(now)
    .bind(id)
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Moves a reply from one state to another; `false` where it is in neither.
pub async fn shift(db: &mut AnyConnection, id: &ReplyId, from: State, to: State, now: i64) -> Result<bool> {
    let done =
        sqlx::query("UPDATE delivery_reply SET state = $1, changed_at = $2 WHERE id = $3 AND state = $4")
            .bind(to.as_str())
            .bind(now)
            .bind(id)
            .bind(from.as_str())
            .execute(db)
            .await?;
    Ok(done.rows_affected() == 1)
}

/// What waits for a reader, the oldest first.
pub async fn waiting(db: &mut AnyConnection, reader: &str, window: Window) -> Result<Vec<WaitingReply>> {
    Ok(sqlx::query_as(
        "SELECT id, case_id, destination FROM delivery_reply WHERE reader = $1 AND state = 'submitted' \
         ORDER BY submitted_at, id LIMIT $2 OFFSET $3",
    )
    .bind(reader)
    .bind(window.limit)
    .bind(window.offset)
    .fetch_all(db)
    .await?)
}

/// How many wait for a reader.
pub async fn count_waiting(db: &mut AnyConnection, reader: &str) -> Result<i64> {
    let (count,) = sqlx::query_as(
        "SELECT CAST(COUNT(*) AS BIGINT) FROM delivery_reply WHERE reader = $1 AND state = 'submitted'",
    )
    .bind(reader)
    .fetch_one(db)
    .await?;
    Ok(count)
}
