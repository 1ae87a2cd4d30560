//! The token endpoint (RFC 6749, section 4.4, as FIT-Connect uses it).

use crate::{
    Identity,
    operations::token::{TokenFault, TokenRequest},
};
use axum::{
    body::Body,
    extract::{ConnectInfo, FromRequestParts, Request, State},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use kernel::{Ctx, Result, http::read_body};
use serde::{Deserialize, Serialize};
use std::net::SocketAddr;
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

pub fn router(identity: &Identity) -> OpenApiRouter {
    OpenApiRouter::new().routes(routes!(token)).with_state(identity.clone())
}

/// What is sent, as a form.
#[derive(Deserialize, ToSchema)]
#[expect(dead_code, reason = "the form is read by hand, so that each fault gets its own answer")]
struct TokenForm {
    /// `client_credentials`.
    grant_type: String,
    client_id: String,
    client_secret: String,
    /// Space separated; without it everything that the client has is granted.
    scope: Option<String>,
}

/// A token.
#[derive(Serialize, ToSchema)]
struct TokenAnswer {
    /// A signed JWT; show it as `Authorization: Bearer …`.
    access_token: String,
    token_type: &'static str,
    /// Seconds.
    expires_in: i64,
    /// Space separated.
    scope: String,
}

/// Why there is none.
#[derive(Serialize, ToSchema)]
struct TokenProblem {
    /// `invalid_request`, `invalid_client`, `unsupported_grant_type`, `invalid_scope` or `temporarily_unavailable`.
    error: &'static str,
    /// What is wrong and how to mend it.
    error_description: String,
}

const MEDIA: &str = "application/x-www-form-urlencoded";
const LARGEST: u64 = 256 * 1024;

/// Hands out an access token for a client id and its secret.
#[utoipa::path(post, path = "/token", operation_id = "token", tag = "OAuth", security(()),
    request_body(content = TokenForm, content_type = "application/x-www-form-urlencoded"),
    responses((status = 200, body = TokenAnswer), (status = 400, body = TokenProblem), (status = 401, body = TokenProblem),
        (status = 429, body = TokenProblem)))]
async fn token(State(identity): State<Identity>, ctx: Ctx, request: Request) -> Result<Response> {
    let (mut parts, body) = request.into_parts();
    let address = ConnectInfo::<SocketAddr>::from_request_parts(&mut parts, &()).await;
    let address = address.map(|it| it.0.ip().to_string()).unwrap_or_default();
    let request = match read_form(&parts.headers, body).await? {
        Ok(it) => TokenRequest { address, ..it },
        Err(refusal) => return Ok(refusal),
    };
    Ok(match identity.ask_token(&ctx, &request).await? {
        Ok(it) => answer(
            StatusCode::OK,
            &TokenAnswer {
                access_token: it.token,
                token_type: "Bearer",
                expires_in: it.expires_in,
                scope: it.scope,
            },
        ),
        Err(TokenFault::InvalidClient) => invalid_client(
            "The client is unknown or the secret is wrong. Check client_id and client_secret; a lost secret can be renewed.",
        ),
        Err(TokenFault::InvalidScope(scope)) => refuse(
            StatusCode::BAD_REQUEST,
            "invalid_scope",
            &format!("The client does not have the scope {scope}. Leave `scope` out to get all it has."),
        ),
        Err(TokenFault::TooMany(seconds)) => {
            let refusal = refuse(
                StatusCode::TOO_MANY_REQUESTS,
                "temporarily_unavailable",
                &format!("Too many wrong secrets. Try again in {seconds} seconds."),
            );
            ([(header::RETRY_AFTER, seconds.to_string())], refusal).into_response()
        }
    })
}

async fn read_form(headers: &HeaderMap, body: Body) -> Result<std::result::Result<TokenRequest, Response>> {
    // FIT-Connect takes the secret from the form only.
    if headers.contains_key(header::AUTHORIZATION) {
        return Ok(Err(invalid_client(
            "Send client_id and client_secret as form fields, not in the Authorization header.",
        )));
    }
    let media = headers.get(header::CONTENT_TYPE).and_then(|it| it.to_str().ok()).unwrap_or_default();
    let bad = |text: &str| Ok(Err(refuse(StatusCode::BAD_REQUEST, "invalid_request", text)));
    if !media.split(';').next().unwrap_or_default().trim().eq_ignore_ascii_case(MEDIA) {
        return bad("Expected is Content-Type: application/x-www-form-urlencoded.");
    }
    let body = read_body(body, LARGEST).await?;
    let mut request = TokenRequest::default();
    let (mut grant, mut seen) = (String::new(), Vec::new());
    for (name, value) in url::form_urlencoded::parse(&body) {
        let field = match name.as_ref() {
            "grant_type" => &mut grant,
            "client_id" => &mut request.client_id,
            "client_secret" => &mut request.client_secret,
            "scope" => &mut request.scope,
            _ => continue,
        };
        if seen.contains(&name) {
            return bad(&format!("The field {name} is there twice."));
        }
        *field = value.into_owned();
        seen.push(name);
    }
    if grant.is_empty() {
        return bad("The field grant_type is missing; send grant_type=client_credentials.");
    }
    if grant != "client_credentials" {
        let text = "Only grant_type=client_credentials is supported.";
        return Ok(Err(refuse(StatusCode::BAD_REQUEST, "unsupported_grant_type", text)));
    }
    if request.client_id.is_empty() || request.client_secret.is_empty() {
        return Ok(Err(invalid_client("The fields client_id and client_secret are missing.")));
    }
    Ok(Ok(request))
}

fn invalid_client(description: &str) -> Response {
    refuse(StatusCode::UNAUTHORIZED, "invalid_client", description)
}

fn refuse(status: StatusCode, error: &'static str, description: &str) -> Response {
    answer(status, &TokenProblem { error, error_description: description.to_owned() })
}

fn answer(status: StatusCode, body: &impl Serialize) -> Response {
    (status, [(header::CACHE_CONTROL, "no-store"), (header::PRAGMA, "no-cache")], axum::Json(body))
        .into_response()
}
