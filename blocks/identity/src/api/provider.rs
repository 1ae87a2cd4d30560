//! The endpoints of the OpenID Provider for programs (RFC 6749, 7009, 7662, 8414, 9126; OpenID Connect Discovery 1.0).

use crate::{
    Identity,
    model::client::Party,
    operations::{
        authorize::PUSHED_SECONDS,
        bound::{Refusal, Told},
        machine::Tokens,
        party::Asking,
    },
};
use axum::{
    body::Body,
    extract::{ConnectInfo, Request, State},
    http::{HeaderMap, HeaderValue, StatusCode, header, request::Parts},
    response::{IntoResponse, Response},
};
use kernel::{Ctx, Result, http::read_body};
use oidc::{ErrorCode, OauthFault};
use serde::Serialize;
use serde_json::{Map, Value, json};
use std::{collections::BTreeMap, net::SocketAddr};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

pub fn router(identity: &Identity) -> OpenApiRouter {
    OpenApiRouter::new()
        .routes(routes!(configuration))
        .routes(routes!(server))
        .routes(routes!(keys))
        .routes(routes!(par))
        .routes(routes!(token))
        .routes(routes!(introspect))
        .routes(routes!(revoke))
        .routes(routes!(userinfo, userinfo_by_post))
        .with_state(identity.clone())
}

/// The largest form.
const LARGEST: u64 = 256 * 1024;
const MEDIA: &str = "application/x-www-form-urlencoded";

/// What the token endpoint takes, as a form.
#[derive(ToSchema)]
#[expect(dead_code, reason = "the form is read by hand, so that each fault gets its own answer")]
struct ProviderForm {
    /// `authorization_code`, `refresh_token` or `client_credentials`; at other endpoints absent.
    grant_type: Option<String>,
    client_id: Option<String>,
    client_assertion_type: Option<String>,
    client_assertion: Option<String>,
    code: Option<String>,
    code_verifier: Option<String>,
    redirect_uri: Option<String>,
    refresh_token: Option<String>,
    scope: Option<String>,
    /// For introspection and revocation.
    token: Option<String>,
}

/// Why the answer is no (RFC 6749, section 5.2).
#[derive(Serialize, ToSchema)]
struct ProviderProblem {
    error: String,
    error_description: String,
}

/// What this provider offers (OpenID Connect Discovery 1.0).
#[utoipa::path(get, path = "/.well-known/openid-configuration", operation_id = "openidConfiguration", tag = "OpenID Connect",
    security(()), responses((status = 200, body = Object)))]
async fn configuration(State(identity): State<Identity>, ctx: Ctx) -> Response {
    described(&identity, &ctx)
}

/// The same for clients that know only OAuth (RFC 8414).
#[utoipa::path(get, path = "/.well-known/oauth-authorization-server", operation_id = "oauthAuthorizationServer",
    tag = "OpenID Connect", security(()), responses((status = 200, body = Object)))]
async fn server(State(identity): State<Identity>, ctx: Ctx) -> Response {
    described(&identity, &ctx)
}

fn described(identity: &Identity, ctx: &Ctx) -> Response {
    let cached = [(header::CACHE_CONTROL, "public, max-age=300")];
    (cached, axum::Json(identity.describe(ctx))).into_response()
}

/// The public keys of this provider (RFC 7517).
#[utoipa::path(get, path = "/oidc/jwks", operation_id = "oidcKeys", tag = "OpenID Connect", security(()),
    responses((status = 200, body = Object)))]
async fn keys(ctx: Ctx) -> Response {
    ([(header::CACHE_CONTROL, "public, max-age=300")], axum::Json(ctx.keys().oidc_jwks())).into_response()
}

/// Takes an authorization request in advance (RFC 9126).
#[utoipa::path(post, path = "/oidc/par", operation_id = "oidcPush", tag = "OpenID Connect", security(()),
    request_body(content = ProviderForm, content_type = "application/x-www-form-urlencoded"),
    responses((status = 201, body = Object), (status = 400, body = ProviderProblem), (status = 401, body = ProviderProblem)))]
async fn par(State(identity): State<Identity>, ctx: Ctx, request: Request) -> Result<Response> {
    let done = async {
        let asking = asked(request).await?;
        let party = identity.prove(&ctx, &asking).await?;
        identity.push(&ctx, &asking, &party).await
    };
    told(&identity, &ctx, done.await, |uri| {
        answer(StatusCode::CREATED, &json!({ "request_uri": uri, "expires_in": PUSHED_SECONDS }))
    })
}

