//! Access tokens of the provider at the doors of this node: who stands behind one, and whether it may be shown so.

use super::{
    bound::{Refusal, Told},
    party::Asking,
};
use crate::{
    Identity,
    model::{client::Party, grant::Granted},
    names::may,
    rules, store,
};
use axum::http::{header, request::Parts};
use kernel::{Actor, Ctx, Error, Frame, Permission, Result, Role, SECOND, Shown, fault};
use oidc::{AccessToken, Claims, ErrorCode, OauthFault, access_token};
use ports::identity::ClientRole;
use serde_json::{Map, Value, json};
use std::{collections::BTreeSet, sync::Arc};
use uuid::Uuid;

impl Identity {
    /// The actor behind an access token of the provider; nothing for anything else.
    pub async fn by_provider_token(&self, frame: &Arc<Frame>, shown: &Shown<'_>) -> Result<Option<Actor>> {
        let found = [("Bearer", shown.under("Bearer")), ("DPoP", shown.under("DPoP"))];
        let Some((scheme, text)) = found.into_iter().find_map(|(scheme, it)| Some((scheme, it?))) else {
            return Ok(None);
        };
        // Which checks a token passes is decided by how this node signs, not by what the token says of itself.
        let Some(token) = self.read_token(frame, text) else { return Ok(None) };
        let bad = || Error::from(fault::BAD_CREDENTIALS);
        // The userinfo endpoint looks at the token itself, so that the proof is used once; to the provider's other addresses
        // a token opens nothing: only a browser's session signs in to a client.
        if shown.request.uri.path().starts_with("/oidc/") {
            let bare =
                Actor::with_roles(token.client_id.clone(), tenant(&token).to_owned(), vec![Role::Everyone]);
            return Ok(Some(bare));
        }
        self.holds(frame, shown.request, text, scheme, token.confirmation.as_ref()).map_err(
            |it| match it {
                Refusal::Broken(error) => error,
                other => bad().because(format!("{other:?}")),
            },
        )?;
        match token.more.get("grant") {
            None => self.machine(frame, &token).await?.map(Some).ok_or_else(bad),
            Some(_) => self.in_a_persons_name(frame, &token).await?.map(Some).ok_or_else(bad),
        }
    }

    /// An access token of the provider that is in its time and whose signature fits.
    pub fn read_token(&self, frame: &Frame, text: &str) -> Option<AccessToken> {
        let claims = frame.keys().verify_es256(access_token::TYPE, text)?;
        let Value::Object(claims) = claims else { return None };
        let now = frame.clock().now() / SECOND;
        AccessToken::read(&Claims::new(claims), frame.base_url(), frame.base_url(), now).ok()
    }

    async fn machine(&self, frame: &Arc<Frame>, token: &AccessToken) -> Result<Option<Actor>> {
        let made_with = token.more.get("secret_at").and_then(Value::as_i64);
        let Some(made_with) = made_with else { return Ok(None) };
        if !self.stands(frame, &token.client_id, made_with).await? {
            return Ok(None);
        }
        Ok(as_machine(token))
    }

    /// A client in a person's name: what the client was given, and never more than the person may.
    async fn in_a_persons_name(&self, frame: &Arc<Frame>, token: &AccessToken) -> Result<Option<Actor>> {
        let ctx = Ctx::system(frame, "");
        let Some(granted) = self.grant_of(&ctx, token).await? else { return Ok(None) };
        let mut tx = ctx.read(may::RECOGNISE).await?;
        let Some(session) = store::session::find(&mut tx, &granted.session).await? else { return Ok(None) };
        let memberships = store::membership::of_person(&mut tx, &session.person).await?;
        let own = self.own_roles(&mut tx, &memberships).await?;
        drop(tx);
        let own = rules::rights::actor(&session, &memberships, &own, ctx.now());
        let scopes: Vec<String> = token.scope.split(' ').map(str::to_owned).collect();
        // A program of one tenant does nothing in another in which the same person works, and nothing to their own account.
        let here = session.tenant == granted.tenant;
        let may = |name: &str| here && scopes.iter().any(|it| it == name);
        let rights = frame
            .permissions()
            .filter(|name| may(name) && frame.allows(&own, Permission(name)))
            .filter(|name| !rules::rights::is_personal(frame, name))
            .map(str::to_owned);
        Ok(Some(Actor {
            rights: Arc::new(rights.collect()),
            scopes,
            roles: vec![Role::Everyone],
            session: None,
            ..own
        }))
    }

    /// The grant on which a person's token hangs, if it is in force.
    pub async fn grant_of(&self, ctx: &Ctx, token: &AccessToken) -> Result<Option<Granted>> {
        let id = token.more.get("grant").and_then(Value::as_str).and_then(|it| it.parse::<Uuid>().ok());
        match id {
            Some(id) => Ok(self.in_force(ctx, &id).await?.filter(|it| it.client == token.client_id)),
            None => Ok(None),
        }
    }

