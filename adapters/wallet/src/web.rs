//! The page of a sign-in, what a wallet calls, and the way back.

use crate::{
    Wallet,
    operations::{Asked, Posted},
};
use axum::{
    Router,
    extract::State,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
    routing::{get, post},
};
use kernel::{
    Ctx, Result,
    http::{Form, Path, Query},
};
use maud::{Markup, html};
use openid4vp::request::MEDIA_TYPE;
use ports::identity::Arrived;
use qrcode::{Color, QrCode};
use serde::Deserialize;
use serde_json::json;
use std::fmt::Write as _;
use ui::{Alert, Shell, Tone};

const PAGE: &str = "/sign-in/wallet";
const FINISH: &str = "/sign-in/wallet/finish";
const NO_STORE: [(header::HeaderName, &str); 1] = [(header::CACHE_CONTROL, "no-store")];

pub(crate) fn router(wallet: &Wallet) -> Router {
    Router::new()
        .route(PAGE, get(page).post(again))
        .route(FINISH, get(finish).post(finish_other))
        .route("/sign-in/wallet/requests/{id}", get(request).post(request_with_nonce))
        .route("/sign-in/wallet/responses/{id}", post(respond))
        .with_state(wallet.clone())
}

#[derive(Deserialize)]
struct Start {
    attempt: String,
}

async fn page(
    State(wallet): State<Wallet>,
    ctx: Ctx,
    shell: Shell,
    Query(start): Query<Start>,
) -> Result<Response> {
    let asked = wallet.ask(&ctx, &start.attempt, false).await?;
    let body = draw(&shell, wallet.purpose(&ctx), &asked);
    let title = shell.t("Mit der EUDI-Wallet anmelden", "Sign in with the EUDI Wallet");
    Ok((NO_STORE, shell.page(title, body)).into_response())
}

/// Makes new requests and shows the page again.
async fn again(State(wallet): State<Wallet>, ctx: Ctx, Form(start): Form<Start>) -> Result<Response> {
    let asked = wallet.ask(&ctx, &start.attempt, true).await?;
    let query = url::form_urlencoded::Serializer::new(String::new())
        .append_pair("attempt", &asked.attempt.id)
        .finish();
    see_other(&format!("{PAGE}?{query}"))
}

#[derive(Deserialize)]
struct Back {
    request: String,
    response_code: Option<String>,
}

async fn finish(State(wallet): State<Wallet>, ctx: Ctx, Query(back): Query<Back>) -> Result<Response> {
    arrived(wallet.finish(&ctx, &back.request, back.response_code.as_deref()).await?)
}

async fn finish_other(State(wallet): State<Wallet>, ctx: Ctx, Form(back): Form<Back>) -> Result<Response> {
    arrived(wallet.finish(&ctx, &back.request, back.response_code.as_deref()).await?)
}

fn arrived(Arrived { location, cookies }: Arrived) -> Result<Response> {
    let mut response = see_other(&location)?;
    for cookie in cookies {
        if let Ok(value) = HeaderValue::from_str(&cookie) {
            response.headers_mut().append(header::SET_COOKIE, value);
        }
    }
    Ok(response)
}

fn see_other(location: &str) -> Result<Response> {
    let location = HeaderValue::from_str(location).map_err(|it| kernel::fault::INTERNAL.because(it))?;
    Ok((StatusCode::SEE_OTHER, NO_STORE, [(header::LOCATION, location)]).into_response())
}

async fn request(State(wallet): State<Wallet>, ctx: Ctx, Path(id): Path<String>) -> Result<Response> {
    Ok(signed(wallet.request_object(&ctx, &id, None).await?))
}

#[derive(Deserialize)]
struct Fetching {
    wallet_nonce: Option<String>,
}

async fn request_with_nonce(
    State(wallet): State<Wallet>,
    ctx: Ctx,
    Path(id): Path<String>,
    Form(fetching): Form<Fetching>,
) -> Result<Response> {
    Ok(signed(wallet.request_object(&ctx, &id, fetching.wallet_nonce).await?))
}

fn signed(request: String) -> Response {
    (NO_STORE, [(header::CONTENT_TYPE, MEDIA_TYPE)], request).into_response()
}

#[derive(Deserialize)]
struct Answering {
    response: Option<String>,
    error: Option<String>,
    #[serde(default)]
    state: String,
}

async fn respond(
    State(wallet): State<Wallet>,
    ctx: Ctx,
    Path(id): Path<String>,
    Form(answering): Form<Answering>,
) -> Result<Response> {
    let Answering { response, error, state } = answering;
    let posted = Posted { response, error: error.map(|it| (it, state)) };
    let body = match wallet.receive(&ctx, &id, posted).await? {
        Some(address) => json!({ "redirect_uri": address }),
        None => json!({}),
    };
    Ok((NO_STORE, axum::Json(body)).into_response())
}

