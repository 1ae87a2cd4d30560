//! What identity answers to others.

use crate::{
    Identity,
    names::{did, may},
    store,
};
use async_trait::async_trait;
use kernel::{Ctx, Result};
use ports::identity::{Arrival, Arrived, Attempt, Client, Clients, NewClient, Registered, Sought};

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

#[async_trait]
impl Clients for Identity {
    async fn client(&self, ctx: &Ctx, id: &str) -> Result<Option<Client>> {
        Ok(self.find_client(ctx, id).await?.map(Into::into))
    }

    async fn clients(&self, ctx: &Ctx, sought: Sought<'_>) -> Result<(i64, Vec<Client>)> {
        let acting = ctx.as_system("");
        let mut tx = acting.read(may::RECOGNISE).await?;
        let (total, found) =
            store::client::list(&mut tx, sought.tenant, sought.words, sought.offset, sought.limit).await?;
        Ok((total, found.into_iter().map(Into::into).collect()))
    }

    async fn register(&self, ctx: &Ctx, new: NewClient) -> Result<Registered> {
        self.create_client(ctx, new).await
    }

    async fn renew_secret(&self, ctx: &Ctx, id: &str) -> Result<Registered> {
        self.rotate_secret(ctx, id).await
    }

    async fn remove(&self, ctx: &Ctx, id: &str) -> Result<()> {
        self.remove_client(ctx, id).await
    }
}
