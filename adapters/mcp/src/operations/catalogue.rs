//! Reading the catalogue.

use crate::{
    Mcp,
    model::{EntryArguments, EntryRecord, LineRecord, MapRecord, Page, PageArguments, SearchArguments},
    rules,
};
use kernel::{Ctx, Result};
use ports::catalogue::{Catalogue, Wanted};

impl Mcp {
    /// The maps that the asker may read.
    pub(crate) async fn maps(
        &self,
        ctx: &Ctx,
        catalogue: &dyn Catalogue,
        asked: PageArguments,
    ) -> Result<Page<MapRecord>> {
        let maps = catalogue.maps(ctx).await?;
        let records = maps.iter().map(|it| rules::map_record(self.addresses(), it));
        Ok(rules::page(records, asked.offset, asked.limit))
    }

    /// Entries of a map.
    pub(crate) async fn search(
        &self,
        ctx: &Ctx,
        catalogue: &dyn Catalogue,
        asked: SearchArguments,
    ) -> Result<Page<LineRecord>> {
        let wanted = Wanted {
            section: asked.section,
            q: asked.q,
            layer: asked.layer,
            field: asked.field,
            kind: asked.kind,
            capability: asked.capability,
            standard: asked.standard,
            lifecycle: asked.lifecycle,
            obligation: asked.obligation,
            sort: String::new(),
            offset: asked.offset,
            limit: Some(asked.limit),
        };
        let found = catalogue.search(ctx, &asked.map, &wanted).await?;
        let line = |it| rules::line_record(self.addresses(), &asked.map, &wanted.section, it);
        let records: Vec<_> = found.entries.into_iter().map(line).collect();
        let next_offset = rules::next(found.total, asked.offset, records.len());
        Ok(Page { total: found.total, next_offset, records })
    }

    /// One entry with its facts and relations.
    pub(crate) async fn entry(
        &self,
        ctx: &Ctx,
        catalogue: &dyn Catalogue,
        asked: EntryArguments,
    ) -> Result<EntryRecord> {
        let entry = catalogue.entry(ctx, &asked.map, &asked.section, &asked.id).await?;
        Ok(rules::entry_record(self.addresses(), &entry, asked.offset, asked.limit))
    }
}
