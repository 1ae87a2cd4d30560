//! A wallet answers.

use super::{
    Wallet,
    request::{encryption_key, response_uri},
};
use crate::{
    model::{Device, Failure, Phase, Refused, ShownPerson, WalletRequest},
    names::{did, fault, may},
    rules, store,
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use kernel::{Ctx, Error, Result, SECOND};
use openid4vp::response::{Response, ResponseFault};
use std::collections::BTreeMap;

/// How many answers to one request are looked at.
const MOST_TRIES: i64 = 5;

/// What a wallet posted.
pub(crate) struct Posted {
    /// The encrypted answer.
    pub response: Option<String>,
    /// An error code in plain text, with the state that proves that it belongs here.
    pub error: Option<(String, String)>,
}

impl Wallet {
    /// Checks an answer and keeps what it says until the browser is back; answers where the wallet sends the browser.
    pub(crate) async fn receive(&self, ctx: &Ctx, id: &str, posted: Posted) -> Result<Option<String>> {
        let request = self.open(ctx, id).await?;
        self.count_try(ctx, &request).await?;
        match self.judge(ctx, &request, posted).await? {
            Ok(person) => {
                let answer =
                    serde_json::to_string(&person).map_err(|it| kernel::fault::INTERNAL.because(it))?;
                self.keep(ctx, &request, Phase::Answered, &answer).await
            }
            Err(refused) => {
                tracing::info!(request = id, code = refused.code.code, "a wallet's answer was refused");
                let failure = Failure { code: refused.code.code.to_owned(), reason: refused.reason.clone() };
                let answer =
                    serde_json::to_string(&failure).map_err(|it| kernel::fault::INTERNAL.because(it))?;
                let back = self.keep(ctx, &request, Phase::Failed, &answer).await?;
                // Whoever declined did nothing wrong: the browser says what to do next.
                if refused.code == fault::DECLINED { Ok(back) } else { Err(refused.into()) }
            }
        }
    }

    async fn count_try(&self, ctx: &Ctx, request: &WalletRequest) -> Result<()> {
        if request.tries >= MOST_TRIES {
            return Err(fault::TOO_OFTEN.into());
        }
        let mut tx = ctx.write(may::SIGN_IN).await?;
        if !store::count_try(&mut tx, &request.id).await? {
            return Err(tx.abandon(fault::NO_REQUEST));
        }
        tx.commit(did::ANSWERED, &request.id).await
    }

    /// Outer errors leave the request open: nobody proved to be the wallet that was asked. Inner ones end it.
    async fn judge(
        &self,
        ctx: &Ctx,
        request: &WalletRequest,
        posted: Posted,
    ) -> Result<std::result::Result<ShownPerson, Refused>> {
        let presentations = match (posted.response, posted.error) {
            (Some(response), _) => match open_response(request, &response)? {
                Response::Presentations(it) => it,
                Response::Refusal(code) => return Ok(Err(declined(&code))),
            },
            (None, Some((code, state))) if state == request.state => return Ok(Err(declined(&code))),
            _ => return Err(fault::BAD_ANSWER.with("reason", "response").at("response")),
        };
        match self.check(ctx, request, &presentations).await {
            Ok(person) => Ok(Ok(person)),
            Err(refused) => Ok(Err(refused)),
        }
    }

    async fn check(
        &self,
        ctx: &Ctx,
        request: &WalletRequest,
        presentations: &BTreeMap<String, Vec<String>>,
    ) -> std::result::Result<ShownPerson, Refused> {
        let broken = |_| Refused::new(fault::BAD_ANSWER, "key");
        let thumbprint = encryption_key(request).map_err(broken)?.public().thumbprint();
        let asked = rules::Request {
            query: &self.0.query,
            client_id: &self.0.client_id,
            nonce: &request.nonce,
            response_uri: &response_uri(ctx, &request.id),
            thumbprint: &thumbprint,
            trust: &self.0.issuers,
            policy: ctx.keys().policy(),
            now: ctx.now() / SECOND,
        };
        asked.allowed("ECDH-ES")?;
        let presented = rules::read(presentations, &asked)?;
        for shown in &presented {
            self.check_status(ctx, shown).await?;
        }
        let first = presented.first().ok_or_else(|| Refused::new(fault::BAD_ANSWER, "vp_token"))?;
        let query = self.0.query.credential(&first.id);
        rules::person(first, query.ok_or_else(|| Refused::new(fault::BAD_ANSWER, "vp_token"))?)
    }

    /// Keeps the outcome, once; a wallet on the same device gets the address with the code that finishes.
    async fn keep(
        &self,
        ctx: &Ctx,
        request: &WalletRequest,
        phase: Phase,
        answer: &str,
    ) -> Result<Option<String>> {
        let code = URL_SAFE_NO_PAD.encode(ctx.frame().ids().bytes::<32>());
        let mut tx = ctx.write(may::SIGN_IN).await?;
        if !store::answer(&mut tx, &request.id, phase, answer, &rules::hash(&code)).await? {
            return Err(tx.abandon(fault::NO_REQUEST));
        }
        tx.commit(did::ANSWERED, &request.id).await?;
        Ok(match request.device {
            Device::Same => Some(format!(
                "{}/sign-in/wallet/finish?request={}&response_code={code}",
                ctx.base_url(),
                request.id
            )),
            Device::Other => None,
        })
    }
}

fn open_response(request: &WalletRequest, response: &str) -> Result<Response> {
    let key = encryption_key(request)?;
    Response::open(response, &key, &request.state)
        .map_err(|it: ResponseFault| Error::from(fault::BAD_ANSWER).with("reason", it).at("response"))
}

/// The wallet's own error code, as far as it is one.
fn declined(code: &str) -> Refused {
    let shown: String = code
        .chars()
        .filter(|it| it.is_ascii_alphanumeric() || matches!(it, '_' | '.' | '-'))
        .take(60)
        .collect();
    Refused::new(fault::DECLINED, shown)
}
