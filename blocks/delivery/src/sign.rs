//! Signing the log off the request path.
//!
//! An event is stored with its claims and an empty token; one RSA-4096 signature takes milliseconds of one core, and
//! no sender shall wait for it. A loop signs what is there, on every core; readers of a log who come sooner sign what they
//! need themselves. A token that is stored is never changed, so everybody reads the same bytes. What a crash leaves
//! unsigned is found by the loop when the node starts again.

use crate::{
    Delivery,
    model::UnsignedEvent,
    names::{did, may},
    store,
};
use fitconnect::set;
use kernel::{Ctx, Frame, Result, fault};
use std::{
    collections::BTreeSet,
    sync::{Arc, Mutex},
    time::Duration,
};
use tokio::sync::Notify;

/// How often a reader looks again before it gives up.
pub const PATIENCE: usize = 20;
/// How many events are signed between two writes, for each core.
const BATCH: usize = 16;
/// How long the loop sleeps when nobody wakes it: another node may have left something.
const PAUSE: Duration = Duration::from_secs(5);

/// Signs events, each of them by one task of this node at a time.
#[derive(Default)]
pub struct Signer {
    woken: Notify,
    done: Notify,
    busy: Mutex<BTreeSet<String>>,
}

impl Signer {
    /// Tells the loop that there is something to sign.
    pub fn wake(&self) {
        self.woken.notify_one();
    }

    /// Signs these events and stores the tokens, or waits for whoever is at it already. Look again afterwards.
    pub async fn sign(&self, frame: &Arc<Frame>, events: Vec<UnsignedEvent>) -> Result<()> {
        let done = self.done.notified();
        let mine = self.take(events);
        if mine.events.is_empty() {
            let _ = tokio::time::timeout(Duration::from_millis(250), done).await;
            return Ok(());
        }
        let tokens = sign_all(frame, &mine.events).await?;
        store_all(frame, &tokens).await
    }

    /// Takes those events that nobody else is at.
    fn take(&self, events: Vec<UnsignedEvent>) -> Taken<'_> {
        let mut mine = Taken { signer: self, events: Vec::new() };
        if let Ok(mut busy) = self.busy.lock() {
            mine.events = events.into_iter().filter(|it| busy.insert(it.jti.clone())).collect();
        }
        mine
    }
}

/// Events that one task signs; they are free again when it is dropped, whatever happened.
struct Taken<'s> {
    signer: &'s Signer,
    events: Vec<UnsignedEvent>,
}

impl Drop for Taken<'_> {
    fn drop(&mut self) {
        if let Ok(mut busy) = self.signer.busy.lock() {
            for it in &self.events {
                busy.remove(&it.jti);
            }
        }
        self.signer.done.notify_waiters();
    }
}

/// Starts the loop, for as long as the process lives.
pub fn start(delivery: &Delivery, ctx: &Ctx) {
    let delivery = delivery.clone();
    let frame = Arc::clone(ctx.frame());
    tokio::spawn(async move {
        loop {
            let woken = delivery.signer().woken.notified();
            match once(&delivery, &frame).await {
                Ok(0) => {
                    let _ = tokio::time::timeout(PAUSE, woken).await;
                }
                Ok(_) => {}
                Err(error) => {
                    tracing::error!(?error, "signing the log failed; it is tried again");
                    tokio::time::sleep(Duration::from_secs(1)).await;
                }
            }
        }
    });
}

/// Signs one batch; returns how many events were found unsigned.
pub async fn once(delivery: &Delivery, frame: &Arc<Frame>) -> Result<usize> {
    let most = i64::try_from(workers() * BATCH).unwrap_or(i64::MAX);
    let events = {
        let ctx = Ctx::system(frame, "");
        let mut tx = ctx.read(may::SIGN).await?;
        store::event::unsigned(&mut tx, most).await?
    };
    let found = events.len();
    if found > 0 {
        delivery.signer().sign(frame, events).await?;
    }
    Ok(found)
}

/// How many events wait for their signature.
pub async fn unsigned(ctx: &Ctx) -> Result<i64> {
    let ctx = ctx.as_system("");
    let mut tx = ctx.read(may::SIGN).await?;
    store::event::count_unsigned(&mut tx).await
}

fn workers() -> usize {
    std::thread::available_parallelism().map_or(1, usize::from)
}

/// Signs on as many threads as there are cores.
async fn sign_all(frame: &Arc<Frame>, events: &[UnsignedEvent]) -> Result<Vec<(String, String)>> {
    let share = events.len().div_ceil(workers()).max(1);
    let tasks: Vec<_> = events
        .chunks(share)
        .map(|share| {
            let (keys, share) = (frame.keys().clone(), share.to_vec());
            tokio::task::spawn_blocking(move || {
                share
                    .into_iter()
                    .map(|it| keys.sign_now(set::TYPE, it.claims.as_bytes()).map(|token| (it.jti, token)))
                    .collect::<Result<Vec<_>>>()
            })
        })
        .collect();
    let mut tokens = Vec::with_capacity(events.len());
    for task in tasks {
        tokens.extend(task.await.map_err(|it| fault::INTERNAL.because(it))??);
    }
    Ok(tokens)
}

async fn store_all(frame: &Arc<Frame>, tokens: &[(String, String)]) -> Result<()> {
    let ctx = Ctx::system(frame, "");
    let mut tx = ctx.write(may::SIGN).await?;
    for (jti, token) in tokens {
        store::event::put_token(&mut tx, jti, token).await?;
    }
    tx.commit(did::SIGNED, &tokens.len().to_string()).await
}
