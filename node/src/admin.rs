//! Who administers the node until accounts exist: whoever holds the token in `DIR/admin-token`, or one derived from it.
//!
//! The operator's token may everything. `fachwerk token --tenant NAME` derives one for the clerks of a tenant from it;
//! nothing is stored, and a new `admin-token` ends all of them. A browser gets a session that ends after twelve hours.

use crate::{config::Fault, keyring::write_secret};
use async_trait::async_trait;
use aws_lc_rs::{constant_time, hmac};
use axum::{
    Router,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Redirect, Response},
    routing::{get, post},
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use kernel::{
    Actor, Check, Code, Ctx, Frame, HOUR, Ids, Kind, Result, Role, Shown, Text,
    http::{Form, Query},
};
use serde::Deserialize;
use std::{path::Path, sync::Arc};
use ui::{Markup, Shell, Tone, html};

const SESSION: i64 = 12 * HOUR;

/// The token is not (or no longer) the right one.
const BAD_TOKEN: Code = Code {
    code: "node.bad_token",
    kind: Kind::Forbidden,
    title: Text { de: "Der Schlüssel passt nicht", en: "The token does not fit" },
    detail: Text {
        de: "Bitte den Verwaltungsschlüssel verwenden, der beim Start angezeigt wird und in der Datei `admin-token` steht.",
        en: "Please use the admin token that is shown at the start and stands in the file `admin-token`.",
    },
};

/// The errors of the node itself.
pub const FAULTS: &[Code] = &[BAD_TOKEN];

/// The operator's token and what is derived from it.
#[derive(Clone)]
pub struct AdminToken(Arc<str>);

impl AdminToken {
    /// Reads the token; makes one at the first start.
    ///
    /// # Errors
    /// When the file cannot be read or written.
    pub fn load_or_make(data: &Path) -> std::result::Result<Self, Fault> {
        let path = data.join("admin-token");
        if let Ok(text) = std::fs::read_to_string(&path)
            && text.trim().len() >= 32
        {
            return Ok(Self(text.trim().into()));
        }
        let token = URL_SAFE_NO_PAD.encode(Ids::Random.bytes::<32>());
        write_secret(&path, token.as_bytes())?;
        Ok(Self(token.as_str().into()))
    }

    /// The token itself.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// A token for the clerks of a tenant.
    pub fn for_tenant(&self, tenant: &str) -> String {
        let name = URL_SAFE_NO_PAD.encode(tenant);
        format!("tenant.{name}.{}", self.mac(&format!("tenant {tenant}")))
    }

    fn session(&self, actor: &Actor, now: i64) -> String {
        let name = URL_SAFE_NO_PAD.encode(actor.tenant.as_bytes());
        let until = now + SESSION;
        format!("session.{name}.{until}.{}", self.mac(&format!("session {until} {}", actor.tenant)))
    }

    fn mac(&self, message: &str) -> String {
        let key = hmac::Key::new(hmac::HMAC_SHA256, self.0.as_bytes());
        URL_SAFE_NO_PAD.encode(hmac::sign(&key, message.as_bytes()))
    }

    /// The actor behind a token; nothing where it is no token of this kind.
    fn actor(&self, token: &str, now: i64) -> Result<Option<Actor>> {
        if equal(token, &self.0) {
            return Ok(Some(administrator("")));
        }
        let mut parts = token.split('.');
        let (kind, name) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
        if kind != "tenant" && kind != "session" {
            return Ok(None);
        }
        let bad = || kernel::fault::BAD_CREDENTIALS;
        let tenant =
            URL_SAFE_NO_PAD.decode(name).ok().and_then(|it| String::from_utf8(it).ok()).ok_or_else(bad)?;
        let expected = if kind == "tenant" {
            self.mac(&format!("tenant {tenant}"))
        } else {
            let until: i64 = parts.next().and_then(|it| it.parse().ok()).ok_or_else(bad)?;
            if until < now {
                return Err(bad().into());
            }
            self.mac(&format!("session {until} {tenant}"))
        };
        if !equal(parts.next().unwrap_or_default(), &expected) || (kind == "tenant" && tenant.is_empty()) {
            return Err(bad().into());
        }
        Ok(Some(administrator(&tenant)))
    }
}

