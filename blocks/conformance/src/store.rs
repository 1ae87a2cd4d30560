//! The SQL of this block, and nothing else.

use crate::model::{BroughtSet, Evidence};
use kernel::Result;
use sqlx::{AnyConnection, FromRow};

#[derive(FromRow)]
struct SetRow {
    tenant: String,
    id: String,
    text: String,
    sha256: String,
}

/// Every set of a tenant that is not withdrawn.
pub async fn sets(db: &mut AnyConnection, tenant: &str) -> Result<Vec<BroughtSet>> {
    let rows: Vec<SetRow> = sqlx::query_as(
        "SELECT tenant, id, text, sha256 FROM conformance_set WHERE tenant = $1 AND removed_at IS NULL ORDER BY id",
    )
    .bind(tenant)
    .fetch_all(db)
    .await?;
    let set = |it: SetRow| BroughtSet { tenant: it.tenant, id: it.id, text: it.text, sha256: it.sha256 };
    Ok(rows.into_iter().map(set).collect())
}

/// Writes a set, over an older one of the same tenant.
pub async fn put_set(db: &mut AnyConnection, it: &BroughtSet, now: i64) -> Result<()> {
    sqlx::query(
        "INSERT INTO conformance_set (tenant, id, text, sha256, made_at) VALUES ($1, $2, $3, $4, $5) \
         ON CONFLICT (tenant, id) DO UPDATE SET text = $3, sha256 = $4, made_at = $5, removed_at = NULL",
    )
    .bind(&it.tenant)
    .bind(&it.id)
    .bind(&it.text)
    .bind(&it.sha256)
    .bind(now)
    .execute(db)
    .await?;
    Ok(())
}

/// Withdraws a set; whether there was one.
pub async fn remove_set(db: &mut AnyConnection, tenant: &str, id: &str, now: i64) -> Result<bool> {
    let done = sqlx::query(
        "UPDATE conformance_set SET removed_at = $3 WHERE tenant = $1 AND id = $2 AND removed_at IS NULL",
    )
    .bind(tenant)
    .bind(id)
    .bind(now)
    .execute(db)
    .await?;
    Ok(done.rows_affected() > 0)
}

#[derive(FromRow)]
struct EvidenceRow {
    id: String,
    tenant: String,
    map: String,
    element: String,
    name: String,
    kind: String,
    sha256: String,
    origin: String,
    about: String,
    answers: String,
    met: i64,
    unmet: i64,
    unknown: i64,
    worst: String,
    kept_at: i64,
    removed_at: Option<i64>,
    size: i64,
}

impl From<EvidenceRow> for Evidence {
    fn from(it: EvidenceRow) -> Self {
        Self {
            id: it.id,
            tenant: it.tenant,
            map: it.map,
            element: it.element,
            name: it.name,
            kind: it.kind,
            sha256: it.sha256,
            origin: it.origin,
            about: it.about.split_whitespace().map(str::to_owned).collect(),
            answers: it.answers,
            met: it.met,
            unmet: it.unmet,
            unknown: it.unknown,
            worst: it.worst,
            kept_at: it.kept_at,
            removed: it.removed_at.is_some(),
            size: it.size,
        }
    }
}

/// Keeps evidence.
pub async fn insert_evidence(db: &mut AnyConnection, it: &Evidence) -> Result<()> {
    sqlx::query(
        "INSERT INTO conformance_evidence (id, tenant, map, element, name, kind, sha256, origin, about, answers, met, unmet, \
         unknown, worst, kept_at, size) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)",
    )
    .bind(&it.id)
    .bind(&it.tenant)
    .bind(&it.map)
    .bind(&it.element)
    .bind(&it.name)
    .bind(&it.kind)
    .bind(&it.sha256)
    .bind(&it.origin)
    .bind(it.about.join(" "))
    .bind(&it.answers)
    .bind(it.met)
    .bind(it.unmet)
    .bind(it.unknown)
    .bind(&it.worst)
    .bind(it.kept_at)
    .bind(it.size)
    .execute(db)
    .await?;
    Ok(())
}

/// How many bytes of evidence a tenant keeps; what was taken back too.
pub async fn evidence_size(db: &mut AnyConnection, tenant: &str) -> Result<i64> {
    let (size,): (i64,) = sqlx::query_as(
        "SELECT CAST(COALESCE(SUM(size), 0) AS BIGINT) FROM conformance_evidence WHERE tenant = $1",
    )
    .bind(tenant)
    .fetch_one(db)
    .await?;
    Ok(size)
}

/// The evidence for an element, the newest first; what was taken back too.
pub async fn evidence_of(db: &mut AnyConnection, map: &str, element: &str) -> Result<Vec<Evidence>> {
    let rows: Vec<EvidenceRow> = sqlx::query_as(
        "SELECT id, tenant, map, element, name, kind, sha256, origin, about, answers, met, unmet, unknown, worst, kept_at, removed_at, size \
         FROM conformance_evidence WHERE map = $1 AND element = $2 ORDER BY kept_at DESC, id",
    )
    .bind(map)
    .bind(element)
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(Into::into).collect())
}

/// One piece of evidence.
pub async fn evidence(db: &mut AnyConnection, id: &str) -> Result<Option<Evidence>> {
    let row: Option<EvidenceRow> = sqlx::query_as(
        "SELECT id, tenant, map, element, name, kind, sha256, origin, about, answers, met, unmet, unknown, worst, kept_at, removed_at, size \
         FROM conformance_evidence WHERE id = $1",
    )
    .bind(id)
    .fetch_optional(db)
    .await?;
    Ok(row.map(Into::into))
}

/// Takes evidence back, or lets it count again (without a time); whether anything changed.
pub async fn set_removed(
    db: &mut AnyConnection,
    tenant: &str,
    id: &str,
    removed_at: Option<i64>,
) -> Result<bool> {
    let done = sqlx::query("UPDATE conformance_evidence SET removed_at = $3 WHERE tenant = $1 AND id = $2")
        .bind(tenant)
        .bind(id)
        .bind(removed_at)
        .execute(db)
        .await?;
    Ok(done.rows_affected() > 0)
}

/// Whether a row names this evidence.
pub async fn is_kept(db: &mut AnyConnection, id: &str) -> Result<bool> {
    let row: Option<(String,)> = sqlx::query_as("SELECT id FROM conformance_evidence WHERE id = $1")
        .bind(id)
        .fetch_optional(db)
        .await?;
    Ok(row.is_some())
}
