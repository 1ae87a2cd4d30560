//! What the adapter does.

pub mod exchange;
pub mod finish;
pub mod logout;
pub mod provider;
pub mod send;

use crate::{
    Upstream,
    names::{did, fault, may},
    store,
};
use kernel::{Ctx, DAY, Result};
use provider::Provider;

impl Upstream {
    /// The provider of a connection.
    pub fn provider(&self, connection: &str) -> Result<&Provider> {
        let found = self.providers().iter().find(|it| it.connection.id == connection);
        found.ok_or_else(|| fault::NO_CONNECTION.into())
    }

    /// Reads secrets and keys; refuses a configuration that makes no sense.
    pub fn prepare(&self, ctx: &Ctx) -> Result<()> {
        self.providers().iter().try_for_each(|it| it.prepare(ctx.demo()))
    }

    /// Removes requests that nobody came back for.
    pub async fn tidy(&self, ctx: &Ctx) -> Result<()> {
        let mut tx = ctx.write(may::TIDY).await?;
        match store::remove_until(&mut tx, ctx.now() - DAY).await? {
            0 => Ok(()),
            removed => tx.commit(did::TIDIED, &removed.to_string()).await,
        }
    }
}
