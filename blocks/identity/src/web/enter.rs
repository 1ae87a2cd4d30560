//! The page behind a one-time link. Opening it uses nothing up; only its button does, so that mail scanners and previews
//! cannot spend a link.

use super::sign_in::{arrived, with_cookies};
use crate::{
    Identity,
    model::{Link, LinkKind},
    operations::{attempt::Begin, throttle::Asker},
};
use axum::{
    Router,
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Response},
    routing::get,
};
use kernel::{
    Ctx, Result,
    http::{Form, Query},
};
use serde::Deserialize;
use ui::{Markup, Shell, Tone, html};

pub fn router(identity: &Identity) -> Router {
    Router::new()
        .route("/account/first", get(show).post(enter))
        .route("/account/invitation", get(show).post(enter))
        .route("/account/emergency", get(show).post(enter))
        .with_state(identity.clone())
}

#[derive(Deserialize)]
struct Shown {
    code: Option<String>,
}

async fn show(
    State(identity): State<Identity>,
    shell: Shell,
    ctx: Ctx,
    asker: Asker,
    Query(shown): Query<Shown>,
) -> Result<Response> {
    let code = shown.code.unwrap_or_default();
    let link = identity.link(&ctx, &asker, &code).await?;
    let begin = Begin { tenant: link.tenant.clone(), device: asker.device, ..Begin::default() };
    let (attempt, cookie) = identity.begin(&ctx, begin).await?;
    Ok(with_cookies(page(&shell, &link, &attempt, &code, false).into_response(), cookie))
}

#[derive(Deserialize)]
struct Entering {
    code: String,
    attempt: String,
    name: Option<String>,
}

async fn enter(
    State(identity): State<Identity>,
    shell: Shell,
    ctx: Ctx,
    asker: Asker,
    Form(given): Form<Entering>,
) -> Result<Response> {
    let name = given.name.unwrap_or_default();
    let link = identity.link(&ctx, &asker, &given.code).await?;
    if link.kind == LinkKind::First && name.trim().is_empty() {
        let page = page(&shell, &link, &given.attempt, &given.code, true);
        let response = (StatusCode::UNPROCESSABLE_ENTITY, page).into_response();
        return Ok(with_cookies(response, None));
    }
    Ok(arrived(identity.enter_by_link(&ctx, &asker, &given.attempt, &given.code, &name).await?))
}

/// The page; `nameless` when it was sent without the name that it asks for.
fn page(shell: &Shell, link: &Link, attempt: &str, code: &str, nameless: bool) -> Markup {
    let missing = nameless.then(|| shell.t("Geben Sie Ihren Namen ein.", "Enter your name."));
    let (title, text, button) = match link.kind {
        LinkKind::First => (
            shell.t("Erste Anmeldung der Verwaltung", "First sign-in of the administrator"),
            shell.t(
                "Sie richten diesen Knoten ein. Geben Sie an, wie Sie heißen; danach legen Sie einen Passkey an, mit dem Sie sich künftig anmelden.",
                "You set up this node. Say what you are called; then you add a passkey with which you sign in from now on."),
            shell.t("Verwaltung übernehmen", "Become administrator"),
        ),
        LinkKind::Invitation => (
            shell.t("Einladung annehmen", "Accept the invitation"),
            shell.t(
                "Mit diesem Link kommen Sie einmal in Ihr Konto. Danach legen Sie einen Passkey an, mit dem Sie sich künftig anmelden.",
                "This link lets you into your account once. Then you add a passkey with which you sign in from now on."),
            shell.t("Konto öffnen", "Open the account"),
        ),
        LinkKind::Emergency => (
            shell.t("Notfallzugang", "Emergency access"),
            shell.t(
                "Sie verwalten den ganzen Knoten für eine Stunde. Alle, die ihn sonst verwalten, sehen das, und alles wird aufgezeichnet.",
                "You administer the whole node for an hour. Everybody who administers it otherwise sees that, and everything is recorded."),
            shell.t("Notfallzugang öffnen", "Open the emergency access"),
        ),
    };
    shell.page(title, html! {
        (ui::title(title))
        @if let Some(missing) = missing { (ui::error_summary(shell.lang(), &[("name", missing)])) }
        (ui::lead(text))
        @if link.kind == LinkKind::Emergency {
            (ui::alert(Tone::Danger, shell.t("Grund", "Reason"), html! { p.kern-body { (link.reason) } }))
        }
        form.app-form action=(shell.path()) method="post" novalidate {
            input type="hidden" name="code" value=(code);
            input type="hidden" name="attempt" value=(attempt);
            @if link.kind == LinkKind::First {
                (ui::text_field("name", shell.t("Ihr Name", "Your name"))
                    .hint(shell.t("So erscheinen Sie in der Liste der Personen.", "So you appear in the list of people."))
                    .autocomplete("name").attribute("maxlength", "100").error(missing).required())
            }
            div.app-row { (ui::button(button)) }
        }
    })
}
