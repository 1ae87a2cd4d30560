//! Requests are taken: pushed in advance, or with the browser (RFC 9126; RFC 9101).

use super::back;
use crate::{
    Identity,
    model::{client::Party, grant::Requested},
    names::{did, fault, may},
    operations::{bound::Told, party::Asking},
    rules::{algorithms, protocol},
    store,
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use kernel::{Ctx, MINUTE, Result, SECOND};
use oidc::{AuthorizationRequest, ErrorCode, OauthFault, jws, request_object};

/// What `request_uri` of a pushed request begins with (RFC 9126, section 2.2).
pub const PUSHED: &str = "urn:ietf:params:oauth:request_uri:";
/// How long a pushed request waits for its browser, seconds.
pub const PUSHED_SECONDS: i64 = 90;
/// How long a person may take for signing in and agreeing.
const LASTS: i64 = 30 * MINUTE;

impl Identity {
    /// Takes a pushed request of a client that has proven who it is; answers its `request_uri`.
    pub async fn push(&self, ctx: &Ctx, asking: &Asking, party: &Party) -> Told<String> {
        let sent = AuthorizationRequest::from_pairs(
            asking
                .form
                .iter()
                .filter(|(name, _)| !name.starts_with("client_"))
                .map(|(name, it)| (name, it.as_str())),
        )?;
        if sent.request_uri.is_some() {
            return Err(ErrorCode::InvalidRequest
                .because("request_uri has no place in a pushed request")
                .into());
        }
        let sent = AuthorizationRequest { client_id: party.client.id.clone(), ..sent };
        let mut request = opened(ctx, party, sent, true)?;
        if protocol::redirect(party, &request).is_none() {
            return Err(ErrorCode::InvalidRequest
                .because("redirect_uri is not registered for this client")
                .into());
        }
        // A proof beside the pushed request binds the code to its key (RFC 9449, section 10.1).
        if let Some(proof) = self.proof(ctx.frame(), &asking.parts, None)? {
            if request.dpop_jkt.as_ref().is_some_and(|it| *it != proof.thumbprint) {
                return Err(ErrorCode::InvalidDpopProof
                    .because("dpop_jkt names another key than the proof")
                    .into());
            }
            request.dpop_jkt = Some(proof.thumbprint);
        }
        let wanted = request.check()?;
        protocol::may_ask(party, &wanted)?;
        protocol::level(party, &wanted)?;
        let pushed = Requested { until: ctx.now() + PUSHED_SECONDS * SECOND, ..fresh(ctx, party, request) };
        let acting = ctx.as_system(&party.client.tenant);
        let mut tx = acting.write(may::RECOGNISE).await?;
        store::request::insert(&mut tx, &pushed).await?;
        tx.commit(did::REQUEST_PUSHED, &party.client.id).await?;
        Ok(format!("{PUSHED}{}", pushed.id))
    }

    /// A pushed request arrives in its browser: once.
    pub(super) async fn begin_pushed(
        &self,
        ctx: &Ctx,
        party: &Party,
        uri: &str,
        mark: String,
    ) -> Result<Requested> {
        let acting = ctx.as_system(&party.client.tenant);
        let mut tx = acting.write(may::RECOGNISE).await?;
        let id = uri.strip_prefix(PUSHED).unwrap_or_default();
        let found = store::request::find(&mut tx, id).await?;
        let good =
            |it: &Requested| it.client == party.client.id && ctx.now() < it.until && it.begun_at.is_none();
        let Some(found) = found.filter(good) else { return Err(tx.abandon(fault::NO_REQUEST)) };
        let begun = Requested {
            browser_hash: Some(mark),
            begun_at: Some(ctx.now()),
            until: ctx.now() + LASTS,
            ..found
        };
        if !store::request::begin(&mut tx, &begun).await? {
            return Err(tx.abandon(fault::NO_REQUEST));
        }
        tx.commit(did::REQUEST_BEGUN, &party.client.id).await?;
        Ok(begun)
    }

    /// A request that comes with the browser; the address of the client with the error, where it must not go on.
    pub(super) async fn begin_here(
        &self,
        ctx: &Ctx,
        party: &Party,
        sent: AuthorizationRequest,
        mark: String,
    ) -> Result<std::result::Result<Requested, String>> {
        let outer = sent.clone();
        let request = match opened(ctx, party, sent, false) {
            Ok(it) => it,
            Err(refused) => {
                // Only to an address that is the client's is anything sent; otherwise the person reads it here.
                let Some(to) = protocol::redirect(party, &outer) else {
                    return Err(fault::BAD_REDIRECT.into());
                };
                return Ok(Err(back(ctx, &to, &refused, outer.state.as_deref())?));
            }
        };
        let Some(to) = protocol::redirect(party, &request) else { return Err(fault::BAD_REDIRECT.into()) };
        let checked = request.check().and_then(|wanted| {
            protocol::may_ask(party, &wanted)?;
            protocol::level(party, &wanted)
        });
        if let Err(refused) = checked {
            return Ok(Err(back(ctx, &to, &refused, request.state.as_deref())?));
        }
        let begun = Requested {
            browser_hash: Some(mark),
            begun_at: Some(ctx.now()),
            until: ctx.now() + LASTS,
            ..fresh(ctx, party, request)
        };
        let acting = ctx.as_system(&party.client.tenant);
        let mut tx = acting.write(may::RECOGNISE).await?;
        store::request::insert(&mut tx, &begun).await?;
        tx.commit(did::REQUEST_BEGUN, &party.client.id).await?;
        Ok(Ok(begun))
    }
}

/// What a request asks for, out of its signed object where there is one.
fn opened(
    ctx: &Ctx,
    party: &Party,
    sent: AuthorizationRequest,
    pushed: bool,
) -> std::result::Result<AuthorizationRequest, OauthFault> {
    protocol::form(party, pushed, sent.request.is_some())?;
    let Some(object) = &sent.request else { return Ok(sent) };
    algorithms::allowed(ctx.keys().policy(), object, ctx.now())
        .map_err(|it| ErrorCode::InvalidRequestObject.because(it))?;
    request_object::verify(
        object,
        &party.registration.keys(),
        &jws::FAPI,
        &party.client.id,
        ctx.base_url(),
        ctx.now() / SECOND,
    )
    .map_err(|it| ErrorCode::InvalidRequestObject.because(it.to_string()))
}

fn fresh(ctx: &Ctx, party: &Party, request: AuthorizationRequest) -> Requested {
    Requested {
        id: URL_SAFE_NO_PAD.encode(ctx.frame().ids().bytes::<32>()),
        tenant: party.client.tenant.clone(),
        client: party.client.id.clone(),
        request: AuthorizationRequest { request: None, ..request },
        made_at: ctx.now(),
        until: ctx.now(),
        browser_hash: None,
        begun_at: None,
        ended_at: None,
    }
}
