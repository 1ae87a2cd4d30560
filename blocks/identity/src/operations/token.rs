//! Access tokens: a client proves itself with its secret and gets a signed token (RFC 6749, section 4.4; RFC 9068).

use super::{client::BY_SECRET, standing::Standing};
use crate::{
    Identity,
    model::Client,
    names::may,
    rules::secrets::{equal, hash},
    store,
};
use aws_lc_rs::digest;
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use kernel::{Actor, Ctx, Error, Frame, MINUTE, Result, SECOND, Shown, fault};
use ports::identity::ClientRole;
use serde_json::json;
use std::{
    collections::HashMap,
    sync::{Arc, Mutex},
};

/// What a client sends to the token endpoint.
#[derive(Default)]
pub struct TokenRequest {
    pub client_id: String,
    pub client_secret: String,
    /// Space separated; empty for everything it has.
    pub scope: String,
    /// Where it comes from; wrong secrets are counted for each client and address.
    pub address: String,
}

/// A token for a client.
#[derive(Debug, Clone)]
pub struct AccessToken {
    pub token: String,
    /// Seconds.
    pub expires_in: i64,
    pub scope: String,
}

/// Why there is no token (RFC 6749, section 5.2).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TokenFault {
    InvalidClient,
    /// The first scope that the client does not have.
    InvalidScope(String),
    /// Too many wrong secrets; seconds to wait.
    TooMany(i64),
}

/// A token, or why there is none.
pub type Asked = std::result::Result<AccessToken, TokenFault>;

/// The header's `typ` (RFC 9068, section 2.1).
const TYP: &str = "at+jwt";
/// A token is handed out again while it is younger: a client that asks before every call must not cost a signature each time.
const REUSED: i64 = 5 * MINUTE;
/// So many tokens are remembered at most, issued ones and checked ones.
const REMEMBERED: usize = 10_000;
/// So many wrong secrets a minute are answered for one client from one address.
const WRONG_SECRETS: u32 = 20;

/// What this process remembers of tokens.
#[derive(Default)]
pub struct Access {
    issued: Mutex<HashMap<(String, String), Issued>>,
    checked: Mutex<HashMap<[u8; 32], Checked>>,
    pub standing: Standing,
    wrong: Mutex<Wrong>,
}

/// Wrong secrets of one minute, by client and address.
#[derive(Default)]
struct Wrong {
    minute: i64,
    counts: HashMap<(String, String), u32>,
}

/// A token whose signature fits.
#[derive(Clone)]
struct Checked {
    actor: Actor,
    /// Which secret it was made with.
    secret_at: i64,
    until: i64,
}

#[derive(Clone)]
struct Issued {
    token: String,
    rotated_at: i64,
    at: i64,
}

impl Identity {
    /// A token for whoever knows the secret.
    pub async fn ask_token(&self, ctx: &Ctx, request: &TokenRequest) -> Result<Asked> {
        let client = {
            let mut tx = ctx.read(may::ASK_TOKEN).await?;
            store::client::find(&mut tx, &request.client_id).await?
        };
        // A client that proves itself with a key has no secret that could be guessed.
        let client = client.filter(|it| it.auth_method == BY_SECRET && !it.secret_hash.is_empty());
        // An unknown client costs the same as a wrong secret.
        let right =
            equal(&hash(&request.client_secret), client.as_ref().map_or("", |it| it.secret_hash.as_str()));
        let Some(client) = client.filter(|_| right) else {
            return Ok(Err(self.access().count_wrong(request, ctx.now())));
        };
        match self.grant(ctx, &client, &request.scope).await? {
            Err(scope) => Ok(Err(TokenFault::InvalidScope(scope))),
            Ok(scopes) => self.issue(ctx, &client, scopes).await.map(Ok),
        }
    }

    async fn issue(&self, ctx: &Ctx, client: &Client, scopes: Vec<String>) -> Result<AccessToken> {
        let life = self.config().token_seconds.clamp(60, 1800) * SECOND;
        let key = (client.id.clone(), scopes.join(" "));
        let known = self.access().known(&key).filter(|it| {
            it.rotated_at == client.rotated_at
                && ctx.now() < it.at + REUSED.min(life / 2)
                && ctx.now() >= it.at
        });
        let issued = if let Some(it) = known {
            it
        } else {
            let roles = self.roles_for(ctx, client, &scopes).await?;
            let claims = claims(ctx, client, &key.1, &roles, life);
            let token = ctx.keys().sign(TYP, &claims).await?;
            let issued = Issued { token, rotated_at: client.rotated_at, at: ctx.now() };
            self.access().remember(key.clone(), &issued);
            issued
        };
        let expires_in = (issued.at / SECOND) + life / SECOND - ctx.now() / SECOND;
        Ok(AccessToken { token: issued.token, expires_in, scope: key.1 })
    }
}

