//! Clients after they were made: shown, given a new secret, deleted, linked to destinations.

use super::{
    client_create::{fresh_secret, hash},
    destination_read::clip,
};
use crate::{
    Delivery,
    model::{Client, ClientRole, NewSecret},
    names::{did, fault, may},
    store,
};
use kernel::{Actor, Ctx, Result};
use ports::ids::DestinationId;

impl Delivery {
    /// The clients of the actor's tenant, the newest first, and how many there are.
    pub async fn list_clients(
        &self,
        ctx: &Ctx,
        words: &str,
        offset: i64,
        limit: i64,
    ) -> Result<(i64, Vec<Client>)> {
        let mut tx = ctx.read(may::ADMINISTER).await?;
        store::client::list(&mut tx, ctx.tenant(), words, offset, limit).await
    }

    /// A client of the actor's tenant.
    pub async fn read_client(&self, ctx: &Ctx, id: &str) -> Result<Client> {
        let mut tx = ctx.read(may::ADMINISTER).await?;
        let found = store::client::find(&mut tx, id).await?.filter(|it| ctx.actor().sees(&it.tenant));
        found.ok_or_else(|| fault::CLIENT_NOT_FOUND.with("id", clip(id)))
    }

    /// Whether a client exists; for setting a node up.
    pub async fn has_client(&self, ctx: &Ctx, id: &str) -> Result<bool> {
        let mut tx = ctx.read(may::ADMINISTER).await?;
        Ok(store::client::find(&mut tx, id).await?.is_some())
    }

    /// The destinations that a client of the actor's tenant is linked to.
    pub async fn linked_destinations(&self, ctx: &Ctx, id: &str) -> Result<Vec<DestinationId>> {
        let mut tx = ctx.read(may::ADMINISTER).await?;
        store::client::linked_ids(&mut tx, id, 500).await
    }

    /// Gives a client a new secret; the old one and all tokens made with it are void at once on this node, and after the life of
    /// a token on others.
    pub async fn rotate_secret(&self, ctx: &Ctx, id: &str) -> Result<NewSecret> {
        let client = self.read_client(ctx, id).await?;
        let secret = fresh_secret(ctx);
        let acting = ctx.acting(Actor { tenant: client.tenant.into(), ..ctx.actor().clone() });
        let mut tx = acting.write(may::ADMINISTER).await?;
        store::client::set_secret(&mut tx, id, &hash(&secret), ctx.now()).await?;
        tx.commit(did::CLIENT_ROTATED, id).await?;
        self.access().void(id, ctx.now());
        Ok(NewSecret { client_id: id.to_owned(), client_secret: secret })
    }

    /// Deletes a client; what it sent or made stays.
    pub async fn delete_client(&self, ctx: &Ctx, id: &str) -> Result<()> {
        let client = self.read_client(ctx, id).await?;
        let acting = ctx.acting(Actor { tenant: client.tenant.into(), ..ctx.actor().clone() });
        let mut tx = acting.write(may::ADMINISTER).await?;
        store::client::delete(&mut tx, id).await?;
        tx.commit(did::CLIENT_DELETED, id).await?;
        self.access().void(id, i64::MAX);
        Ok(())
    }

    /// Lets a client of the same tenant fetch what arrives at a destination: the owner, or a clerk of the tenant, agrees.
    pub async fn link_client(&self, ctx: &Ctx, destination: &DestinationId, client: &str) -> Result<()> {
        let found = self.managed(ctx, destination).await?;
        let acting = ctx.acting(Actor { tenant: found.tenant.clone().into(), ..ctx.actor().clone() });
        let mut tx = acting.write(may::MANAGE_DESTINATION).await?;
        let known = store::client::find(&mut tx, client).await?.filter(|it| it.tenant == found.tenant);
        let known = known.ok_or_else(|| fault::CLIENT_NOT_FOUND.with("id", clip(client)))?;
        if !known.roles.contains(&ClientRole::Subscriber) {
            return Err(fault::NOT_A_SUBSCRIBER.with("id", client));
        }
        let by = ctx.actor().name.as_ref();
        store::client::link(&mut tx, client, destination, &found.tenant, by, ctx.now()).await?;
        tx.commit(did::CLIENT_LINKED, destination.as_str()).await
    }

    /// Ends a link; ending one that is not there is no error.
    pub async fn unlink_client(&self, ctx: &Ctx, destination: &DestinationId, client: &str) -> Result<()> {
        let found = self.managed(ctx, destination).await?;
        let acting = ctx.acting(Actor { tenant: found.tenant.into(), ..ctx.actor().clone() });
        let mut tx = acting.write(may::MANAGE_DESTINATION).await?;
        store::client::unlink(&mut tx, client, destination).await?;
        tx.commit(did::CLIENT_UNLINKED, destination.as_str()).await
    }
}
