//! Rows of cases.

use crate::model::{Case, Ends};
use kernel::Result;
use ports::ids::CaseId;
use sqlx::AnyConnection;

/// Opens a case; `events` is how many events its log is about to have.
pub async fn insert(db: &mut AnyConnection, case: &Case, events: i64, now: i64) -> Result<()> {
    sqlx::query(
        "INSERT INTO delivery_case (id, tenant, destination, sender, public_service, public_service_name, opened_at, \
         changed_at, events) VALUES ($1, $2, $3, $4, $5, $6, $7, $7, $8)",
    )
    .bind(&case.id)
    .bind(&case.tenant)
    .bind(&case.destination)
    .bind(&case.sender)
    .bind(&case.public_service)
    .bind(&case.public_service_name)
    .bind(now)
    .bind(events)
    .execute(db)
    .await?;
    Ok(())
}

/// A case by its id.
pub async fn find(db: &mut AnyConnection, id: &CaseId) -> Result<Option<Case>> {
    Ok(sqlx::query_as(
        "SELECT id, tenant, destination, sender, public_service, public_service_name FROM delivery_case WHERE id = $1",
    )
    .bind(id)
    .fetch_optional(db)
    .await?)
}

/// Both ends of every submission of a case.
pub async fn ends(db: &mut AnyConnection, id: &CaseId) -> Result<Vec<Ends>> {
    Ok(sqlx::query_as(
        "SELECT DISTINCT tenant, destination, sender FROM delivery_submission WHERE case_id = $1",
    )
    .bind(id)
    .fetch_all(db)
    .await?)
}

/// The number of the next event of a case; other writers to the case wait until this transaction ends.
pub async fn next_position(db: &mut AnyConnection, id: &CaseId, now: i64) -> Result<i64> {
    let (position,) = sqlx::query_as(
        "UPDATE delivery_case SET events = events + 1, changed_at = $1 WHERE id = $2 RETURNING events",
    )
    .bind(now)
    .bind(id)
    .fetch_one(db)
    .await?;
    Ok(position)
}
