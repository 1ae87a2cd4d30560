//! The SQL of this block, and nothing else.

use crate::model::{Receipt, Witnessed};
use kernel::Result;
use sqlx::{AnyConnection, FromRow};

#[derive(FromRow)]
struct WitnessedRow {
    peer: String,
    origin: String,
    size: i64,
    root: String,
    token: String,
    cosignature: String,
    seen_at: i64,
    visited_at: i64,
    fault: String,
}

impl From<WitnessedRow> for Witnessed {
    fn from(it: WitnessedRow) -> Self {
        Self {
            peer: it.peer,
            origin: it.origin,
            size: it.size,
            root: it.root,
            token: it.token,
            cosignature: it.cosignature,
            seen_at: it.seen_at,
            visited_at: it.visited_at,
            fault: it.fault,
        }
    }
}

/// What we know of the logs of other nodes.
pub async fn all_witnessed(db: &mut AnyConnection) -> Result<Vec<Witnessed>> {
    let rows: Vec<WitnessedRow> = sqlx::query_as(
        "SELECT peer, origin, size, root, token, cosignature, seen_at, visited_at, fault FROM record_witnessed ORDER BY peer",
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(Into::into).collect())
}

/// What we know of the log of one node.
pub async fn witnessed(db: &mut AnyConnection, peer: &str) -> Result<Option<Witnessed>> {
    let row: Option<WitnessedRow> = sqlx::query_as(
        "SELECT peer, origin, size, root, token, cosignature, seen_at, visited_at, fault FROM record_witnessed \
         WHERE peer = $1",
    )
    .bind(peer)
    .fetch_optional(db)
    .await?;
    Ok(row.map(Into::into))
}

/// What we know of a log by its name; the largest, where several addresses lead to it.
pub async fn witnessed_of(db: &mut AnyConnection, origin: &str) -> Result<Option<Witnessed>> {
    let row: Option<WitnessedRow> = sqlx::query_as(
        "SELECT peer, origin, size, root, token, cosignature, seen_at, visited_at, fault FROM record_witnessed \
         WHERE origin = $1 ORDER BY size DESC LIMIT 1",
    )
    .bind(origin)
    .fetch_optional(db)
    .await?;
    Ok(row.map(Into::into))
}

pub async fn put_witnessed(db: &mut AnyConnection, it: &Witnessed) -> Result<()> {
    sqlx::query(
        "INSERT INTO record_witnessed (peer, tenant, origin, size, root, token, cosignature, seen_at, visited_at, fault) \
         VALUES ($1, '', $2, $3, $4, $5, $6, $7, $8, $9) \
         ON CONFLICT (peer) DO UPDATE SET origin = $2, size = $3, root = $4, token = $5, cosignature = $6, \
         seen_at = $7, visited_at = $8, fault = $9",
    )
    .bind(&it.peer)
    .bind(&it.origin)
    .bind(it.size)
    .bind(&it.root)
    .bind(&it.token)
    .bind(&it.cosignature)
    .bind(it.seen_at)
    .bind(it.visited_at)
    .bind(&it.fault)
    .execute(db)
    .await?;
    Ok(())
}

type ReceiptRow = (String, i64, String, String, i64, i64, String);

fn receipt_of((peer, size, token, cosignature, seen_at, visited_at, fault): ReceiptRow) -> Receipt {
    Receipt { peer, size, token, cosignature, seen_at, visited_at, fault }
}

/// What other nodes confirmed of our log.
pub async fn all_receipts(db: &mut AnyConnection) -> Result<Vec<Receipt>> {
    let rows: Vec<ReceiptRow> = sqlx::query_as(
        "SELECT peer, size, token, cosignature, seen_at, visited_at, fault FROM record_receipt ORDER BY peer",
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(receipt_of).collect())
}

/// What one node confirmed of our log.
pub async fn receipt(db: &mut AnyConnection, peer: &str) -> Result<Option<Receipt>> {
    let row: Option<ReceiptRow> = sqlx::query_as(
        "SELECT peer, size, token, cosignature, seen_at, visited_at, fault FROM record_receipt WHERE peer = $1",
    )
    .bind(peer)
    .fetch_optional(db)
    .await?;
    Ok(row.map(receipt_of))
}

pub async fn put_receipt(db: &mut AnyConnection, it: &Receipt) -> Result<()> {
    sqlx::query(
        "INSERT INTO record_receipt (peer, tenant, size, token, cosignature, seen_at, visited_at, fault) \
         VALUES ($1, '', $2, $3, $4, $5, $6, $7) \
         ON CONFLICT (peer) DO UPDATE SET size = $2, token = $3, cosignature = $4, seen_at = $5, visited_at = $6, fault = $7",
    )
    .bind(&it.peer)
    .bind(it.size)
    .bind(&it.token)
    .bind(&it.cosignature)
    .bind(it.seen_at)
    .bind(it.visited_at)
    .bind(&it.fault)
    .execute(db)
    .await?;
    Ok(())
}
