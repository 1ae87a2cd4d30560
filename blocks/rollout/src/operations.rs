//! What the block does, one method an operation; answers the port.

mod ask;
mod define;
mod export;
mod figures;
mod history;
mod import;
mod inflow;
mod previews;
mod ready;
mod submissions;
mod world;

pub(crate) use ask::rate;
pub use define::Definition;
pub use export::{Format, What};
pub use figures::{Authority, Chosen, RegionLine, ServiceLine};
pub use history::{Changed, Differences};
pub use import::{Effect, Outcome, Upload};
pub use ready::{Followed, Opened, Ready};
pub use submissions::MonthLine;

use crate::{config::Config, names::may, store};
use jiff::{Timestamp, tz::TimeZone};
use kernel::{Actor, Ctx, Frame, Result};
use rates::Day;
use std::sync::{Arc, Mutex, Weak};
use tokio::sync::OnceCell;
use world::World;

/// The block's handle: roll-outs, made ready in memory when they are first asked for.
#[derive(Clone)]
pub struct Rollout(Arc<State>);

struct State {
    config: Config,
    world: OnceCell<Arc<World>>,
    /// Roll-outs that are ready, the one asked for last at the end.
    ready: Mutex<Vec<Arc<Ready>>>,
    /// One roll-out is made ready at a time: that takes all of a core for a moment.
    making: tokio::sync::Mutex<()>,
}

impl Rollout {
    /// The block with its settings.
    pub fn new(config: Config) -> Self {
        Self(Arc::new(State {
            config,
            world: OnceCell::new(),
            ready: Mutex::default(),
            making: tokio::sync::Mutex::default(),
        }))
    }

    /// What can be set.
    pub(crate) fn config(&self) -> &Config {
        &self.0.config
    }

    /// Begins to make all roll-outs ready; nobody waits for it.
    pub(crate) async fn prepare(&self, ctx: &Ctx) -> Result<()> {
        let keepers = store::keepers(&mut *ctx.read(may::READ).await?).await?;
        if keepers.is_empty() {
            return Ok(());
        }
        let (rollout, frame) = (self.clone(), Arc::downgrade(ctx.frame()));
        tokio::spawn(async move {
            for keeper in keepers.into_iter().take(rollout.0.config.tenants_in_memory) {
                let Some(frame) = Weak::<Frame>::upgrade(&frame) else { break };
                if let Err(error) = rollout.ready(&Ctx::system(&frame, &keeper.tenant), &keeper).await {
                    tracing::warn!(
                        ?error,
                        "a roll-out could not be made ready; it is tried again when asked for"
                    );
                }
            }
        });
        Ok(())
    }
}

/// Runs what takes milliseconds of one core where it blocks nobody.
async fn aside<T: Send + 'static>(work: impl FnOnce() -> Result<T> + Send + 'static) -> Result<T> {
    tokio::task::spawn_blocking(work).await.map_err(|it| kernel::fault::INTERNAL.because(it))?
}

/// The day of a time in legal German time.
fn day_of(micros: i64) -> Day {
    let time = Timestamp::from_microsecond(micros).unwrap_or(Timestamp::UNIX_EPOCH);
    let zone = TimeZone::get("Europe/Berlin").unwrap_or(TimeZone::UTC);
    Day::of(time.to_zoned(zone).date()).unwrap_or(Day::FIRST)
}

/// The day of the operation in legal German time.
pub(crate) fn today(ctx: &Ctx) -> Day {
    day_of(ctx.now())
}

/// The same request for a tenant, if the asker may speak for it.
pub(crate) fn speaking_for(ctx: Ctx, tenant: &str) -> Result<Ctx> {
    if tenant.is_empty() || ctx.tenant() == tenant {
        return Ok(ctx);
    }
    if !ctx.actor().sees(tenant) {
        return Err(kernel::fault::FORBIDDEN.with("permission", may::EDIT.0));
    }
    let actor = Actor { tenant: tenant.to_owned().into(), ..ctx.actor().clone() };
    Ok(ctx.acting(actor))
}
