//! The pages of the OpenID Provider: where a client sends a browser, what a person agrees to, signing out.

use super::{claim_title, sign_in::with_cookies};
use crate::{
    Identity,
    operations::{
        authorize::{Next, Question},
        leave::{Leaving, Onward},
    },
    rules::protocol::SHARED,
};
use axum::{
    Router,
    extract::State,
    http::{HeaderValue, header},
    response::{IntoResponse, Redirect, Response},
    routing::{get, post},
};
use kernel::{
    Ctx, Result,
    http::{Form, Query},
};
use oidc::AuthorizationRequest;
use serde::Deserialize;
use ui::{Markup, Shell, html};

pub fn router(identity: &Identity) -> Router {
    Router::new()
        .route("/oidc/authorize", get(authorize).post(authorize_by_post))
        .route("/oidc/continue", get(resume))
        .route("/oidc/consent", post(consent))
        .route("/oidc/logout", get(logout).post(logout_by_post))
        .route("/oidc/logout/confirm", post(confirm))
        .route("/account/consents", get(programs))
        .route("/account/consents/withdraw", post(withdraw))
        .with_state(identity.clone())
}

type Pairs = Vec<(String, String)>;

async fn authorize(
    State(identity): State<Identity>,
    shell: Shell,
    ctx: Ctx,
    Query(pairs): Query<Pairs>,
) -> Result<Response> {
    let request = AuthorizationRequest::from_pairs(pairs)
        .map_err(|it| crate::names::fault::BAD_REQUEST.with("reason", it.description.clone()))?;
    let next = identity.authorize(&ctx, request).await?;
    Ok(match next {
        Next::Go(to, cookie) => with_cookies(quiet(Redirect::to(&to).into_response()), cookie),
        Next::Ask(question) => ask(&shell, &question),
    })
}

/// A request by POST comes without cookies (they stay on this site), so it goes on as a GET, which brings them.
async fn authorize_by_post(Form(pairs): Form<Pairs>) -> Response {
    let query = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish();
    quiet(Redirect::to(&format!("/oidc/authorize?{query}")).into_response())
}

#[derive(Deserialize)]
struct Resumed {
    request: String,
}

async fn resume(
    State(identity): State<Identity>,
    shell: Shell,
    ctx: Ctx,
    Query(asked): Query<Resumed>,
) -> Result<Response> {
    Ok(match identity.resume(&ctx, &asked.request).await? {
        Next::Go(to, cookie) => with_cookies(onward(&shell, &to), cookie),
        Next::Ask(question) => ask(&shell, &question),
    })
}

#[derive(Deserialize)]
struct Answer {
    request: String,
    answer: String,
}

async fn consent(
    State(identity): State<Identity>,
    shell: Shell,
    ctx: Ctx,
    Form(given): Form<Answer>,
) -> Result<Response> {
    let to = identity.answered(&ctx, &given.request, given.answer == "yes").await?;
    Ok(onward(&shell, &to))
}

/// Goes on elsewhere. A browser lets a form lead only to this site, even by a redirect; so the page itself goes on.
fn onward(shell: &Shell, to: &str) -> Response {
    if to.starts_with('/') {
        return quiet(Redirect::to(to).into_response());
    }
    let title = shell.t("Sie werden weitergeleitet", "You are being taken on");
    let page = shell.page(
        title,
        html! {
            (ui::title(title))
            (ui::paragraph(shell.t("Wenn es nicht von selbst weitergeht, folgen Sie dem Link.", "If nothing happens, follow the link.")))
            (ui::link_button(to, shell.t("Weiter", "Continue")).primary())
        },
    );
    let mut response = quiet(page.into_response());
    if let Ok(value) = HeaderValue::from_str(&format!("0;url={to}")) {
        response.headers_mut().insert("refresh", value);
    }
    response
}

/// Codes are in these addresses: nothing keeps them, nobody is told of them.
fn quiet(mut response: Response) -> Response {
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    response
}

fn ask(shell: &Shell, question: &Question) -> Response {
    let name = &question.party.client.name;
    let title = format!("{} {name}", shell.t("Weitergabe an", "Sharing with"));
    let hidden = |answer: &'static str| [("request", question.request.as_str()), ("answer", answer)];
    let rows: Vec<(&str, Markup)> =
        question.shared.iter().map(|(claim, value)| (claim_title(shell, claim), html! { (value) })).collect();
    let page = shell.page(
        &title,
        html! {
            (ui::title(&title))
            (ui::lead(shell.t("Dieses Programm möchte wissen, wer Sie sind. Es bekommt eine Kennung, die nur für dieses Programm gilt.",
                "This program wants to know who you are. It gets an identifier that is good for this program only.")))
            @if rows.is_empty() {
                (ui::paragraph(shell.t("Weitere Angaben zu Ihrer Person bekommt es nicht.", "It gets no other details about you.")))
            } @else {
                (ui::heading(shell.t("Diese Angaben werden weitergegeben", "These details are shared")))
                (ui::description_list(&rows))
            }
            @let permissions = permissions(&question.scope);
            @if !permissions.is_empty() {
                (ui::heading(shell.t("Das darf das Programm in Ihrem Namen", "The program may do this in your name")))
                ul { @for permission in permissions { li { (ui::code(permission)) } } }
            }
            @if question.offline {
                (ui::paragraph(shell.t("Das Programm darf das auch, wenn Sie abgemeldet sind, höchstens 90 Tage lang.",
                    "The program may do so when you are signed out, too, for at most 90 days.")))
            }
            (ui::paragraph(shell.t("Sie können Ihre Zustimmung jederzeit unter „Verbundene Programme“ zurücknehmen.",
                "You can take back your agreement at any time under “Connected programs”.")))
            (ui::row(html! {
                (ui::post_button("/oidc/consent", &hidden("yes"), ui::button(shell.t("Zustimmen", "Agree")).primary()))
                (ui::post_button("/oidc/consent", &hidden("no"), ui::button(shell.t("Ablehnen", "Decline")).tertiary()))
            }))
        },
    );
    quiet(page.into_response())
}

