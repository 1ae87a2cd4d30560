//! Clients are registered with how they speak OpenID Connect, and people take back what they agreed to.

use super::client::fresh_secret;
use crate::{
    Identity,
    model::{
        Client,
        client::{AuthMethod, NewParty, Party},
        grant::Consent,
    },
    names::{did, fault, may},
    rules::{client::Reasons, registration, rights, secrets},
    store,
};
use kernel::{Act, Ctx, Permission, Result, Role};
use ports::identity::Registered;

impl Identity {
    /// Registers a client; a secret, where it has one, is in the answer and nowhere else.
    pub async fn register_party(&self, ctx: &Ctx, new: NewParty) -> Result<Registered> {
        ctx.require(may::MANAGE_CLIENTS)?;
        let known: Vec<&'static str> = ctx.frame().permissions().collect();
        // Nobody gives a program more than they have themselves, and nobody lets one into the accounts of others.
        let own = |name: &str| {
            let frame = ctx.frame();
            known.iter().any(|it| *it == name && ctx.may(Permission(it)) && !rights::is_personal(frame, it))
        };
        if new.registration.trusted {
            // Whom people need not be asked about is for those who decide how they sign in.
            ctx.require(may::CHANGE_SETTINGS)?;
        }
        let issues = registration::check(&new, ctx.demo(), ctx.lang(), &own);
        if !issues.is_empty() {
            return Err(fault::BAD_CLIENT.with("reasons", Reasons(&issues)).listing(issues));
        }
        let secret = match new.method {
            AuthMethod::ClientSecretPost => fresh_secret(ctx),
            _ => String::new(),
        };
        let internal = |it: serde_json::Error| kernel::fault::INTERNAL.because(it);
        let method = serde_json::to_value(new.method).map_err(internal)?;
        let client = Client {
            id: new.id.unwrap_or_else(|| ctx.id().to_string()),
            tenant: new.tenant,
            name: new.name.trim().to_owned(),
            roles: new.roles,
            auth_method: method.as_str().unwrap_or_default().to_owned(),
            secret_hash: if secret.is_empty() { String::new() } else { secrets::hash(&secret) },
            settings: serde_json::to_value(&new.registration).map_err(internal)?,
            created_at: ctx.now(),
            rotated_at: ctx.now(),
        };
        self.insert_client(ctx, &client).await?;
        self.protocol().forget();
        Ok(Registered { id: client.id, secret })
    }

    /// The clients of the actor's tenant (of all for the operator) with these words in name or id, and how many there are.
    pub async fn parties(
        &self,
        ctx: &Ctx,
        words: &str,
        offset: i64,
        limit: i64,
    ) -> Result<(i64, Vec<Party>)> {
        let mut db = ctx.read(may::MANAGE_CLIENTS).await?;
        // To the store, no tenant means every tenant.
        if ctx.tenant().is_empty() && !ctx.actor().is(Role::Admin) {
            return Ok((0, Vec::new()));
        }
        let (total, found) = store::client::list(&mut db, ctx.tenant(), words, offset, limit).await?;
        Ok((total, found.into_iter().filter_map(Party::of).collect()))
    }

    /// A client that the actor may change, with how it speaks OpenID Connect; others do not exist for it.
    pub async fn managed_party(&self, ctx: &Ctx, id: &str) -> Result<Party> {
        let client = self.managed_client(ctx, id).await?;
        Party::of(client).ok_or_else(|| fault::CLIENT_NOT_FOUND.at("/clientId").with("id", id))
    }

    /// Removes a client and everything it was given.
    pub async fn remove_party(&self, ctx: &Ctx, id: &str) -> Result<()> {
        let client = self.managed_client(ctx, id).await?;
        let act = Act::new("Client löschen", "Remove a client", &format!("{} ({id})", client.name));
        ctx.second_pair_of_eyes(may::MANAGE_CLIENTS, act).await?;
        self.remove_client(ctx, id).await?;
        let acting = ctx.as_system(&client.tenant);
        let mut tx = acting.write(may::RECOGNISE).await?;
        store::grant::remove_of_client(&mut tx, id).await?;
        tx.commit(did::CLIENT_FORGOTTEN, id).await?;
        self.protocol().forget();
        Ok(())
    }

    /// The programs that may ask for somebody without asking them again.
    pub async fn consents(&self, ctx: &Ctx) -> Result<Vec<(Consent, Option<Party>)>> {
        let Some(person) = ctx.actor().person else { return Ok(Vec::new()) };
        let given = store::consent::of_person(&mut *ctx.read(may::OWN_ACCOUNT).await?, &person).await?;
        let mut found = Vec::new();
        for consent in given {
            let party = self.party(ctx, &consent.client).await?;
            found.push((consent, party));
        }
        Ok(found)
    }

    /// Takes back what somebody agreed to; what the program was given ends at once.
    pub async fn withdraw(&self, ctx: &Ctx, client: &str) -> Result<()> {
        let Some(person) = ctx.actor().person else { return Err(kernel::fault::UNAUTHENTICATED.into()) };
        let mut tx = ctx.write(may::OWN_ACCOUNT).await?;
        store::consent::withdraw(&mut tx, &person, client).await?;
        store::grant::revoke_of(&mut tx, &person, client, ctx.now()).await?;
        tx.commit(did::CONSENT_WITHDRAWN, client).await
    }
}
