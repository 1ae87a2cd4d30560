//! Codes and refresh tokens are exchanged for access tokens (RFC 6749, sections 4.1.3 and 6; FAPI 2.0, section 5.3.2.1).

use super::{authorize::wishes, bound::Told, machine::Tokens, party::Asking};
use crate::{
    Identity,
    model::{client::Party, grant::Granted},
    names::{did, may},
    rules::{protocol, refresh, secrets},
    store,
};
use kernel::{Ctx, Result, SECOND, fault};
use oidc::{AuthorizationRequest, Confirmation, ErrorCode, OauthFault, id_token::IdToken, pkce, subject};
use serde_json::Map;
use uuid::Uuid;

/// How long an ID token is good, seconds: it is read once, when it arrives.
const ID_TOKEN: i64 = 300;

impl Identity {
    /// Tokens for a code.
    pub async fn exchange_code(&self, ctx: &Ctx, asking: &Asking, party: &Party) -> Told<Tokens> {
        let code = asking.required("code")?;
        let verifier = asking.required("code_verifier")?;
        let acting = ctx.as_system(&party.client.tenant);
        let found = {
            let mut tx = acting.read(may::RECOGNISE).await?;
            store::grant::by_code(&mut tx, &secrets::hash(code)).await?
        };
        let granted = found.filter(|it| it.client == party.client.id).ok_or_else(stale)?;
        if granted.code_used_at.is_some() {
            // Somebody has the code twice: one of the two is a thief (RFC 6749, section 4.1.2).
            return Err(self.revoke_all(ctx, &granted).await?.into());
        }
        if ctx.now() >= granted.code_until || granted.revoked_at.is_some() {
            return Err(stale().into());
        }
        fits(&granted.request, asking.field("redirect_uri"), verifier)?;
        let confirmation = self.confirmation(ctx, asking, party)?;
        if let Some(key) = &granted.request.dpop_jkt
            && confirmation != Some(Confirmation::Key(key.clone()))
        {
            return Err(ErrorCode::InvalidGrant
                .because("the code is bound to another key (dpop_jkt)")
                .into());
        }
        let written = confirmation.as_ref().map_or_else(String::new, |it| it.claim().to_string());
        let mut tx = acting.write(may::RECOGNISE).await?;
        if !store::grant::redeem(&mut tx, &granted.id, &written, ctx.now()).await? {
            drop(tx);
            return Err(self.revoke_all(ctx, &granted).await?.into());
        }
        tx.commit(did::CODE_REDEEMED, &party.client.id).await?;
        self.person_tokens(ctx, party, &granted, confirmation, true).await
    }

    /// Tokens for a refresh token.
    pub async fn exchange_refresh(&self, ctx: &Ctx, asking: &Asking, party: &Party) -> Told<Tokens> {
        let (id, generation) =
            refresh::read(self.secret(), asking.required("refresh_token")?).ok_or_else(stale)?;
        let mut granted = self.in_force(ctx, &id).await?.ok_or_else(stale)?;
        if granted.client != party.client.id {
            return Err(stale().into());
        }
        let kept = read_confirmation(&granted)?;
        let confirmation = self.confirmation(ctx, asking, party)?;
        // A client that proves itself with its key or certificate may bind new access tokens to a new key; for all others
        // the key is the only proof (RFC 9449, section 5).
        if kept != confirmation && (kept.is_some() && party.method == crate::model::client::AuthMethod::None)
        {
            return Err(ErrorCode::InvalidGrant.because("the refresh token is bound to another key").into());
        }
        if kept.is_some() && confirmation.is_none() {
            return Err(ErrorCode::InvalidGrant.because("the refresh token is bound; show the key").into());
        }
        if let Some(asked) = asking.field("scope") {
            if !oidc::scope::within(asked, &granted.scope) {
                return Err(ErrorCode::InvalidScope.because("scope asks for more than was granted").into());
            }
            granted.scope = asked.to_owned();
        }
        if generation != granted.generation {
            // An old one: a thief has it, or had it (RFC 9700, section 4.14.2).
            return Err(self.revoke_all(ctx, &granted).await?.into());
        }
        if protocol::rotates(party.method, kept.is_some()) {
            let acting = ctx.as_system(&party.client.tenant);
            let mut tx = acting.write(may::RECOGNISE).await?;
            if !store::grant::rotate(&mut tx, &granted.id, generation).await? {
                drop(tx);
                return Err(self.revoke_all(ctx, &granted).await?.into());
            }
            tx.commit(did::TOKEN_REFRESHED, &party.client.id).await?;
            granted.generation += 1;
        }
        let mut tokens = self.person_tokens(ctx, party, &granted, confirmation, false).await?;
        // Whoever asks for less this time keeps what may ask for all of it next time (RFC 6749, section 6).
        tokens.refresh_token = Some(refresh::make(self.secret(), &granted.id, granted.generation));
        Ok(tokens)
    }

    /// A grant that is in force: not revoked, not ended, its session open unless it outlives that, the person not locked.
    pub async fn in_force(&self, ctx: &Ctx, id: &Uuid) -> Result<Option<Granted>> {
        let acting = ctx.as_system("");
        let mut tx = acting.read(may::RECOGNISE).await?;
        let Some(granted) = store::grant::find(&mut tx, id).await? else { return Ok(None) };
        if granted.revoked_at.is_some() || ctx.now() >= granted.until {
            return Ok(None);
        }
        if !granted.offline() {
            let session = store::session::find(&mut tx, &granted.session).await?;
            if !session.is_some_and(|it| it.revoked_at.is_none() && ctx.now() < it.until) {
                return Ok(None);
            }
        }
        let person = store::person::find(&mut tx, &granted.person).await?;
        Ok(person.is_some_and(|it| it.locked_at.is_none()).then_some(granted))
    }

