//! What administrators do with the people of their tenant.

use super::account::{Account, account, checked_name, not_there, remove};
use crate::{
    Identity,
    model::{ListedPerson, Membership, Organisation, Person},
    names::{did, fault, may},
    rules::{self, rights::BUILTIN},
    store,
};
use kernel::{Act, Ctx, DAY, Error, Level, Result};
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
            store::membership::give(&mut tx, &membership(ctx, person.id, &tenant, &it.role, None)).await?;
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
            store::membership::give(&mut tx, &membership(ctx, id, ctx.tenant(), "clerk", None)).await?;
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
            return Err(no_role());
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

    /// Gives somebody a role in a tenant.
    pub async fn give_role(&self, ctx: &Ctx, id: &Uuid, tenant: &str, role: &str) -> Result<()> {
        ctx.require(may::MANAGE_PEOPLE)?;
        let tenant = if everywhere(ctx) == 1 { tenant.trim() } else { ctx.tenant() };
        let known = {
            let mut tx = ctx.read(may::READ_PEOPLE).await?;
            seen(ctx, &mut tx, id).await?
        };
        if role.is_empty() {
            return Err(no_role());
        }
        self.may_give(ctx, tenant, role, &format!("{} ({id})", known.person.name)).await?;
        let mut tx = ctx.write(may::MANAGE_PEOPLE).await?;
        store::membership::give(&mut tx, &membership(ctx, *id, tenant, role, None)).await?;
        tx.commit(did::ROLE_GIVEN, &id.to_string()).await?;
        self.sessions().forget();
        Ok(())
    }

    /// Takes a role from somebody.
    pub async fn take_role(&self, ctx: &Ctx, id: &Uuid, tenant: &str, role: &str) -> Result<()> {
        ctx.require(may::MANAGE_PEOPLE)?;
        if everywhere(ctx) == 0 && tenant != ctx.tenant() {
            return Err(no_role());
        }
        if role == "admin" {
            ctx.require(may::GIVE_ADMIN)?;
        }
        let mut tx = ctx.write(may::MANAGE_PEOPLE).await?;
        let known = seen(ctx, &mut tx, id).await?;
        let last = tenant.is_empty() && role == "admin" && administers(&known);
        if last && store::membership::admins(&mut tx, "", id).await? == 0 {
            return Err(tx.abandon(fault::LAST_ADMIN));
        }
        if !store::membership::take(&mut tx, id, tenant, role).await? {
            return Err(tx.abandon(no_role()));
        }
        tx.commit(did::ROLE_TAKEN, &id.to_string()).await?;
        self.sessions().forget();
        Ok(())
    }

    /// What is lent in the tenant now, with the names of those who have it.
    pub async fn lent(&self, ctx: &Ctx) -> Result<Vec<(Membership, String)>> {
        let mut tx = ctx.read(may::READ_PEOPLE).await?;
        store::membership::lent(&mut tx, ctx.tenant(), everywhere(ctx), ctx.now()).await
    }

    /// The own roles in the tenant that can be lent.
    pub async fn lendable(&self, ctx: &Ctx) -> Result<Vec<String>> {
        ctx.require(may::DELEGATE)?;
        let Some(person) = ctx.actor().person else { return Ok(Vec::new()) };
        let mine = store::membership::of_person(&mut *ctx.read(may::READ_PEOPLE).await?, &person).await?;
        // Only what somebody has for good: what is borrowed cannot be lent on.
        Ok(mine
            .into_iter()
            .filter(|it| it.tenant == ctx.tenant() && it.until.is_none())
            .map(|it| it.role)
            .collect())
    }

    /// Lends one's own role to somebody of the tenant for some days.
    pub async fn lend(&self, ctx: &Ctx, id: &Uuid, role: &str, days: i64) -> Result<()> {
        if !(1..=90).contains(&days) {
            let (de, en) = ("Möglich sind 1 bis 90 Tage.", "Possible are 1 to 90 days.");
            return Err(Error::from(fault::BAD_VALUE).worded("reason", de, en).at("days"));
        }
        if !self.lendable(ctx).await?.iter().any(|it| it == role) || ctx.actor().person == Some(*id) {
            return Err(no_role());
        }
        let known = {
            let mut tx = ctx.read(may::READ_PEOPLE).await?;
            seen(ctx, &mut tx, id).await?
        };
        self.may_give(ctx, ctx.tenant(), role, &format!("{} ({id}), {days} d", known.person.name)).await?;
        let permanent = |it: &Membership| it.tenant == ctx.tenant() && it.role == role && it.until.is_none();
        if known.memberships.iter().any(permanent) {
            return Ok(());
        }
        let until = Some(ctx.now() + days * DAY);
        let mut tx = ctx.write(may::DELEGATE).await?;
        store::membership::give(&mut tx, &membership(ctx, *id, ctx.tenant(), role, until)).await?;
        tx.commit(did::ROLE_GIVEN, &id.to_string()).await?;
        self.sessions().forget();
        Ok(())
    }

    /// Takes back what was lent: by whoever lent it, or by whoever manages people.
    pub async fn take_back(&self, ctx: &Ctx, id: &Uuid, tenant: &str, role: &str) -> Result<()> {
        ctx.require(may::DELEGATE)?;
        if ctx.may(may::MANAGE_PEOPLE) && (everywhere(ctx) == 1 || tenant == ctx.tenant()) {
            return self.take_role(ctx, id, tenant, role).await;
        }
        let mine = |it: &Membership| {
            it.tenant == ctx.tenant() && it.tenant == tenant && it.role == role && it.until.is_some()
        };
        let mut tx = ctx.write(may::DELEGATE).await?;
        let all = store::membership::of_person(&mut tx, id).await?;
        if !all.iter().any(|it| mine(it) && it.given_by == ctx.actor().name) {
            return Err(tx.abandon(no_role()));
        }
        store::membership::take(&mut tx, id, tenant, role).await?;
        tx.commit(did::ROLE_TAKEN, &id.to_string()).await?;
        self.sessions().forget();
        Ok(())
    }

    /// Whether the actor can give a role to whom: it must exist, nobody gives more than they have, and a second person
    /// may have to agree. Answers whether one was asked.
    async fn may_give(&self, ctx: &Ctx, tenant: &str, role: &str, to: impl Into<Act> + Send) -> Result<bool> {
        let to = to.into();
        if role.is_empty() {
            return Ok(false);
        }
        if tenant.is_empty() && !matches!(role, "admin" | "auditor") {
            return Err(no_role());
        }
        let makes_admins = if BUILTIN.contains(&role) {
            if !rules::rights::gives_builtin(ctx.frame(), ctx.actor(), role) {
                return Err(kernel::fault::FORBIDDEN.with("permission", may::GIVE_ADMIN.0));
            }
            role == "admin"
        } else {
            let own = {
                let mut tx = ctx.read(may::READ_PEOPLE).await?;
                store::role::find(&mut tx, tenant, role).await?.ok_or_else(no_role)?
            };
            let foreign = own.permissions.iter().find(|it| !rules::rights::has(ctx.frame(), ctx.actor(), it));
            if let Some(foreign) = foreign {
                return Err(kernel::fault::FORBIDDEN.with("permission", foreign));
            }
            // A role that makes administrators is as much as being one.
            own.permissions.iter().any(|it| it == may::GIVE_ADMIN.0)
        };
        if makes_admins {
            ctx.second_pair_of_eyes(may::GIVE_ADMIN, giving_admin(tenant, role, &to)).await?;
        }
        Ok(makes_admins)
    }

    /// Whether the actor can make a way in to somebody's account: whoever has one is that person, so it takes what giving
    /// them their roles takes.
    pub(super) async fn may_let_in(&self, ctx: &Ctx, known: &Account) -> Result<()> {
        let id = known.person.id;
        if ctx.actor().person == Some(id) {
            return Ok(());
        }
        let to = Act {
            de: format!("{} ({id}), neuer Zugang", known.person.name),
            en: format!("{} ({id}), new way in", known.person.name),
        };
        let mut asked = false;
        for it in &known.memberships {
            asked |= self.may_give(ctx, &it.tenant, &it.role, to.clone()).await?;
        }
        if !asked {
            ctx.second_pair_of_eyes(may::MANAGE_PEOPLE, to).await?;
        }
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

fn membership(ctx: &Ctx, person: Uuid, tenant: &str, role: &str, until: Option<i64>) -> Membership {
    Membership {
        person,
        tenant: tenant.to_owned(),
        role: role.to_owned(),
        given_by: ctx.actor().name.to_string(),
        given_at: ctx.now(),
        until,
    }
}

fn no_role() -> Error {
    not_there("Diese Rolle", "This role")
}

/// What a second person reads before somebody becomes an administrator.
fn giving_admin(tenant: &str, role: &str, to: &Act) -> Act {
    let (de, en) = if tenant.is_empty() {
        ("am ganzen Knoten".to_owned(), "on the whole node".to_owned())
    } else {
        (format!("im Mandanten {tenant}"), format!("in the tenant {tenant}"))
    };
    Act {
        de: format!("Verwaltung vergeben {de} (Rolle {role}): {}", to.de),
        en: format!("Give administration {en} (role {role}): {}", to.en),
    }
}
