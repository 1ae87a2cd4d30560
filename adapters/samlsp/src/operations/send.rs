//! A browser is sent to an identity provider.

use crate::{
    Samlsp,
    config::Binding,
    model::{Passage, Request},
    names::{did, fault, may},
    rules, store,
};
use kernel::{Ctx, MINUTE, Result};

/// How long a person may take there.
const LASTS: i64 = 30 * MINUTE;
/// How often a sign-in may be begun on one connection within that time: enough for people, not for a loop.
const MOST: i64 = 8;

impl Samlsp {
    /// Makes a request and says how the browser gets there.
    pub async fn send(&self, ctx: &Ctx, connection: &str, attempt: &str) -> Result<Passage> {
        let provider = self.provider(connection)?;
        let ready = provider.ready()?;
        let begun = self.identity().attempt(ctx, attempt).await?;
        if provider.connection.tenant.as_ref().is_some_and(|it| *it != begun.tenant) {
            return Err(fault::NO_CONNECTION.into());
        }
        let level = rules::asked_level(begun.level);
        let address = provider.address(ready).ok_or_else(|| provider.misconfigured("no address"))?;
        let back = format!("{}/sign-in?attempt={}", ctx.base_url(), begun.id);
        let asked = rules::extension(&provider.connection, level, ctx.lang().tag(), back);
        let id = format!("_{}", hex(&ctx.frame().ids().bytes::<20>()));
        let answer_to = provider.answer_to(ctx);
        let request = saml::Request {
            id: &id,
            issuer: &provider.connection.entity_id,
            destination: address,
            answer_to: &answer_to,
            // Others do not know the classes of STORK.
            level: provider.is_bundid().then_some(level),
            force: begun.adds_to.is_some(),
            extension: asked.as_ref(),
            now: ctx.now(),
        };
        if ready.sign_until < ctx.now() {
            return Err(provider.misconfigured("`sign_with`: its time is over"));
        }
        let passage = match provider.connection.binding {
            Binding::Redirect => request.redirect(&id, &ready.signing, ready.sign_with).map(Passage::Address),
            Binding::Post => {
                request.post(&ready.signing, ready.sign_with, Some(&ready.certificate)).map(|field| {
                    Passage::Form {
                        action: address.clone(),
                        label: provider.label(ctx.lang()).to_owned(),
                        fields: [("SAMLRequest", field), ("RelayState", id.clone())],
                    }
                })
            }
        };
        let passage = passage.map_err(|it| provider.misconfigured(it))?;
        let mut tx = ctx.write(may::SIGN_IN).await?;
        if store::begun(&mut tx, connection, &begun.id, ctx.now()).await? >= MOST {
            return Err(tx.abandon(fault::TOO_OFTEN.with("seconds", LASTS / 1_000_000)));
        }
        let until = ctx.now() + LASTS;
        let kept =
            Request { id, tenant: begun.tenant, connection: connection.to_owned(), attempt: begun.id, until };
        store::insert(&mut tx, &kept).await?;
        tx.commit(did::SENT, connection).await?;
        Ok(passage)
    }
}

pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|it| format!("{it:02x}")).collect()
}
