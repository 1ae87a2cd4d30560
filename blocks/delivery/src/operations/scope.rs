//! Which scopes a client gets: its links and the destinations it owns say how far it reaches.

use crate::{
    Delivery,
    names::may,
    rules::scope::{Reach, narrow},
    store,
};
use async_trait::async_trait;
use kernel::{Ctx, Result, ScopeClient, Scopes};
use ports::identity::ClientRole;

#[async_trait]
impl Scopes for Delivery {
    async fn scopes(&self, ctx: &Ctx, client: &ScopeClient<'_>, asked: &[String]) -> Result<Vec<String>> {
        let roles: Vec<ClientRole> =
            ClientRole::ALL.into_iter().filter(|it| client.roles.contains(&it.role())).collect();
        if roles.is_empty() {
            return Ok(Vec::new());
        }
        // Only somebody who asks for one in particular can be told apart by the whole list.
        let most = if asked.is_empty() { 20 } else { 10_000 };
        let acting = ctx.as_system(client.tenant);
        let mut tx = acting.read(may::READ_DESTINATION).await?;
        let linked = store::link::ids(&mut tx, client.id, most).await?;
        let owned = store::destination::ids_of_owner(&mut tx, client.id, most).await?;
        Ok(narrow(&Reach { roles: &roles, linked: &linked, owned: &owned }, asked))
    }
}
