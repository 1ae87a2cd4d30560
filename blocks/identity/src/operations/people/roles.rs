//! Roles: given, taken, lent and taken back.

use super::{administers, everywhere, seen};
use crate::{
    Identity,
    model::Membership,
    names::{did, fault, may},
    operations::account::{Account, not_there},
    rules::{self, rights::BUILTIN},
    store,
};
use kernel::{Act, Ctx, DAY, Error, Result};
use uuid::Uuid;

impl Identity {
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
    pub(super) async fn may_give(
        &self,
        ctx: &Ctx,
        tenant: &str,
        role: &str,
        to: impl Into<Act> + Send,
    ) -> Result<bool> {
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
    pub(in crate::operations) async fn may_let_in(&self, ctx: &Ctx, known: &Account) -> Result<()> {
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

pub(super) fn membership(
    ctx: &Ctx,
    person: Uuid,
    tenant: &str,
    role: &str,
    until: Option<i64>,
) -> Membership {
    Membership {
        person,
        tenant: tenant.to_owned(),
        role: role.to_owned(),
        given_by: ctx.actor().name.to_string(),
        given_at: ctx.now(),
        until,
    }
}

pub(super) fn no_role() -> Error {
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
