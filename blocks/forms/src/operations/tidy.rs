//! Removes rows that no browser repeats any more.

use super::Forms;
use crate::{
    names::{did, may},
    store,
};
use kernel::{Ctx, DAY, Result};

/// For how many days a repeated request is recognised. Delivery drops an unfinished submission after one.
const KEPT: i64 = 30;

impl Forms {
    pub(crate) async fn tidy(&self, ctx: &Ctx) -> Result<()> {
        let before = ctx.now() - KEPT * DAY;
        if !store::any_before(&mut *ctx.read(may::TIDY).await?, before).await? {
            return Ok(());
        }
        let mut tx = ctx.write(may::TIDY).await?;
        let removed = store::remove_before(&mut tx, before).await?;
        tx.commit(did::TIDIED, &format!("{removed} rows")).await
    }
}
