//! What the adapter does.

pub mod finish;
pub mod provider;
pub mod send;
pub mod take;

use crate::{
    Samlsp,
    names::{did, fault, may},
    store,
};
use kernel::{Ctx, Result};
use provider::Provider;

impl Samlsp {
    /// The identity provider of a connection.
    pub fn provider(&self, connection: &str) -> Result<&Provider> {
        let found = self.providers().iter().find(|it| it.connection.id == connection);
        found.ok_or_else(|| fault::NO_CONNECTION.into())
    }

    /// Our metadata for a connection.
    pub fn metadata(&self, ctx: &Ctx, connection: &str) -> Result<String> {
        let provider = self.provider(connection)?;
        provider.ready().map(|it| provider.metadata(ctx, it))
    }

    /// Reads keys and metadata, refuses what makes no sense, and notes every entity id for good.
    pub async fn prepare(&self, ctx: &Ctx) -> Result<()> {
        for provider in self.providers() {
            provider.prepare(ctx)?;
            let connection = &provider.connection;
            let stored = store::entity_id(&mut *ctx.read(may::KEEP).await?, &connection.id).await?;
            saml::bundid::check_entity_id(stored.as_deref(), &connection.entity_id)
                .map_err(|it| provider.misconfigured(it))?;
            if stored.is_none() {
                let tenant = connection.tenant.as_deref().unwrap_or_default();
                let mut tx = ctx.write(may::KEEP).await?;
                store::freeze(&mut tx, &connection.id, tenant, &connection.entity_id, ctx.now()).await?;
                tx.commit(did::FROZE, &connection.id).await?;
            }
        }
        Ok(())
    }

    /// Removes what has ended.
    pub async fn tidy(&self, ctx: &Ctx) -> Result<()> {
        let mut tx = ctx.write(may::KEEP).await?;
        match store::remove_ended(&mut tx, ctx.now()).await? {
            0 => Ok(()),
            removed => tx.commit(did::TIDIED, &removed.to_string()).await,
        }
    }
}
