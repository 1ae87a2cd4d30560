//! What the block does by the clock: retention, and whether all is well.

use super::Record;
use crate::names::{did, may};
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

    /// Says in a sentence what is wrong with this node's own log, or nothing. What is wrong with a witness is shown on its
    /// page and logged: no other node may take this one out of service.
    pub(crate) async fn health(&self, ctx: &Ctx) -> Result<Option<Text>> {
        record::health(&mut *ctx.read(may::KEEP).await?).await
    }
}
