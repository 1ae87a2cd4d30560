//! Clients: made, found, given a new secret, removed.

use crate::{
    Identity,
    model::Client,
    names::{did, fault, may},
    rules::{self, client::Reasons},
    store,
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use kernel::{Actor, Ctx, Result};
use ports::identity::{ClientRemoved, NewClient, Registered};
use serde_json::json;

/// How a client with a secret proves itself (OpenID Connect Core 1.0, section 9).
pub const BY_SECRET: &str = "client_secret_post";

impl Identity {
    /// A client of any tenant: blocks decide for themselves who may see it.
    pub async fn find_client(&self, ctx: &Ctx, id: &str) -> Result<Option<Client>> {
        let acting = ctx.as_system("");
        let mut tx = acting.read(may::RECOGNISE).await?;
        store::client::find(&mut tx, id).await
    }

    /// Makes a client with a secret; the secret is in the answer and nowhere else.
    pub async fn create_client(&self, ctx: &Ctx, new: NewClient) -> Result<Registered> {
        ctx.require(may::MANAGE_CLIENTS)?;
        let issues = rules::client::check(&new, ctx.lang());
        if !issues.is_empty() {
            return Err(fault::BAD_CLIENT.with("reasons", Reasons(&issues)).listing(issues));
        }
        let (secret, secret_hash) = if let Some(hash) = new.secret_hash {
            (String::new(), hash)
        } else {
            let secret = new.secret.unwrap_or_else(|| fresh_secret(ctx));
            let hash = rules::secrets::hash(&secret);
            (secret, hash)
        };
        let client = Client {
            id: new.id.unwrap_or_else(|| ctx.id().to_string()),
            tenant: new.tenant,
            name: new.name.trim().to_owned(),
            roles: new.roles,
            auth_method: BY_SECRET.to_owned(),
            secret_hash,
            settings: json!({}),
            created_at: new.created_at.unwrap_or(ctx.now()),
            rotated_at: ctx.now(),
        };
        self.insert_client(ctx, &client).await?;
        Ok(Registered { id: client.id, secret })
    }

    /// Stores a new client of the actor's tenant, or of any where the operator makes it.
    pub async fn insert_client(&self, ctx: &Ctx, client: &Client) -> Result<()> {
        let acting = of_tenant(ctx, &client.tenant)?;
        let mut tx = acting.write(may::MANAGE_CLIENTS).await?;
        // The record knows people by their id: no program may pass for one of them.
        if let Ok(person) = client.id.parse()
            && store::person::find(&mut tx, &person).await?.is_some()
        {
            return Err(tx.abandon(fault::CLIENT_EXISTS.at("/clientId")));
        }
        if !store::client::insert(&mut tx, client).await? {
            return Err(tx.abandon(fault::CLIENT_EXISTS.at("/clientId")));
        }
        tx.commit(did::CLIENT_CREATED, &client.id).await
    }

    /// Gives a client a new secret; the old one and all tokens made with it are void at once on this node, and after the
    /// life of a token on others.
    pub async fn rotate_secret(&self, ctx: &Ctx, id: &str) -> Result<Registered> {
        let client = self.managed_client(ctx, id).await?;
        let secret = fresh_secret(ctx);
        let acting = of_tenant(ctx, &client.tenant)?;
        let mut tx = acting.write(may::MANAGE_CLIENTS).await?;
        store::client::set_secret(&mut tx, id, &rules::secrets::hash(&secret), ctx.now()).await?;
        tx.commit(did::CLIENT_ROTATED, id).await?;
        self.access().void(id);
        Ok(Registered { id: id.to_owned(), secret })
    }

    /// Removes a client and tells whoever has something to do with it; its tokens are void at once on this node.
    pub async fn remove_client(&self, ctx: &Ctx, id: &str) -> Result<()> {
        ctx.require(may::MANAGE_CLIENTS)?;
        let Some(client) = self.find_client(ctx, id).await?.filter(|it| ctx.actor().sees(&it.tenant)) else {
            return Ok(());
        };
        let acting = of_tenant(ctx, &client.tenant)?;
        let mut tx = acting.write(may::MANAGE_CLIENTS).await?;
        if store::client::delete(&mut tx, id).await? {
            tx.tell(&ClientRemoved { client: id.to_owned() }).await?;
            tx.commit(did::CLIENT_REMOVED, id).await?;
        }
        self.access().void(id);
        Ok(())
    }

    /// A client that the actor may change; others do not exist for it.
    pub async fn managed_client(&self, ctx: &Ctx, id: &str) -> Result<Client> {
        ctx.require(may::MANAGE_CLIENTS)?;
        let found = self.find_client(ctx, id).await?.filter(|it| ctx.actor().sees(&it.tenant));
        let shown: String = id.chars().take(80).collect();
        found.ok_or_else(|| fault::CLIENT_NOT_FOUND.with("id", shown))
    }
}

/// The same actor, writing in the tenant to which a client belongs.
fn of_tenant(ctx: &Ctx, tenant: &str) -> Result<Ctx> {
    if !ctx.actor().sees(tenant) {
        return Err(kernel::fault::FORBIDDEN.with("permission", may::MANAGE_CLIENTS.0));
    }
    Ok(ctx.acting(Actor { tenant: tenant.to_owned().into(), ..ctx.actor().clone() }))
}

/// 256 bits nobody can guess.
pub fn fresh_secret(ctx: &Ctx) -> String {
    URL_SAFE_NO_PAD.encode(ctx.frame().ids().bytes::<32>())
}
