//! What a public service is called and who is competent for it; hiding a roll-out, and showing it again.

use super::{
    Rollout,
    import::{Reading, write_definition},
    ready::Opened,
};
use crate::{
    model::Import,
    names::{did, fault, may},
    rules::{self, Packing},
    store,
};
use kernel::{Ctx, Result};
use rates::{COMPETENT, Level, is_public_service};

/// A public service as somebody wants to have it.
#[derive(Debug, Clone, Default)]
pub struct Definition {
    pub key: String,
    pub name: String,
    pub level: String,
    pub note: String,
    pub decision: String,
}

impl Rollout {
    /// Follows a public service, or gives it another name or level; that is a version.
    ///
    /// # Errors
    /// Where key, name or level are none; a conflict where statements about smaller regions stand against the level.
    pub(crate) async fn define(&self, ctx: &Ctx, wanted: Definition) -> Result<Option<Import>> {
        let opened = self.own(ctx).await?;
        let name = wanted.name.trim();
        let usable = (1..=200).contains(&name.chars().count()) && !name.chars().any(char::is_control);
        if !is_public_service(&wanted.key) || !usable {
            return Err(fault::BAD_DEFINITION.into());
        }
        let level = level_named(&wanted.level)?;
        if let Some(known) = opened.ready.public_services.get(&wanted.key) {
            if known.name == name && known.level == level {
                return Ok(None);
            }
            let territory = &opened.ready.world.territory;
            let below = |it: &&rates::Entry| territory.key(it.place).level() > level;
            let count = known.timeline.entries().iter().filter(below).count();
            if count > 0 {
                return Err(fault::LEVEL_TOO_HIGH.with("count", count));
            }
        }
        let (mut packing, text) = (Packing::default(), write_definition(name, level));
        packing.add("definition", &wanted.key, 1, &text);
        let reading = Reading { kind: "definition", packing, sha256: rules::sha256(&text), lines: 1 };
        let preview = self.put(ctx, reading, [wanted.key, wanted.note, wanted.decision]).await?;
        self.keep(ctx, preview, did::DEFINED).await.map(Some)
    }

    /// Lets everyone see the roll-out of a tenant, or its keeper only.
    ///
    /// # Errors
    /// Not found where the asker keeps none.
    pub(crate) async fn show(&self, ctx: &Ctx, public: bool) -> Result<()> {
        let Opened { ready, .. } = self.own(ctx).await?;
        if ready.keeper.version == 0 {
            return Err(fault::NO_ROLLOUT.with("tenant", ctx.tenant()));
        }
        let mut tx = ctx.write(may::EDIT).await?;
        store::set_hidden(&mut tx, ctx.tenant(), (!public).then(|| ctx.now())).await?;
        tx.commit(if public { did::PUBLISHED } else { did::HIDDEN }, ctx.tenant()).await
    }
}

/// The level of a name.
pub(super) fn level_named(name: &str) -> Result<Level> {
    let level = name.parse().ok().filter(|it| COMPETENT.contains(it));
    level.ok_or_else(|| fault::BAD_LEVEL.with("level", name).at("level"))
}
