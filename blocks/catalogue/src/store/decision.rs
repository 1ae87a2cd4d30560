//! What people say of matches between maps.

use kernel::Result;
use overlay::Decision;
use sqlx::AnyConnection;

type Row = (String, String, String, String, String, String);

/// The decisions of a tenant, by the two elements.
pub async fn decisions(db: &mut AnyConnection, tenant: &str) -> Result<Vec<Decision>> {
    let rows: Vec<Row> = sqlx::query_as(
        "SELECT one, other, same, reason, decided_on, decided_by FROM catalogue_match_decision \
         WHERE tenant = $1 ORDER BY one, other",
    )
    .bind(tenant)
    .fetch_all(db)
    .await?;
    let decision = |(one, other, same, reason, date, by): Row| Decision {
        one,
        other,
        same: same == "yes",
        by,
        date,
        reason,
        place: tree::Place { line: 0, column: 0 },
    };
    Ok(rows.into_iter().map(decision).collect())
}

/// Keeps a decision in place of an earlier one about the same two elements.
pub async fn put_decision(db: &mut AnyConnection, tenant: &str, decision: &Decision) -> Result<()> {
    let (one, other) = decision.pair();
    sqlx::query(
        "INSERT INTO catalogue_match_decision (tenant, one, other, same, reason, decided_on, decided_by) \
         VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (tenant, one, other) DO UPDATE SET same = $4, reason = $5, \
         decided_on = $6, decided_by = $7",
    )
    .bind(tenant)
    .bind(one)
    .bind(other)
    .bind(if decision.same { "yes" } else { "no" })
    .bind(&decision.reason)
    .bind(&decision.date)
    .bind(&decision.by)
    .execute(db)
    .await?;
    Ok(())
}

/// Takes a decision back; the smaller element first.
pub async fn delete_decision(
    db: &mut AnyConnection,
    tenant: &str,
    (one, other): (&str, &str),
) -> Result<u64> {
    let gone =
        sqlx::query("DELETE FROM catalogue_match_decision WHERE tenant = $1 AND one = $2 AND other = $3")
            .bind(tenant)
            .bind(one)
            .bind(other)
            .execute(db)
            .await?;
    Ok(gone.rows_affected())
}

/// Takes all decisions of a tenant back.
pub async fn delete_decisions(db: &mut AnyConnection, tenant: &str) -> Result<()> {
    sqlx::query("DELETE FROM catalogue_match_decision WHERE tenant = $1").bind(tenant).execute(db).await?;
    Ok(())
}
