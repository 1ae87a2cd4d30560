//! What the block does by the clock: retention, and whether all is well.

use super::Record;
use crate::{
    names::{did, may},
    store,
};
use kernel::{Ctx, DAY, Result, Text, record};

impl Record {
    /// Deletes actor and subject of rows whose time is over; returns of how many.
    pub(crate) async fn retain(&self, ctx: &Ctx) -> Result<u64> {
        let days = self.config.retention_days;
        let before = ctx.now() - days.saturating_mul(DAY);
        let mut count = 0;
        while days > 0 && record::erasable(&mut *ctx.read(may::KEEP).await?, before).await? {
            let mut tx = ctx.write(may::KEEP).await?;
            let erased = record::erase(&mut tx, before).await?;
            tx.commit(did::ERASED, &format!("{erased} rows")).await?;
            count += erased;
        }
        Ok(count)
    }

    /// Says in a sentence what is wrong, or nothing.
    pub(crate) async fn health(&self, ctx: &Ctx) -> Result<Option<Text>> {
        let mut tx = ctx.read(may::KEEP).await?;
        if let Some(wrong) = record::health(&mut tx).await? {
            return Ok(Some(wrong));
        }
        let doubts = store::faults(&mut tx).await?;
        Ok((doubts > 0).then_some(Text {
            de: "Ein Zeuge des Protokolls meldet einen Fehler oder war nicht zu erreichen. Einzelheiten stehen unter /record/witnesses.",
            en: "A witness of the record reports a fault or could not be reached. See /record/witnesses.",
        }))
    }
}
