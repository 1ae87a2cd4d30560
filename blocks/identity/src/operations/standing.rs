//! Whether a client is still what it was when it got a token: removed clients and renewed credentials end its tokens, on every
//! node and across restarts.

use crate::{Identity, names::may, store};
use kernel::{Ctx, Frame, Result, SECOND};
use std::{
    collections::HashMap,
    sync::{Arc, Mutex},
};

/// So long a client is believed unchanged without looking: another node may have removed it or renewed its credentials.
const BELIEVED: i64 = 5 * SECOND;
/// So many clients are remembered at most.
const REMEMBERED: usize = 10_000;

/// What this process remembers of clients: when their credentials were last changed, and until when that is believed.
#[derive(Default)]
pub struct Standing(Mutex<HashMap<String, (i64, i64)>>);

/// A client that is not there: changed later than any token was made.
const GONE: i64 = i64::MAX;

impl Standing {
    /// Believes nothing of a client any more: it was just changed.
    pub fn forget(&self, client: &str) {
        if let Ok(mut all) = self.0.lock() {
            all.remove(client);
        }
    }

    fn known(&self, client: &str, now: i64) -> Option<i64> {
        let all = self.0.lock().ok()?;
        all.get(client).filter(|it| now < it.1).map(|it| it.0)
    }

    fn remember(&self, client: &str, changed_at: i64, now: i64) {
        if let Ok(mut all) = self.0.lock() {
            if all.len() >= REMEMBERED {
                all.clear();
            }
            all.insert(client.to_owned(), (changed_at, now + BELIEVED));
        }
    }
}

impl Identity {
    /// Whether a client is there with credentials no younger than those that a token was made with.
    pub async fn stands(&self, frame: &Arc<Frame>, client: &str, made_with: i64) -> Result<bool> {
        let now = frame.clock().now();
        let changed_at = if let Some(it) = self.access().standing.known(client, now) {
            it
        } else {
            let ctx = Ctx::system(frame, "");
            let found = store::client::find(&mut *ctx.read(may::RECOGNISE).await?, client).await?;
            let changed_at = found.map_or(GONE, |it| it.rotated_at);
            self.access().standing.remember(client, changed_at, now);
            changed_at
        };
        Ok(made_with >= changed_at)
    }
}
