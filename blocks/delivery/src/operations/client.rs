//! Clients: identity keeps them, this block says at which destinations they fetch.

use super::{destination_change::Reasons, destination_create::home, destination_read::clip};
use crate::{
    Delivery,
    model::{Link, NewClient},
    names::{did, fault, may},
    store,
};
use kernel::{Act, Actor, Ctx, Issue, Result};
use ports::{
    identity::{Client, ClientRole, NewClient as Registration, Registered, Sought},
    ids::DestinationId,
};

impl Delivery {
    /// The clients of the actor's tenant, the newest first, and how many there are.
    pub async fn list_clients(
        &self,
        ctx: &Ctx,
        words: &str,
        offset: i64,
        limit: i64,
    ) -> Result<(i64, Vec<Client>)> {
        ctx.require(may::ADMINISTER)?;
        self.clients().clients(ctx, Sought { tenant: ctx.tenant(), words, offset, limit }).await
    }

    /// A client of the actor's tenant.
    pub async fn read_client(&self, ctx: &Ctx, id: &str) -> Result<Client> {
        ctx.require(may::ADMINISTER)?;
        let found = self.clients().client(ctx, id).await?.filter(|it| ctx.actor().sees(&it.tenant));
        found.ok_or_else(|| fault::CLIENT_NOT_FOUND.with("id", clip(id)))
    }

    /// Makes a client; the secret is in the answer and nowhere else.
    pub async fn create_client(&self, ctx: &Ctx, new: NewClient) -> Result<Registered> {
        ctx.require(may::ADMINISTER)?;
        let issues = check(ctx, &new);
        if !issues.is_empty() {
            return Err(fault::BAD_CLIENT.with("reasons", Reasons(&issues)).listing(issues));
        }
        let has = |role: &ClientRole| new.roles.iter().any(|name| name == role.as_str());
        let registration = Registration {
            tenant: home(ctx, Some(&new.tenant)),
            name: new.name.trim().to_owned(),
            roles: ClientRole::ALL.into_iter().filter(has).collect(),
            ..Registration::default()
        };
        self.clients().register(ctx, registration).await
    }

    /// The destinations that a client of the actor's tenant is linked to.
    pub async fn linked_destinations(&self, ctx: &Ctx, id: &str) -> Result<Vec<DestinationId>> {
        let mut tx = ctx.read(may::ADMINISTER).await?;
        store::link::ids(&mut tx, id, 500).await
    }

    /// Gives a client a new secret; the old one and all tokens made with it are void.
    pub async fn rotate_secret(&self, ctx: &Ctx, id: &str) -> Result<Registered> {
        self.read_client(ctx, id).await?;
        self.clients().renew_secret(ctx, id).await
    }

    /// Deletes a client; what it sent or made stays.
    pub async fn delete_client(&self, ctx: &Ctx, id: &str) -> Result<()> {
        let known = self.read_client(ctx, id).await?;
        let act = Act::new("Client löschen", "Remove a client", &format!("{} ({id})", known.name));
        ctx.second_pair_of_eyes(may::ADMINISTER, act).await?;
        self.clients().remove(ctx, id).await
    }

    /// Lets a client of the same tenant fetch what arrives at a destination: the owner, or a clerk of the tenant, agrees.
    pub async fn link_client(&self, ctx: &Ctx, destination: &DestinationId, client: &str) -> Result<()> {
        let found = self.managed(ctx, destination).await?;
        let known = self.clients().client(ctx, client).await?.filter(|it| it.tenant == found.tenant);
        let known = known.ok_or_else(|| fault::CLIENT_NOT_FOUND.with("id", clip(client)))?;
        if !known.roles.contains(&ClientRole::Subscriber) {
            return Err(fault::NOT_A_SUBSCRIBER.with("id", client));
        }
        let by = ctx.actor().name.as_ref();
        let acting = ctx.acting(Actor { tenant: found.tenant.clone().into(), ..ctx.actor().clone() });
        let mut tx = acting.write(may::MANAGE_DESTINATION).await?;
        store::link::insert(&mut tx, client, destination, &found.tenant, by, ctx.now()).await?;
        tx.commit(did::CLIENT_LINKED, destination.as_str()).await
    }