/// Hands out tokens (RFC 6749, section 3.2).
#[utoipa::path(post, path = "/oidc/token", operation_id = "oidcToken", tag = "OpenID Connect", security(()),
    request_body(content = ProviderForm, content_type = "application/x-www-form-urlencoded"),
    responses((status = 200, body = Object), (status = 400, body = ProviderProblem), (status = 401, body = ProviderProblem),
        (status = 429, body = ProviderProblem)))]
async fn token(State(identity): State<Identity>, ctx: Ctx, request: Request) -> Result<Response> {
    let done = async {
        let asking = asked(request).await?;
        let party = identity.prove(&ctx, &asking).await?;
        granted(&identity, &ctx, &asking, &party).await
    };
    told(&identity, &ctx, done.await, |it| answer(StatusCode::OK, &body(it)))
}

async fn granted(identity: &Identity, ctx: &Ctx, asking: &Asking, party: &Party) -> Told<Tokens> {
    match asking.required("grant_type")? {
        "client_credentials" => identity.machine_token(ctx, asking, party).await,
        "authorization_code" => identity.exchange_code(ctx, asking, party).await,
        "refresh_token" => identity.exchange_refresh(ctx, asking, party).await,
        _ => {
            let why = "grant_type is authorization_code, refresh_token or client_credentials";
            Err(ErrorCode::UnsupportedGrantType.because(why).into())
        }
    }
}

fn body(tokens: Tokens) -> Value {
    let mut body = json!({
        "access_token": tokens.access_token,
        "token_type": tokens.token_type,
        "expires_in": tokens.expires_in,
        "scope": tokens.scope,
    });
    for (name, value) in [("refresh_token", tokens.refresh_token), ("id_token", tokens.id_token)] {
        if let (Some(value), Some(body)) = (value, body.as_object_mut()) {
            body.insert(name.to_owned(), value.into());
        }
    }
    body
}

/// Says what a token is worth (RFC 7662).
#[utoipa::path(post, path = "/oidc/introspect", operation_id = "oidcIntrospect", tag = "OpenID Connect", security(()),
    request_body(content = ProviderForm, content_type = "application/x-www-form-urlencoded"),
    responses((status = 200, body = Object), (status = 400, body = ProviderProblem), (status = 401, body = ProviderProblem)))]
async fn introspect(State(identity): State<Identity>, ctx: Ctx, request: Request) -> Result<Response> {
    let done = async {
        let asking = asked(request).await?;
        let party = proven(&identity, &ctx, &asking).await?;
        identity.introspect(&ctx, &asking, &party).await
    };
    told(&identity, &ctx, done.await, |it| answer(StatusCode::OK, &it))
}

/// Revokes a token and what hangs on it (RFC 7009).
#[utoipa::path(post, path = "/oidc/revoke", operation_id = "oidcRevoke", tag = "OpenID Connect", security(()),
    request_body(content = ProviderForm, content_type = "application/x-www-form-urlencoded"),
    responses((status = 200), (status = 400, body = ProviderProblem), (status = 401, body = ProviderProblem)))]
async fn revoke(State(identity): State<Identity>, ctx: Ctx, request: Request) -> Result<Response> {
    let done = async {
        let asking = asked(request).await?;
        let party = identity.prove(&ctx, &asking).await?;
        identity.revoke_token(&ctx, &asking, &party).await
    };
    told(&identity, &ctx, done.await, |()| StatusCode::OK.into_response())
}

/// A client that has proven who it is; one that cannot is refused.
async fn proven(identity: &Identity, ctx: &Ctx, asking: &Asking) -> Told<Party> {
    let party = identity.prove(ctx, asking).await?;
    if party.method == crate::model::client::AuthMethod::None {
        let why = "only clients that prove who they are may look into tokens";
        return Err(ErrorCode::UnauthorizedClient.because(why).into());
    }
    Ok(party)
}

/// What a client may know about the person who signed in (OpenID Connect Core, section 5.3).
#[utoipa::path(get, path = "/oidc/userinfo", operation_id = "oidcUserinfo", tag = "OpenID Connect", security(()),
    responses((status = 200, body = Object), (status = 401, body = ProviderProblem)))]
async fn userinfo(State(identity): State<Identity>, ctx: Ctx, request: Request) -> Result<Response> {
    let (parts, _) = request.into_parts();
    let found = identity.userinfo(&ctx, &parts).await;
    told_resource(found)
}

/// The same by POST.
#[utoipa::path(post, path = "/oidc/userinfo", operation_id = "oidcUserinfoByPost", tag = "OpenID Connect", security(()),
    responses((status = 200, body = Object), (status = 401, body = ProviderProblem)))]
async fn userinfo_by_post(state: State<Identity>, ctx: Ctx, request: Request) -> Result<Response> {
    userinfo(state, ctx, request).await
}