fn claims(ctx: &Ctx, client: &Client, scope: &str, roles: &[ClientRole], life: i64) -> serde_json::Value {
    let roles: Vec<&str> = roles.iter().map(|it| it.as_str()).collect();
    json!({
        "iss": ctx.base_url(),
        "sub": client.id,
        "client_id": client.id,
        "aud": ctx.base_url(),
        "iat": ctx.now() / SECOND,
        "exp": (ctx.now() + life) / SECOND,
        "jti": ctx.id(),
        "scope": scope,
        "tenant": client.tenant,
        "roles": roles,
        // Which secret it was made with: a new one voids older tokens.
        "secret_at": client.rotated_at,
    })
}

impl Access {
    /// A client was changed or removed: its tokens are void from now on.
    pub fn void(&self, client: &str) {
        self.standing.forget(client);
        if let Ok(mut issued) = self.issued.lock() {
            issued.retain(|(id, _), _| id != client);
        }
    }

    fn known(&self, key: &(String, String)) -> Option<Issued> {
        self.issued.lock().ok()?.get(key).cloned()
    }

    fn remember(&self, key: (String, String), issued: &Issued) {
        if let Ok(mut all) = self.issued.lock() {
            if all.len() >= REMEMBERED {
                all.retain(|_, it| issued.at < it.at + REUSED);
                if all.len() >= REMEMBERED {
                    all.clear();
                }
            }
            all.insert(key, issued.clone());
        }
    }

    /// Counts a wrong secret. The right one is never locked out: guessing 256 bits is hopeless, this only saves work.
    pub fn count_wrong(&self, request: &TokenRequest, now: i64) -> TokenFault {
        let Ok(mut wrong) = self.wrong.lock() else { return TokenFault::InvalidClient };
        let Wrong { minute, counts } = &mut *wrong;
        if *minute != now / MINUTE || counts.len() >= REMEMBERED {
            *minute = now / MINUTE;
            counts.clear();
        }
        let client: String = request.client_id.chars().take(64).collect();
        let count = counts.entry((client, request.address.clone())).or_insert(0);
        *count = count.saturating_add(1);
        if *count > WRONG_SECRETS {
            TokenFault::TooMany((MINUTE - now % MINUTE) / SECOND)
        } else {
            TokenFault::InvalidClient
        }
    }

    fn check(&self, frame: &Frame, token: &str) -> Result<Checked> {
        let bad = || Error::from(fault::BAD_CREDENTIALS);
        let now = frame.clock().now();
        let mut hash = [0; 32];
        hash.copy_from_slice(digest::digest(&digest::SHA256, token.as_bytes()).as_ref());
        let known = self.checked.lock().ok().and_then(|it| it.get(&hash).cloned());
        if let Some(it) = known {
            return if now < it.until { Ok(it) } else { Err(bad()) };
        }
        let claims = frame.keys().verify(TYP, token).ok_or_else(bad)?;
        let claims: Claims = serde_json::from_value(claims).map_err(|it| bad().because(it))?;
        let until = claims.exp.saturating_mul(SECOND);
        // A minute of grace for clocks of several nodes that do not quite agree.
        let early = claims.iat.saturating_mul(SECOND) > now + MINUTE;
        if now >= until || early || claims.aud != frame.base_url() || claims.iss != frame.base_url() {
            return Err(bad());
        }
        let roles =
            claims.roles.iter().filter_map(|it| ClientRole::parse(it)).map(ClientRole::role).collect();
        let scopes = claims.scope.split(' ').map(str::to_owned).collect();
        let actor = Actor { scopes, ..Actor::with_roles(claims.sub, claims.tenant, roles) };
        let checked = Checked { actor, secret_at: claims.secret_at, until };
        if let Ok(mut all) = self.checked.lock() {
            if all.len() >= REMEMBERED {
                all.retain(|_, it| now < it.until);
                if all.len() >= REMEMBERED {
                    all.clear();
                }
            }
            all.insert(hash, checked.clone());
        }
        Ok(checked)
    }
}

#[derive(serde::Deserialize)]
struct Claims {
    iss: String,
    sub: String,
    aud: String,
    iat: i64,
    exp: i64,
    scope: String,
    tenant: String,
    roles: Vec<String>,
    secret_at: i64,
}

impl Identity {
    /// The client behind an access token of this kind; nothing for anything else.
    pub async fn by_token(&self, frame: &Arc<Frame>, shown: &Shown<'_>) -> Result<Option<Actor>> {
        let Some(token) = shown.under("Bearer").filter(|it| is_ours(it)) else { return Ok(None) };
        let checked = self.access().check(frame, token)?;
        if self.stands(frame, &checked.actor.name, checked.secret_at).await? {
            Ok(Some(checked.actor))
        } else {
            Err(fault::BAD_CREDENTIALS.into())
        }
    }
}

/// Whether a token says that it is an access token of this kind; other signed tokens belong to other checks.
fn is_ours(token: &str) -> bool {
    let header = token.split_once('.').and_then(|(it, _)| URL_SAFE_NO_PAD.decode(it).ok());
    let header = header.and_then(|it| serde_json::from_slice::<serde_json::Value>(&it).ok());
    let says = |name: &str, text: &str| {
        header.as_ref().and_then(|it| it.get(name)).and_then(|it| it.as_str()) == Some(text)
    };
    says("typ", TYP) && says("alg", "PS512")
}
