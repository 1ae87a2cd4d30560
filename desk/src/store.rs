//! SQL, and the only place with SQL.

mod handover;
mod reply;

pub use handover::{
    confirmed_by_all, due, finish_handover, handovers, insert_handover, postpone_handover, waiting_for,
};
pub use reply::{finish_reply, insert_reply, mark_read, replies, trouble_with_reply, unread_cases, unsent};

use crate::model::{Asked, Attachment, Entry, Line, State, TENANT};
use kernel::{Result, fault};
use serde::{Serialize, de::DeserializeOwned};
use sqlx::{AnyConnection, Row as _, any::AnyRow};

pub async fn known(db: &mut AnyConnection, id: &str) -> Result<bool> {
    let sql = "SELECT id FROM desk_submission WHERE id = $1";
    Ok(sqlx::query(sql).bind(id).fetch_optional(db).await?.is_some())
}

/// Inserts what was received; nothing happens where it is there already.
pub async fn insert(db: &mut AnyConnection, entry: &Entry, search: &str) -> Result<bool> {
    let sql = "INSERT INTO desk_submission (id, tenant, case_id, public_service, public_service_name, at, state, \
         reference, checks, problems, metadata, data_content, data_media, schema_uri, reply_key, search, log, log_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18) \
         ON CONFLICT (id) DO NOTHING";
    let done = sqlx::query(sql)
        .bind(&entry.id)
        .bind(TENANT)
        .bind(&entry.case_id)
        .bind(&entry.public_service)
        .bind(&entry.public_service_name)
        .bind(entry.at)
        .bind(entry.state.name())
        .bind(write(&entry.reference)?)
        .bind(write(&entry.checks)?)
        .bind(write(&entry.problems)?)
        .bind(write(&entry.metadata)?)
        .bind(entry.data_content.as_ref())
        .bind(entry.data_media.as_ref())
        .bind(entry.schema_uri.as_ref())
        .bind(entry.reply_key.as_ref().map(write).transpose()?)
        .bind(search)
        .bind(write(&entry.log)?)
        .bind(entry.log_at)
        .execute(db)
        .await?;
    Ok(done.rows_affected() == 1)
}

pub async fn insert_attachment(
    db: &mut AnyConnection,
    submission: &str,
    position: i64,
    attachment: &Attachment,
) -> Result<()> {
    let sql = "INSERT INTO desk_attachment (submission_id, id, tenant, position, name, media, size, content) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    sqlx::query(sql)
        .bind(submission)
        .bind(&attachment.id)
        .bind(TENANT)
        .bind(position)
        .bind(&attachment.name)
        .bind(&attachment.media)
        .bind(attachment.size)
        .bind(&attachment.content)
        .execute(db)
        .await?;
    Ok(())
}

pub async fn entry(db: &mut AnyConnection, id: &str) -> Result<Option<Entry>> {
    let sql = "SELECT id, case_id, public_service, public_service_name, at, state, reference, checks, problems, \
         metadata, data_content, data_media, schema_uri, reply_key, log, log_at, trouble \
         FROM desk_submission WHERE tenant = $1 AND id = $2";
    let row = sqlx::query(sql).bind(TENANT).bind(id).fetch_optional(db).await?;
    row.as_ref().map(read_entry).transpose()
}

fn read_entry(row: &AnyRow) -> Result<Entry> {
    Ok(Entry {
        id: row.try_get("id")?,
        case_id: row.try_get("case_id")?,
        public_service: row.try_get("public_service")?,
        public_service_name: row.try_get("public_service_name")?,
        at: row.try_get("at")?,
        state: read_state(row)?,
        reference: read(row.try_get("reference")?)?,
        checks: read(row.try_get("checks")?)?,
        problems: read(row.try_get("problems")?)?,
        metadata: read(row.try_get("metadata")?)?,
        data_content: row.try_get("data_content")?,
        data_media: row.try_get("data_media")?,
        schema_uri: row.try_get("schema_uri")?,
        reply_key: row.try_get::<Option<&str>, _>("reply_key")?.map(read).transpose()?,
        log: read(row.try_get("log")?)?,
        log_at: row.try_get("log_at")?,
        trouble: row.try_get("trouble")?,
    })
}

fn read_state(row: &AnyRow) -> Result<State> {
    let name: &str = row.try_get("state")?;
    State::parse(name).ok_or_else(|| fault::INTERNAL.because(format!("unknown state {name}")))
}

pub async fn attachments(db: &mut AnyConnection, submission: &str) -> Result<Vec<Attachment>> {
    let sql = "SELECT id, name, media, size, content FROM desk_attachment \
         WHERE tenant = $1 AND submission_id = $2 ORDER BY position";
    let rows: Vec<(String, String, String, i64, String)> =
        sqlx::query_as(sql).bind(TENANT).bind(submission).fetch_all(db).await?;
    let read = |(id, name, media, size, content)| Attachment { id, name, media, size, content };
    Ok(rows.into_iter().map(read).collect())
}

/// The columns, the condition and the page of the list; only the order differs.
macro_rules! list {
    ($order:literal) => {
        concat!(
            "SELECT id, at, state, public_service_name, public_service, (SELECT CAST(COUNT(*) AS BIGINT) \
             FROM desk_attachment WHERE submission_id = desk_submission.id) AS attachments FROM desk_submission \
             WHERE tenant = $1 AND ($2 = '' OR state = $2) AND ($3 = '' OR search LIKE $3 ESCAPE '!') ORDER BY ",
            $order,
            " LIMIT $4 OFFSET $5"
        )
    };
}

