//! The outbox: what was told in a transaction is delivered to every listener at least once.
//!
//! A listener must be able to hear the same event twice, and events of one subject out of order after a failure.

use crate::{Ctx, Frame, Result, SECOND};
use futures_util::future::BoxFuture;
use sqlx::AnyConnection;
use std::sync::Arc;

/// An event on its way to a listener.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Envelope {
    /// The id of the event; the same when it is delivered again.
    pub id: String,
    /// When it was told, microseconds since the epoch.
    pub at: i64,
    /// The tenant it happened in.
    pub tenant: String,
    /// The published name.
    pub topic: String,
    /// The event as JSON.
    pub body: String,
}

impl Envelope {
    /// Reads the event.
    pub fn read<E: serde::de::DeserializeOwned>(&self) -> Result<E> {
        serde_json::from_str(&self.body).map_err(|it| crate::fault::INTERNAL.because(it))
    }
}

/// What a listener does with an event.
pub type Hear = Arc<dyn Fn(Arc<Ctx>, Envelope) -> BoxFuture<'static, Result<()>> + Send + Sync>;

/// Somebody who listens to a topic.
#[derive(Clone)]
pub struct Listener {
    /// The published name of the event.
    pub topic: &'static str,
    /// What to do with it, as the node itself in the event's tenant.
    pub hear: Hear,
}

impl Listener {
    /// A listener from an async function.
    pub fn new<F, R>(topic: &'static str, hear: F) -> Self
    where
        F: Fn(Arc<Ctx>, Envelope) -> R + Send + Sync + 'static,
        R: Future<Output = Result<()>> + Send + 'static,
    {
        Self { topic, hear: Arc::new(move |ctx, envelope| Box::pin(hear(ctx, envelope))) }
    }
}

const LEASE: i64 = 60 * SECOND;
const LONGEST_WAIT: i64 = 3600 * SECOND;

/// Writes an event into the outbox, inside the teller's transaction.
pub(crate) async fn insert(
    db: &mut AnyConnection,
    id: &str,
    at: i64,
    tenant: &str,
    topic: &str,
    body: &str,
) -> Result<()> {
    sqlx::query(
        "INSERT INTO kernel_outbox (id, at, tenant, topic, body, attempts, due_at, lease_until) \
         VALUES ($1, $2, $3, $4, $5, 0, $2, 0)",
    )
    .bind(id)
    .bind(at)
    .bind(tenant)
    .bind(topic)
    .bind(body)
    .execute(db)
    .await?;
    Ok(())
}

/// Delivers what is due; returns how many events were heard by all their listeners.
pub async fn deliver_once(frame: &Arc<Frame>) -> Result<usize> {
    let mut delivered = 0;
    loop {
        let batch = claim(frame).await?;
        if batch.is_empty() {
            break;
        }
        let mut heard = Vec::new();
        for (envelope, attempts) in batch {
            if hear(frame, &envelope).await {
                heard.push(envelope.id);
            } else {
                postpone(frame, &envelope.id, attempts + 1).await?;
            }
        }
        delivered += heard.len();
        forget(frame, &heard).await?;
    }
    frame.settled.notify_waiters();
    Ok(delivered)
}

/// Delivers for ever: woken when something is told, and by the clock for what failed before.
pub(crate) async fn deliver(frame: Arc<Frame>) {
    loop {
        if let Err(error) = deliver_once(&frame).await {
            tracing::error!(?error, "the outbox could not be read");
        }
        let told = frame.told.notified();
        let _ = tokio::time::timeout(std::time::Duration::from_secs(1), told).await;
    }
}

async fn hear(frame: &Arc<Frame>, envelope: &Envelope) -> bool {
    let mut all = true;
    for listener in frame.listeners.iter().filter(|it| it.topic == envelope.topic) {
        let ctx = Arc::new(Ctx::system(frame, &envelope.tenant));
        if let Err(error) = (listener.hear)(ctx, envelope.clone()).await {
            tracing::warn!(
                topic = envelope.topic,
                event = envelope.id,
                ?error,
                "a listener failed; it hears again later"
            );
            all = false;
        }
    }
    all
}

type Row = (String, i64, String, String, String, i64);

async fn claim(frame: &Arc<Frame>) -> Result<Vec<(Envelope, i64)>> {
    let now = frame.clock().now();
    // Nothing to do is the usual case, and it must not take the writer's turn.
    let due: Option<(String,)> =
        sqlx::query_as("SELECT id FROM kernel_outbox WHERE due_at <= $1 AND lease_until <= $1 LIMIT 1")
            .bind(now)
            .fetch_optional(&mut *frame.db().begin_read().await?)
            .await?;
    if due.is_none() {
        return Ok(Vec::new());
    }
    let mut tx = frame.db().begin_write().await?;
    // The guard stands outside as well, or two nodes could claim the same rows on PostgreSQL.
    let rows: Vec<Row> = sqlx::query_as(
        "UPDATE kernel_outbox SET lease_until = $1 WHERE lease_until <= $2 AND id IN \
         (SELECT id FROM kernel_outbox WHERE due_at <= $2 AND lease_until <= $2 ORDER BY at, id LIMIT 50) \
         RETURNING id, at, tenant, topic, body, attempts",
    )
    .bind(now + LEASE)
    .bind(now)
    .fetch_all(&mut *tx)
    .await?;
    tx.commit().await?;
    let mut batch: Vec<_> = rows
        .into_iter()
        .map(|(id, at, tenant, topic, body, attempts)| (Envelope { id, at, tenant, topic, body }, attempts))
        .collect();
    batch.sort_by(|(one, _), (other, _)| (one.at, &one.id).cmp(&(other.at, &other.id)));
    Ok(batch)
}

/// What a whole batch heard goes in one transaction; a node killed before hears the batch again.
async fn forget(frame: &Arc<Frame>, heard: &[String]) -> Result<()> {
    if heard.is_empty() {
        return Ok(());
    }
    let mut tx = frame.db().begin_write().await?;
    for id in heard {
        sqlx::query("DELETE FROM kernel_outbox WHERE id = $1").bind(id).execute(&mut *tx).await?;
    }
    tx.commit().await
}

async fn postpone(frame: &Arc<Frame>, id: &str, attempts: i64) -> Result<()> {
    let wait = (SECOND << attempts.clamp(0, 12)).min(LONGEST_WAIT);
    let mut tx = frame.db().begin_write().await?;
    sqlx::query("UPDATE kernel_outbox SET attempts = $1, due_at = $2, lease_until = 0 WHERE id = $3")
        .bind(attempts)
        .bind(frame.clock().now() + wait)
        .bind(id)
        .execute(&mut *tx)
        .await?;
    tx.commit().await
}
