//! Deletes a destination that nothing waits at.

use super::destination_change::announce;
use crate::{
    Delivery,
    model::{Contact, Destination, Status},
    names::{did, fault, may},
    store,
};
use kernel::{Act, Actor, Ctx, Result};
use ports::ids::DestinationId;

impl Delivery {
    /// Deletes a destination. Its name and keys stay for the logs of its cases, its contact and callback do not.
    pub async fn delete_destination(&self, ctx: &Ctx, id: &DestinationId) -> Result<()> {
        let old = self.managed(ctx, id).await?;
        let acting = ctx.acting(Actor { tenant: old.tenant.clone().into(), ..ctx.actor().clone() });
        let act = Act::new(
            "Zustellpunkt löschen",
            "Remove a destination",
            &format!("{} ({})", old.name, id.as_str()),
        );
        acting.second_pair_of_eyes(may::MANAGE_DESTINATION, act).await?;
        let mut tx = acting.write(may::MANAGE_DESTINATION).await?;
        let open = store::destination::open_submissions(&mut tx, id).await?;
        if open > 0 {
            return Err(fault::DESTINATION_BUSY.with("open", open));
        }
        let gone = Destination {
            status: Status::Deleted,
            contact: Contact::default(),
            callback: None,
            changed_at: ctx.now(),
            ..old
        };
        if !store::destination::update(&mut tx, &gone).await? {
            return Err(fault::CHANGED_MEANWHILE.into());
        }
        store::link::delete_of_destination(&mut tx, id).await?;
        tx.tell(&announce(&Destination { revision: gone.revision + 1, ..gone })).await?;
        tx.commit(did::DESTINATION_DELETED, id.as_str()).await?;
        ctx.settle().await;
        Ok(())
    }
}
