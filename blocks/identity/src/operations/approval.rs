//! A second pair of eyes: what one person asks for, another one has to agree to.

use super::{account::not_there, people::everywhere};
use crate::{
    Identity,
    model::Approval,
    names::{did, fault, may},
    rules, store,
};
use async_trait::async_trait;
use kernel::{Act, Approvals, Ctx, Error, HOUR, Permission, Result, Role};
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

/// How long a request, and what was agreed to, is good.
const LASTS: i64 = HOUR;

#[async_trait]
impl Approvals for Identity {
    async fn approved(&self, ctx: &Ctx, permission: Permission, act: &Act) -> Result<()> {
        // Whoever may do the act may also ask for agreement; the rows are the node's own.
        let acting = ctx.acting(kernel::Actor { roles: vec![Role::System], ..ctx.actor().clone() });
        let mut tx = acting.write(may::RECOGNISE).await?;
        let settings = self.settings_in(&mut tx, ctx.tenant()).await?;
        // Where two people administer, neither makes a third alone.
        let admins = store::membership::admins(&mut tx, ctx.tenant(), &Uuid::nil()).await?;
        if !settings.four_eyes && (permission != may::GIVE_ADMIN || admins < 2) {
            return Ok(());
        }
        // Only somebody at a browser is a pair of eyes: whoever made a program could be the second pair themselves.
        if ctx.actor().session.is_none() {
            return Err(tx.abandon(kernel::fault::FORBIDDEN.with("permission", permission.0)));
        }
        let requester = ctx.actor().name.as_ref();
        let open = store::approval::open(&mut tx, requester, permission.0, act, ctx.now()).await?;
        if let Some(it) = &open
            && it.decision.as_deref() == Some("approved")
            && store::approval::use_up(&mut tx, &it.id, ctx.now()).await?
        {
            return tx.commit(did::APPROVAL_USED, &it.id.to_string()).await;
        }
        let id = if let Some(it) = open {
            it.id
        } else {
            let asked = Approval {
                id: ctx.id(),
                tenant: ctx.tenant().to_owned(),
                permission: permission.0.to_owned(),
                act: act.clone(),
                requester: requester.to_owned(),
                requested_at: ctx.now(),
                until: ctx.now() + LASTS,
                decision: None,
                decided_by: None,
                decided_at: None,
                used_at: None,
            };
            store::approval::insert(&mut tx, &asked).await?;
            tx.commit(did::APPROVAL_ASKED, &asked.id.to_string()).await?;
            asked.id
        };
        let link = format!("{}/admin/approvals#{id}", ctx.base_url());
        Err(Error::from(fault::SECOND_PERSON_NEEDED).worded("act", &act.de, &act.en).with("link", link))
    }
}

impl Identity {
    /// What waits and waited for a second person, the newest first, and what the people in it are called.
    pub async fn approvals(&self, ctx: &Ctx) -> Result<(Vec<Approval>, BTreeMap<String, String>)> {
        let mut tx = ctx.read(may::APPROVE).await?;
        let all = store::approval::list(&mut tx, ctx.tenant(), everywhere(ctx), 200).await?;
        let people = all.iter().flat_map(|it| it.decided_by.iter().chain([&it.requester]));
        let mut names = BTreeMap::new();
        for person in people.collect::<BTreeSet<_>>() {
            let Ok(id) = person.parse() else { continue };
            if let Some(known) = store::person::find(&mut tx, &id).await? {
                names.insert(person.clone(), known.name);
            }
        }
        Ok((all, names))
    }

    /// Agrees to a request or declines it.
    pub async fn decide(&self, ctx: &Ctx, id: &Uuid, agrees: bool) -> Result<()> {
        ctx.require(may::APPROVE)?;
        let found = {
            let mut tx = ctx.read(may::APPROVE).await?;
            store::approval::find(&mut tx, id).await?
        };
        let found = found
            .filter(|it| it.tenant == ctx.tenant() || everywhere(ctx) == 1)
            .ok_or_else(|| not_there("Diese Anfrage", "This request"))?;
        // A token is no pair of eyes, and one's own are not the second.
        if ctx.actor().session.is_none() || found.requester == ctx.actor().name {
            return Err(fault::NOT_YOURSELF.into());
        }
        let may_itself =
            ctx.actor().is(Role::Admin) || rules::rights::has(ctx.frame(), ctx.actor(), &found.permission);
        if !may_itself {
            return Err(kernel::fault::FORBIDDEN.with("permission", found.permission));
        }
        if ctx.now() >= found.until {
            return Err(fault::NOT_WAITING.into());
        }
        let decision = if agrees { "approved" } else { "declined" };
        let mut tx = ctx.write(may::APPROVE).await?;
        if !store::approval::decide(&mut tx, id, decision, &ctx.actor().name, ctx.now()).await? {
            return Err(tx.abandon(fault::NOT_WAITING));
        }
        tx.commit(if agrees { did::APPROVED } else { did::DECLINED }, &id.to_string()).await
    }
}
