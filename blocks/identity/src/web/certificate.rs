//! Signing in with a client certificate: over the listener that asks for one.

use super::sign_in::with_cookies;
use crate::{Identity, operations::throttle::Asker};
use axum::{
    Extension, Router,
    extract::State,
    response::{IntoResponse, Redirect, Response},
    routing::get,
};
use kernel::{
    Ctx, Result,
    http::{PeerCertificates, Query},
};
use serde::Deserialize;
use ui::{Shell, Tone, html};

pub fn router(identity: &Identity) -> Router {
    Router::new().route("/sign-in/certificate", get(sign_in)).with_state(identity.clone())
}

#[derive(Deserialize)]
struct Asked {
    attempt: String,
}

async fn sign_in(
    State(identity): State<Identity>,
    shell: Shell,
    ctx: Ctx,
    asker: Asker,
    shown: Option<Extension<PeerCertificates>>,
    Query(query): Query<Asked>,
) -> Result<Response> {
    if let Some(Extension(PeerCertificates(shown))) = shown.filter(|it| !it.0.0.is_empty()) {
        let arrived = identity.sign_in_by_certificate(&ctx, &asker, &query.attempt, &shown).await?;
        // Back to the address at which everything else is.
        let location = format!("{}{}", ctx.base_url(), arrived.location);
        return Ok(with_cookies(Redirect::to(&location).into_response(), arrived.cookies));
    }
    let begun = identity.begun(&ctx, &query.attempt).await?;
    let secure = format!("{}/sign-in/certificate?attempt={}", identity.certificate_url(&ctx), begun.id);
    let title = shell.t("Mit Zertifikat anmelden", "Sign in with a certificate");
    let page = shell.page(title, html! {
        (ui::title(title))
        (ui::lead(shell.t(
            "Ihr Browser fragt gleich, welches Zertifikat er zeigen soll. Stecken Sie Ihre Karte, falls Sie eine haben.",
            "Your browser will ask which certificate to show. Insert your card if you have one.")))
        div.app-row {
            (ui::link_button(secure, shell.t("Zertifikat auswählen", "Choose a certificate")).primary())
            (ui::link_button(format!("/sign-in?attempt={}", begun.id), shell.t("Anderer Weg", "Another way")).tertiary())
        }
        (ui::alert(Tone::Info, shell.t("Der Browser fragt nicht?", "The browser does not ask?"), html! { p.kern-body {
            (shell.t("Dann hat er kein passendes Zertifikat, oder Sie haben die Frage schon einmal abgelehnt. Schließen Sie alle Fenster des Browsers und beginnen Sie neu.",
                "Then it has no fitting certificate, or you refused once already. Close all windows of the browser and begin anew."))
        } }))
    });
    Ok(page.into_response())
}
