//! Roles that a tenant makes itself.

use super::account::{checked_name, not_there};
use crate::{
    Identity,
    model::{Membership, OwnRole},
    names::{did, fault, may},
    rules::{self, rights::BUILTIN},
    store,
};
use kernel::{Act, Ctx, Error, Result};
use sqlx::AnyConnection;

impl Identity {
    /// The roles that the tenant of the actor made.
    pub async fn roles(&self, ctx: &Ctx) -> Result<Vec<OwnRole>> {
        store::role::of_tenant(&mut *ctx.read(may::READ_PEOPLE).await?, ctx.tenant()).await
    }

    /// Makes or changes a role.
    pub async fn save_role(
        &self,
        ctx: &Ctx,
        name: &str,
        title: &str,
        permissions: Vec<String>,
    ) -> Result<()> {
        ctx.require(may::MANAGE_ROLES)?;
        let title = checked_name(title)?;
        let good = (2..=40).contains(&name.len())
            && name.bytes().all(|it| it.is_ascii_lowercase() || it.is_ascii_digit() || it == b'-')
            && !BUILTIN.contains(&name);
        if !good || ctx.tenant().is_empty() {
            let (de, en) = (
                "Der Kurzname hat 2 bis 40 Kleinbuchstaben, Ziffern oder Bindestriche und ist nicht admin, clerk oder auditor. Eigene Rollen gehören zu einem Mandanten.",
                "The short name has 2 to 40 small letters, digits or hyphens and is not admin, clerk or auditor. Own roles belong to a tenant.",
            );
            return Err(Error::from(fault::BAD_VALUE).worded("reason", de, en).at("name"));
        }
        let choosable = rules::rights::choosable(ctx.frame());
        for it in &permissions {
            // Nobody puts more into a role than they may themselves.
            if !choosable.contains(&it.as_str()) || !rules::rights::has(ctx.frame(), ctx.actor(), it) {
                return Err(kernel::fault::FORBIDDEN.with("permission", it));
            }
        }
        let act = Act::new(
            "Rolle ändern",
            "Change a role",
            &format!("{name} ({}): {}", ctx.tenant(), permissions.join(", ")),
        );
        // A role that makes administrators is as much as being one.
        let makes_admins = permissions.iter().any(|it| it == may::GIVE_ADMIN.0);
        let dangerous = if makes_admins { may::GIVE_ADMIN } else { may::MANAGE_ROLES };
        ctx.second_pair_of_eyes(dangerous, act).await?;
        let role = OwnRole {
            tenant: ctx.tenant().to_owned(),
            name: name.to_owned(),
            title,
            permissions,
            changed_at: ctx.now(),
        };
        let mut tx = ctx.write(may::MANAGE_ROLES).await?;
        store::role::save(&mut tx, &role).await?;
        tx.commit(did::ROLE_SAVED, name).await?;
        self.sessions().forget();
        Ok(())
    }

    /// Removes a role, and takes it from everybody who has it.
    pub async fn remove_role(&self, ctx: &Ctx, name: &str) -> Result<()> {
        ctx.require(may::MANAGE_ROLES)?;
        let act = Act::new("Rolle löschen", "Remove a role", &format!("{name} ({})", ctx.tenant()));
        ctx.second_pair_of_eyes(may::MANAGE_ROLES, act).await?;
        let mut tx = ctx.write(may::MANAGE_ROLES).await?;
        if !store::role::remove(&mut tx, ctx.tenant(), name).await? {
            return Err(tx.abandon(not_there("Diese Rolle", "This role")));
        }
        store::membership::remove_of_role(&mut tx, ctx.tenant(), name).await?;
        tx.commit(did::ROLE_REMOVED, name).await?;
        self.sessions().forget();
        Ok(())
    }

    /// The own roles of the tenants in which somebody is something.
    pub(super) async fn own_roles(
        &self,
        db: &mut AnyConnection,
        memberships: &[Membership],
    ) -> Result<Vec<OwnRole>> {
        let mut own = Vec::new();
        for it in memberships.iter().filter(|it| !BUILTIN.contains(&it.role.as_str())) {
            own.extend(store::role::find(db, &it.tenant, &it.role).await?);
        }
        Ok(own)
    }
}
