//! Sessions: a cookie that only this browser has, a row that can be ended at any time.

use crate::{
    Identity,
    model::Session,
    names::{did, may},
    rules, store,
};
use async_trait::async_trait;
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use kernel::{Actor, Check, Ctx, Frame, HOUR, Level, MINUTE, Result, Role, SECOND, Shown};
use std::{
    collections::HashMap,
    sync::{Arc, Mutex, atomic::Ordering},
};
use uuid::Uuid;

/// The cookie's name.
pub const COOKIE: &str = "fachwerk_account";
/// So long a session is believed without looking it up: other nodes may have ended it.
const BELIEVED: i64 = 5 * SECOND;
/// So many sessions are remembered at most.
const REMEMBERED: usize = 10_000;

/// What this process remembers of sessions, by the hash of their cookie.
#[derive(Default)]
pub struct Sessions(Mutex<HashMap<String, (Actor, i64)>>);

/// A session to be made.
pub struct NewSession {
    pub tenant: String,
    pub person: Uuid,
    pub way: String,
    pub issuer: String,
    pub upstream: Option<String>,
    pub level: Level,
}

impl Identity {
    /// A fresh session and the token that its cookie carries.
    pub fn new_session(&self, ctx: &Ctx, new: &NewSession) -> (Session, String) {
        let token = URL_SAFE_NO_PAD.encode(ctx.frame().ids().bytes::<32>());
        let life = self.config().session_hours.clamp(1, 24 * 30) * HOUR;
        let session = Session {
            id: ctx.id(),
            token_hash: rules::secrets::hash(&token),
            tenant: new.tenant.clone(),
            person: new.person,
            way: new.way.clone(),
            issuer: new.issuer.clone(),
            upstream: new.upstream.clone(),
            level: new.level,
            device: String::new(),
            began_at: ctx.now(),
            proved_at: ctx.now(),
            seen_at: ctx.now(),
            until: ctx.now() + life,
            revoked_at: None,
        };
        (session, token)
    }

    /// Ends the session of whoever asks; answers the cookie that removes the old one.
    pub async fn sign_out(&self, ctx: &Ctx) -> Result<String> {
        if let Some(session) = ctx.actor().session {
            let mut tx = ctx.write(may::OWN_ACCOUNT).await?;
            store::session::revoke(&mut tx, &session, ctx.now()).await?;
            tx.commit(did::SIGNED_OUT, &ctx.actor().name).await?;
            self.sessions().forget();
        }
        Ok(cookie(ctx, "", 0))
    }
}

/// The value of `Set-Cookie` for a session.
pub fn cookie(ctx: &Ctx, token: &str, seconds: i64) -> String {
    let secure = if ctx.base_url().starts_with("https://") { "; Secure" } else { "" };
    format!("{COOKIE}={token}; Path=/; HttpOnly; SameSite=Lax; Max-Age={seconds}{secure}")
}

impl Sessions {
    /// Believes nothing any more: something about sessions or rights has changed.
    pub fn forget(&self) {
        if let Ok(mut all) = self.0.lock() {
            all.clear();
        }
    }

    fn known(&self, hash: &str, now: i64) -> Option<Actor> {
        let all = self.0.lock().ok()?;
        all.get(hash).filter(|(_, until)| now < *until).map(|(actor, _)| actor.clone())
    }

    fn remember(&self, hash: String, actor: &Actor, now: i64) {
        if let Ok(mut all) = self.0.lock() {
            if all.len() >= REMEMBERED {
                all.retain(|_, (_, until)| now < *until);
                if all.len() >= REMEMBERED {
                    all.clear();
                }
            }
            all.insert(hash, (actor.clone(), now + BELIEVED));
        }
    }
}

#[async_trait]
impl Check for Identity {
    async fn check(&self, frame: &Arc<Frame>, shown: &Shown<'_>) -> Result<Option<Actor>> {
        let Some(token) = shown.under("Session").filter(|_| shown.by == kernel::http::Credentials::Cookie)
        else {
            return match self.by_token(frame, shown).await? {
                Some(actor) => Ok(Some(actor)),
                None => self.by_provider_token(frame, shown).await,
            };
        };
        let (hash, now) = (rules::secrets::hash(token), frame.clock().now());
        if let Some(actor) = self.sessions().known(&hash, now) {
            return Ok(Some(actor));
        }
        let ctx = Ctx::system(frame, "");
        let mut tx = ctx.read(may::RECOGNISE).await?;
        let Some(session) = store::session::by_token(&mut tx, &hash).await? else { return Ok(None) };
        let idle = self.config().idle_minutes.max(1) * MINUTE;
        if session.revoked_at.is_some() || now >= session.until || now >= session.seen_at + idle {
            return Ok(None);
        }
        let memberships = store::membership::of_person(&mut tx, &session.person).await?;
        let own = self.own_roles(&mut tx, &memberships).await?;
        let actor = rules::rights::actor(&session, &memberships, &own, now);
        if actor.is(Role::Admin) || actor.is(Role::Clerk) {
            // Another node on this database may have let somebody in by the emergency link.
            let until = store::alarm::active_until(&mut tx).await?;
            self.emergency().fetch_max(until, Ordering::Relaxed);
        }
        drop(tx);
        if now >= session.seen_at + 10 * MINUTE {
            let mut tx = ctx.write(may::RECOGNISE).await?;
            store::session::seen(&mut tx, &session.id, now).await?;
            tx.commit(did::SESSION_USED, &session.person.to_string()).await?;
        }
        self.sessions().remember(hash, &actor, now);
        Ok(Some(actor))
    }
}