/// Scopes that are permissions.
fn permissions(scope: &str) -> Vec<&str> {
    scope.split(' ').filter(|it| it.contains('.')).collect()
}

async fn logout(
    State(identity): State<Identity>,
    shell: Shell,
    ctx: Ctx,
    Query(leaving): Query<Leaving>,
) -> Result<Response> {
    let onward = identity.onward(&ctx, &leaving).await?;
    Ok(quiet(confirm_page(&shell, &leaving, &onward).into_response()))
}

async fn logout_by_post(Form(leaving): Form<Leaving>) -> Response {
    let fields = [
        ("id_token_hint", &leaving.id_token_hint),
        ("client_id", &leaving.client_id),
        ("post_logout_redirect_uri", &leaving.post_logout_redirect_uri),
        ("state", &leaving.state),
    ];
    let known = fields.iter().filter_map(|(name, value)| Some((*name, value.as_deref()?)));
    let query = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(known).finish();
    quiet(Redirect::to(&format!("/oidc/logout?{query}")).into_response())
}

fn confirm_page(shell: &Shell, leaving: &Leaving, onward: &Onward) -> Markup {
    let title = shell.t("Abmelden?", "Sign out?");
    let client = onward.party.as_ref().map(|it| it.client.id.as_str()).unwrap_or_default();
    let uri = leaving.post_logout_redirect_uri.as_deref().filter(|_| onward.to.is_some()).unwrap_or_default();
    let hidden = [
        ("client_id", client),
        ("post_logout_redirect_uri", uri),
        ("state", leaving.state.as_deref().unwrap_or_default()),
    ];
    shell.page(
        title,
        html! {
            (ui::title(title))
            @if let Some(party) = &onward.party {
                (ui::lead(&format!("{} {}", shell.t("Sie haben sich abgemeldet bei:", "You signed out of:"), party.client.name)))
            }
            (ui::paragraph(shell.t("Hier sind Sie noch angemeldet. Sollen wir Sie auch hier und bei allen verbundenen Programmen abmelden?",
                "You are still signed in here. Shall we sign you out here and of all connected programs, too?")))
            (ui::row(html! {
                (ui::post_button("/oidc/logout/confirm", &hidden, ui::button(shell.t("Abmelden", "Sign out")).primary()))
                (ui::link_button(onward.to.as_deref().unwrap_or("/"), shell.t("Angemeldet bleiben", "Stay signed in")).tertiary())
            }))
        },
    )
}

async fn confirm(
    State(identity): State<Identity>,
    shell: Shell,
    ctx: Ctx,
    Form(leaving): Form<Leaving>,
) -> Result<Response> {
    let to = identity.onward(&ctx, &leaving).await?.to;
    let cookie = identity.sign_out(&ctx).await?;
    Ok(with_cookies(onward(&shell, to.as_deref().unwrap_or("/")), Some(cookie)))
}

async fn programs(State(identity): State<Identity>, shell: Shell, ctx: Ctx) -> Result<Markup> {
    ctx.require(crate::names::may::OWN_ACCOUNT)?;
    let given = identity.consents(&ctx).await?;
    let title = shell.t("Verbundene Programme", "Connected programs");
    Ok(shell.page(
        title,
        html! {
            (ui::title(title))
            (ui::lead(shell.t("Diesen Programmen haben Sie erlaubt zu erfahren, wer Sie sind.",
                "You have allowed these programs to learn who you are.")))
            @if given.is_empty() {
                (ui::empty_state(shell.t("Keine Programme", "No programs"),
                    shell.t("Sie haben noch keinem Programm zugestimmt.", "You have not agreed to any program yet."), None))
            }
            @for (consent, party) in &given {
                @let name = party.as_ref().map_or(consent.client.as_str(), |it| it.client.name.as_str());
                (ui::card(name)
                    .body(html! {
                        (ui::paragraph(html! { (shell.t("Erlaubt seit", "Allowed since")) " " (ui::format::time(shell.lang(), consent.given_at)) }))
                        (ui::paragraph(shared_words(&shell, &consent.scope)))
                    })
                    .foot(ui::post_button("/account/consents/withdraw", &[("client", consent.client.as_str())],
                        ui::button(shell.t("Zustimmung zurücknehmen", "Take back"))))
                )
            }
        },
    ))
}

/// What a scope shares, in words.
fn shared_words(shell: &Shell, scope: &str) -> String {
    let names = SHARED
        .iter()
        .filter(|(it, _)| scope.split(' ').any(|word| word == *it))
        .flat_map(|(_, names)| *names);
    let words: Vec<&str> = names.map(|it| claim_title(shell, it)).collect();
    if words.is_empty() {
        shell.t("Nur eine Kennung.", "An identifier only.").to_owned()
    } else {
        words.join(", ")
    }
}

#[derive(Deserialize)]
struct Withdrawn {
    client: String,
}

async fn withdraw(
    State(identity): State<Identity>,
    ctx: Ctx,
    Form(given): Form<Withdrawn>,
) -> Result<Response> {
    identity.withdraw(&ctx, &given.client).await?;
    Ok(Redirect::to("/account/consents").into_response())
}
