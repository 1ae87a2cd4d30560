//! The page to sign in: the ways that reach the level asked for.

use crate::{Identity, operations::attempt::Begin};
use axum::{
    Router,
    extract::State,
    http::{HeaderMap, HeaderValue, header},
    response::{IntoResponse, Redirect, Response},
    routing::{get, post},
};
use kernel::{Ctx, Level, Result, http::Query};
use ports::identity::Way;
use serde::Deserialize;
use ui::{Markup, Shell, html};

pub fn router(identity: &Identity) -> Router {
    Router::new()
        .route("/sign-in", get(sign_in))
        .route("/sign-out", post(sign_out))
        .with_state(identity.clone())
}

#[derive(Deserialize)]
struct Asked {
    /// A sign-in that has begun already.
    attempt: Option<String>,
    /// Where to go then, a path on this node.
    to: Option<String>,
    level: Option<String>,
    tenant: Option<String>,
}

async fn sign_in(
    State(identity): State<Identity>,
    shell: Shell,
    ctx: Ctx,
    Query(asked): Query<Asked>,
) -> Result<Response> {
    let Some(attempt) = asked.attempt else {
        let begin = Begin {
            tenant: asked.tenant.unwrap_or_default(),
            level: asked.level.as_deref().and_then(Level::parse),
            destination: asked.to,
            ..Begin::default()
        };
        let (id, cookie) = identity.begin(&ctx, begin).await?;
        let response = Redirect::to(&format!("/sign-in?attempt={id}")).into_response();
        return Ok(with_cookies(response, cookie));
    };
    let begun = identity.begun(&ctx, &attempt).await?;
    let ways: Vec<&Way> = identity
        .ways()
        .iter()
        .filter(|it| it.level >= begun.level && it.tenant.as_ref().is_none_or(|it| *it == begun.tenant))
        .collect();
    Ok(page(&shell, &attempt, begun.client.as_deref(), &ways).into_response())
}

async fn sign_out(State(identity): State<Identity>, ctx: Ctx) -> Result<Response> {
    let cookie = identity.sign_out(&ctx).await?;
    Ok(with_cookies(Redirect::to("/").into_response(), Some(cookie)))
}

/// The response with further cookies.
pub fn with_cookies(mut response: Response, cookies: impl IntoIterator<Item = String>) -> Response {
    let headers: &mut HeaderMap = response.headers_mut();
    for cookie in cookies {
        if let Ok(value) = HeaderValue::from_str(&cookie) {
            headers.append(header::SET_COOKIE, value);
        }
    }
    response
}

fn page(shell: &Shell, attempt: &str, client: Option<&str>, ways: &[&Way]) -> Markup {
    let title = shell.t("Anmelden", "Sign in");
    shell.page(
        title,
        html! {
            (ui::title(title))
            @if let Some(client) = client {
                (ui::lead(&format!("{} {client}", shell.t("Weiter zu:", "On to:"))))
            }
            @if ways.is_empty() {
                (ui::empty_state(
                    shell.t("Kein Weg zugelassen", "No way in allowed"),
                    shell.t("Für dieses Vertrauensniveau ist hier keine Anmeldung eingerichtet. Wenden Sie sich an den Betrieb.",
                        "No sign-in is set up here for this level of assurance. Ask the operator."),
                    None,
                ))
            }
            (ui::grid(html! { @for way in ways {
                (ui::card(shell.t(&way.label.0, &way.label.1))
                    .text(shell.t(&way.hint.0, &way.hint.1))
                    .foot(ui::link_button(format!("{}?attempt={attempt}", way.path), shell.t("Weiter", "Continue")).primary()))
            } }))
        },
    )
}
