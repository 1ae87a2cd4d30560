//! What administrators do with the people of their tenant.

mod roles;

use super::account::{Account, account, checked_name, not_there, remove};
use crate::{
    Identity,
    model::{ListedPerson, Organisation, Person},
    names::{did, fault, may},
    store,
};
use kernel::{Act, Ctx, Level, Result};
use ports::identity::PersonRemoved;
use serde_json::json;
use sqlx::AnyConnection;
use uuid::Uuid;

/// Which people are sought.
#[derive(Debug, Clone, Default)]
pub struct PeopleSought {
    pub words: String,
    /// `name` or `-seen`.
    pub sort: String,
    pub offset: i64,
    pub limit: i64,
}

/// Somebody to be invited.
#[derive(Debug, Clone, Default)]
pub struct Invitation {
    pub name: String,
    /// The tenant; only the operator chooses, for everybody else it is their own.
    pub tenant: String,
    /// `admin`, `clerk`, `auditor`, a tenant's own role, or nothing.
    pub role: String,
    /// The level that whoever invites vouches for.
    pub level: Option<Level>,
}

/// A link that was made for somebody.
#[derive(Debug, Clone)]
pub struct MadeLink {
    pub person: Uuid,
    /// The whole address.
    pub url: String,
    pub until: i64,
}

impl Identity {
    /// People of the tenant, and how many there are.
    pub async fn people(&self, ctx: &Ctx, sought: &PeopleSought) -> Result<(i64, Vec<ListedPerson>)> {
        let words = sought.words.trim().to_lowercase();
        let escaped = words.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
        let it = store::person::SoughtPeople {
            tenant: ctx.tenant(),
            everywhere: everywhere(ctx),
            pattern: &format!("%{escaped}%"),
            offset: sought.offset.max(0),
            limit: sought.limit.clamp(1, 200),
        };
        let mut tx = ctx.read(may::READ_PEOPLE).await?;
        let total = store::person::count(&mut tx, &it).await?;
        let found = if sought.sort == "-seen" {
            store::person::by_last_seen(&mut tx, &it).await?
        } else {
            store::person::by_name(&mut tx, &it).await?
        };
        Ok((total, found))
    }

    /// Somebody of the tenant.
    pub async fn person(&self, ctx: &Ctx, id: &Uuid) -> Result<Account> {
        seen(ctx, &mut *ctx.read(may::READ_PEOPLE).await?, id).await
    }

    /// Organisations for which people of the tenant act.
    pub async fn organisations(&self, ctx: &Ctx) -> Result<Vec<Organisation>> {
        let mut tx = ctx.read(may::READ_PEOPLE).await?;
        store::organisation::list(&mut tx, ctx.tenant(), everywhere(ctx), 500).await
    }

    /// Makes an account with a role and a link to it.
    pub async fn invite(&self, ctx: &Ctx, it: &Invitation) -> Result<MadeLink> {
        ctx.require(may::MANAGE_PEOPLE)?;
        let name = checked_name(&it.name)?;
        let tenant = if everywhere(ctx) == 1 { it.tenant.trim() } else { ctx.tenant() }.to_owned();
        if !self.may_give(ctx, &tenant, &it.role, &name).await? {
            // Whoever invites could be the second person themselves.
            let act = Act::new("Einladen", "Invite", &format!("{name} ({tenant}, {})", it.role));
            ctx.second_pair_of_eyes(may::MANAGE_PEOPLE, act).await?;
        }
        let person = Person {
            id: ctx.id(),
            tenant: tenant.clone(),
            name,
            claims: json!({}),
            created_at: ctx.now(),
            seen_at: None,
            locked_at: None,
        };
        let mut tx = ctx.write(may::MANAGE_PEOPLE).await?;
        store::person::insert(&mut tx, &person).await?;
        if !it.role.is_empty() {
            store::membership::give(&mut tx, &roles::membership(ctx, person.id, &tenant, &it.role, None))
                .await?;
        }
        let (path, until) =
            self.invitation(ctx, &mut tx, &person.id, it.level.unwrap_or(Level::Normal)).await?;
        tx.commit(did::INVITED, &person.id.to_string()).await?;
        Ok(MadeLink { person: person.id, url: format!("{}{path}", ctx.base_url()), until })
    }

    /// A clerk of the context's tenant with a certificate, made once; for demonstrations.
    ///
    /// # Errors
    /// When the certificate cannot be read or belongs to somebody else.
    pub async fn furnish_clerk(&self, ctx: &Ctx, id: Uuid, name: &str, certificate: &str) -> Result<()> {
        let known = store::person::find(&mut *ctx.read(may::RECOGNISE).await?, &id).await?;
        if known.is_none() {
            let person = Person {
                id,
                tenant: ctx.tenant().to_owned(),
                name: checked_name(name)?,
                claims: json!({}),
                created_at: ctx.now(),
                seen_at: None,
                locked_at: None,
            };
            let mut tx = ctx.write(may::RECOGNISE).await?;
            store::person::insert(&mut tx, &person).await?;
            store::membership::give(&mut tx, &roles::membership(ctx, id, ctx.tenant(), "clerk", None))
                .await?;
            tx.commit(did::INVITED, &id.to_string()).await?;
        }
        self.bind_certificate(ctx, &id, certificate).await?;
        Ok(())
    }

