//! Links that let somebody in once: the first administrator, whoever was invited, and an administrator in an emergency.

use super::{admit::Admission, throttle::Asker};
use crate::{
    Identity,
    model::{Alarm, Begun, Link, LinkKind, Membership, Person},
    names::{did, fault, may},
    rules, store,
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use kernel::{Actor, Ctx, DAY, HOUR, Level, Result, Write};
use ports::identity::Arrived;
use serde_json::json;
use std::sync::atomic::Ordering;
use uuid::Uuid;

/// How long the first administrator and whoever breaks the glass have to use their link.
const SHORT: i64 = HOUR;
/// How long somebody has to accept an invitation.
const INVITATION: i64 = 3 * DAY;
/// How long the session of an emergency lasts.
const EMERGENCY: i64 = HOUR;

/// The name of this way in, in sessions.
pub const WAY: &str = "link";

impl Identity {
    /// The link for the first administrator (its path); nothing where the node has one already.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn first_link(&self, ctx: &Ctx) -> Result<Option<String>> {
        let mut tx = ctx.write(may::RECOGNISE).await?;
        if store::membership::admins(&mut tx, "", &Uuid::nil()).await? > 0 {
            return Ok(None);
        }
        let (code, link) = fresh(ctx, LinkKind::First, SHORT);
        store::link::insert(&mut tx, &link).await?;
        tx.commit(did::LINK_MADE, LinkKind::First.as_str()).await?;
        Ok(Some(path(LinkKind::First, &code)))
    }

    /// A link for somebody, inside a transaction; earlier ones that were not used end. Answers its path and until when it is good.
    pub(super) async fn invitation(
        &self,
        ctx: &Ctx,
        tx: &mut Write<'_>,
        person: &Uuid,
        level: Level,
    ) -> Result<(String, i64)> {
        store::link::end_of_person(tx, &person.to_string(), ctx.now()).await?;
        let (code, link) = fresh(ctx, LinkKind::Invitation, INVITATION);
        let link = Link { person: Some(*person), tenant: ctx.tenant().to_owned(), level, ..link };
        store::link::insert(tx, &link).await?;
        Ok((path(LinkKind::Invitation, &code), link.until))
    }

    /// The emergency link: whoever opens it administers the node for an hour, and everybody who administers it is told.
    pub async fn break_glass(&self, ctx: &Ctx, reason: &str) -> Result<(String, i64)> {
        ctx.require(may::BREAK_GLASS)?;
        let reason = reason.trim();
        if reason.chars().count() < 10 {
            let (de, en) = (
                "Nennen Sie den Grund in mindestens zehn Zeichen; andere müssen ihn verstehen.",
                "Give the reason in at least ten characters; others have to understand it.",
            );
            return Err(kernel::Error::from(fault::BAD_VALUE).worded("reason", de, en).at("reason"));
        }
        let (code, link) = fresh(ctx, LinkKind::Emergency, SHORT);
        let link = Link { reason: reason.to_owned(), ..link };
        let alarm = Alarm {
            id: ctx.id(),
            at: ctx.now(),
            reason: reason.to_owned(),
            link_hash: link.hash.clone(),
            person: None,
            active_until: link.until,
            acknowledged_by: None,
            acknowledged_at: None,
        };
        let mut tx = ctx.write(may::BREAK_GLASS).await?;
        store::link::insert(&mut tx, &link).await?;
        store::alarm::insert(&mut tx, &alarm).await?;
        tx.commit(did::GLASS_BROKEN, &alarm.id.to_string()).await?;
        self.emergency().fetch_max(alarm.active_until, Ordering::Relaxed);
        tracing::error!(alarm = %alarm.id, "the emergency link was made");
        Ok((path(LinkKind::Emergency, &code), link.until))
    }

    /// What a link is for, while it is good.
    pub async fn link(&self, ctx: &Ctx, asker: &Asker, code: &str) -> Result<Link> {
        self.may_guess(ctx, asker, "")?;
        let hash = rules::secrets::hash(code);
        let found = store::link::find(&mut *ctx.read(may::SIGN_IN).await?, &hash).await?;
        let good = found.filter(|it| it.used_at.is_none() && ctx.now() < it.until);
        good.ok_or_else(|| {
            self.guessed_wrongly(ctx, asker, "");
            fault::NO_LINK.into()
        })
    }

    /// Uses a link; `name` is what the first administrator is called.
    pub async fn enter_by_link(
        &self,
        ctx: &Ctx,
        asker: &Asker,
        attempt: &str,
        code: &str,
        name: &str,
    ) -> Result<Arrived> {
        let begun = self.begun(ctx, attempt).await?;
        let link = self.link(ctx, asker, code).await?;
        let acting = ctx.acting(Actor::system(link.tenant.clone()));
        let mut tx = acting.write(may::RECOGNISE).await?;
        let ended = store::attempt::end(&mut tx, &begun.id, ctx.now()).await?;
        if !ended || !store::link::use_up(&mut tx, &link.hash, ctx.now()).await? {
            return Err(tx.abandon(fault::NO_LINK));
        }
        let (person, until, event) = match (link.kind, link.person) {
            (LinkKind::Invitation, Some(person)) => (person, None, did::SIGNED_IN),
            (LinkKind::Invitation, None) => return Err(tx.abandon(fault::NO_LINK)),
            (LinkKind::First, _) => {
                if store::membership::admins(&mut tx, "", &Uuid::nil()).await? > 0 {
                    return Err(tx.abandon(fault::NOT_FIRST));
                }
                (self.administrator(ctx, &mut tx, name, None).await?, None, did::SIGNED_IN)
            }
            (LinkKind::Emergency, _) => {
                let until = ctx.now() + EMERGENCY;
                let name = "Notfallzugang / emergency access";
                let person = self.administrator(ctx, &mut tx, name, Some(until)).await?;
                store::alarm::entered(&mut tx, &link.hash, &person, until).await?;
                self.emergency().fetch_max(until, Ordering::Relaxed);
                tracing::error!(%person, "the emergency link was used");
                (person, Some(until), did::EMERGENCY_ENTERED)
            }
        };
        let admission = Admission {
            person,
            way: WAY.to_owned(),
            issuer: link.kind.as_str().to_owned(),
            upstream: None,
            level: link.level,
            until,
        };
        let begun = Begun { tenant: link.tenant.clone(), ..begun };
        let cookie = self.admit(ctx, &mut tx, &begun, admission).await?;
        tx.commit(event, &person.to_string()).await?;
        let location = if link.kind == LinkKind::Emergency { "/admin" } else { "/account/passkeys?fresh=1" };
        Ok(Arrived { location: location.to_owned(), cookies: vec![cookie] })
    }

    /// A new person who administers the node, for a while or for good.
    async fn administrator(
        &self,
        ctx: &Ctx,
        tx: &mut Write<'_>,
        name: &str,
        until: Option<i64>,
    ) -> Result<Uuid> {
        let name = name.trim();
        let person = Person {
            id: ctx.id(),
            tenant: String::new(),
            name: if name.is_empty() {
                "Administration".to_owned()
            } else {
                name.chars().take(100).collect()
            },
            claims: json!({}),
            created_at: ctx.now(),
            seen_at: Some(ctx.now()),
            locked_at: None,
        };
        store::person::insert(tx, &person).await?;
        let membership = Membership {
            person: person.id,
            tenant: String::new(),
            role: "admin".to_owned(),
            given_by: "link".to_owned(),
            given_at: ctx.now(),
            until,
        };
        store::membership::give(tx, &membership).await?;
        Ok(person.id)
    }
}

/// A code nobody can guess, and the row that knows its hash.
fn fresh(ctx: &Ctx, kind: LinkKind, lasts: i64) -> (String, Link) {
    let code = URL_SAFE_NO_PAD.encode(ctx.frame().ids().bytes::<32>());
    let link = Link {
        hash: rules::secrets::hash(&code),
        tenant: String::new(),
        kind,
        person: None,
        level: Level::Normal,
        reason: String::new(),
        made_by: ctx.actor().name.to_string(),
        made_at: ctx.now(),
        until: ctx.now() + lasts,
        used_at: None,
    };
    (code, link)
}

fn path(kind: LinkKind, code: &str) -> String {
    format!("/account/{}?code={code}", kind.as_str())
}
