//! Callbacks: written down with the fact they tell of, sent by a job, tried again for a day. At least once.

use super::expire;
use crate::{
    Delivery,
    model::{Callback, CallbackKind, News, PendingCallback},
    names::{did, may},
    rules::callback::{self, Reach},
    store,
};
use kernel::{Ctx, Result, SECOND};
use ports::ids::SubmissionId;
use reqwest::{
    Client,
    dns::{Addrs, Name, Resolve, Resolving},
    redirect::Policy,
};
use sqlx::AnyConnection;
use std::{io, net::SocketAddr, sync::Arc, time::Duration};
use tokio::task::JoinSet;

/// How many are sent at a time.
const BATCH: i64 = 50;
/// A receiver has this long to answer.
const PATIENCE: Duration = Duration::from_secs(10);
const LEASE: i64 = 60 * SECOND;

/// Writes a callback down, in the transaction of the fact it tells of; it is sent after the commit.
pub async fn enqueue(
    db: &mut AnyConnection,
    ctx: &Ctx,
    tenant: &str,
    to: &Callback,
    news: News,
) -> Result<()> {
    let pending = PendingCallback {
        id: ctx.frame().ids().sortable(ctx.now()).to_string(),
        tenant: tenant.to_owned(),
        news,
        to: to.clone(),
        attempts: 0,
        created_at: ctx.now(),
    };
    store::callback::insert(db, &pending).await
}

/// What became of a callback.
enum Outcome {
    Delivered,
    Failed(String),
}

impl Delivery {
    /// Sends what is due; returns how many callbacks were delivered.
    pub async fn send_callbacks(&self, ctx: &Ctx) -> Result<usize> {
        if !store::callback::any_due(&mut *ctx.read(may::CALL_BACK).await?, ctx.now()).await? {
            return Ok(0);
        }
        let mut tx = ctx.write(may::CALL_BACK).await?;
        let due = store::callback::claim(&mut tx, ctx.now(), ctx.now() + LEASE, BATCH).await?;
        tx.commit(did::CALLED_BACK, &format!("{} due", due.len())).await?;
        let reach = self.reach(ctx);
        let client = client(reach)?;
        let timestamp = ctx.now() / SECOND;
        let mut sending = JoinSet::new();
        for pending in due {
            let client = client.clone();
            sending.spawn(async move {
                let outcome = send(&client, &pending, reach, timestamp).await;
                (pending, outcome)
            });
        }
        let mut delivered = 0;
        while let Some(done) = sending.join_next().await {
            let Ok((pending, outcome)) = done else { continue };
            delivered += usize::from(matches!(outcome, Outcome::Delivered));
            let noted =
                pending.news.kind == CallbackKind::Submissions && matches!(outcome, Outcome::Delivered);
            self.settle_callback(ctx, &pending, outcome).await?;
            if noted && let Ok(id) = pending.news.subject.parse::<SubmissionId>() {
                // The submission may be gone by now; that the callback arrived stays true.
                let _ = expire::notified(self, ctx, &id, "callback", "new-submissions").await;
            }
        }
        Ok(delivered)
    }

    async fn settle_callback(&self, ctx: &Ctx, pending: &PendingCallback, outcome: Outcome) -> Result<()> {
        let mut tx = ctx.write(may::CALL_BACK).await?;
        match outcome {
            Outcome::Delivered => {
                store::callback::delete(&mut tx, &pending.id).await?;
            }
            Outcome::Failed(reason) => {
                let again = callback::try_again(pending.created_at, pending.attempts, ctx.now());
                if let Some(at) = again {
                    store::callback::postpone(&mut tx, &pending.id, &reason, at).await?;
                } else {
                    tracing::warn!(destination = %pending.news.destination, reason, "a callback is given up after a day");
                    store::callback::delete(&mut tx, &pending.id).await?;
                }
            }
        }
        tx.commit(did::CALLED_BACK, pending.news.destination.as_str()).await
    }
}

async fn send(client: &Client, pending: &PendingCallback, reach: Reach, timestamp: i64) -> Outcome {
    let url = match callback::check_url(&pending.to.url, reach) {
        Ok(it) => it,
        Err(reason) => return Outcome::Failed(reason.en.to_owned()),
    };
    let body = callback::body(&pending.news);
    let sent = client
        .post(url)
        .header("content-type", "application/json")
        .header("callback-timestamp", timestamp.to_string())
        .header("callback-authentication", callback::authentication(&pending.to.secret, timestamp, &body))
        .body(body)
        .send()
        .await;
    match sent {
        Ok(answer) if answer.status().is_success() => Outcome::Delivered,
        Ok(answer) => Outcome::Failed(format!("HTTP {}", answer.status().as_u16())),
        // The address can carry a secret of the receiver; it does not belong into the log.
        Err(error) => Outcome::Failed(error.without_url().to_string()),
    }
}

fn client(reach: Reach) -> Result<Client> {
    Client::builder()
        .redirect(Policy::none())
        .timeout(PATIENCE)
        .no_proxy()
        .user_agent("Fachwerk")
        .dns_resolver(Arc::new(Guarded(reach)))
        .build()
        .map_err(|it| kernel::fault::INTERNAL.because(it))
}

/// Resolves names, and forgets the addresses that callbacks must not go to.
struct Guarded(Reach);

impl Resolve for Guarded {
    fn resolve(&self, name: Name) -> Resolving {
        let reach = self.0;
        Box::pin(async move {
            let found = tokio::net::lookup_host((name.as_str(), 0)).await?;
            let allowed: Vec<SocketAddr> = found.filter(|it| callback::may_reach(it.ip(), reach)).collect();
            if allowed.is_empty() {
                return Err(io::Error::other(
                    "the name leads only to addresses that callbacks must not go to",
                )
                .into());
            }
            Ok(Box::new(allowed.into_iter()) as Addrs)
        })
    }
}
