//! Shows destinations: their public side to everybody, the whole of them to those who work with them.

use crate::{
    Delivery,
    model::{Destination, Link},
    names::{fault, may},
    rules::ownership::{Standing, standing},
    store::{self, destination::Wanted},
};
use fitconnect::jwk::Jwk;
use kernel::{Ctx, Result, Role};
use ports::ids::DestinationId;

impl Delivery {
    /// A destination for whoever wants to send to it; only its public side may be shown.
    pub async fn look_up_destination(&self, ctx: &Ctx, id: &DestinationId) -> Result<Destination> {
        let mut tx = ctx.read(may::LOOK_UP).await?;
        let found = store::destination::find(&mut tx, id).await?;
        found.ok_or_else(|| fault::DESTINATION_NOT_FOUND.with("id", id))
    }

    /// A destination, and what the reader is to it.
    pub async fn read_destination(&self, ctx: &Ctx, id: &DestinationId) -> Result<(Destination, Standing)> {
        let mut tx = ctx.read(may::READ_DESTINATION).await?;
        let found = store::destination::find(&mut tx, id).await?;
        let found = found.ok_or_else(|| fault::DESTINATION_NOT_FOUND.with("id", id))?;
        let linked = store::link::exists(&mut tx, &ctx.actor().name, id).await?;
        match standing(ctx.actor(), &found, linked) {
            Standing::Stranger => Err(fault::DESTINATION_NOT_FOUND.with("id", id)),
            standing => Ok((found, standing)),
        }
    }

    /// The destinations of a client (made by it or linked to it), or of a clerk's tenant; the newest first, and how many there
    /// are.
    pub async fn list_destinations(
        &self,
        ctx: &Ctx,
        words: &str,
        offset: i64,
        limit: i64,
    ) -> Result<(i64, Vec<Destination>)> {
        let mut tx = ctx.read(may::READ_DESTINATION).await?;
        let actor = ctx.actor();
        let keeper = actor.is(Role::Clerk) || actor.is(Role::Admin) || actor.is(Role::System);
        let client = if keeper { "" } else { actor.name.as_ref() };
        // Without a tenant only operators see all; anybody else would see those of the tenant without a name.
        let wanted = Wanted { tenant: ctx.tenant(), client, words };
        store::destination::list(&mut tx, &wanted, offset, limit).await
    }

    /// A public key of a destination, of a deleted one too: logs are checked with it.
    pub async fn find_key(&self, ctx: &Ctx, id: &DestinationId, kid: &str) -> Result<Jwk> {
        let mut tx = ctx.read(may::LOOK_UP).await?;
        store::key::find(&mut tx, id, kid).await?.ok_or_else(|| fault::KEY_NOT_FOUND.with("kid", clip(kid)))
    }

    /// The public keys of a destination: the one to encrypt to first.
    pub async fn list_keys(&self, ctx: &Ctx, id: &DestinationId) -> Result<Vec<Jwk>> {
        let (destination, _) = self.read_destination(ctx, id).await?;
        let mut tx = ctx.read(may::READ_DESTINATION).await?;
        let mut keys: Vec<Jwk> = store::key::list(&mut tx, id).await?.into_iter().map(|it| it.jwk).collect();
        keys.sort_by_key(|it| it.kid != destination.encryption_kid);
        Ok(keys)
    }

    /// The clients that fetch at a destination.
    pub async fn list_links(&self, ctx: &Ctx, id: &DestinationId) -> Result<Vec<Link>> {
        self.managed(ctx, id).await?;
        let links = {
            let mut tx = ctx.read(may::MANAGE_DESTINATION).await?;
            store::link::of_destination(&mut tx, id).await?
        };
        self.named(ctx, links).await
    }
}

/// Foreign text goes into errors only up to a readable length.
pub(super) fn clip(text: &str) -> String {
    text.chars().take(80).collect()
}