/// The operator, or a clerk of a tenant.
fn administrator(tenant: &str) -> Actor {
    if tenant.is_empty() {
        Actor::new("admin", "", Role::Admin)
    } else {
        Actor::new(format!("clerk@{tenant}"), tenant.to_owned(), Role::Clerk)
    }
}

fn equal(one: &str, other: &str) -> bool {
    constant_time::verify_slices_are_equal(one.as_bytes(), other.as_bytes()).is_ok()
}

#[async_trait]
impl Check for AdminToken {
    async fn check(&self, frame: &Arc<Frame>, shown: &Shown<'_>) -> Result<Option<Actor>> {
        match shown.under("Bearer").or_else(|| shown.under("Session")) {
            Some(token) => self.actor(token, frame.clock().now()),
            None => Ok(None),
        }
    }
}

/// The pages to sign in and out.
pub fn router(token: AdminToken) -> Router {
    Router::new()
        .route("/admin/sign-in", get(sign_in).post(sign_in_by_form))
        .route("/admin/sign-out", post(sign_out))
        .with_state(token)
}

#[derive(Deserialize)]
struct SignIn {
    token: Option<String>,
}

async fn sign_in(
    state: axum::extract::State<AdminToken>,
    shell: Shell,
    ctx: Ctx,
    Query(given): Query<SignIn>,
) -> Result<Response> {
    match given.token {
        Some(token) => enter(&state, &ctx, &token),
        None => Ok(sign_in_page(&shell, None).into_response()),
    }
}

async fn sign_in_by_form(
    state: axum::extract::State<AdminToken>,
    shell: Shell,
    ctx: Ctx,
    Form(given): Form<SignIn>,
) -> Result<Response> {
    match enter(&state, &ctx, given.token.unwrap_or_default().trim()) {
        Ok(it) => Ok(it),
        Err(error) => {
            let page = sign_in_page(&shell, Some(&error.detail(shell.lang())));
            Ok((StatusCode::FORBIDDEN, page).into_response())
        }
    }
}

fn enter(admin: &AdminToken, ctx: &Ctx, token: &str) -> Result<Response> {
    let actor = admin.actor(token, ctx.now()).ok().flatten().ok_or(BAD_TOKEN)?;
    let session = admin.session(&actor, ctx.now());
    let secure = if ctx.base_url().starts_with("https://") { "; Secure" } else { "" };
    let age = SESSION / kernel::SECOND;
    let cookie =
        format!("fachwerk_account={session}; Path=/; HttpOnly; SameSite=Strict; Max-Age={age}{secure}");
    // On to another address at once, so that the token does not stay in the address bar.
    let mut response = Redirect::to("/admin").into_response();
    if let Ok(value) = HeaderValue::from_str(&cookie) {
        response.headers_mut().insert(header::SET_COOKIE, value);
    }
    Ok(response)
}

async fn sign_out() -> Response {
    let mut response = Redirect::to("/").into_response();
    let gone = HeaderValue::from_static("fachwerk_account=; Path=/; HttpOnly; SameSite=Strict; Max-Age=0");
    response.headers_mut().insert(header::SET_COOKIE, gone);
    response
}

fn sign_in_page(shell: &Shell, fault: Option<&str>) -> Markup {
    let title = shell.t("Anmelden", "Sign in");
    let label = shell.t("Verwaltungsschlüssel", "Admin token");
    let hint = shell.t(
        "Er wird beim ersten Start angezeigt und steht in der Datei admin-token im Datenverzeichnis.",
        "It is shown at the first start and stands in the file admin-token in the data directory.",
    );
    let field = ui::password_field("token", label).hint(hint).error(fault).required();
    shell.page(
        title,
        html! {
            (ui::title(title))
            @if let Some(fault) = fault { (ui::error_summary(shell.lang(), &[("token", fault)])) }
            form class="app-form" method="post" action="/admin/sign-in" novalidate {
                (field)
                div class="app-row" { (ui::button(title).primary()) }
            }
            (ui::alert(Tone::Info, shell.t("Noch keine Konten", "No accounts yet"), html! { p {
                (shell.t("Bis es Konten gibt, verwaltet den Knoten, wer diesen Schlüssel hat. Für eine Stelle leitet der Befehl",
                    "Until accounts exist, whoever holds this token administers the node. For one tenant, the command"))
                " " (ui::code("fachwerk token --tenant NAME")) " "
                (shell.t("einen eigenen Schlüssel ab.", "derives a token of its own."))
            } }))
        },
    )
}
