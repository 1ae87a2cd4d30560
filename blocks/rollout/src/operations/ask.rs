//! The port.

use super::{Rollout, ServiceLine};
use crate::rules;
use async_trait::async_trait;
use kernel::{Ctx, Lang, Result};
use ports::rollout::{PublicServiceRate, Rates, WantedRates};

#[async_trait]
impl ports::rollout::Rollout for Rollout {
    async fn rates(&self, ctx: &Ctx, wanted: &WantedRates) -> Result<Rates> {
        let opened = self.open(ctx, wanted.tenant.as_deref()).await?;
        let base = wanted.base.as_deref().unwrap_or_default();
        let chosen = opened.choose(ctx, base, wanted.date.as_deref().unwrap_or_default())?;
        let lines = match wanted.public_service.as_deref() {
            Some(key) => opened.comparison(&[key.to_owned()], std::slice::from_ref(&chosen))?.0,
            None => self.overview(&opened, &chosen).await?,
        };
        Ok(Rates {
            tenant: opened.ready.keeper.tenant.clone(),
            version: opened.ready.keeper.version,
            formula: rules::FORMULA.get(ctx.lang()).to_owned(),
            date: chosen.day.to_string(),
            base: chosen.base,
            regions: opened.ready.world.territory.as_of().to_owned(),
            public_services: lines.iter().map(|it| rate(ctx.lang(), it)).collect(),
        })
    }
}

/// A public service with its rate, as it goes out.
pub(crate) fn rate(lang: Lang, it: &ServiceLine) -> PublicServiceRate {
    PublicServiceRate {
        key: it.key.clone(),
        name: it.name.clone(),
        level: it.level.name().to_owned(),
        rate: rules::rate_view(lang, &it.tally),
        tally: rules::tally_view(&it.tally),
    }
}
