//! Finding rows: the newest or the oldest first, page by page. Only sealed rows are shown.

use super::Entry;
use crate::Result;
use sqlx::AnyConnection;

/// Which rows; an empty text is any.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filter {
    /// The tenant; nothing is any tenant.
    pub tenant: Option<String>,
    /// Who.
    pub actor: String,
    /// What was done, or the block that did it.
    pub event: String,
    /// To what.
    pub subject: String,
    /// In which request.
    pub request: String,
    /// From this time on, microseconds since the epoch.
    pub since: i64,
    /// Before this time, microseconds since the epoch.
    pub until: i64,
    /// The oldest first.
    pub oldest_first: bool,
    /// The number of the row before the first one wanted.
    pub after: Option<i64>,
    /// At most so many.
    pub limit: i64,
}

impl Default for Filter {
    fn default() -> Self {
        Self {
            tenant: None,
            actor: String::new(),
            event: String::new(),
            subject: String::new(),
            request: String::new(),
            since: 0,
            until: i64::MAX,
            oldest_first: false,
            after: None,
            limit: 100,
        }
    }
}

const ANY_NEWEST_FIRST: &str = "SELECT id, at, tenant, actor, event, subject, request, seq, salt, actor_commitment, subject_commitment \
     FROM kernel_audit WHERE seq IS NOT NULL AND seq < $9 AND at >= $7 AND at < $8 AND ($1 = 1 OR tenant = $2) AND ($3 = '' OR actor = $3) \
     AND ($4 = '' OR event = $4 OR event LIKE $4 || '.%') AND ($5 = '' OR subject = $5) AND ($6 = '' OR request = $6) \
     ORDER BY seq DESC, id DESC LIMIT $10";
const ANY_OLDEST_FIRST: &str = "SELECT id, at, tenant, actor, event, subject, request, seq, salt, actor_commitment, subject_commitment \
     FROM kernel_audit WHERE seq IS NOT NULL AND seq > $9 AND at >= $7 AND at < $8 AND ($1 = 1 OR tenant = $2) AND ($3 = '' OR actor = $3) \
     AND ($4 = '' OR event = $4 OR event LIKE $4 || '.%') AND ($5 = '' OR subject = $5) AND ($6 = '' OR request = $6) \
     ORDER BY seq ASC, id ASC LIMIT $10";
const ACTOR_NEWEST_FIRST: &str = "SELECT id, at, tenant, actor, event, subject, request, seq, salt, actor_commitment, subject_commitment \
     FROM kernel_audit WHERE seq IS NOT NULL AND seq < $9 AND at >= $7 AND at < $8 AND ($1 = 1 OR tenant = $2) AND actor = $3 \
     AND ($4 = '' OR event = $4 OR event LIKE $4 || '.%') AND ($5 = '' OR subject = $5) AND ($6 = '' OR request = $6) \
     ORDER BY seq DESC, id DESC LIMIT $10";
const ACTOR_OLDEST_FIRST: &str = "SELECT id, at, tenant, actor, event, subject, request, seq, salt, actor_commitment, subject_commitment \
     FROM kernel_audit WHERE seq IS NOT NULL AND seq > $9 AND at >= $7 AND at < $8 AND ($1 = 1 OR tenant = $2) AND actor = $3 \
     AND ($4 = '' OR event = $4 OR event LIKE $4 || '.%') AND ($5 = '' OR subject = $5) AND ($6 = '' OR request = $6) \
     ORDER BY seq ASC, id ASC LIMIT $10";
const SUBJECT_NEWEST_FIRST: &str = "SELECT id, at, tenant, actor, event, subject, request, seq, salt, actor_commitment, subject_commitment \
     FROM kernel_audit WHERE seq IS NOT NULL AND seq < $9 AND at >= $7 AND at < $8 AND ($1 = 1 OR tenant = $2) AND ($3 = '' OR actor = $3) \
     AND ($4 = '' OR event = $4 OR event LIKE $4 || '.%') AND subject = $5 AND ($6 = '' OR request = $6) \
     ORDER BY seq DESC, id DESC LIMIT $10";
const SUBJECT_OLDEST_FIRST: &str = "SELECT id, at, tenant, actor, event, subject, request, seq, salt, actor_commitment, subject_commitment \
     FROM kernel_audit WHERE seq IS NOT NULL AND seq > $9 AND at >= $7 AND at < $8 AND ($1 = 1 OR tenant = $2) AND ($3 = '' OR actor = $3) \
     AND ($4 = '' OR event = $4 OR event LIKE $4 || '.%') AND subject = $5 AND ($6 = '' OR request = $6) \
     ORDER BY seq ASC, id ASC LIMIT $10";

/// The rows that a filter lets through.
///
/// # Errors
/// When the database does not answer.
pub async fn find(db: &mut AnyConnection, filter: &Filter) -> Result<Vec<Entry>> {
    // Subject and actor have an index each; one text with “or” would use neither.
    let statement = match (filter.subject.is_empty(), filter.actor.is_empty(), filter.oldest_first) {
        (false, _, false) => SUBJECT_NEWEST_FIRST,
        (false, _, true) => SUBJECT_OLDEST_FIRST,
        (true, false, false) => ACTOR_NEWEST_FIRST,
        (true, false, true) => ACTOR_OLDEST_FIRST,
        (true, true, false) => ANY_NEWEST_FIRST,
        (true, true, true) => ANY_OLDEST_FIRST,
    };
    let beginning = if filter.oldest_first { -1 } else { i64::MAX };
    let found = sqlx::query_as(statement)
        .bind(i64::from(filter.tenant.is_none()))
        .bind(filter.tenant.as_deref().unwrap_or_default())
        .bind(&filter.actor)
        .bind(&filter.event)
        .bind(&filter.subject)
        .bind(&filter.request)
        .bind(filter.since)
        .bind(filter.until)
        .bind(filter.after.unwrap_or(beginning))
        .bind(filter.limit)
        .fetch_all(db)
        .await?;
    Ok(found)
}

/// A row by its id, sealed or not.
///
/// # Errors
/// When the database does not answer.
pub async fn entry(db: &mut AnyConnection, id: &str) -> Result<Option<Entry>> {
    let found = sqlx::query_as(
        "SELECT id, at, tenant, actor, event, subject, request, seq, salt, actor_commitment, subject_commitment \
         FROM kernel_audit WHERE id = $1",
    )
    .bind(id)
    .fetch_optional(db)
    .await?;
    Ok(found)
}

/// The rows about any of these subjects, the oldest first; at most `limit` a subject.
///
/// # Errors
/// When the database does not answer.
pub async fn about(db: &mut AnyConnection, subjects: &[String], limit: i64) -> Result<Vec<Entry>> {
    let mut all = Vec::new();
    for subject in subjects.iter().filter(|it| !it.is_empty()) {
        let filter = Filter { subject: subject.clone(), oldest_first: true, limit, ..Filter::default() };
        all.extend(find(db, &filter).await?);
    }
    all.sort_by_key(|it| it.seq);
    Ok(all)
}