    /// By what name a client knows a person.
    pub fn pseudonym(&self, party: &Party, person: &Uuid) -> String {
        let registration = &party.registration;
        let sector = registration.sector.clone().or_else(|| subject::sector(&registration.redirect_uris));
        // Hosts and sectors are as registered, unproven: those of two tenants never are the same.
        let sector = format!("{} {}", party.client.tenant, sector.as_deref().unwrap_or(&party.client.id));
        subject::pairwise(self.secret(), &sector, &person.to_string())
    }

    async fn person_tokens(
        &self,
        ctx: &Ctx,
        party: &Party,
        granted: &Granted,
        confirmation: Option<Confirmation>,
        first: bool,
    ) -> Told<Tokens> {
        let mut more = Map::new();
        more.insert("grant".to_owned(), granted.id.to_string().into());
        more.insert("tenant".to_owned(), party.client.tenant.clone().into());
        let who = self.pseudonym(party, &granted.person);
        let mut token = self.access_token(ctx, party, &who, &granted.scope, confirmation, more);
        token.acr = Some(protocol::acr(granted.level));
        token.auth_time = Some(granted.proved_at / SECOND);
        let mut tokens = self.signed(ctx, token)?;
        let words: Vec<&str> = granted.scope.split(' ').collect();
        if words.contains(&"openid") {
            tokens.id_token =
                Some(self.id_token(ctx, party, granted, &who, &tokens.access_token, first).await?);
        }
        if words.contains(&"offline_access") {
            tokens.refresh_token = Some(refresh::make(self.secret(), &granted.id, granted.generation));
        }
        Ok(tokens)
    }

    async fn id_token(
        &self,
        ctx: &Ctx,
        party: &Party,
        granted: &Granted,
        who: &str,
        access_token: &str,
        first: bool,
    ) -> Result<String> {
        let wanted = granted.request.check().unwrap_or_default();
        let mut more = Map::new();
        if !wanted.claims.id_token.is_empty() {
            let acting = ctx.as_system("");
            let person =
                store::person::find(&mut *acting.read(may::RECOGNISE).await?, &granted.person).await?;
            let all =
                person.map(|it| protocol::shared(&it, &granted.scope, &wishes(&wanted))).unwrap_or_default();
            more.extend(all.into_iter().filter(|(name, _)| wanted.claims.id_token.contains_key(name)));
        }
        let issued = ctx.now() / SECOND;
        let token = IdToken {
            issuer: ctx.base_url().to_owned(),
            subject: who.to_owned(),
            client_id: party.client.id.clone(),
            issued,
            expires: issued + ID_TOKEN,
            auth_time: Some(granted.proved_at / SECOND),
            nonce: granted.request.nonce.clone().filter(|_| first),
            acr: Some(protocol::acr(granted.level)),
            amr: Vec::new(),
            sid: Some(session_mark(self.secret(), &party.client.id, &granted.session)),
            more,
        };
        let claims = token.claims(oidc::Algorithm::Es256, Some(access_token));
        let claims = serde_json::to_vec(&claims).map_err(|it| fault::INTERNAL.because(it))?;
        ctx.keys().sign_es256_now("JWT", &claims)
    }

    /// Revokes everything that hangs on a grant, because a code or token was shown twice.
    async fn revoke_all(&self, ctx: &Ctx, granted: &Granted) -> Result<OauthFault> {
        let acting = ctx.as_system(&granted.tenant);
        let mut tx = acting.write(may::RECOGNISE).await?;
        store::grant::revoke(&mut tx, &granted.id, ctx.now()).await?;
        tx.commit(did::REUSE_DETECTED, &granted.client).await?;
        Ok(stale())
    }
}

/// By what name a client knows a session: not the same for two clients.
pub fn session_mark(secret: &[u8; 32], client: &str, session: &Uuid) -> String {
    secrets::keyed(secret, &["sid", client, &session.to_string()])
}

/// What a grant is bound to.
pub fn read_confirmation(granted: &Granted) -> Result<Option<Confirmation>> {
    if granted.confirmation.is_empty() {
        return Ok(None);
    }
    let claim = serde_json::from_str(&granted.confirmation).map_err(|it| fault::INTERNAL.because(it))?;
    Confirmation::read(Some(&claim)).map_err(|it| fault::INTERNAL.because(it))
}

/// Every reason looks the same: a thief learns nothing.
fn stale() -> OauthFault {
    ErrorCode::InvalidGrant
        .because("the code or refresh token is unknown, used, expired or not of this client")
}

fn fits(
    request: &AuthorizationRequest,
    redirect_uri: Option<&str>,
    verifier: &str,
) -> std::result::Result<(), OauthFault> {
    if redirect_uri.is_some_and(|it| request.redirect_uri.as_deref() != Some(it)) {
        return Err(ErrorCode::InvalidGrant.because("redirect_uri is not that of the authorization request"));
    }
    let challenge = request.code_challenge.as_deref().unwrap_or_default();
    if pkce::fits(verifier, challenge) {
        Ok(())
    } else {
        Err(ErrorCode::InvalidGrant.because("code_verifier does not fit code_challenge"))
    }
}
