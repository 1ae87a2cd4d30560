//! Links that let somebody in once.

use super::{level, some_uuid};
use crate::model::{Link, LinkKind};
use kernel::Result;
use sqlx::{AnyConnection, Row};

pub async fn insert(db: &mut AnyConnection, it: &Link) -> Result<()> {
    sqlx::query(
        "INSERT INTO identity_link (hash, tenant, kind, person, level, reason, made_by, made_at, until) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
    )
    .bind(&it.hash)
    .bind(&it.tenant)
    .bind(it.kind.as_str())
    .bind(it.person.map(|it| it.to_string()))
    .bind(it.level.as_str())
    .bind(&it.reason)
    .bind(&it.made_by)
    .bind(it.made_at)
    .bind(it.until)
    .execute(db)
    .await?;
    Ok(())
}

pub async fn find(db: &mut AnyConnection, hash: &str) -> Result<Option<Link>> {
    let row =
        sqlx::query("SELECT * FROM identity_link WHERE hash = $1").bind(hash).fetch_optional(db).await?;
    row.map(|row| {
        let kind: &str = row.try_get("kind")?;
        Ok(Link {
            hash: row.try_get("hash")?,
            tenant: row.try_get("tenant")?,
            kind: LinkKind::parse(kind)
                .ok_or_else(|| kernel::fault::INTERNAL.because("a link of another version"))?,
            person: some_uuid(&row, "person")?,
            level: level(&row)?,
            reason: row.try_get("reason")?,
            made_by: row.try_get("made_by")?,
            made_at: row.try_get("made_at")?,
            until: row.try_get("until")?,
            used_at: row.try_get("used_at")?,
        })
    })
    .transpose()
}

/// Uses a link up; false if it was used already.
pub async fn use_up(db: &mut AnyConnection, hash: &str, at: i64) -> Result<bool> {
    let done = sqlx::query("UPDATE identity_link SET used_at = $1 WHERE hash = $2 AND used_at IS NULL")
        .bind(at)
        .bind(hash)
        .execute(db)
        .await?;
    Ok(done.rows_affected() == 1)
}

/// Ends every link of somebody that was not used.
pub async fn end_of_person(db: &mut AnyConnection, person: &str, at: i64) -> Result<()> {
    sqlx::query("UPDATE identity_link SET used_at = $1 WHERE person = $2 AND used_at IS NULL")
        .bind(at)
        .bind(person)
        .execute(db)
        .await?;
    Ok(())
}

pub async fn remove_until(db: &mut AnyConnection, until: i64) -> Result<u64> {
    let done = sqlx::query("DELETE FROM identity_link WHERE until < $1").bind(until).execute(db).await?;
    Ok(done.rows_affected())
}