    /// Ends a link; ending one that is not there is no error.
    pub async fn unlink_client(&self, ctx: &Ctx, destination: &DestinationId, client: &str) -> Result<()> {
        let found = self.managed(ctx, destination).await?;
        let acting = ctx.acting(Actor { tenant: found.tenant.into(), ..ctx.actor().clone() });
        let mut tx = acting.write(may::MANAGE_DESTINATION).await?;
        store::link::delete(&mut tx, client, destination).await?;
        tx.commit(did::CLIENT_UNLINKED, destination.as_str()).await
    }

    /// Ends all links of a client that is no more.
    pub async fn unlink_everywhere(&self, ctx: &Ctx, client: &str) -> Result<()> {
        let mut tx = ctx.write(may::EXPIRE).await?;
        if store::link::delete_of_client(&mut tx, client).await? > 0 {
            tx.commit(did::CLIENT_UNLINKED, client).await?;
        }
        Ok(())
    }

    /// Who fetches at a destination, by name; clients that are no more are left out.
    pub(super) async fn named(&self, ctx: &Ctx, links: Vec<(String, i64)>) -> Result<Vec<Link>> {
        let mut named = Vec::with_capacity(links.len());
        for (client_id, linked_at) in links {
            if let Some(client) = self.clients().client(ctx, &client_id).await? {
                named.push(Link { client_id, client_name: client.name, linked_at });
            }
        }
        Ok(named)
    }

    /// Hands clients that an older version kept here to identity, once.
    pub async fn hand_over_clients(&self, ctx: &Ctx) -> Result<()> {
        let kept = {
            let mut tx = ctx.read(may::EXPIRE).await?;
            store::client::all(&mut tx).await?
        };
        for it in kept {
            // A node that was killed in between finds it there already.
            if self.clients().client(ctx, &it.id).await?.is_none() {
                let roles = it.roles.split_whitespace().filter_map(ClientRole::parse).collect();
                let registration = Registration {
                    id: Some(it.id.clone()),
                    tenant: it.tenant.clone(),
                    name: it.name,
                    roles,
                    secret: None,
                    secret_hash: Some(it.secret_hash),
                    created_at: Some(it.created_at),
                };
                self.clients().register(ctx, registration).await?;
            }
            let acting = ctx.as_system(&it.tenant);
            let mut tx = acting.write(may::EXPIRE).await?;
            store::client::delete(&mut tx, &it.id).await?;
            tx.commit(did::CLIENT_HANDED_OVER, &it.id).await?;
        }
        Ok(())
    }
}

/// Everything that is wrong in the form at once; identity looks at what it gets again.
fn check(ctx: &Ctx, new: &NewClient) -> Vec<Issue> {
    let mut issues = Vec::new();
    let mut add = |pointer: &str, de: &str, en: &str| {
        issues.push(Issue { pointer: pointer.to_owned(), detail: ctx.lang().pick(de, en).to_owned() });
    };
    if new.name.trim().is_empty() || new.name.chars().count() > 200 {
        add("/name", "Der Name braucht 1 bis 200 Zeichen.", "The name needs 1 to 200 characters.");
    }
    if new.roles.is_empty() || new.roles.iter().any(|it| ClientRole::parse(it).is_none()) {
        add(
            "/roles",
            "Mindestens eine Rolle ist nötig: sender, subscriber oder owner.",
            "At least one role is needed: sender, subscriber or owner.",
        );
    }
    if !new.tenant.bytes().all(|it| it.is_ascii_alphanumeric() || b"-_.".contains(&it))
        || new.tenant.len() > 64
    {
        add(
            "/tenant",
            "Ein Mandant besteht aus Buchstaben, Ziffern, - _ .",
            "A tenant consists of letters, digits, - _ .",
        );
    }
    issues
}