    /// What a client may know about the person who signed in (OpenID Connect Core, section 5.3).
    pub async fn userinfo(&self, ctx: &Ctx, parts: &Parts) -> Told<Map<String, Value>> {
        let invalid =
            || ErrorCode::InvalidToken.because("the access token is missing, not valid or has ended");
        let shown = parts.headers.get(header::AUTHORIZATION).and_then(|it| it.to_str().ok());
        let (scheme, text) = shown.and_then(|it| it.split_once(' ')).ok_or_else(invalid)?;
        let token = self.read_token(ctx.frame(), text.trim()).ok_or_else(invalid)?;
        self.holds(ctx.frame(), parts, text.trim(), scheme, token.confirmation.as_ref())?;
        let granted = self.grant_of(ctx, &token).await?.ok_or_else(invalid)?;
        if !token.scope.split(' ').any(|it| it == "openid") {
            return Err(ErrorCode::InsufficientScope
                .because("the access token lacks the scope openid")
                .into());
        }
        let asker = self.party(ctx, &granted.client).await?.ok_or_else(invalid)?;
        let acting = ctx.as_system("");
        let person = store::person::find(&mut *acting.read(may::RECOGNISE).await?, &granted.person).await?;
        let wanted = granted.request.check().unwrap_or_default();
        let wishes: Vec<&str> = wanted.claims.userinfo.keys().map(String::as_str).collect();
        let person = person.ok_or_else(invalid)?;
        let mut claims = rules::protocol::shared(&person, &token.scope, &wishes);
        claims.insert("sub".to_owned(), self.pseudonym(&asker, &granted.person).into());
        Ok(claims)
    }

    /// What a token is worth (RFC 7662): to clients of the tenant it was made in; for all others it is worth nothing.
    pub async fn introspect(&self, ctx: &Ctx, asking: &Asking, party: &Party) -> Told<Value> {
        let text = asking.required("token")?;
        let inactive = json!({ "active": false });
        if let Some(token) = self.read_token(ctx.frame(), text) {
            let void = match token.more.get("secret_at").and_then(Value::as_i64) {
                Some(made_with) => !self.stands(ctx.frame(), &token.client_id, made_with).await?,
                None => false,
            };
            let ended = token.more.contains_key("grant") && self.grant_of(ctx, &token).await?.is_none();
            if void || ended || tenant(&token) != party.client.tenant {
                return Ok(inactive);
            }
            let bound = matches!(token.confirmation, Some(oidc::Confirmation::Key(_)));
            let mut claims = token.claims();
            for internal in ["grant", "secret_at"] {
                claims.remove(internal);
            }
            claims.insert("active".to_owned(), true.into());
            claims.insert("token_type".to_owned(), if bound { "DPoP" } else { "Bearer" }.into());
            return Ok(Value::Object(claims));
        }
        let Some((id, generation)) = rules::refresh::read(self.secret(), text) else { return Ok(inactive) };
        let granted = self.in_force(ctx, &id).await?;
        Ok(match granted.filter(|it| it.client == party.client.id && it.generation == generation) {
            Some(it) => json!({
                "active": true, "client_id": it.client, "scope": it.scope, "iss": ctx.base_url(),
                "sub": self.pseudonym(party, &it.person), "exp": it.until / SECOND, "iat": it.made_at / SECOND,
            }),
            None => inactive,
        })
    }

    /// Revokes what hangs on a token (RFC 7009). Machines' tokens are stored nowhere and end by themselves.
    pub async fn revoke_token(&self, ctx: &Ctx, asking: &Asking, party: &Party) -> Told<()> {
        let text = asking.required("token")?;
        let of_refresh = rules::refresh::read(self.secret(), text).map(|(id, _)| id);
        let id = match (of_refresh, self.read_token(ctx.frame(), text)) {
            (Some(id), _) => Some(id),
            (None, Some(token)) if token.more.contains_key("grant") => {
                token.more.get("grant").and_then(Value::as_str).and_then(|it| it.parse().ok())
            }
            (None, Some(token)) if token.client_id == party.client.id => {
                return Err(short_lived().into());
            }
            _ => None,
        };
        let Some(id) = id else { return Ok(()) };
        let acting = ctx.as_system(&party.client.tenant);
        let mut tx = acting.write(may::RECOGNISE).await?;
        match store::grant::find(&mut tx, &id).await? {
            Some(granted) if granted.client == party.client.id => {
                store::grant::revoke(&mut tx, &id, ctx.now()).await?;
                tx.commit(crate::names::did::TOKEN_REVOKED, &party.client.id).await?;
                Ok(())
            }
            // Of another client, or gone: nothing to do, and nothing to learn (section 2.2).
            _ => Ok(()),
        }
    }
}

fn short_lived() -> OauthFault {
    ErrorCode::UnsupportedTokenType.because(
        "tokens of machines are stored nowhere; they end by themselves, or with the client's credentials",
    )
}

fn tenant(token: &AccessToken) -> &str {
    token.more.get("tenant").and_then(Value::as_str).unwrap_or_default()
}

/// The actor of a machine's token.
fn as_machine(token: &AccessToken) -> Option<Actor> {
    let roles = token.more.get("roles").and_then(Value::as_array)?;
    let roles = roles.iter().filter_map(|it| ClientRole::parse(it.as_str()?)).map(ClientRole::role);
    // Somebody, even without a role: with no right that not everyone has, beyond those below.
    let roles = std::iter::once(Role::Everyone).chain(roles).collect();
    let scopes: Vec<String> = token.scope.split(' ').map(str::to_owned).collect();
    // A scope that is the name of a permission got into the token only because the client is registered for it.
    let rights: BTreeSet<String> = scopes.iter().filter(|it| is_name(it)).cloned().collect();
    Some(Actor {
        rights: Arc::new(rights),
        scopes,
        ..Actor::with_roles(token.subject.clone(), tenant(token).to_owned(), roles)
    })
}

/// Whether a scope has the shape of a permission's name: `block.verb`.
fn is_name(scope: &str) -> bool {
    scope.split_once('.').is_some_and(|(block, verb)| {
        let word = |it: &str| !it.is_empty() && it.bytes().all(|it| it.is_ascii_lowercase() || it == b'_');
        word(block) && word(verb)
    })
}
