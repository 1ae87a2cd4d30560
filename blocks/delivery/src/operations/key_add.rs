//! Adds a key to a destination: the first step of a rotation.

use super::{destination_change::Reasons, destination_create::log_switch};
use crate::{
    Delivery,
    names::{did, fault, may},
    rules::certificate,
    store,
};
use fitconnect::jwk::Jwk;
use kernel::{Actor, Ctx, Result};
use ports::ids::DestinationId;

impl Delivery {
    /// Adds a key; the same key again is no error, another one under the same id is.
    pub async fn add_key(&self, ctx: &Ctx, id: &DestinationId, key: &Jwk) -> Result<()> {
        let destination = self.managed(ctx, id).await?;
        let purpose = certificate::purpose_of(key);
        let judged = certificate::judge(key, purpose, &self.anchors(ctx), ctx.now(), "")
            .map_err(|issues| fault::KEY_REFUSED.with("reasons", Reasons(&issues)).listing(issues))?;
        let acting = ctx.acting(Actor { tenant: destination.tenant.clone().into(), ..ctx.actor().clone() });
        let mut tx = acting.write(may::MANAGE_DESTINATION).await?;
        let limit = self.config().keys_per_destination;
        let known = store::key::list(&mut tx, id).await?;
        if known.len() >= limit && known.iter().all(|it| it.jwk.kid != key.kid) {
            return Err(fault::TOO_MANY_KEYS.with("limit", limit));
        }
        if !store::key::insert(&mut tx, id, &destination.tenant, &judged).await? {
            let known = store::key::find(&mut tx, id, &key.kid).await?;
            return if known.is_some_and(|it| certificate::same(&it, key)) {
                Ok(())
            } else {
                Err(fault::KEY_EXISTS.with("kid", &key.kid).at("/kid"))
            };
        }
        tx.commit(did::KEY_ADDED, id.as_str()).await?;
        log_switch(&destination, &judged);
        Ok(())
    }
}