    /// A new link for somebody who has lost every other way in.
    pub async fn link_for(&self, ctx: &Ctx, id: &Uuid) -> Result<MadeLink> {
        let known = {
            let mut tx = ctx.read(may::MANAGE_PEOPLE).await?;
            seen(ctx, &mut tx, id).await?
        };
        may_touch(ctx, &known)?;
        // Nobody lets themselves into a citizen's account: whoever has lost every way in makes a new one.
        if known.person.tenant.is_empty() && known.memberships.is_empty() {
            return Err(roles::no_role());
        }
        self.may_let_in(ctx, &known).await?;
        let mut tx = ctx.write(may::MANAGE_PEOPLE).await?;
        let (path, until) = self.invitation(ctx, &mut tx, id, Level::Normal).await?;
        tx.commit(did::LINK_MADE, &id.to_string()).await?;
        Ok(MadeLink { person: *id, url: format!("{}{path}", ctx.base_url()), until })
    }

    /// Locks an account and ends its sessions, or unlocks it.
    pub async fn lock(&self, ctx: &Ctx, id: &Uuid, locked: bool) -> Result<()> {
        let mut tx = ctx.write(may::MANAGE_PEOPLE).await?;
        let known = seen(ctx, &mut tx, id).await?;
        may_touch(ctx, &known)?;
        if locked && administers(&known) && store::membership::admins(&mut tx, "", id).await? == 0 {
            return Err(tx.abandon(fault::LAST_ADMIN));
        }
        store::person::lock(&mut tx, id, locked.then(|| ctx.now())).await?;
        if locked {
            store::session::revoke_others(&mut tx, id, &Uuid::nil(), ctx.now()).await?;
            store::link::end_of_person(&mut tx, &id.to_string(), ctx.now()).await?;
        }
        tx.commit(if locked { did::PERSON_LOCKED } else { did::PERSON_UNLOCKED }, &id.to_string()).await?;
        self.sessions().forget();
        Ok(())
    }

    /// Ends all sessions of somebody.
    pub async fn end_sessions_of(&self, ctx: &Ctx, id: &Uuid) -> Result<()> {
        let mut tx = ctx.write(may::MANAGE_PEOPLE).await?;
        let known = seen(ctx, &mut tx, id).await?;
        may_touch(ctx, &known)?;
        store::session::revoke_others(&mut tx, id, &Uuid::nil(), ctx.now()).await?;
        tx.commit(did::SESSIONS_ENDED, &id.to_string()).await?;
        self.sessions().forget();
        Ok(())
    }

    /// Removes an account.
    pub async fn remove_person(&self, ctx: &Ctx, id: &Uuid) -> Result<()> {
        let known = {
            let mut tx = ctx.read(may::REMOVE_PERSON).await?;
            seen(ctx, &mut tx, id).await?
        };
        may_touch(ctx, &known)?;
        let act = Act::new("Konto löschen", "Remove an account", &format!("{} ({id})", known.person.name));
        ctx.second_pair_of_eyes(may::REMOVE_PERSON, act).await?;
        let mut tx = ctx.write(may::REMOVE_PERSON).await?;
        if administers(&known) && store::membership::admins(&mut tx, "", id).await? == 0 {
            return Err(tx.abandon(fault::LAST_ADMIN));
        }
        remove(&mut tx, id).await?;
        tx.tell(&PersonRemoved { person: *id }).await?;
        tx.commit(did::PERSON_REMOVED, &id.to_string()).await?;
        self.sessions().forget();
        Ok(())
    }
}

/// Whether the actor sees all tenants, as statements want it.
pub fn everywhere(ctx: &Ctx) -> i64 {
    i64::from(ctx.tenant().is_empty() && ctx.actor().sees("\0any"))
}

/// Somebody, if the actor may know of them.
async fn seen(ctx: &Ctx, db: &mut AnyConnection, id: &Uuid) -> Result<Account> {
    let known = account(db, id, ctx.now()).await?;
    let here = known.person.tenant == ctx.tenant() && !ctx.tenant().is_empty();
    let member = known.memberships.iter().any(|it| it.tenant == ctx.tenant() && !it.tenant.is_empty());
    if everywhere(ctx) == 1 || here || member {
        return Ok(known);
    }
    Err(not_there("Dieses Konto", "This account"))
}

/// An account that belongs to others too is not locked, entered or removed by one of its tenants alone, and that of an
/// administrator only by who could make one.
pub fn may_touch(ctx: &Ctx, known: &Account) -> Result<()> {
    let only_here =
        known.person.tenant == ctx.tenant() && known.memberships.iter().all(|it| it.tenant == ctx.tenant());
    if everywhere(ctx) == 1 {
        return Ok(());
    }
    if only_here {
        let administers = known.memberships.iter().any(|it| it.role == "admin");
        return if administers { ctx.require(may::GIVE_ADMIN) } else { Ok(()) };
    }
    Err(kernel::fault::FORBIDDEN.with("permission", may::MANAGE_PEOPLE.0))
}

fn administers(known: &Account) -> bool {
    known.memberships.iter().any(|it| it.tenant.is_empty() && it.role == "admin" && it.until.is_none())
}
