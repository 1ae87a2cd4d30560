//! The page to sign in: the ways that reach the level asked for.

use crate::{
    Identity,
    model::{Begun, Settings},
    operations::{attempt::Begin, certificate, passkey, recovery, throttle::Asker},
};
use axum::{
    Router,
    extract::State,
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Redirect, Response},
    routing::{get, post},
};
use kernel::{
    Ctx, Error, Level, Result,
    http::{Form, Query},
};
use ports::identity::{Arrived, Way};
use serde::Deserialize;
use ui::{Markup, Shell, Tone, html};

pub fn router(identity: &Identity) -> Router {
    Router::new()
        .route("/sign-in", get(sign_in))
        .route("/sign-in/recovery", post(recover))
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
    /// Adds a way in to the account of whoever is signed in.
    add: Option<String>,
}

async fn sign_in(
    State(identity): State<Identity>,
    shell: Shell,
    ctx: Ctx,
    asker: Asker,
    Query(query): Query<Asked>,
) -> Result<Response> {
    let Some(attempt) = query.attempt else {
        let begin = Begin {
            tenant: query.tenant.unwrap_or_default(),
            level: query.level.as_deref().and_then(Level::parse),
            destination: query.to,
            adds_to: ctx.actor().person.filter(|_| query.add.is_some()),
            device: asker.device,
            ..Begin::default()
        };
        let (id, cookie) = identity.begin(&ctx, begin).await?;
        let response = Redirect::to(&format!("/sign-in?attempt={id}")).into_response();
        return Ok(with_cookies(response, cookie));
    };
    let begun = identity.begun(&ctx, &attempt).await?;
    let settings = identity.settings_for_sign_in(&ctx, &begun.tenant).await?;
    Ok(page(&shell, &identity, &begun, &settings, None).into_response())
}

#[derive(Deserialize)]
struct Recovery {
    attempt: String,
    code: String,
}

async fn recover(
    State(identity): State<Identity>,
    shell: Shell,
    ctx: Ctx,
    asker: Asker,
    Form(given): Form<Recovery>,
) -> Result<Response> {
    match identity.recover(&ctx, &asker, &given.attempt, &given.code).await {
        Ok(it) => Ok(arrived(it)),
        Err(error) if error.code().code == crate::names::fault::BAD_RECOVERY.code => {
            let begun = identity.begun(&ctx, &given.attempt).await?;
            let settings = identity.settings_for_sign_in(&ctx, &begun.tenant).await?;
            let page = page(&shell, &identity, &begun, &settings, Some(&error));
            Ok((StatusCode::FORBIDDEN, page).into_response())
        }
        Err(error) => Err(error),
    }
}

async fn sign_out(State(identity): State<Identity>, ctx: Ctx) -> Result<Response> {
    let cookie = identity.sign_out(&ctx).await?;
    Ok(with_cookies(Redirect::to("/").into_response(), Some(cookie)))
}

/// On to where somebody wanted to go, signed in.
pub fn arrived(it: Arrived) -> Response {
    with_cookies(Redirect::to(&it.location).into_response(), it.cookies)
}

/// The response with further cookies; nobody keeps a copy of it.
pub fn with_cookies(mut response: Response, cookies: impl IntoIterator<Item = String>) -> Response {
    let headers: &mut HeaderMap = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    for cookie in cookies {
        if let Ok(value) = HeaderValue::from_str(&cookie) {
            headers.append(header::SET_COOKIE, value);
        }
    }
    response
}

