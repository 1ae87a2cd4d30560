//! Which scopes a client gets: the blocks know, identity asks them all.

use crate::{Identity, model::Client};
use kernel::{Ctx, Result, Role, ScopeClient};
use ports::identity::ClientRole;

/// The scopes that a client gets, or the first of those it asked for that it cannot have.
pub type Granted = std::result::Result<Vec<String>, String>;

impl Identity {
    /// The scopes that a client asks for (space separated), if it can have them all; everything it can have where it asks for
    /// none.
    pub async fn grant(&self, ctx: &Ctx, client: &Client, asked: &str) -> Result<Granted> {
        let mut wanted: Vec<String> = Vec::new();
        for scope in asked.split_whitespace() {
            if !wanted.iter().any(|it| it == scope) {
                wanted.push(scope.to_owned());
            }
        }
        let roles: Vec<Role> = client.roles.iter().map(|it| it.role()).collect();
        let had = ask_all(ctx, client, &roles, &wanted).await?;
        if wanted.is_empty() {
            return Ok(Ok(had));
        }
        Ok(match wanted.iter().find(|it| !had.contains(it)) {
            Some(refused) => Err(refused.chars().take(200).collect()),
            None => Ok(wanted),
        })
    }

    /// What a client is with these scopes: those of its roles from which some of them follow. A token for sending alone does
    /// not fetch.
    pub async fn roles_for(&self, ctx: &Ctx, client: &Client, scopes: &[String]) -> Result<Vec<ClientRole>> {
        let mut roles = Vec::new();
        if scopes.is_empty() {
            return Ok(roles);
        }
        for role in &client.roles {
            if !ask_all(ctx, client, &[role.role()], scopes).await?.is_empty() {
                roles.push(*role);
            }
        }
        Ok(roles)
    }
}

async fn ask_all(ctx: &Ctx, client: &Client, roles: &[Role], asked: &[String]) -> Result<Vec<String>> {
    let client = ScopeClient { id: &client.id, tenant: &client.tenant, roles };
    let mut had = Vec::new();
    for known in ctx.frame().scopes() {
        had.extend(known.scopes(ctx, &client, asked).await?);
    }
    Ok(had)
}
