//! Who may use the desk: whoever holds its token; in a demo everybody on this computer.

use crate::{Broken, config::Secret, model::TENANT, names::fault};
use async_trait::async_trait;
use aws_lc_rs::{constant_time, hmac};
use axum::{
    Router,
    extract::{Request, State},
    http::{HeaderValue, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Redirect, Response},
    routing::{get, post},
};
use base64::{Engine as _, prelude::BASE64_URL_SAFE_NO_PAD};
use kernel::{
    Actor, Check, Ctx, Error, Frame, HOUR, Ids, Result, Role, Shown,
    http::{Form, Query},
};
use serde::Deserialize;
use std::{fs::OpenOptions, io::Write as _, os::unix::fs::OpenOptionsExt as _, path::Path, sync::Arc};
use ui::{Markup, Shell, html};

/// The cookie that carries a session of the desk; another than the node's, which may run on the same host.
pub(crate) const COOKIE: &str = "fachwerk_desk";
const SESSION: i64 = 12 * HOUR;

/// The desk's token, the tokens of targets that fetch, and whether anybody must show one.
#[derive(Clone)]
pub(crate) struct Door {
    token: Arc<str>,
    targets: Arc<Vec<(String, Secret)>>,
    open: bool,
}

impl Door {
    /// Reads the token; makes one at the first start (mode 0600).
    pub(crate) fn load_or_make(
        data: &Path,
        targets: Vec<(String, Secret)>,
        open: bool,
    ) -> std::result::Result<Self, Broken> {
        let path = data.join("desk-token");
        let kept =
            std::fs::read_to_string(&path).ok().map(|it| it.trim().to_owned()).filter(|it| it.len() >= 32);
        let token = if let Some(it) = kept {
            it
        } else {
            let token = BASE64_URL_SAFE_NO_PAD.encode(Ids::Random.bytes::<32>());
            let mut file = OpenOptions::new()
                .write(true)
                .create(true)
                .truncate(true)
                .mode(0o600)
                .open(&path)
                .map_err(|it| Broken::file(&path, it))?;
            file.write_all(token.as_bytes())
                .and_then(|()| file.sync_all())
                .map_err(|it| Broken::file(&path, it))?;
            token
        };
        Ok(Self { token: token.into(), targets: Arc::new(targets), open })
    }

    /// The token, to be shown once at the start.
    pub(crate) fn token(&self) -> &str {
        &self.token
    }

    /// Whether nobody signs in.
    pub(crate) fn is_open(&self) -> bool {
        self.open
    }

    fn session(&self, now: i64) -> String {
        let until = now + SESSION;
        format!("session.{until}.{}", self.mac(until))
    }

    fn mac(&self, until: i64) -> String {
        let key = hmac::Key::new(hmac::HMAC_SHA256, self.token.as_bytes());
        BASE64_URL_SAFE_NO_PAD.encode(hmac::sign(&key, format!("desk session {until}").as_bytes()))
    }

    fn actor(&self, token: &str, now: i64) -> Result<Option<Actor>> {
        if equal(token, &self.token) {
            return Ok(Some(clerk()));
        }
        if let Some((name, _)) = self.targets.iter().find(|(_, it)| equal(token, &it.0)) {
            return Ok(Some(Actor::new(name.clone(), TENANT, Role::Subscriber)));
        }
        let Some(rest) = token.strip_prefix("session.") else { return Ok(None) };
        let bad = || Error::from(kernel::fault::BAD_CREDENTIALS);
        let (until, mac) = rest.split_once('.').ok_or_else(bad)?;
        let until: i64 = until.parse().map_err(|_| bad())?;
        if until < now || !equal(mac, &self.mac(until)) {
            return Err(bad());
        }
        Ok(Some(clerk()))
    }
}

fn clerk() -> Actor {
    Actor::new("clerk", TENANT, Role::Clerk)
}

fn equal(one: &str, other: &str) -> bool {
    constant_time::verify_slices_are_equal(one.as_bytes(), other.as_bytes()).is_ok()
}

#[async_trait]
impl Check for Door {
    async fn check(&self, frame: &Arc<Frame>, shown: &Shown<'_>) -> Result<Option<Actor>> {
        match shown.under("Bearer").or_else(|| shown.under("Session")) {
            Some(token) => self.actor(token, frame.clock().now()),
            None => Ok(None),
        }
    }
}

