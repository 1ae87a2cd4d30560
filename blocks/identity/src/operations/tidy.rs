//! Removes what has ended.

use crate::{
    Identity,
    names::{did, may},
    store,
};
use kernel::{Ctx, DAY, Result};

impl Identity {
    /// Removes attempts and sessions that ended long ago.
    pub async fn tidy(&self, ctx: &Ctx) -> Result<()> {
        let mut tx = ctx.write(may::RECOGNISE).await?;
        let attempts = store::attempt::remove_until(&mut tx, ctx.now() - DAY).await?;
        let sessions = store::session::remove_until(&mut tx, ctx.now() - 30 * DAY).await?;
        let links = store::link::remove_until(&mut tx, ctx.now() - 30 * DAY).await?;
        let ceremonies = store::passkey::remove_ceremonies_until(&mut tx, ctx.now() - DAY).await?;
        let requests = store::request::remove_until(&mut tx, ctx.now() - DAY).await?;
        let grants = store::grant::remove_until(&mut tx, ctx.now() - 30 * DAY).await?;
        if attempts + sessions + links + ceremonies + requests + grants == 0 {
            return Ok(());
        }
        tx.commit(did::TIDIED, "").await
    }
}
