//! Handing on: each target gets each sound submission once and gives a receipt.

use super::Desk;
use crate::{
    handover::Package,
    model::Handover,
    names::{did, fault, may},
    rules, store,
};
use kernel::{Ctx, Result};
use serde::{Deserialize, Serialize};

/// What a target says when it has taken something over.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Receipt {
    /// The target's own reference, for example its file number.
    pub(crate) receipt: String,
}

impl Desk {
    /// Hands on what is due, to targets that are served from here.
    pub(crate) async fn hand_on(&self, ctx: &Ctx) -> Result<()> {
        let due = {
            let mut tx = ctx.read(may::READ).await?;
            store::due(&mut tx, ctx.now()).await?
        };
        for handover in due {
            if !self.targets.is_pushed(&handover.target) {
                continue;
            }
            let package = self.package(ctx, &handover.submission_id).await?;
            match self.targets.push(ctx, &handover.target, &package).await {
                Ok(receipt) => self.finish(ctx, &handover.target, &handover.submission_id, &receipt).await?,
                Err(trouble) => self.postpone(ctx, &handover, &trouble).await?,
            }
        }
        self.accept_confirmed(ctx).await
    }

    /// Everything about a submission, as targets get it.
    pub(crate) async fn package(&self, ctx: &Ctx, id: &str) -> Result<Package> {
        let entry = self.entry(ctx, id).await?;
        let data = self.data(ctx, &entry).await?;
        let attachments = {
            let mut tx = ctx.read(may::READ).await?;
            store::attachments(&mut tx, id).await?
        };
        Ok(Package { entry, data, attachments })
    }

    async fn finish(&self, ctx: &Ctx, target: &str, id: &str, receipt: &str) -> Result<()> {
        let mut tx = ctx.write(may::COLLECT).await?;
        store::finish_handover(&mut tx, target, id, receipt, ctx.frame().clock().now()).await?;
        tx.commit(did::HANDED_ON, id).await
    }

    async fn postpone(&self, ctx: &Ctx, handover: &Handover, trouble: &str) -> Result<()> {
        tracing::warn!(target = handover.target, trouble, "handing on failed; it is tried again");
        let due_at = ctx.frame().clock().now() + rules::pause(handover.attempts);
        let mut tx = ctx.write(may::COLLECT).await?;
        store::postpone_handover(&mut tx, handover, trouble, due_at).await?;
        tx.commit(did::HANDED_ON, &handover.submission_id).await
    }

    /// What waits for a target that fetches by itself.
    pub(crate) async fn waiting_for(&self, ctx: &Ctx, target: &str) -> Result<Vec<String>> {
        let mut tx = ctx.read(may::TAKE).await?;
        store::waiting_for(&mut tx, target, 100).await
    }

    /// Something that a target which fetches by itself may see: only what was meant for it.
    pub(crate) async fn package_for(&self, ctx: &Ctx, target: &str, id: &str) -> Result<Package> {
        let meant = {
            let mut tx = ctx.read(may::TAKE).await?;
            store::handovers(&mut tx, id).await?.iter().any(|it| it.target == target)
        };
        if !meant {
            return Err(fault::NOT_FOUND.into());
        }
        self.package(&inner(ctx), id).await
    }

    /// Takes the receipt of a target that fetches by itself; giving one again changes nothing.
    pub(crate) async fn take_receipt(
        &self,
        ctx: &Ctx,
        target: &str,
        id: &str,
        receipt: &Receipt,
    ) -> Result<()> {
        let mut tx = ctx.write(may::TAKE).await?;
        if !store::handovers(&mut tx, id).await?.iter().any(|it| it.target == target) {
            return Err(tx.abandon(fault::NOT_FOUND));
        }
        let text: String = receipt.receipt.chars().take(1000).collect();
        store::finish_handover(&mut tx, target, id, &text, ctx.now()).await?;
        tx.commit(did::HANDED_ON, id).await
    }

    /// Accepts what every target has confirmed, where that is wanted. Asked in every round, because a desk may be killed
    /// between a receipt and what follows from it.
    async fn accept_confirmed(&self, ctx: &Ctx) -> Result<()> {
        if !self.accept_after_handover {
            return Ok(());
        }
        let ids = {
            let mut tx = ctx.read(may::READ).await?;
            store::confirmed_by_all(&mut tx).await?
        };
        for id in ids {
            if let Err(error) = self.accept(ctx, &id).await {
                tracing::warn!(submission = id, %error, "the acceptance could not be reported; it is tried again");
            }
        }
        Ok(())
    }
}

/// Work that follows from what a target did; a target itself may only take.
fn inner(ctx: &Ctx) -> Ctx {
    ctx.as_system(crate::model::TENANT)
}
