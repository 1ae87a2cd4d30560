//! Jobs: what blocks do by the clock. One node at a time runs a job; a lease guards it.

use crate::{Ctx, Frame, Result, SECOND, outbox};
use futures_util::future::BoxFuture;
use std::{sync::Arc, time::Duration};

/// What a job does.
pub type JobRun = Arc<dyn Fn(Arc<Ctx>) -> BoxFuture<'static, Result<()>> + Send + Sync>;

/// Something a block does by the clock.
#[derive(Clone)]
pub struct Job {
    /// `block.verb`.
    pub name: &'static str,
    /// Microseconds between the end of one run and the start of the next.
    pub every: i64,
    /// What it does, as the node itself.
    pub run: JobRun,
}

impl Job {
    /// A job from an async function.
    pub fn new<F, R>(name: &'static str, every: i64, run: F) -> Self
    where
        F: Fn(Arc<Ctx>) -> R + Send + Sync + 'static,
        R: Future<Output = Result<()>> + Send + 'static,
    {
        Self { name, every, run: Arc::new(move |ctx| Box::pin(run(ctx))) }
    }
}

const LEASE: i64 = 300 * SECOND;

/// Runs every job that is due, once; returns the names of those that ran.
pub async fn run_jobs_once(frame: &Arc<Frame>, jobs: &[Job]) -> Result<Vec<&'static str>> {
    let mut ran = Vec::new();
    for job in jobs {
        if !claim(frame, job).await? {
            continue;
        }
        let ctx = Arc::new(Ctx::system(frame, ""));
        let failed = match (job.run)(ctx).await {
            Ok(()) => false,
            Err(error) => {
                tracing::error!(job = job.name, ?error, "a job failed; it runs again at its next time");
                true
            }
        };
        finish(frame, job, failed).await?;
        ran.push(job.name);
    }
    Ok(ran)
}

/// Starts delivering the outbox and running the jobs, for as long as the process lives.
pub(crate) fn start(frame: &Arc<Frame>, jobs: Vec<Job>) {
    tokio::spawn(outbox::deliver(Arc::clone(frame)));
    let frame = Arc::clone(frame);
    tokio::spawn(async move {
        loop {
            if let Err(error) = run_jobs_once(&frame, &jobs).await {
                tracing::error!(?error, "the jobs could not be read");
            }
            tokio::time::sleep(Duration::from_secs(1)).await;
        }
    });
}

impl Frame {
    /// Starts delivering the outbox and running these jobs, for as long as the process lives.
    pub fn start(self: &Arc<Self>, jobs: Vec<Job>) {
        start(self, jobs);
    }
}

async fn claim(frame: &Arc<Frame>, job: &Job) -> Result<bool> {
    let now = frame.clock().now();
    let row: Option<(i64, i64)> =
        sqlx::query_as("SELECT due_at, lease_until FROM kernel_job WHERE name = $1")
            .bind(job.name)
            .fetch_optional(&mut *frame.db().begin_read().await?)
            .await?;
    if row.is_some_and(|(due_at, lease_until)| due_at > now || lease_until > now) {
        return Ok(false);
    }
    let mut tx = frame.db().begin_write().await?;
    let claimed = sqlx::query("INSERT INTO kernel_job (name, due_at, lease_until, failures) VALUES ($1, $2, $3, 0) \
         ON CONFLICT (name) DO UPDATE SET lease_until = $3 WHERE kernel_job.due_at <= $2 AND kernel_job.lease_until <= $2")
    .bind(job.name)
    .bind(now)
    .bind(now + LEASE)
    .execute(&mut *tx)
    .await?
    .rows_affected();
    tx.commit().await?;
    Ok(claimed == 1)
}

async fn finish(frame: &Arc<Frame>, job: &Job, failed: bool) -> Result<()> {
    let mut tx = frame.db().begin_write().await?;
    sqlx::query("UPDATE kernel_job SET due_at = $1, lease_until = 0, failures = CASE WHEN $2 = 1 THEN failures + 1 ELSE 0 END WHERE name = $3")
    .bind(frame.clock().now() + job.every)
    .bind(i64::from(failed))
    .bind(job.name)
    .execute(&mut *tx)
    .await?;
    tx.commit().await
}
