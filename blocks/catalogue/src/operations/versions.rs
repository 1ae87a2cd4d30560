//! The versions of a map: listed, compared, set back.

use super::{
    Catalogue, aside, keeps,
    open::{Opened, Ready},
};
use crate::{
    model::Version,
    names::{did, fault, may},
    store,
};
use kernel::{Ctx, Result};
use maps::Difference;
use std::sync::Arc;

impl Catalogue {
    /// The versions of a map, the newest first. The shipped one has one, that of the program.
    pub(crate) async fn versions(&self, ctx: &Ctx, opened: &Opened) -> Result<Vec<Version>> {
        let Some(kept) = &opened.kept else {
            let face = &opened.index().face;
            return Ok(vec![Version {
                number: 0,
                sha256: face.sha256.clone(),
                elements: face.elements,
                standards: face.standards,
                made_at: 0,
                made_by: String::new(),
                note: String::new(),
            }]);
        };
        let mut all = {
            let mut tx = ctx.read(may::READ).await?;
            store::versions(&mut tx, &kept.tenant, &kept.id).await?
        };
        if !keeps(ctx, kept) {
            // Drafts from before the map was published stay with its keepers.
            let since = kept.published_at.unwrap_or(i64::MAX);
            all.retain(|it| it.number == kept.version || it.made_at >= since);
        }
        Ok(all)
    }

    /// What changed from one version to another, as sentences.
    ///
    /// # Errors
    /// Not found where there is no such version, or it was not kept.
    pub(crate) async fn differences(
        &self,
        ctx: &Ctx,
        opened: &Opened,
        (from, to): (i64, i64),
    ) -> Result<Vec<Difference>> {
        let (old, new) = (self.version(ctx, opened, from).await?, self.version(ctx, opened, to).await?);
        aside(move || Ok(maps::differences(&old.index.map, &new.index.map))).await
    }

    /// One version of a map, made ready.
    pub(super) async fn version(&self, ctx: &Ctx, opened: &Opened, number: i64) -> Result<Arc<Ready>> {
        match &opened.kept {
            _ if number == opened.index().version => Ok(Arc::clone(&opened.ready)),
            Some(kept) if self.versions(ctx, opened).await?.iter().any(|it| it.number == number) => {
                self.edition(ctx, kept, number).await
            }
            _ => Err(fault::NO_VERSION.with("map", &opened.address).with("number", number)),
        }
    }

    /// Makes an older version the newest one again; gives its new number.
    ///
    /// # Errors
    /// Not found where the asker keeps no such map or version; conflict for the shipped map.
    pub(crate) async fn reinstate(&self, ctx: &Ctx, address: &str, number: i64) -> Result<i64> {
        let kept = self.kept(ctx, address).await?;
        let ready = self.edition(ctx, &kept, number).await?;
        if number == kept.version && kept.deleted_at.is_none() {
            return Ok(number);
        }
        let text = {
            let mut tx = ctx.read(may::EDIT).await?;
            store::text(&mut tx, &kept.tenant, &kept.id, number).await?
        };
        let missing = || fault::NO_VERSION.with("map", address).with("number", number);
        let text = text.ok_or_else(missing)?;
        let note = format!("= {number}");
        let place = (kept.tenant.as_str(), kept.id.as_str());
        self.write(ctx, place, (&text, &ready.index.face), &note, None, did::REINSTATED).await
    }
}
