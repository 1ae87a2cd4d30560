//! What identity answers to others.

use crate::{
    Identity,
    names::{did, may},
    store,
};
use async_trait::async_trait;
use kernel::{Ctx, Result};
use ports::identity::{Arrival, Arrived, Attempt};

#[async_trait]
impl ports::identity::Identity for Identity {
    async fn attempt(&self, ctx: &Ctx, id: &str) -> Result<Attempt> {
        let begun = self.begun(ctx, id).await?;
        Ok(Attempt {
            id: begun.id,
            tenant: begun.tenant,
            level: begun.level,
            client: begun.client,
            adds_to: begun.adds_to,
        })
    }

    async fn arrive(&self, ctx: &Ctx, arrival: Arrival) -> Result<Arrived> {
        self.finish(ctx, arrival).await
    }

    async fn depart(&self, ctx: &Ctx, way: &str, issuer: &str, upstream_session: &str) -> Result<()> {
        let acting = ctx.as_system("");
        let mut tx = acting.write(may::RECOGNISE).await?;
        store::session::revoke_upstream(&mut tx, way, issuer, upstream_session, ctx.now()).await?;
        tx.commit(did::DEPARTED, way).await?;
        self.sessions().forget();
        Ok(())
    }
}
