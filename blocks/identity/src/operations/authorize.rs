//! A client asks for a person: the request is taken, the person signs in and agrees, the client gets a code
//! (RFC 6749, section 4.1; RFC 9126; RFC 9101; RFC 9207).

mod take;

pub use take::PUSHED_SECONDS;

use super::attempt::Begin;
use crate::{
    Identity,
    model::{
        Session,
        client::Party,
        grant::{Consent, Granted, Requested},
    },
    names::{did, fault, may},
    rules::{protocol, rights, secrets},
    store,
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use kernel::{Ctx, DAY, MINUTE, Result, http::BROWSER};
use oidc::{AuthorizationRequest, ErrorCode, OauthFault, request::Wanted, response};

/// How long a code is good (FAPI 2.0, section 5.3.2.1: at most 60 seconds).
const CODE: i64 = MINUTE;
/// How long a grant lasts that outlives its session.
const OFFLINE: i64 = 90 * DAY;

/// How the browser goes on.
#[derive(Debug)]
pub enum Next {
    /// Elsewhere: back to the client, or to the sign-in page; with a cookie for browsers without a mark.
    Go(String, Option<String>),
    /// The person must be asked.
    Ask(Box<Question>),
}

/// What a person is asked.
#[derive(Debug)]
pub struct Question {
    pub request: String,
    pub party: Party,
    pub scope: String,
    /// The claims that the client would see, by name.
    pub shared: Vec<(String, String)>,
    pub offline: bool,
}

impl Identity {
    /// A browser brings a request.
    pub async fn authorize(&self, ctx: &Ctx, sent: AuthorizationRequest) -> Result<Next> {
        let Some(party) = self.party(ctx, &sent.client_id).await? else {
            return Err(fault::NO_SUCH_CLIENT.into());
        };
        let (ctx, cookie) = marked(ctx);
        let mark = secrets::hash(ctx.browser().unwrap_or_default());
        let begun = match sent.request_uri.clone() {
            Some(uri) => self.begin_pushed(&ctx, &party, &uri, mark).await?,
            None => match self.begin_here(&ctx, &party, sent, mark).await? {
                Ok(begun) => begun,
                Err(back) => return Ok(Next::Go(back, cookie)),
            },
        };
        match self.go_on(&ctx, &party, begun, true).await? {
            Next::Go(to, None) => Ok(Next::Go(to, cookie)),
            other => Ok(other),
        }
    }

    /// The browser comes back from signing in.
    pub async fn resume(&self, ctx: &Ctx, id: &str) -> Result<Next> {
        let (begun, party) = self.of_browser(ctx, id).await?;
        self.go_on(ctx, &party, begun, false).await
    }

    /// The person has answered.
    pub async fn answered(&self, ctx: &Ctx, id: &str, agreed: bool) -> Result<String> {
        let (begun, party) = self.of_browser(ctx, id).await?;
        let wanted = checked(&begun)?;
        if !agreed {
            return self.refuse(ctx, &begun, &ErrorCode::AccessDenied.because("the person said no")).await;
        }
        let needed = needed(&party, &begun, &wanted, ctx.now())?;
        match self.session(ctx, &party, &needed).await? {
            Some(session) => self.give_code(ctx, &party, &begun, &wanted, &session, true).await,
            None => Err(fault::NO_REQUEST.into()),
        }
    }

    /// A request of this browser that has not ended.
    async fn of_browser(&self, ctx: &Ctx, id: &str) -> Result<(Requested, Party)> {
        let acting = ctx.as_system("");
        let mut tx = acting.read(may::RECOGNISE).await?;
        let found = store::request::find(&mut tx, id).await?;
        drop(tx);
        let mark = secrets::hash(ctx.browser().unwrap_or_default());
        let mine = |it: &Requested| {
            it.ended_at.is_none()
                && ctx.now() < it.until
                && ctx.browser().is_some()
                && it.browser_hash.as_deref().is_some_and(|it| secrets::equal(it, &mark))
        };
        let begun = found.filter(mine).ok_or(fault::NO_REQUEST)?;
        let party = self.party(ctx, &begun.client).await?.ok_or(fault::NO_SUCH_CLIENT)?;
        Ok((begun, party))
    }

    async fn go_on(&self, ctx: &Ctx, party: &Party, begun: Requested, first: bool) -> Result<Next> {
        let wanted = checked(&begun)?;
        let silent = wanted.prompt.iter().any(|it| it == "none");
        let needed = needed(party, &begun, &wanted, ctx.now())?;
        let Some(session) = self.session(ctx, party, &needed).await? else {
            if silent {
                let refused = ErrorCode::LoginRequired.because("nobody is signed in, or not well enough");
                return Ok(Next::Go(self.refuse(ctx, &begun, &refused).await?, None));
            }
            if !first && ctx.actor().person.is_some() {
                // Somebody signed in for this and it was still not enough: asking again would not end.
                let refused = ErrorCode::UnmetAuthenticationRequirements
                    .because("the sign-in did not reach what was asked for");
                return Ok(Next::Go(self.refuse(ctx, &begun, &refused).await?, None));
            }
            let signing_in = Begin {
                tenant: party.client.tenant.clone(),
                level: Some(needed.level),
                client: Some(party.client.name.clone()),
                destination: Some(format!("/oidc/continue?request={}", begun.id)),
                adds_to: None,
                ..Begin::default()
            };
            let (attempt, cookie) = self.begin(ctx, signing_in).await?;
            return Ok(Next::Go(format!("/sign-in?attempt={attempt}"), cookie));
        };
        if silent && !self.is_hinted(ctx, party, &begun, &session) {
            let refused = ErrorCode::LoginRequired.because("somebody else is signed in");
            return Ok(Next::Go(self.refuse(ctx, &begun, &refused).await?, None));
        }
        let scope = wanted.scope.join(" ");
        if self.must_ask(ctx, party, &wanted, &session, &scope).await? {
            if silent {
                let refused = ErrorCode::ConsentRequired.because("the person has not agreed yet");
                return Ok(Next::Go(self.refuse(ctx, &begun, &refused).await?, None));
            }
            return self.question(ctx, party, &begun, &wanted, &session, scope).await;
        }
        Ok(Next::Go(self.give_code(ctx, party, &begun, &wanted, &session, false).await?, None))
    }

    /// Whether the person signed in is the one that the client means (`id_token_hint`), if it means one.
    fn is_hinted(&self, ctx: &Ctx, party: &Party, begun: &Requested, session: &Session) -> bool {
        let Some(hint) = &begun.request.id_token_hint else { return true };
        let claims = ctx.keys().verify_es256("JWT", hint);
        let subject = claims.as_ref().and_then(|it| it.get("sub")).and_then(serde_json::Value::as_str);
        subject.is_some_and(|it| secrets::equal(it, &self.pseudonym(party, &session.person)))
    }

    async fn must_ask(
        &self,
        ctx: &Ctx,
        party: &Party,
        wanted: &Wanted,
        session: &Session,
        scope: &str,
    ) -> Result<bool> {
        if wanted.prompt.iter().any(|it| it == "consent") {
            return Ok(true);
        }
        let acting = ctx.as_system("");
        let mut tx = acting.read(may::RECOGNISE).await?;
        if party.registration.trusted {
            // Only the employer's own people are not asked; to everybody else it is a program like any other.
            let own = store::membership::of_person(&mut tx, &session.person).await?;
            let works =
                own.iter().any(|it| it.tenant == party.client.tenant && rights::in_force(it, ctx.now()));
            if works {
                return Ok(false);
            }
        }
        let given = store::consent::of_person(&mut tx, &session.person).await?;
        Ok(!given.iter().any(|it| it.client == party.client.id && oidc::scope::within(scope, &it.scope)))
    }

    async fn question(
        &self,
        ctx: &Ctx,
        party: &Party,
        begun: &Requested,
        wanted: &Wanted,
        session: &Session,
        scope: String,
    ) -> Result<Next> {
        let acting = ctx.as_system("");
        let person = store::person::find(&mut *acting.read(may::RECOGNISE).await?, &session.person).await?;
        let person = person.ok_or(fault::UNKNOWN_PERSON)?;
        let wishes: Vec<&str> = wishes(wanted);
        let shared = protocol::shared(&person, &scope, &wishes);
        let shown = shared.into_iter().map(|(name, value)| {
            let value = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
            (name, value)
        });
        Ok(Next::Ask(Box::new(Question {
            request: begun.id.clone(),
            party: party.clone(),
            shared: shown.collect(),
            offline: wanted.scope.iter().any(|it| it == "offline_access"),
            scope,
        })))
    }

    /// The session of whoever asks, if it is good enough.
    async fn session(&self, ctx: &Ctx, party: &Party, needed: &protocol::Needed) -> Result<Option<Session>> {
        let Some(id) = ctx.actor().session else { return Ok(None) };
        let acting = ctx.as_system("");
        let mut tx = acting.read(may::RECOGNISE).await?;
        let Some(mut found) = store::session::find(&mut tx, &id).await? else { return Ok(None) };
        let person = store::person::find(&mut tx, &found.person).await?.ok_or(fault::UNKNOWN_PERSON)?;
        if !rights::is_vouched_for(&person.tenant, &found.way, &party.client.tenant) {
            found.level = kernel::Level::Normal;
        }
        Ok(Some(found).filter(|it| {
            it.revoked_at.is_none()
                && ctx.now() < it.until
                && it.level >= needed.level
                && it.proved_at >= needed.proved_after
        }))
    }

    /// Ends a request without a code; answers where the browser goes.
    async fn refuse(&self, ctx: &Ctx, begun: &Requested, refused: &OauthFault) -> Result<String> {
        let acting = ctx.as_system(&begun.tenant);
        let mut tx = acting.write(may::RECOGNISE).await?;
        if !store::request::end(&mut tx, &begun.id, ctx.now()).await? {
            return Err(tx.abandon(fault::NO_REQUEST));
        }
        tx.commit(did::REQUEST_REFUSED, &begun.client).await?;
        let to = begun.request.redirect_uri.as_deref().unwrap_or_default();
        back(ctx, to, refused, begun.request.state.as_deref())
    }

    /// Ends a request with a code; answers where the browser goes.
    async fn give_code(
        &self,
        ctx: &Ctx,
        party: &Party,
        begun: &Requested,
        wanted: &Wanted,
        session: &Session,
        remember: bool,
    ) -> Result<String> {
        let code = URL_SAFE_NO_PAD.encode(ctx.frame().ids().bytes::<32>());
        let scope = wanted.scope.join(" ");
        let mut granted = Granted {
            id: ctx.id(),
            tenant: party.client.tenant.clone(),
            client: party.client.id.clone(),
            person: session.person,
            session: session.id,
            request: begun.request.clone(),
            scope: scope.clone(),
            level: session.level,
            way: session.way.clone(),
            proved_at: session.proved_at,
            code_hash: secrets::hash(&code),
            code_until: ctx.now() + CODE,
            code_used_at: None,
            confirmation: String::new(),
            generation: 0,
            made_at: ctx.now(),
            until: session.until,
            revoked_at: None,
        };
        if granted.offline() {
            granted.until = ctx.now() + OFFLINE;
        }
        let acting = ctx.as_system(&begun.tenant);
        let mut tx = acting.write(may::RECOGNISE).await?;
        if !store::request::end(&mut tx, &begun.id, ctx.now()).await? {
            return Err(tx.abandon(fault::NO_REQUEST));
        }
        store::grant::insert(&mut tx, &granted).await?;
        if remember {
            let consent = Consent {
                person: session.person,
                client: party.client.id.clone(),
                tenant: party.client.tenant.clone(),
                scope,
                given_at: ctx.now(),
            };
            store::consent::give(&mut tx, &consent).await?;
        }
        tx.commit(did::CODE_ISSUED, &party.client.id).await?;
        let to = begun.request.redirect_uri.as_deref().unwrap_or_default();
        response::with_code(to, &code, begun.request.state.as_deref(), ctx.base_url())
            .ok_or_else(|| fault::BAD_REDIRECT.into())
    }
}

/// The claims that a client wishes for one by one.
pub fn wishes(wanted: &Wanted) -> Vec<&str> {
    wanted.claims.userinfo.keys().chain(wanted.claims.id_token.keys()).map(String::as_str).collect()
}

/// What was checked before it was stored.
fn checked(begun: &Requested) -> Result<Wanted> {
    begun.request.check().map_err(|it| kernel::fault::INTERNAL.because(it))
}

fn needed(party: &Party, begun: &Requested, wanted: &Wanted, now: i64) -> Result<protocol::Needed> {
    let level = protocol::level(party, wanted).map_err(|it| kernel::fault::INTERNAL.because(it))?;
    Ok(protocol::needed(level, wanted, begun.begun_at.unwrap_or(now), now))
}

fn back(ctx: &Ctx, to: &str, refused: &OauthFault, state: Option<&str>) -> Result<String> {
    response::with_fault(to, refused, state, ctx.base_url()).ok_or_else(|| fault::BAD_REDIRECT.into())
}

/// The context of a browser with a mark; a new one and its cookie where it had none.
fn marked(ctx: &Ctx) -> (Ctx, Option<String>) {
    if ctx.browser().is_some_and(|it| it.len() >= 32) {
        let same = ctx.acting(ctx.actor().clone());
        return (same, None);
    }
    let mark = URL_SAFE_NO_PAD.encode(ctx.frame().ids().bytes::<32>());
    let secure = if ctx.base_url().starts_with("https://") { "; Secure" } else { "" };
    let cookie = format!("{BROWSER}={mark}; Path=/; HttpOnly; SameSite=Lax; Max-Age=31536000{secure}");
    (ctx.acting(ctx.actor().clone()).in_browser(Some(mark.into())), Some(cookie))
}