fn draw(shell: &Shell, purpose: &str, asked: &Asked) -> Markup {
    html! {
        (ui::title(shell.t("Mit der EUDI-Wallet anmelden", "Sign in with the EUDI Wallet")))
        (ui::lead(shell.t(
            "Sie zeigen Ihre Ausweisdaten aus der Wallet auf Ihrem Smartphone. Die Wallet sagt Ihnen vorher, welche Angaben wir brauchen.",
            "You show your identity data from the wallet on your phone. The wallet tells you first which data we need.",
        )))
        @if let Some(client) = &asked.attempt.client {
            p.kern-body { (shell.t("Sie melden sich an bei: ", "You are signing in to: ")) strong { (client) } }
        }
        @if !purpose.is_empty() {
            p.kern-body { (shell.t("Zweck: ", "Purpose: ")) (purpose) }
        }
        @if let Some(failed) = &asked.failed {
            (Alert::new(Tone::Danger, shell.text(failed.code().title)).text(&failed.detail(shell.lang())).live().done())
            (ui::post_button(PAGE, &[("attempt", &asked.attempt.id)], ui::button(shell.t("Neu versuchen", "Try again"))))
        } @else {
            (same_device(shell, asked))
        }
        @if let Some((link, request)) = &asked.other { (other_device(shell, asked, link, request)) }
    }
}

fn same_device(shell: &Shell, asked: &Asked) -> Markup {
    let (simulators, wallets): (Vec<_>, Vec<_>) = asked.links.iter().partition(|(_, simulator)| *simulator);
    let mut wallets = wallets.into_iter();
    ui::section(
        shell.t("Die Wallet ist auf diesem Gerät", "The wallet is on this device"),
        html! {
            (ui::row(html! {
                @for (link, _) in &simulators {
                    (ui::link_button(link.as_str(), shell.t("Simulator öffnen", "Open the simulator")).primary())
                }
                @if let Some((link, _)) = wallets.next() {
                    @let button = ui::link_button(link.as_str(), shell.t("Wallet öffnen", "Open the wallet"));
                    @if simulators.is_empty() { (button.primary()) } @else { (button) }
                }
            }))
            p.kern-body { (shell.t(
                "Danach schickt die Wallet Sie hierher zurück. Öffnen Sie den Rückweg in diesem Browser.",
                "Afterwards the wallet sends you back here. Open the way back in this browser.",
            )) }
            @for (link, _) in wallets {
                (ui::details(
                    shell.t("Die Wallet öffnet sich nicht", "The wallet does not open"),
                    html! {
                        p.kern-body { (shell.t("Ältere Wallets brauchen einen anderen Link: ", "Older wallets need another link: "))
                            (ui::link(link, shell.t("Wallet mit älterem Link öffnen", "Open the wallet with the older link"))) }
                    },
                ))
            }
            @if asked.other.is_none() {
                p.kern-body { (shell.t(
                    "Die Wallet ist auf einem anderen Gerät? Öffnen Sie diese Seite dort. Ein QR-Code zum Abscannen ist hier abgeschaltet: Er könnte Ihnen von Fremden untergeschoben werden.",
                    "The wallet is on another device? Open this page there. A QR code to scan is switched off here: strangers could pass one of theirs to you.",
                )) }
            }
        },
    )
}

fn other_device(shell: &Shell, asked: &Asked, link: &str, request: &str) -> Markup {
    let warning = shell.t(
        "Scannen Sie diesen Code nur, wenn Sie die Anmeldung auf diesem Bildschirm selbst begonnen haben. Wer Ihnen einen solchen Code schickt, will sich mit Ihrem Ausweis anmelden.",
        "Scan this code only if you began to sign in on this screen yourself. Whoever sends you such a code wants to sign in with your identity.",
    );
    ui::section(
        shell.t("Die Wallet ist auf einem anderen Gerät", "The wallet is on another device"),
        html! {
            (ui::alert(Tone::Warning, shell.t("Achtung", "Take care"), html! { p.kern-body { (warning) } }))
            @if asked.other_answered {
                p.kern-body { (shell.t("Ihre Wallet hat geantwortet.", "Your wallet has answered.")) }
            } @else {
                (qr_code(link, shell.t("QR-Code für die Wallet", "QR code for the wallet")))
                p.kern-body { (shell.t(
                    "Scannen Sie den Code mit der Wallet, schließen Sie die Anfrage dort ab und wählen Sie dann „Weiter“.",
                    "Scan the code with the wallet, complete the request there, then choose “Continue”.",
                )) }
            }
            (ui::post_button(FINISH, &[("request", request)], ui::button(shell.t("Weiter", "Continue"))))
        },
    )
}

/// A QR code as SVG; nothing if the text is too long for one.
fn qr_code(text: &str, label: &str) -> Markup {
    let Ok(code) = QrCode::new(text.as_bytes()) else { return html! {} };
    let width = code.width();
    let mut path = String::new();
    for (place, color) in code.to_colors().into_iter().enumerate() {
        if color == Color::Dark {
            // Writing into a string cannot fail. Four modules of quiet around it are part of the standard.
            let _ = write!(path, "M{} {}h1v1h-1z", place % width + 4, place / width + 4);
        }
    }
    let size = width + 8;
    html! {
        svg xmlns="http://www.w3.org/2000/svg" viewBox={ "0 0 " (size) " " (size) } width="280" height="280" role="img"
            aria-label=(label) shape-rendering="crispEdges" {
            rect width=(size) height=(size) fill="#fff" {}
            path d=(path) fill="#000" {}
        }
    }
}
