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
        let known = store::key::list(&mut tx, id).await?;
        if let Some(same) = known.iter().find(|it| it.jwk.kid == key.kid) {
            return if certificate::same(&same.jwk, key) {
                Ok(())
            } else {
                Err(fault::KEY_EXISTS.with("kid", &key.kid).at("/kid"))
            };
        }
        let limit = self.config().keys_per_destination;
        if known.len() >= limit {
            return Err(fault::TOO_MANY_KEYS.with("limit", limit));
        }
        store::key::insert(&mut tx, id, &destination.tenant, &judged).await?;
        tx.commit(did::KEY_ADDED, id.as_str()).await?;
        log_switch(&destination, &judged);
        Ok(())
    }
}
