//! A sign-in begins: bound to the browser that begins it.

use crate::{
    Identity,
    model::Begun,
    names::{did, may},
    rules, store,
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use kernel::{Ctx, Level, MINUTE, Result, http::BROWSER};
use uuid::Uuid;

/// What a sign-in is begun for.
#[derive(Debug, Clone, Default)]
pub struct Begin {
    /// The tenant; empty for none in particular.
    pub tenant: String,
    pub level: Option<Level>,
    /// The name of the client that asks.
    pub client: Option<String>,
    /// A path on this node.
    pub destination: Option<String>,
    /// Adds a way in to this account.
    pub adds_to: Option<Uuid>,
    /// Browser and system in a few words.
    pub device: String,
}

/// How long a sign-in may take.
const LASTS: i64 = 15 * MINUTE;

impl Identity {
    /// Begins a sign-in; answers its id and, where the browser had no mark yet, the cookie that marks it.
    pub async fn begin(&self, ctx: &Ctx, wanted: Begin) -> Result<(String, Option<String>)> {
        let fresh = || URL_SAFE_NO_PAD.encode(ctx.frame().ids().bytes::<32>());
        let known = ctx.browser().filter(|it| it.len() >= 32).map(str::to_owned);
        let mark = known.clone().unwrap_or_else(fresh);
        let begun = Begun {
            id: fresh(),
            tenant: wanted.tenant,
            browser_hash: rules::secrets::hash(&mark),
            level: wanted.level.unwrap_or(Level::Normal),
            client: wanted.client,
            destination: rules::attempt::destination(wanted.destination.as_deref()),
            adds_to: wanted.adds_to,
            device: wanted.device,
            began_at: ctx.now(),
            until: ctx.now() + LASTS,
            ended_at: None,
        };
        let mut tx = ctx.write(may::SIGN_IN).await?;
        store::attempt::insert(&mut tx, &begun).await?;
        tx.commit(did::SIGN_IN_BEGUN, begun.id.get(..8).unwrap_or_default()).await?;
        let cookie = known.is_none().then(|| {
            let secure = if ctx.base_url().starts_with("https://") { "; Secure" } else { "" };
            format!("{BROWSER}={mark}; Path=/; HttpOnly; SameSite=Lax; Max-Age=31536000{secure}")
        });
        Ok((begun.id, cookie))
    }

    /// A sign-in of this browser.
    pub async fn begun(&self, ctx: &Ctx, id: &str) -> Result<Begun> {
        let found = store::attempt::find(&mut *ctx.read(may::SIGN_IN).await?, id).await?;
        rules::attempt::admit(found, ctx.browser(), ctx.now())
    }
}
