//! What other blocks and the interface ask.

use super::{
    Catalogue,
    open::{section_named, summary},
};
use crate::{
    names::{fault, may},
    rules, store,
};
use async_trait::async_trait;
use kernel::{Ctx, Result};
use ports::{
    catalogue::{EntryView, Found, MapSummary, Wanted},
    conformance::ElementExtract,
};

/// How many entries of a list are given at once where nothing is said, and at the most.
const USUAL: usize = 50;
const MOST: usize = 200;
/// How many relations an entry tells in each direction.
const MOST_RELATIONS: usize = 500;

#[async_trait]
impl ports::catalogue::Catalogue for Catalogue {
    async fn maps(&self, ctx: &Ctx) -> Result<Vec<MapSummary>> {
        let kept = self.kept_maps(ctx).await?;
        let shipped = self.shipped().await?;
        let index = &shipped.index;
        let shipped = summary(&index.map.head.id, &index.face, index.version, true, ctx.lang());
        let kept = kept.iter().filter(|it| it.deleted_at.is_none()).map(|it| {
            let address = rules::address(&it.tenant, &it.id);
            summary(&address, &it.face, it.version, false, ctx.lang())
        });
        Ok(std::iter::once(shipped).chain(kept).collect())
    }

    async fn search(&self, ctx: &Ctx, map: &str, wanted: &Wanted) -> Result<Found> {
        let opened = self.open(ctx, map).await?;
        let section = section_named(&wanted.section)?;
        let limit = wanted.limit.unwrap_or(USUAL);
        if !(1..=MOST).contains(&limit) {
            let reason = format!("limit = {limit}, 1…{MOST}");
            return Err(kernel::fault::BAD_PARAMETER.with("reason", reason).at("limit"));
        }
        let index = opened.index();
        let found = rules::find(index, section, wanted)
            .ok_or_else(|| fault::BAD_SORT.with("sort", &wanted.sort).at("sort"))?;
        let page = found.iter().skip(wanted.offset).take(limit);
        let entries = page.filter_map(|it| rules::entry_line(index, section, *it, ctx.lang())).collect();
        Ok(Found { total: found.len(), entries })
    }

    async fn entry(&self, ctx: &Ctx, map: &str, section: &str, id: &str) -> Result<EntryView> {
        let opened = self.open(ctx, map).await?;
        let found = opened.entry(section, id)?;
        Ok(rules::entry_view(opened.index(), &opened.address, found, ctx.lang(), MOST_RELATIONS))
    }

    async fn extract(&self, ctx: &Ctx, map: &str, id: &str) -> Result<ElementExtract> {
        let opened = self.open(ctx, map).await?;
        self.cut_out(&opened, id).await
    }
}

impl Catalogue {
    /// The maps of tenants that the asker may read; deleted ones only for their keepers.
    pub(crate) async fn kept_maps(&self, ctx: &Ctx) -> Result<Vec<crate::model::KeptMap>> {
        let mut tx = ctx.read(may::READ).await?;
        let edits = ctx.may(may::EDIT);
        let all = edits && (ctx.actor().is(kernel::Role::Admin) || ctx.actor().is(kernel::Role::System));
        store::all_maps(&mut tx, edits.then(|| ctx.tenant()), all).await
    }
}
