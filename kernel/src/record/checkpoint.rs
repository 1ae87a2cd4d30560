//! Checkpoints: size and root of the log at a time, signed with the node's key as a compact JWS.

use super::tree::Hash;
use crate::{Algorithm, Db, Keys, Result};
use base64::{Engine, engine::general_purpose::STANDARD};
use serde_json::{Value, json};
use sqlx::AnyConnection;

/// The `typ` of a checkpoint's JWS.
pub const CHECKPOINT: &str = "fachwerk-checkpoint+jwt";

/// What the log was at a time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checkpoint {
    /// The name of the log.
    pub origin: String,
    /// How many rows it had.
    pub size: i64,
    /// The root of its tree: SHA-256.
    pub root: Hash,
    /// When, microseconds since the epoch.
    pub at: i64,
    /// The same, signed: a compact JWS with the claims `origin`, `size`, `root` (base64) and `at`.
    pub token: String,
}

impl Checkpoint {
    /// The root as base64.
    pub fn root_text(&self) -> String {
        STANDARD.encode(self.root)
    }

    /// A checkpoint that is signed now.
    pub(super) async fn sign(keys: &Keys, origin: &str, size: i64, root: Hash, at: i64) -> Result<Self> {
        let claims = json!({ "origin": origin, "size": size, "root": STANDARD.encode(root), "at": at });
        // A signature with ES256 takes microseconds; a node without such a key has PS512.
        let token = if keys.key_id(Algorithm::Es256).is_some() {
            keys.sign_es256_now(CHECKPOINT, claims.to_string().as_bytes())?
        } else {
            keys.sign(CHECKPOINT, &claims).await?
        };
        Ok(Self { origin: origin.to_owned(), size, root, at, token })
    }
}

/// A checkpoint from its token, if one of these keys signed it.
pub fn open_checkpoint(keys: &Keys, token: &str) -> Option<Checkpoint> {
    checkpoint_of(&keys.verify_with(&Algorithm::ALL, CHECKPOINT, token)?, token)
}

/// A checkpoint from the claims of a token that somebody else checked.
pub fn checkpoint_of(claims: &Value, token: &str) -> Option<Checkpoint> {
    let text = |name: &str| claims.get(name).and_then(Value::as_str);
    let number = |name: &str| claims.get(name).and_then(Value::as_i64).filter(|it| *it >= 0);
    Some(Checkpoint {
        origin: text("origin")?.to_owned(),
        size: number("size")?,
        root: STANDARD.decode(text("root")?).ok()?.try_into().ok()?,
        at: number("at")?,
        token: token.to_owned(),
    })
}

type Row = (i64, i64, String, String);

/// What the columns say; the token says it again.
fn read(origin: &str, (size, at, root, token): Row) -> Checkpoint {
    let root = STANDARD.decode(root).ok().and_then(|it| it.try_into().ok()).unwrap_or_default();
    Checkpoint { origin: origin.to_owned(), size, root, at, token }
}

/// The newest checkpoint.
///
/// # Errors
/// When the database does not answer.
pub async fn latest_checkpoint(db: &mut AnyConnection) -> Result<Option<Checkpoint>> {
    Ok(checkpoints(db, i64::MAX, 1).await?.pop())
}

/// The newest checkpoint of a database.
///
/// # Errors
/// When the database does not answer.
pub async fn newest(db: &Db) -> Result<Option<Checkpoint>> {
    latest_checkpoint(&mut *db.begin_read().await?).await
}

/// Checkpoints of less than `below` rows, the newest first.
///
/// # Errors
/// When the database does not answer.
pub async fn checkpoints(db: &mut AnyConnection, below: i64, limit: i64) -> Result<Vec<Checkpoint>> {
    let origin = super::log(db).await?.map(|it| it.origin).unwrap_or_default();
    let rows: Vec<Row> = sqlx::query_as(
        "SELECT size, at, root, token FROM kernel_checkpoint WHERE size < $1 ORDER BY size DESC LIMIT $2",
    )
    .bind(below)
    .bind(limit)
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(|it| read(&origin, it)).collect())
}

pub(super) async fn insert(db: &mut AnyConnection, it: &Checkpoint) -> Result<()> {
    sqlx::query(
        "INSERT INTO kernel_checkpoint (size, at, root, token) VALUES ($1, $2, $3, $4) ON CONFLICT (size) DO NOTHING",
    )
    .bind(it.size)
    .bind(it.at)
    .bind(it.root_text())
    .bind(&it.token)
    .execute(db)
    .await?;
    Ok(())
}

/// Keeps one checkpoint an hour of those before `before`; the others prove nothing that the later ones do not.
pub(super) async fn thin_out(db: &mut AnyConnection, before: i64) -> Result<()> {
    sqlx::query(
        "DELETE FROM kernel_checkpoint WHERE at < $1 AND size NOT IN \
         (SELECT MAX(size) FROM kernel_checkpoint GROUP BY at / 3600000000)",
    )
    .bind(before)
    .execute(db)
    .await?;
    Ok(())
}
