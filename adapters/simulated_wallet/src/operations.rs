//! What the simulated wallet does: fetches a request, answers it, keeps the status list.

use crate::{
    model::{Condition, Format, PERSONS, Person},
    names::{fault, may},
    rules::{
        answer,
        request::{self, Checked},
    },
    store::Authority,
};
use aws_lc_rs::rand;
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use kernel::{Ctx, Error, Result, SECOND};
use openid4vp::response::Response;
use reqwest::{Client, redirect::Policy};
use sdjwt::status::{self, StatusList};
use serde_json::Value;
use std::{path::Path, sync::Arc, time::Duration};

/// The page, and everything below it.
pub(crate) const PATH: &str = "/simulator/wallet";
/// Where the status list is.
pub(crate) const STATUS: &str = "/simulator/wallet/status/1";

/// How long a verifier may take.
const PATIENCE: Duration = Duration::from_secs(10);
/// The largest answer of a verifier that is read.
const LARGEST: usize = 256 * 1024;
/// Entries of the status list: enough that one place does not tell whose it is.
const ENTRIES: usize = 1 << 17;
const STATUS_LIFETIME: i64 = 3600;

/// A development wallet. Marked as a simulator, and only in the demo.
#[derive(Clone)]
pub struct SimulatedWallet {
    authority: Arc<Authority>,
    client: Client,
}

/// What a verifier said to an answer.
pub(crate) enum Outcome {
    /// It took the answer, and says where the browser goes on.
    Follow(String),
    /// It took the answer, and says nothing else.
    Done,
    /// It refused the answer, and this is why.
    Refused(String),
}

impl SimulatedWallet {
    /// A wallet with the keys that [`crate::prepare_files`] wrote into a folder.
    ///
    /// # Errors
    /// Outside the demo, always; and when the files are of no use.
    pub fn new(folder: &Path, demo: bool) -> Result<Self> {
        if !demo {
            return Err(fault::ONLY_IN_DEMO.into());
        }
        let client = Client::builder()
            .redirect(Policy::none())
            .timeout(PATIENCE)
            .no_proxy()
            .user_agent("Fachwerk SIMULATOR wallet")
            .build()
            .map_err(|it| fault::BROKEN.because(it))?;
        Ok(Self { authority: Arc::new(Authority::load(folder)?), client })
    }

    /// Fetches and checks a request; answers it as it arrived, too.
    pub(crate) async fn fetch(
        &self,
        ctx: &Ctx,
        client_id: &str,
        address: &str,
        post: bool,
    ) -> Result<(String, Checked)> {
        ctx.require(may::PRESENT)?;
        let url = request::nearby(address, ctx.base_url(), "request_uri")?;
        let nonce = if post { Some(nonce()?) } else { None };
        let asked = match &nonce {
            Some(nonce) => self.client.post(url).form(&[("wallet_nonce", nonce.as_str())]),
            None => self.client.get(url),
        };
        let asked = asked.header("accept", openid4vp::request::MEDIA_TYPE);
        let answer = asked.send().await.map_err(|it| unreachable(it.without_url()))?;
        if !answer.status().is_success() {
            return Err(no_answer(format!("HTTP {}", answer.status().as_u16())));
        }
        let compact = text(answer).await?;
        let checked = self.check(ctx, &compact, client_id)?;
        request::check_nonce(&checked.request, nonce.as_deref())?;
        Ok((compact, checked))
    }

    /// Checks a request once more, as it comes back from the page.
    pub(crate) fn check(&self, ctx: &Ctx, compact: &str, client_id: &str) -> Result<Checked> {
        ctx.require(may::PRESENT)?;
        let checked = request::check(compact.trim(), client_id, &self.authority.access, ctx.now() / SECOND)?;
        request::nearby(&checked.request.response_uri, ctx.base_url(), "response_uri")?;
        Ok(checked)
    }

    /// What a person would disclose in a format; nothing if that does not answer the request.
    pub(crate) fn preview(
        &self,
        ctx: &Ctx,
        person: &Person,
        format: Format,
        checked: &Checked,
    ) -> Option<Vec<String>> {
        let status = status_uri(ctx);
        let now = ctx.now() / SECOND;
        let answer = answer::answer(&self.authority, (person, format), &checked.request, &status, now);
        answer.ok().map(|it| it.disclosed)
    }

