//! What the block does, one method an operation; answers the port.

mod ask;
mod body;
mod dataset;
mod edit;
mod exchange;
mod index;
mod kept;
mod learn;
mod routes;
mod search;

pub(crate) use ask::{is_learnt, read_public_service};
pub use body::{Body, Origin};
pub use dataset::Preview;
pub use edit::{Entry, Noun};
pub use exchange::{Bundle, Form, Outcome};
pub use index::Index;
pub use routes::{Route, Spot};
pub use search::{OfficeFilter, level_name};

use crate::{config::Config, names::may, store};
use arc_swap::ArcSwap;
use kernel::{Ctx, Frame, Result};
use std::{
    collections::HashMap,
    sync::{Arc, Mutex as Lock, Weak},
    time::Duration,
};
use tokio::sync::Mutex;

/// The block's handle: regions, public services, offices and rules in memory, kept in step with the database.
#[derive(Clone)]
pub struct Directory(Arc<State>);

struct State {
    config: Config,
    index: ArcSwap<Index>,
    /// One load at a time, so that an older one never replaces a newer one.
    loading: Mutex<()>,
    /// Signed destinations by id and revision: a signature costs milliseconds.
    signatures: Lock<HashMap<(String, i64), String>>,
}

/// How often a node looks whether another one changed something.
const LOOK: Duration = Duration::from_secs(2);

impl Directory {
    /// The block with its settings; it is empty until it is prepared.
    pub fn new(config: Config) -> Self {
        Self(Arc::new(State {
            config,
            index: ArcSwap::from_pointee(Index::empty()),
            loading: Mutex::default(),
            signatures: Lock::default(),
        }))
    }

    /// What can be set.
    pub(crate) fn config(&self) -> &Config {
        &self.0.config
    }

    /// Everything that can be looked up, as of now.
    pub(crate) fn index(&self) -> Arc<Index> {
        self.0.index.load_full()
    }

    /// Loads everything, then keeps looking whether another node changed something.
    pub(crate) async fn prepare(&self, ctx: &Ctx) -> Result<()> {
        self.load(ctx).await?;
        let (directory, frame) = (self.clone(), Arc::downgrade(ctx.frame()));
        tokio::spawn(async move {
            loop {
                tokio::time::sleep(LOOK).await;
                let Some(frame) = Weak::<Frame>::upgrade(&frame) else { break };
                if let Err(error) = directory.look(&Ctx::system(&frame, "")).await {
                    tracing::warn!(?error, "the directory could not look for changes; it looks again soon");
                }
            }
        });
        Ok(())
    }

    /// Loads anew if the database says that something changed.
    pub(crate) async fn look(&self, ctx: &Ctx) -> Result<()> {
        let version = store::version(&mut *ctx.read(may::READ).await?).await?;
        if version == self.index().version { Ok(()) } else { self.load(ctx).await }
    }

    /// Loads everything from the database and, where another edition is in force, its regions from the content store.
    pub(crate) async fn load(&self, ctx: &Ctx) -> Result<()> {
        let _turn = self.0.loading.lock().await;
        let index = index::load(ctx, &self.index()).await?;
        self.0.index.store(Arc::new(index));
        Ok(())
    }
}
