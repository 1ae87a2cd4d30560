//! The operator's view: how the node is, and where things are administered.

use super::Known;
use axum::{
    extract::State,
    response::{IntoResponse, Redirect, Response},
};
use kernel::{Actor, Ctx, Nav, Result, Role, fault};
use std::sync::Arc;
use ui::{Shell, Tone, html};

/// The start page for clerks and the operator.
pub async fn overview(State(known): State<Known>, shell: Shell, ctx: Ctx) -> Result<Response> {
    if ctx.actor().is_nobody() {
        return Ok(Redirect::to("/sign-in?to=/admin").into_response());
    }
    let areas: Vec<&Nav> = known.nav.iter().filter(|it| shell.leads_on(it)).collect();
    if areas.is_empty() {
        return Err(fault::FORBIDDEN.with("permission", "admin, clerk, auditor"));
    }
    let works = ctx.actor().is(Role::Clerk) || ctx.actor().is(Role::Admin);
    let checks = if works { state(&known, &shell, &ctx).await } else { Vec::new() };
    let checks: Vec<(Tone, &str)> = checks.iter().map(|(tone, it)| (*tone, it.as_str())).collect();
    let who = if ctx.tenant().is_empty() {
        shell.t("Betrieb (alle Mandanten)", "Operator (all tenants)").to_owned()
    } else {
        format!("{} {}", shell.t("Mandant", "Tenant"), ctx.tenant())
    };
    let title = shell.t("Verwaltung", "Administration");
    let page = shell.page(
        title,
        html! {
            (ui::title(title))
            p class="kern-body" { (who) }
            h2 class="kern-heading-medium" { (shell.t("Bereiche", "Areas")) }
            (ui::grid(html! {
                @for it in &areas { (ui::card(it.label.get(ctx.lang())).link(it.path)) }
            }))
            // How the node is concerns those who work with it, not those who read its record.
            @if works {
                h2 class="kern-heading-medium" { (shell.t("Zustand", "State")) }
                (ui::check_list(ctx.lang(), &checks))
                (ui::description_list(&[
                    (shell.t("Datenbank", "Database"), html! { (ctx.frame().db().engine()) }),
                    (shell.t("Adresse", "Address"), html! { (ctx.base_url()) }),
                    (shell.t("Signaturschlüssel", "Signing key"), html! { (ui::code(&ctx.keys().signing_key_id().unwrap_or_else(|| "-".to_owned()))) }),
                ]))
            }
        },
    );
    Ok(page.into_response())
}

/// How every part of the node is.
async fn state(known: &Known, shell: &Shell, ctx: &Ctx) -> Vec<(Tone, String)> {
    let mut checks = Vec::new();
    for (title, check) in known.health.iter() {
        let state = check(Arc::new(ctx.acting(Actor::system("")))).await;
        let (tone, sentence) = match state {
            Ok(None) => {
                (Tone::Success, format!("{}: {}", title.get(ctx.lang()), shell.t("in Ordnung", "all right")))
            }
            Ok(Some(it)) => (Tone::Warning, format!("{}: {}", title.get(ctx.lang()), it.get(ctx.lang()))),
            Err(it) => (Tone::Danger, format!("{}: {}", title.get(ctx.lang()), it.detail(ctx.lang()))),
        };
        checks.push((tone, sentence));
    }
    if ctx.actor().is(Role::Admin) {
        checks.extend(cryptography(known, shell, ctx.now()));
    }
    checks
}

/// What the crypto policy and the certificates give cause to do.
fn cryptography(known: &Known, shell: &Shell, now: i64) -> Vec<(Tone, String)> {
    let title = shell.t("Kryptografie", "Cryptography");
    let notices = known.crypto.notices(now);
    if notices.is_empty() {
        return vec![(Tone::Success, format!("{title}: {}", shell.t("in Ordnung", "all right")))];
    }
    let word = |refused: bool| {
        if refused {
            shell.t("nicht mehr zulässig", "no longer allowed")
        } else {
            shell.t("läuft aus", "ends soon")
        }
    };
    notices
        .into_iter()
        .map(|it| {
            let tone = if it.refused { Tone::Danger } else { Tone::Warning };
            (tone, format!("{title}, {}: {}", word(it.refused), it.message))
        })
        .collect()
}
