//! Emergencies: seen by everybody who administers, acknowledged by somebody else.

use crate::{
    Identity,
    model::Alarm,
    names::{did, fault, may},
    store,
};
use kernel::{Ctx, Result};
use std::sync::atomic::Ordering;
use uuid::Uuid;

impl Identity {
    /// The latest emergencies, the newest first.
    pub async fn alarms(&self, ctx: &Ctx) -> Result<Vec<Alarm>> {
        store::alarm::list(&mut *ctx.read(may::BREAK_GLASS).await?, 200).await
    }

    /// Acknowledges an emergency; whoever caused it cannot.
    pub async fn acknowledge(&self, ctx: &Ctx, id: &Uuid) -> Result<()> {
        ctx.require(may::BREAK_GLASS)?;
        let Some(person) = ctx.actor().person else { return Err(fault::NOT_YOURSELF.into()) };
        let mut tx = ctx.write(may::BREAK_GLASS).await?;
        if !store::alarm::acknowledge(&mut tx, id, &person.to_string(), ctx.now()).await? {
            return Err(tx.abandon(fault::NOT_YOURSELF));
        }
        tx.commit(did::EMERGENCY_ACKNOWLEDGED, &id.to_string()).await
    }

    /// Learns from the database whether an emergency lasts, for pages that say so.
    pub async fn learn_emergency(&self, ctx: &Ctx) -> Result<()> {
        let until = store::alarm::active_until(&mut *ctx.read(may::RECOGNISE).await?).await?;
        self.emergency().fetch_max(until, Ordering::Relaxed);
        Ok(())
    }
}