/// Where nobody signs in: lets requests in that come from this computer's own pages. Host names are compared so that no
/// foreign name can be made to point here, and changes must come from a page of the desk.
pub(crate) async fn welcome(State(door): State<Door>, mut request: Request, next: Next) -> Response {
    if !door.open || request.headers().contains_key(header::AUTHORIZATION) {
        return next.run(request).await;
    }
    let headers = request.headers();
    let text =
        |name: header::HeaderName| headers.get(name).and_then(|it| it.to_str().ok()).unwrap_or_default();
    let host = text(header::HOST);
    if !is_this_computer(host) {
        return Error::from(fault::FOREIGN_HOST).into_response();
    }
    let reads = request.method().is_safe();
    let site = headers.get("sec-fetch-site").and_then(|it| it.to_str().ok());
    let from_here = match site {
        Some(site) => matches!(site, "same-origin" | "none"),
        None => text(header::ORIGIN).split_once("://").is_some_and(|it| it.1 == host),
    };
    if !reads && !from_here {
        return Error::from(kernel::fault::CROSS_SITE).into_response();
    }
    if let Ok(value) = HeaderValue::from_str(&format!("Bearer {}", door.token)) {
        request.headers_mut().insert(header::AUTHORIZATION, value);
    }
    next.run(request).await
}

fn is_this_computer(host: &str) -> bool {
    let name = match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|it| it.is_ascii_digit()) => name,
        _ => host,
    };
    matches!(name, "localhost" | "127.0.0.1" | "[::1]")
}

/// The pages to sign in and out.
pub(crate) fn router(door: Door) -> Router {
    Router::new()
        .route("/sign-in", get(sign_in).post(sign_in_by_form))
        .route("/sign-out", post(sign_out))
        .with_state(door)
}

#[derive(Deserialize)]
struct SignIn {
    token: Option<String>,
}

async fn sign_in(
    State(door): State<Door>,
    shell: Shell,
    ctx: Ctx,
    Query(given): Query<SignIn>,
) -> Result<Response> {
    match given.token {
        Some(token) => enter(&door, &ctx, &token),
        None => Ok(page(&shell, None).into_response()),
    }
}

async fn sign_in_by_form(
    State(door): State<Door>,
    shell: Shell,
    ctx: Ctx,
    Form(given): Form<SignIn>,
) -> Response {
    match enter(&door, &ctx, given.token.unwrap_or_default().trim()) {
        Ok(it) => it,
        Err(error) => {
            (StatusCode::FORBIDDEN, page(&shell, Some(&error.detail(shell.lang())))).into_response()
        }
    }
}

fn enter(door: &Door, ctx: &Ctx, token: &str) -> Result<Response> {
    if !equal(token, &door.token) {
        return Err(fault::BAD_TOKEN.into());
    }
    let age = SESSION / kernel::SECOND;
    let secure = if ctx.base_url().starts_with("https://") { "; Secure" } else { "" };
    let session = door.session(ctx.now());
    let cookie = format!("{COOKIE}={session}; Path=/; HttpOnly; SameSite=Strict; Max-Age={age}{secure}");
    // On to another address at once, so that the token does not stay in the address bar.
    let mut response = Redirect::to("/").into_response();
    if let Ok(value) = HeaderValue::from_str(&cookie) {
        response.headers_mut().insert(header::SET_COOKIE, value);
    }
    Ok(response)
}

async fn sign_out() -> Response {
    let mut response = Redirect::to("/sign-in").into_response();
    if let Ok(gone) =
        HeaderValue::from_str(&format!("{COOKIE}=; Path=/; HttpOnly; SameSite=Strict; Max-Age=0"))
    {
        response.headers_mut().insert(header::SET_COOKIE, gone);
    }
    response
}

fn page(shell: &Shell, fault: Option<&str>) -> Markup {
    let title = shell.t("Anmelden", "Sign in");
    let label = shell.t("Schlüssel des Schreibtischs", "Token of the desk");
    let hint = shell.t(
        "Er wird beim Start angezeigt und steht in der Datei desk-token.",
        "It is shown at the start and stands in the file desk-token.",
    );
    shell.page(
        title,
        html! {
            (ui::title(title))
            @if let Some(fault) = fault { (ui::error_summary(shell.lang(), &[("token", fault)])) }
            form.app-form method="post" action="/sign-in" novalidate {
                (ui::password_field("token", label).hint(hint).error(fault).required())
                (ui::button(title))
            }
        },
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_this_computer_has_these_names() {
        for (host, expected) in [
            ("localhost:8090", true),
            ("127.0.0.1:8090", true),
            ("[::1]:8090", true),
            ("localhost", true),
            ("evil.example:8090", false),
            ("localhost.evil.example", false),
            ("", false),
        ] {
            assert_eq!(is_this_computer(host), expected, "{host}");
        }
    }
}
