//! A response arrives, posted from another site: nothing is known of the browser yet.

use crate::{
    Samlsp,
    model::{Landing, Request, Taken},
    names::{did, fault, may},
    operations::{
        finish::{Sealed, seal},
        provider::{Provider, Ready},
        send::hex,
    },
    rules, store,
};
use aws_lc_rs::digest;
use kernel::{Ctx, Error, MINUTE, Result};
use saml::{Answer, Expected, Fault};

/// How long a browser may take from the response to our page.
const LASTS: i64 = 5 * MINUTE;

impl Samlsp {
    /// Verifies a response and lays down what it says.
    pub async fn take(&self, ctx: &Ctx, connection: &str, field: &str) -> Result<Taken> {
        let provider = self.provider(connection)?;
        let ready = provider.ready()?;
        let unreadable = |it: Fault| Error::from(fault::UNREADABLE).with("reason", it);
        let text = saml::from_post(field).map_err(unreadable)?;
        let id = saml::answers(&text).map_err(unreadable)?;
        let request = store::request(&mut *ctx.read(may::SIGN_IN).await?, &id).await?;
        let request = request.filter(|it| it.connection == connection && it.until > ctx.now());
        let request = request.ok_or_else(|| Error::from(fault::NO_REQUEST))?;
        let recipient = provider.answer_to(ctx);
        let expected = Expected {
            issuer: &ready.there.entity_id,
            certificates: &ready.there.certificates,
            audience: &provider.connection.entity_id,
            recipient: &recipient,
            request: &request.id,
            keys: &ready.decryption,
            policy: &ready.policy,
            now: ctx.now(),
        };
        match saml::verify(&text, expected) {
            Ok(answer) => self.keep(ctx, provider, ready, request, answer).await,
            Err(Fault::Refused(status)) => {
                let why = rules::refusal(&status);
                let mut tx = ctx.write(may::SIGN_IN).await?;
                if !store::answer(&mut tx, &request.id).await? {
                    return Err(tx.abandon(fault::NO_REQUEST));
                }
                tx.commit(did::REFUSED, connection).await?;
                Ok(Taken::Refused { attempt: request.attempt, why })
            }
            Err(why) => Err(distrusted(provider, &why)),
        }
    }

    async fn keep(
        &self,
        ctx: &Ctx,
        provider: &Provider,
        ready: &Ready,
        request: Request,
        answer: Answer,
    ) -> Result<Taken> {
        let label = &provider.connection.label;
        let found = rules::found(&provider.connection, &answer)
            .map_err(|it| fault::NO_SUBJECT.with("connection", label).with("reason", it))?;
        let landing = Landing {
            attempt: request.attempt,
            issuer: answer.issuer.clone(),
            session: answer.session,
            found,
        };
        let Sealed { handle, hash, content } = seal(ctx, &landing)?;
        let once = format!("{}\n{}", ready.there.entity_id, answer.assertion);
        let once = hex(digest::digest(&digest::SHA256, once.as_bytes()).as_ref());
        let mut tx = ctx.write(may::SIGN_IN).await?;
        if !store::answer(&mut tx, &request.id).await? {
            return Err(tx.abandon(fault::NO_REQUEST));
        }
        if !store::remember(&mut tx, &once, &request.tenant, answer.remember_until).await? {
            return Err(tx.abandon(fault::REPLAYED));
        }
        let connection = &provider.connection.id;
        store::lay_down(&mut tx, &hash, &request.tenant, connection, &content, ctx.now() + LASTS).await?;
        tx.commit(did::TOOK, connection).await?;
        Ok(Taken::Handle(handle))
    }
}

/// What went wrong goes to the log by name; the caller of a forged response learns no more than that.
fn distrusted(provider: &Provider, why: &Fault) -> Error {
    tracing::warn!(connection = provider.connection.id, why = %why, "a SAML response was refused");
    fault::NOT_TRUSTED.with("connection", &provider.connection.label).with("reason", why)
}
