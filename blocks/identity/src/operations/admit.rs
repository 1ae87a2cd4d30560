//! Somebody has proved who they are: a session begins, or goes on under another token.

use super::session::{NewSession, cookie};
use crate::{
    Identity,
    model::{Begun, Session},
    names::fault,
    rules, store,
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use kernel::{Ctx, Level, Result, SECOND, Write};
use uuid::Uuid;

/// Who is let in, and by what.
pub struct Admission {
    pub person: Uuid,
    pub way: String,
    pub issuer: String,
    pub upstream: Option<String>,
    pub level: Level,
    /// When the session ends, where it lasts less than others.
    pub until: Option<i64>,
}

impl Identity {
    /// Lets somebody in; answers the cookie. Whoever was signed in already as the same person keeps the session with
    /// what is proved now, but under a new token, so that no token known before the proof is worth more after it.
    pub async fn admit(&self, ctx: &Ctx, tx: &mut Write<'_>, begun: &Begun, it: Admission) -> Result<String> {
        let person = store::person::find(tx, &it.person).await?.ok_or(fault::UNKNOWN_PERSON)?;
        if person.locked_at.is_some() {
            return Err(fault::LOCKED.into());
        }
        let before = match ctx.actor().session {
            Some(id) => store::session::find(tx, &id).await?.filter(|it| it.revoked_at.is_none()),
            None => None,
        };
        if let Some(session) = before.as_ref().filter(|session| session.person == it.person) {
            return self.renew(ctx, tx, session, it).await;
        }
        if let Some(session) = before {
            store::session::revoke(tx, &session.id, ctx.now()).await?;
        }
        let new = NewSession {
            tenant: store::membership::home(tx, &it.person, &begun.tenant, ctx.now()).await?,
            person: it.person,
            way: it.way,
            issuer: it.issuer,
            upstream: it.upstream,
            level: it.level,
        };
        let (mut session, token) = self.new_session(ctx, &new);
        session.device.clone_from(&begun.device);
        session.until = it.until.map_or(session.until, |until| until.min(session.until));
        store::session::insert(tx, &session).await?;
        store::person::present(tx, &it.person, ctx.now()).await?;
        self.sessions().forget();
        Ok(cookie(ctx, &token, (session.until - ctx.now()) / SECOND))
    }

    async fn renew(&self, ctx: &Ctx, tx: &mut Write<'_>, session: &Session, it: Admission) -> Result<String> {
        let token = URL_SAFE_NO_PAD.encode(ctx.frame().ids().bytes::<32>());
        let renewed = Session {
            token_hash: rules::secrets::hash(&token),
            way: it.way,
            issuer: it.issuer,
            upstream: it.upstream,
            // The level and the time of the proof are told together, so both are those of the latest one.
            level: it.level,
            proved_at: ctx.now(),
            ..session.clone()
        };
        store::session::renew(tx, &renewed).await?;
        self.sessions().forget();
        Ok(cookie(ctx, &token, (renewed.until - ctx.now()) / SECOND))
    }
}
