//! Keys of destinations in the database. They stay when they are no longer used: old logs are checked with them.

use crate::model::DestinationKey;
use fitconnect::jwk::{Jwk, KeyUse};
use kernel::{Result, fault};
use ports::ids::DestinationId;
use sqlx::{AnyConnection, Row, any::AnyRow};

/// The public key with this id.
pub async fn find(db: &mut AnyConnection, destination: &DestinationId, kid: &str) -> Result<Option<Jwk>> {
    let jwk: Option<String> =
        sqlx::query_scalar("SELECT jwk FROM delivery_key WHERE destination_id = $1 AND kid = $2")
            .bind(destination)
            .bind(kid)
            .fetch_optional(db)
            .await?;
    jwk.map(|it| serde_json::from_str(&it).map_err(|it| fault::DATABASE.because(it))).transpose()
}

/// All keys of a destination with what is known about them, the newest first.
pub async fn list(db: &mut AnyConnection, destination: &DestinationId) -> Result<Vec<DestinationKey>> {
    let rows =
        sqlx::query("SELECT * FROM delivery_key WHERE destination_id = $1 ORDER BY added_at DESC, kid")
            .bind(destination)
            .fetch_all(db)
            .await?;
    rows.iter().map(read).collect()
}

/// False if the destination has a key with this id already.
pub async fn insert(
    db: &mut AnyConnection,
    destination: &DestinationId,
    tenant: &str,
    key: &DestinationKey,
) -> Result<bool> {
    let done = sqlx::query(
        "INSERT INTO delivery_key (destination_id, kid, tenant, purpose, jwk, fingerprint, subject, not_before, not_after, \
         findings, by_switch, added_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) \
         ON CONFLICT (destination_id, kid) DO NOTHING",
    )
    .bind(destination)
    .bind(&key.jwk.kid)
    .bind(tenant)
    .bind(key.purpose.operation())
    .bind(serde_json::to_string(&key.jwk).map_err(|it| fault::INTERNAL.because(it))?)
    .bind(&key.fingerprint)
    .bind(&key.subject)
    .bind(key.not_before)
    .bind(key.not_after)
    .bind(key.findings.join(" "))
    .bind(i64::from(key.by_switch))
    .bind(key.added_at)
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

fn read(row: &AnyRow) -> Result<DestinationKey> {
    let jwk: Jwk = serde_json::from_str(row.try_get("jwk")?).map_err(|it| fault::DATABASE.because(it))?;
    let findings: &str = row.try_get("findings")?;
    let purpose: &str = row.try_get("purpose")?;
    Ok(DestinationKey {
        jwk,
        purpose: if purpose == KeyUse::Sign.operation() { KeyUse::Sign } else { KeyUse::Encrypt },
        fingerprint: row.try_get("fingerprint")?,
        subject: row.try_get("subject")?,
        not_before: row.try_get("not_before")?,
        not_after: row.try_get("not_after")?,
        findings: findings.split_whitespace().map(str::to_owned).collect(),
        by_switch: row.try_get::<i64, _>("by_switch")? != 0,
        added_at: row.try_get("added_at")?,
    })
}