/// Reads a form; refuses fields that are there twice.
async fn asked(request: Request) -> Told<Asking> {
    let (parts, body) = request.into_parts();
    let address = parts.extensions.get::<ConnectInfo<SocketAddr>>();
    let address = address.map(|it| it.0.ip().to_string()).unwrap_or_default();
    let form = form(&parts, body).await?;
    Ok(Asking { form, parts, address })
}

async fn form(parts: &Parts, body: Body) -> Told<BTreeMap<String, String>> {
    let invalid = |why: String| Refusal::from(ErrorCode::InvalidRequest.because(why));
    let media = parts.headers.get(header::CONTENT_TYPE).and_then(|it| it.to_str().ok()).unwrap_or_default();
    if !media.split(';').next().unwrap_or_default().trim().eq_ignore_ascii_case(MEDIA) {
        return Err(invalid(format!("send a form (Content-Type: {MEDIA})")));
    }
    if parts.uri.query().is_some_and(|it| !it.is_empty()) {
        return Err(invalid("send the fields in the body, not in the address".to_owned()));
    }
    let body = read_body(body, LARGEST).await?;
    let mut form = BTreeMap::new();
    for (name, value) in url::form_urlencoded::parse(&body) {
        if name.contains('\0') || value.contains('\0') {
            return Err(invalid("a field holds the character NUL".to_owned()));
        }
        if form.insert(name.into_owned(), value.into_owned()).is_some() {
            return Err(invalid("a field is there twice".to_owned()));
        }
    }
    Ok(form)
}

/// An answer, or why there is none.
fn told<T>(
    identity: &Identity,
    ctx: &Ctx,
    done: Told<T>,
    well: impl FnOnce(T) -> Response,
) -> Result<Response> {
    let mut response = match done {
        Ok(it) => well(it),
        Err(refusal) => refused(refusal)?,
    };
    // The next proof's nonce, so that it need not be refused first (RFC 9449, section 8.2).
    if let Ok(nonce) = HeaderValue::from_str(&identity.nonce(ctx.now())) {
        response.headers_mut().insert("dpop-nonce", nonce);
    }
    Ok(response)
}

fn refused(refusal: Refusal) -> Result<Response> {
    Ok(match refusal {
        Refusal::Oauth(fault) => problem(&fault),
        Refusal::Nonce(_) => {
            problem(&ErrorCode::UseDpopNonce.because("put the nonce of the header DPoP-Nonce into the proof"))
        }
        Refusal::Wait(seconds) => {
            let body = json!({
                "error": "temporarily_unavailable",
                "error_description": format!("too many wrong proofs; try again in {seconds} seconds"),
            });
            let response = answer(StatusCode::TOO_MANY_REQUESTS, &body);
            ([(header::RETRY_AFTER, seconds.to_string())], response).into_response()
        }
        Refusal::Broken(error) => return Err(error),
    })
}

fn problem(fault: &OauthFault) -> Response {
    let status = StatusCode::from_u16(fault.error.status()).unwrap_or(StatusCode::BAD_REQUEST);
    let mut response = answer(status, fault);
    if status == StatusCode::UNAUTHORIZED {
        response
            .headers_mut()
            .insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Basic realm=\"oidc\""));
    }
    response
}

/// The same where an access token is shown: the challenge says which schemes are understood (RFC 6750, RFC 9449).
fn told_resource(found: Told<Map<String, Value>>) -> Result<Response> {
    let fault = match found {
        Ok(claims) => return Ok(answer(StatusCode::OK, &claims)),
        Err(Refusal::Oauth(fault)) => fault,
        Err(other) => return refused(other),
    };
    // A proof that is not valid is a token that is not shown rightly.
    let status = match fault.error {
        ErrorCode::InsufficientScope => StatusCode::FORBIDDEN,
        _ => StatusCode::UNAUTHORIZED,
    };
    let mut response = answer(status, &fault);
    let said: String =
        fault.description.chars().filter(|it| (' '..='~').contains(it) && *it != '"').collect();
    for scheme in ["Bearer", "DPoP"] {
        let challenge = format!("{scheme} error=\"{}\", error_description=\"{said}\"", fault.error.name());
        if let Ok(challenge) = HeaderValue::from_str(&challenge) {
            response.headers_mut().append(header::WWW_AUTHENTICATE, challenge);
        }
    }
    Ok(response)
}

fn answer(status: StatusCode, body: &impl Serialize) -> Response {
    let mut headers = HeaderMap::new();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(header::PRAGMA, HeaderValue::from_static("no-cache"));
    (status, headers, axum::Json(body)).into_response()
}