    /// Answers a request with a person's identity data.
    pub(crate) async fn present(
        &self,
        ctx: &Ctx,
        person: &Person,
        format: Format,
        checked: &Checked,
    ) -> Result<Outcome> {
        ctx.require(may::PRESENT)?;
        let status = status_uri(ctx);
        let now = ctx.now() / SECOND;
        let answer = answer::answer(&self.authority, (person, format), &checked.request, &status, now)?;
        self.send(ctx, &Response::Presentations(answer.presentations), checked).await
    }

    /// Tells the verifier that the person declines (OpenID4VP 1.0, section 8.5).
    pub(crate) async fn decline(&self, ctx: &Ctx, checked: &Checked) -> Result<Outcome> {
        ctx.require(may::PRESENT)?;
        self.send(ctx, &Response::Refusal("access_denied".to_owned()), checked).await
    }

    /// The status list of everything that this simulator issues, signed anew.
    pub(crate) fn status_list(&self, ctx: &Ctx) -> Result<String> {
        ctx.require(may::PRESENT)?;
        let broken = |it: status::StatusFault| Error::from(fault::BROKEN).because(it);
        let mut list = StatusList::new(1, ENTRIES).map_err(broken)?;
        for person in PERSONS.iter().filter(|it| it.condition == Condition::Revoked) {
            list.set(person.index, 1).map_err(broken)?;
        }
        let times = (ctx.now() / SECOND, STATUS_LIFETIME / 2, STATUS_LIFETIME);
        let signer = (&self.authority.issuer, self.authority.issuer_chain.as_slice());
        status::sign(&list, &status_uri(ctx), times, signer).map_err(broken)
    }

    async fn send(&self, ctx: &Ctx, response: &Response, checked: &Checked) -> Result<Outcome> {
        let sealed = answer::seal(response, &checked.request)?;
        let url = request::nearby(&checked.request.response_uri, ctx.base_url(), "response_uri")?;
        let post = self.client.post(url).form(&[("response", sealed.as_str())]);
        let post = post.header("accept", "application/json").header("accept-language", ctx.lang().tag());
        let answer = post.send().await;
        let answer = answer.map_err(|it| unreachable(it.without_url()))?;
        let status = answer.status();
        let body: Value = serde_json::from_str(&text(answer).await?).unwrap_or_default();
        let of = |name: &str| body.get(name).and_then(Value::as_str);
        if !status.is_success() {
            let why = of("error_description").or(of("detail")).or(of("error")).unwrap_or_default();
            return Ok(Outcome::Refused(format!("HTTP {} {why}", status.as_u16()).trim().to_owned()));
        }
        match of("redirect_uri") {
            Some(it) => Ok(Outcome::Follow(request::onward(it, ctx.base_url())?)),
            None => Ok(Outcome::Done),
        }
    }
}

fn status_uri(ctx: &Ctx) -> String {
    format!("{}{STATUS}", ctx.base_url())
}

fn nonce() -> Result<String> {
    let mut bytes = [0; 16];
    rand::fill(&mut bytes).map_err(|it| fault::BROKEN.because(it))?;
    Ok(URL_SAFE_NO_PAD.encode(bytes))
}

/// A body within limits.
async fn text(mut answer: reqwest::Response) -> Result<String> {
    let mut body = Vec::new();
    while let Some(piece) = answer.chunk().await.map_err(|it| unreachable(it.without_url()))? {
        body.extend_from_slice(&piece);
        if body.len() > LARGEST {
            return Err(no_answer(format!("> {LARGEST} B")));
        }
    }
    String::from_utf8(body).map_err(|_| no_answer("UTF-8".to_owned()))
}

fn unreachable(cause: reqwest::Error) -> Error {
    let reason = if cause.is_timeout() { "timeout" } else { "connection" };
    no_answer(reason.to_owned()).because(cause)
}

fn no_answer(reason: String) -> Error {
    fault::NO_ANSWER.with("reason", reason)
}