/// A part of the list, and how long the whole is.
pub async fn list(db: &mut AnyConnection, asked: &Asked) -> Result<(Vec<Line>, i64)> {
    let sql = match asked.sort.as_str() {
        "at" => list!("at, id"),
        "name" => list!("public_service_name, at DESC, id"),
        "-name" => list!("public_service_name DESC, at DESC, id"),
        _ => list!("at DESC, id"),
    };
    let words = pattern(&asked.words);
    let rows = sqlx::query(sql)
        .bind(TENANT)
        .bind(&asked.state)
        .bind(&words)
        .bind(asked.limit)
        .bind(asked.offset)
        .fetch_all(&mut *db)
        .await?;
    let lines: Result<Vec<Line>> = rows.iter().map(read_line).collect();
    let sql = "SELECT CAST(COUNT(*) AS BIGINT) FROM desk_submission \
         WHERE tenant = $1 AND ($2 = '' OR state = $2) AND ($3 = '' OR search LIKE $3 ESCAPE '!')";
    let (total,): (i64,) =
        sqlx::query_as(sql).bind(TENANT).bind(&asked.state).bind(&words).fetch_one(db).await?;
    Ok((lines?, total))
}

fn read_line(row: &AnyRow) -> Result<Line> {
    let name: String = row.try_get("public_service_name")?;
    let identifier: String = row.try_get("public_service")?;
    Ok(Line {
        id: row.try_get("id")?,
        at: row.try_get("at")?,
        state: read_state(row)?,
        public_service: if name.is_empty() { identifier } else { name },
        attachments: row.try_get("attachments")?,
    })
}

/// Words anywhere in the folded text; what has a meaning in patterns loses it.
fn pattern(words: &str) -> String {
    if words.is_empty() {
        return String::new();
    }
    format!("%{}%", words.replace('!', "!!").replace('%', "!%").replace('_', "!_"))
}

/// How many there are in each state.
pub async fn counts(db: &mut AnyConnection) -> Result<Vec<(String, i64)>> {
    let sql = "SELECT state, CAST(COUNT(*) AS BIGINT) FROM desk_submission WHERE tenant = $1 GROUP BY state";
    Ok(sqlx::query_as(sql).bind(TENANT).fetch_all(db).await?)
}

/// Moves a submission to another state if it is in the expected one; says whether it was.
pub async fn step(db: &mut AnyConnection, id: &str, from: State, to: State) -> Result<bool> {
    let sql = "UPDATE desk_submission SET state = $1, trouble = NULL WHERE id = $2 AND state = $3";
    let done = sqlx::query(sql).bind(to.name()).bind(id).bind(from.name()).execute(db).await?;
    Ok(done.rows_affected() == 1)
}

pub async fn set_problems(db: &mut AnyConnection, id: &str, problems: &impl Serialize) -> Result<()> {
    let sql = "UPDATE desk_submission SET problems = $1 WHERE id = $2";
    sqlx::query(sql).bind(write(problems)?).bind(id).execute(db).await?;
    Ok(())
}

pub async fn set_trouble(db: &mut AnyConnection, id: &str, trouble: &str) -> Result<()> {
    let sql = "UPDATE desk_submission SET trouble = $1 WHERE id = $2";
    sqlx::query(sql).bind(trouble).bind(id).execute(db).await?;
    Ok(())
}

/// Decisions that were made but not yet confirmed.
pub async fn pending(db: &mut AnyConnection) -> Result<Vec<String>> {
    let sql =
        "SELECT id FROM desk_submission WHERE state IN ('accepting', 'rejecting') ORDER BY at LIMIT 100";
    let rows: Vec<(String,)> = sqlx::query_as(sql).fetch_all(db).await?;
    Ok(rows.into_iter().map(|it| it.0).collect())
}

pub async fn set_log(db: &mut AnyConnection, id: &str, log: &impl Serialize, at: i64) -> Result<()> {
    let sql = "UPDATE desk_submission SET log = $1, log_at = $2 WHERE id = $3";
    sqlx::query(sql).bind(write(log)?).bind(at).bind(id).execute(db).await?;
    Ok(())
}

/// A schema that was kept.
pub async fn schema(db: &mut AnyConnection, uri: &str) -> Result<Option<String>> {
    let sql = "SELECT body FROM desk_schema WHERE uri = $1";
    let row: Option<(String,)> = sqlx::query_as(sql).bind(uri).fetch_optional(db).await?;
    Ok(row.map(|it| it.0))
}

pub async fn keep_schema(db: &mut AnyConnection, uri: &str, body: &str, at: i64) -> Result<()> {
    let sql = "INSERT INTO desk_schema (uri, tenant, body, at) VALUES ($1, $2, $3, $4) \
         ON CONFLICT (uri) DO UPDATE SET body = $3, at = $4";
    sqlx::query(sql).bind(uri).bind(TENANT).bind(body).bind(at).execute(db).await?;
    Ok(())
}

/// Every name in the content store that a row speaks of.
pub async fn contents(db: &mut AnyConnection) -> Result<Vec<String>> {
    let sql = "SELECT data_content FROM desk_submission WHERE data_content IS NOT NULL \
         UNION ALL SELECT content FROM desk_attachment UNION ALL SELECT content FROM desk_reply \
         UNION ALL SELECT attachment_content FROM desk_reply WHERE attachment_content IS NOT NULL";
    let rows: Vec<(String,)> = sqlx::query_as(sql).fetch_all(db).await?;
    Ok(rows.into_iter().map(|it| it.0).collect())
}

fn write(value: &impl Serialize) -> Result<String> {
    serde_json::to_string(value).map_err(|it| fault::INTERNAL.because(it))
}

fn read<T: DeserializeOwned>(text: &str) -> Result<T> {
    serde_json::from_str(text).map_err(|it| fault::INTERNAL.because(it))
}
