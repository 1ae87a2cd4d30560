//! Letting others read a map, deleting it, and taking that back.

use super::{Catalogue, keeps, open::SHIPPED};
use crate::{
    model::KeptMap,
    names::{did, fault, may},
    rules, store,
};
use kernel::{Ctx, Result};

impl Catalogue {
    /// Lets everyone read a map, or its keepers only.
    ///
    /// # Errors
    /// Not found where the asker keeps no such map; conflict for the shipped one.
    pub(crate) async fn publish(&self, ctx: &Ctx, address: &str, public: bool) -> Result<KeptMap> {
        let kept = self.kept(ctx, address).await?;
        if kept.deleted_at.is_some() {
            return Err(fault::NO_MAP.with("map", address));
        }
        let at = public.then(|| kept.published_at.unwrap_or_else(|| ctx.now()));
        let mut tx = ctx.write(may::EDIT).await?;
        store::set_published(&mut tx, &kept.tenant, &kept.id, at).await?;
        tx.commit(if public { did::PUBLISHED } else { did::HIDDEN }, &subject(&kept)).await?;
        Ok(KeptMap { published_at: at, ..kept })
    }

    /// Puts a map into the bin, with all its versions; [`Catalogue::restore`] takes it out.
    ///
    /// # Errors
    /// Not found where the asker keeps no such map; conflict for the shipped one.
    pub(crate) async fn delete(&self, ctx: &Ctx, address: &str) -> Result<()> {
        let kept = self.kept(ctx, address).await?;
        let mut tx = ctx.write(may::EDIT).await?;
        store::set_deleted(&mut tx, &kept.tenant, &kept.id, Some(ctx.now())).await?;
        tx.commit(did::DELETED, &subject(&kept)).await
    }

    /// Takes a map out of the bin.
    ///
    /// # Errors
    /// Not found where the asker keeps no such map; conflict for the shipped one.
    pub(crate) async fn restore(&self, ctx: &Ctx, address: &str) -> Result<KeptMap> {
        let kept = self.kept(ctx, address).await?;
        let mut tx = ctx.write(may::EDIT).await?;
        store::set_deleted(&mut tx, &kept.tenant, &kept.id, None).await?;
        tx.commit(did::RESTORED, &subject(&kept)).await?;
        Ok(KeptMap { deleted_at: None, ..kept })
    }

    /// A map that the asker may change, even a deleted one.
    pub(super) async fn kept(&self, ctx: &Ctx, address: &str) -> Result<KeptMap> {
        ctx.require(may::EDIT)?;
        if address == SHIPPED {
            return Err(fault::SHIPPED.into());
        }
        let found = self.find(ctx, address).await?;
        let kept = found.ok_or_else(|| fault::NO_MAP.with("map", address))?;
        if keeps(ctx, &kept) {
            Ok(kept)
        } else {
            Err(kernel::fault::FORBIDDEN.with("permission", may::EDIT.0))
        }
    }
}

/// What the record says was changed.
pub(super) fn subject(kept: &KeptMap) -> String {
    rules::address(&kept.tenant, &kept.id)
}