fn page(
    shell: &Shell,
    identity: &Identity,
    begun: &Begun,
    settings: &Settings,
    fault: Option<&Error>,
) -> Markup {
    let wanted = begun.level.max(settings.lowest());
    let fits = |it: &&Way| {
        it.level >= wanted
            && it.tenant.as_ref().is_none_or(|it| *it == begun.tenant)
            && settings.allows(&it.id)
    };
    let ways: Vec<&Way> = identity.ways().iter().filter(fits).collect();
    let adds = begun.adds_to.is_some();
    let by_passkey = !adds && wanted <= Level::Substantial && settings.allows(passkey::WAY);
    let by_certificate = identity.certificate_level(&begun.tenant).is_some_and(|it| it >= wanted)
        && settings.allows(certificate::WAY);
    let by_code = !adds && wanted == Level::Normal && settings.allows(recovery::WAY);
    let title = if adds {
        shell.t("Weiteren Weg hinzufügen", "Add a way in")
    } else if settings.name.is_empty() {
        shell.t("Anmelden", "Sign in")
    } else {
        settings.name.as_str()
    };
    shell.draw(title).script("passkey").data("data-accent", settings.accent.as_str()).body(html! {
        (ui::title(title))
        (about(shell, begun, wanted))
        @if let Some(fault) = fault { (ui::error_summary(shell.lang(), &[("code", fault.detail(shell.lang()))])) }
        @if !by_passkey && !by_certificate && ways.is_empty() {
            (ui::empty_state(
                shell.t("Kein Weg zugelassen", "No way in allowed"),
                shell.t("Für dieses Vertrauensniveau ist hier keine Anmeldung eingerichtet. Wenden Sie sich an den Betrieb.",
                    "No sign-in is set up here for this level of assurance. Ask the operator."),
                None,
            ))
        }
        @if by_passkey { (passkey_part(shell, &begun.id)) }
        @if !ways.is_empty() || by_certificate {
            h2.kern-heading-medium {
                @if by_passkey { (shell.t("Andere Wege", "Other ways")) } @else { (shell.t("Wege", "Ways in")) }
            }
            (ui::grid(html! {
                @for way in &ways {
                    (ui::card(shell.t(&way.label.0, &way.label.1))
                        .text(shell.t(&way.hint.0, &way.hint.1))
                        .foot(ui::link_button(format!("{}?attempt={}", way.path, begun.id), shell.t("Weiter", "Continue"))))
                }
                @if by_certificate {
                    (ui::card(shell.t("Zertifikat", "Certificate"))
                        .text(shell.t("Mit einem Zertifikat auf Karte oder Rechner, zum Beispiel im Büro.",
                            "With a certificate on a card or computer, for example in the office."))
                        .foot(ui::link_button(format!("/sign-in/certificate?attempt={}", begun.id), shell.t("Weiter", "Continue"))))
                }
            }))
        }
        @if by_code { (recovery_part(shell, &begun.id, fault)) }
    })
}

fn about(shell: &Shell, begun: &Begun, wanted: Level) -> Markup {
    html! {
        @if let Some(client) = &begun.client { (ui::lead(&format!("{} {client}", shell.t("Weiter zu:", "On to:")))) }
        @if wanted > Level::Normal {
            (ui::alert(Tone::Info, shell.t("Höheres Vertrauensniveau verlangt", "A higher level of assurance is asked for"), html! {
                p.kern-body {
                    (shell.t("Verlangt ist: ", "Asked for: ")) strong { (shell.text(wanted.title())) } ". "
                    @if let Some(level) = shell.actor().level {
                        (shell.t("Angemeldet sind Sie mit: ", "You are signed in with: ")) (shell.text(level.title())) ". "
                        (shell.t("Ihre Sitzung bleibt bestehen.", "Your session stays."))
                    }
                }
            }))
        }
    }
}

fn passkey_part(shell: &Shell, attempt: &str) -> Markup {
    html! {
        section.app-section.app-form data-passkey="sign-in" data-attempt=(attempt) aria-label="Passkey" {
            (ui::paragraph(shell.t(
                "Ein Passkey liegt auf Ihrem Gerät oder Sicherheitsschlüssel. Sie bestätigen mit Fingerabdruck, Gesicht oder PIN.",
                "A passkey lies on your device or security key. You confirm with a fingerprint, your face or a PIN.")))
            (ui::needs_script(shell.lang(), shell.t(
                "Passkeys brauchen JavaScript. Ohne geht es mit den anderen Wegen auf dieser Seite.",
                "Passkeys need JavaScript. Without it use the other ways on this page.")))
            div data-passkey-autofill hidden {
                (ui::text_field("username", shell.t("Passkey auswählen", "Choose a passkey"))
                    .autocomplete("username webauthn")
                    .hint(shell.t("Wählen Sie das Feld aus; Ihr Gerät schlägt Ihre Passkeys vor. Einzugeben ist nichts.",
                        "Choose the field; your device suggests your passkeys. There is nothing to enter.")))
            }
            div.app-row {
                button.kern-btn.kern-btn--primary type="button" data-passkey-start data-needs-script hidden {
                    span.kern-label { (shell.t("Mit Passkey anmelden", "Sign in with a passkey")) }
                }
            }
            div data-passkey-status role="status" aria-live="polite" {}
        }
    }
}

fn recovery_part(shell: &Shell, attempt: &str, fault: Option<&Error>) -> Markup {
    let said = fault.map(|it| it.detail(shell.lang()));
    let form = html! {
        form.app-form action="/sign-in/recovery" method="post" {
            input type="hidden" name="attempt" value=(attempt);
            (ui::text_field("code", shell.t("Wiederherstellungscode", "Recovery code"))
                .hint(shell.t("Von Ihrer Liste, zum Beispiel ABCDE-FGHJK-LMNPQ. Jeder Code gilt einmal.",
                    "From your list, for example ABCDE-FGHJK-LMNPQ. Each code works once."))
                .autocomplete("off").error(said.as_deref()).required())
            (ui::button(shell.t("Mit Code anmelden", "Sign in with the code")).secondary())
        }
    };
    html! {
        @if fault.is_some() { (form) }
        @else { (ui::details(shell.t("Gerät verloren? Mit Wiederherstellungscode anmelden", "Device lost? Sign in with a recovery code"), form)) }
    }
}
