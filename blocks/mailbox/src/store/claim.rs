//! Cases in accounts.

use crate::model::{Claim, ClaimRow, NewClaim};
use kernel::Result;
use ports::ids::CaseId;
use sqlx::AnyConnection;
use uuid::Uuid;

/// What a person has claimed of a case.
pub async fn find(db: &mut AnyConnection, case: &CaseId, person: &Uuid) -> Result<Option<Claim>> {
    let row: Option<(Option<String>, Option<String>, i64)> = sqlx::query_as(
        "SELECT wrapped_key, credential, claimed_at FROM mailbox_claim WHERE case_id = $1 AND person = $2",
    )
    .bind(case)
    .bind(person.to_string())
    .fetch_optional(db)
    .await?;
    Ok(row.map(|(wrapped_key, credential, claimed_at)| Claim { wrapped_key, credential, claimed_at }))
}

/// Claims; again with another key replaces the key.
pub async fn put(
    db: &mut AnyConnection,
    tenant: &str,
    case: &CaseId,
    person: &Uuid,
    new: &NewClaim,
    at: i64,
) -> Result<()> {
    sqlx::query(
        "INSERT INTO mailbox_claim (tenant, case_id, person, wrapped_key, credential, claimed_at) \
         VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (case_id, person) DO UPDATE SET wrapped_key = $4, credential = $5",
    )
    .bind(tenant)
    .bind(case)
    .bind(person.to_string())
    .bind(&new.wrapped_key)
    .bind(&new.credential)
    .bind(at)
    .execute(db)
    .await?;
    Ok(())
}

/// Takes a case out of an account; says whether it was there.
pub async fn delete(db: &mut AnyConnection, case: &CaseId, person: &Uuid) -> Result<bool> {
    let done = sqlx::query("DELETE FROM mailbox_claim WHERE case_id = $1 AND person = $2")
        .bind(case)
        .bind(person.to_string())
        .execute(db)
        .await?;
    Ok(done.rows_affected() == 1)
}

/// Takes all cases out of an account; says how many there were.
pub async fn delete_of_person(db: &mut AnyConnection, person: &Uuid) -> Result<u64> {
    let done = sqlx::query("DELETE FROM mailbox_claim WHERE person = $1")
        .bind(person.to_string())
        .execute(db)
        .await?;
    Ok(done.rows_affected())
}

/// How many cases are in an account.
pub async fn count(db: &mut AnyConnection, person: &Uuid) -> Result<i64> {
    Ok(sqlx::query_scalar(
        "SELECT CAST(COUNT(*) AS BIGINT) FROM mailbox_claim k JOIN mailbox_case c ON c.case_id = k.case_id \
         WHERE k.person = $1",
    )
    .bind(person.to_string())
    .fetch_one(db)
    .await?)
}

/// Cases in an account: those with the latest message, or opened last, first.
pub async fn of_person(
    db: &mut AnyConnection,
    person: &Uuid,
    offset: i64,
    limit: i64,
) -> Result<Vec<ClaimRow>> {
    Ok(sqlx::query_as(
        "SELECT c.case_id AS case_id, c.tenant AS tenant, c.sender AS sender, k.wrapped_key AS wrapped_key, \
         k.credential AS credential, k.claimed_at AS claimed_at, \
         CAST((SELECT COUNT(*) FROM mailbox_message m WHERE m.case_id = c.case_id) AS BIGINT) AS messages, \
         CAST((SELECT COUNT(*) FROM mailbox_message m WHERE m.case_id = c.case_id AND m.read_at IS NULL) AS BIGINT) AS unread, \
         CAST(COALESCE((SELECT MAX(m.arrived_at) FROM mailbox_message m WHERE m.case_id = c.case_id), c.opened_at) AS BIGINT) AS newest \
         FROM mailbox_claim k JOIN mailbox_case c ON c.case_id = k.case_id \
         WHERE k.person = $1 ORDER BY newest DESC, case_id LIMIT $2 OFFSET $3",
    )
    .bind(person.to_string())
    .bind(limit)
    .bind(offset)
    .fetch_all(db)
    .await?)
}
