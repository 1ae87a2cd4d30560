//! The addresses a browser passes.

use crate::{
    Samlsp,
    model::{Passage, Taken},
    names::fault,
    rules,
};
use axum::{
    Router,
    extract::State,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Redirect, Response},
    routing::{get, post},
};
use kernel::{
    Ctx, Error, Result,
    http::{Form, Path, Query},
};
use maud::{Markup, html};
use ports::identity::Arrived;
use serde::Deserialize;
use ui::{Alert, Shell, Tone};
use url::{Url, form_urlencoded::Serializer};

pub fn router(samlsp: &Samlsp) -> Router {
    Router::new()
        .route("/sign-in/saml/{connection}", get(send))
        .route("/sign-in/saml/{connection}/acs", post(take))
        .route("/sign-in/saml/{connection}/finish", get(finish))
        .route("/sign-in/saml/{connection}/refused", get(refused))
        .route("/sign-in/saml/{connection}/metadata", get(metadata))
        .with_state(samlsp.clone())
}

#[derive(Deserialize)]
struct Start {
    attempt: String,
}

async fn send(
    State(samlsp): State<Samlsp>,
    ctx: Ctx,
    shell: Shell,
    Path(connection): Path<String>,
    Query(start): Query<Start>,
) -> Result<Response> {
    match samlsp.send(&ctx, &connection, &start.attempt).await? {
        Passage::Address(address) => Ok(Redirect::to(&address).into_response()),
        Passage::Form { action, label, fields } => {
            let page = passage(&shell, &action, &label, &fields);
            Ok((
                [(header::CONTENT_SECURITY_POLICY, policy(&action)), (header::CACHE_CONTROL, no_store())],
                page,
            )
                .into_response())
        }
    }
}

/// The form that carries a request. The script of the page sends it at once; without scripts one presses the button.
fn passage(shell: &Shell, action: &str, label: &str, fields: &[(&'static str, String)]) -> Markup {
    let title = shell.t("Weiter zur Anmeldung", "On to the sign-in");
    let continuing = match shell.lang() {
        kernel::Lang::De => format!("Weiter zu {label}"),
        kernel::Lang::En => format!("Continue to {label}"),
    };
    let body = html! {
        (ui::title(title))
        (ui::lead(shell.t(
            "Sie melden sich auf einer anderen Seite an und kommen danach hierher zurück.",
            "You sign in on another site and come back here afterwards.",
        )))
        form action=(action) method="post" data-send-at-once {
            @for (name, value) in fields { input type="hidden" name=(name) value=(value); }
            (ui::button(continuing))
        }
    };
    shell.draw(title).script("send").body(body)
}

/// This one page may send its form to the identity provider; from there browsers follow redirects by the same rule.
fn policy(action: &str) -> HeaderValue {
    let origin = Url::parse(action).map(|it| it.origin().ascii_serialization()).unwrap_or_default();
    let text = ui::CONTENT_SECURITY_POLICY
        .replace("form-action 'self'", &format!("form-action 'self' https: {origin}"));
    HeaderValue::from_str(&text).unwrap_or(HeaderValue::from_static(ui::CONTENT_SECURITY_POLICY))
}

fn no_store() -> HeaderValue {
    HeaderValue::from_static("no-store")
}

#[derive(Deserialize)]
struct Posted {
    #[serde(rename = "SAMLResponse", default)]
    response: String,
}

async fn take(
    State(samlsp): State<Samlsp>,
    ctx: Ctx,
    Path(connection): Path<String>,
    Form(posted): Form<Posted>,
) -> Result<Response> {
    if posted.response.is_empty() {
        return Err(Error::from(fault::UNREADABLE).with("reason", "SAMLResponse").at("SAMLResponse"));
    }
    match samlsp.take(&ctx, &connection, &posted.response).await? {
        Taken::Handle(handle) => {
            Ok(Redirect::to(&format!("/sign-in/saml/{connection}/finish?landing={handle}")).into_response())
        }
        Taken::Refused { attempt, why } => {
            let query = Serializer::new(String::new())
                .append_pair("attempt", &attempt)
                .append_pair("why", why)
                .finish();
            Ok(Redirect::to(&format!("/sign-in/saml/{connection}/refused?{query}")).into_response())
        }
    }
}

#[derive(Deserialize)]
struct Refusal {
    attempt: String,
    why: String,
}

/// Why nobody was signed in, and what to do now. It leads nowhere by itself: that would go round and round.
async fn refused(
    State(samlsp): State<Samlsp>,
    shell: Shell,
    Path(connection): Path<String>,
    Query(refusal): Query<Refusal>,
) -> Result<Response> {
    let label = samlsp.provider(&connection)?.label(shell.lang());
    let title = shell.t("Anmeldung nicht abgeschlossen", "Sign-in not completed");
    let tone = if refusal.why == rules::CANCELLED { Tone::Info } else { Tone::Warning };
    let attempt = Serializer::new(String::new()).append_pair("attempt", &refusal.attempt).finish();
    let body = html! {
        (ui::title(title))
        (Alert::new(tone, label).text(shell.text(rules::reason(&refusal.why))).heading().done())
        (ui::row(html! {
            (ui::link_button(format!("/sign-in?{attempt}"), shell.t("Anderen Weg wählen", "Choose another way")).primary())
            (ui::link_button(format!("/sign-in/saml/{connection}?{attempt}"), shell.t("Noch einmal versuchen", "Try again")))
        }))
    };
    Ok((StatusCode::FORBIDDEN, [(header::CACHE_CONTROL, no_store())], shell.page(title, body))
        .into_response())
}

#[derive(Deserialize)]
struct Landed {
    landing: String,
}

async fn finish(
    State(samlsp): State<Samlsp>,
    ctx: Ctx,
    Path(connection): Path<String>,
    Query(landed): Query<Landed>,
) -> Result<Response> {
    let Arrived { location, cookies } = samlsp.finish(&ctx, &connection, &landed.landing).await?;
    let mut response = Redirect::to(&location).into_response();
    for cookie in cookies {
        if let Ok(value) = HeaderValue::from_str(&cookie) {
            response.headers_mut().append(header::SET_COOKIE, value);
        }
    }
    Ok(response)
}

async fn metadata(
    State(samlsp): State<Samlsp>,
    ctx: Ctx,
    Path(connection): Path<String>,
) -> Result<Response> {
    let text = samlsp.metadata(&ctx, &connection)?;
    Ok(([(header::CONTENT_TYPE, "application/samlmetadata+xml")], text).into_response())
}
