//! What a tenant sets about signing in.

use crate::{
    Identity,
    model::{ACCENTS, Settings},
    names::{did, fault, may},
    store,
};
use kernel::{Act, Ctx, Level, Result};
use sqlx::AnyConnection;

impl Identity {
    /// The settings of a tenant; those of the node where it has none of its own.
    pub async fn settings_in(&self, db: &mut AnyConnection, tenant: &str) -> Result<Settings> {
        let own = store::setting::find(db, tenant).await?;
        let found = if own.is_none() && !tenant.is_empty() {
            store::setting::find(db, "").await?.map(|it| (it, true))
        } else {
            own.map(|it| (it, false))
        };
        let fresh = || Settings::fresh(self.config().open_accounts);
        Ok(found.map_or_else(fresh, |(text, inherited)| {
            let settings: Settings = serde_json::from_str(&text).unwrap_or_else(|_| fresh());
            if inherited { Settings { four_eyes: false, ..settings } } else { settings }
        }))
    }

    /// The settings that hold for a sign-in.
    pub async fn settings_for_sign_in(&self, ctx: &Ctx, tenant: &str) -> Result<Settings> {
        self.settings_in(&mut *ctx.read(may::SIGN_IN).await?, tenant).await
    }

    /// The settings of the actor's tenant, for changing them.
    pub async fn settings(&self, ctx: &Ctx) -> Result<Settings> {
        self.settings_in(&mut *ctx.read(may::CHANGE_SETTINGS).await?, ctx.tenant()).await
    }

    /// Changes the settings of the actor's tenant.
    pub async fn change_settings(&self, ctx: &Ctx, settings: Settings) -> Result<()> {
        ctx.require(may::CHANGE_SETTINGS)?;
        if Level::parse(&settings.level).is_none() || !ACCENTS.contains(&settings.accent.as_str()) {
            return Err(fault::BAD_VALUE.with("reason", "level, accent"));
        }
        let before = self.settings(ctx).await?;
        if before.four_eyes && !settings.four_eyes {
            ctx.second_pair_of_eyes(
                may::CHANGE_SETTINGS,
                Act::new("Vier-Augen-Prinzip abschalten", "Switch four eyes off", ctx.tenant()),
            )
            .await?;
        }
        let text = serde_json::to_string(&settings).unwrap_or_default();
        let mut tx = ctx.write(may::CHANGE_SETTINGS).await?;
        store::setting::save(&mut tx, ctx.tenant(), &text, ctx.now()).await?;
        tx.commit(did::SETTINGS_CHANGED, ctx.tenant()).await?;
        Ok(())
    }
}
