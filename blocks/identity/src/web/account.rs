//! One's own account: what is known, how one gets in, where one is signed in.

mod passkeys;

use super::{back, claim_title, role_title, tenant_title, way_title};
use crate::{Identity, model::Session, operations::account::Account};
use axum::{
    Router,
    extract::State,
    response::{IntoResponse, Redirect, Response},
    routing::{get, post},
};
use kernel::{
    Ctx, Result,
    http::{Form, Path},
};
use serde::Deserialize;
use ui::{Column, Markup, Shell, Table, Tone, format, html};
use uuid::Uuid;

pub fn router(identity: &Identity) -> Router {
    Router::new()
        .route("/account", get(show))
        .route("/account/name", post(rename))
        .route("/account/tenant", post(act_for))
        .route("/account/sessions/{id}/end", post(end_session))
        .route("/account/sessions/end-others", post(end_others))
        .route("/account/delete", get(confirm_removal).post(remove))
        .with_state(identity.clone())
        .merge(passkeys::router(identity))
}

async fn show(State(identity): State<Identity>, shell: Shell, ctx: Ctx) -> Result<Markup> {
    let account = identity.account(&ctx).await?;
    let title = shell.t("Ihr Konto", "Your account");
    Ok(shell.page(title, html! {
        (ui::title(title))
        (about(&shell, &ctx, &account))
        (ways(&shell, &identity, &account))
        (tenants(&shell, &ctx, &account))
        (sessions(&shell, &ctx, &identity, &account.sessions))
        (ui::section(shell.t("Weiteres", "More"), html! {
            ul.kern-list.kern-list--bullet {
                li { (ui::link("/account/consents", shell.t("Welche Dienste Ihre Daten bekommen", "Which programs get your data"))) }
                li { (ui::link("/account/delete", shell.t("Konto löschen", "Delete the account"))) }
            }
        }))
    }))
}

fn about(shell: &Shell, ctx: &Ctx, account: &Account) -> Markup {
    let level = ctx.actor().level.unwrap_or(kernel::Level::Normal);
    let person = &account.person;
    let empty = serde_json::Map::new();
    let claims = person.claims.as_object().unwrap_or(&empty);
    let mut known = vec![(shell.t("Name im Konto", "Name of the account"), html! { (person.name) })];
    if let Some(it) = account.acts_for(ctx.actor().session) {
        known.push((shell.t("Handelt für", "Acts for"), html! { (it.name) }));
    }
    known.extend([
            (shell.t("Vertrauensniveau dieser Sitzung", "Level of assurance of this session"), html! {
                (shell.text(level.title()))
                @if level < kernel::Level::Substantial { " – " (ui::link("/sign-in?level=substantial&to=/account", shell.t("erhöhen", "raise"))) }
            }),
            (shell.t("Konto seit", "Account since"), html! { (format::day(shell.lang(), person.created_at)) }),
    ]);
    html! {
        (ui::description_list(&known))
        (ui::details(shell.t("Was über Sie gespeichert ist", "What is stored about you"), html! {
            @if claims.is_empty() { (ui::paragraph(shell.t("Außer dem Namen nichts.", "Nothing but the name."))) }
            @else {
                dl.kern-description-list {
                    @for (name, value) in claims {
                        div.kern-description-list-item {
                            dt.kern-description-list-item__key { (claim_title(shell, name)) }
                            dd.kern-description-list-item__value { (value.as_str().unwrap_or_default()) }
                        }
                    }
                }
            }
            @if !account.organisations.is_empty() {
                (ui::paragraph(html! {
                    (shell.t("Sie haben gehandelt für: ", "You have acted for: "))
                    (account.organisations.iter().map(|it| it.name.as_str()).collect::<Vec<_>>().join(", "))
                }))
            }
            form.app-form action="/account/name" method="post" {
                (ui::text_field("name", shell.t("Name im Konto", "Name of the account")).value(person.name.as_str())
                    .attribute("maxlength", "100").required())
                (ui::button(shell.t("Name ändern", "Change the name")).secondary())
            }
        }))
    }
}

fn ways(shell: &Shell, identity: &Identity, account: &Account) -> Markup {
    let left = account.recovery.all - account.recovery.used;
    let few = account.passkeys.is_empty();
    ui::section(
        shell.t("Wege in Ihr Konto", "Ways into your account"),
        html! {
            @if few {
                (ui::alert(if account.logins.is_empty() { Tone::Warning } else { Tone::Info }, shell.t("Sie haben noch keinen Passkey", "You have no passkey yet"), html! { p.kern-body {
                    (if account.logins.is_empty() {
                        shell.t("Legen Sie einen an, sonst können Sie sich nicht wieder anmelden.", "Add one, or you cannot sign in again.")
                    } else {
                        shell.t("Mit einem Passkey melden Sie sich ohne Umweg an, und Sie können Antworten im Postfach lesen, ohne den Link aufzuheben.",
                            "With a passkey you sign in without a detour, and you can read replies in the mailbox without keeping the link.")
                    })
                } }))
            }
            (ui::task_list(shell.t("Übersicht", "Overview"), &[
                ui::Task {
                    title: "Passkeys",
                    path: Some("/account/passkeys"),
                    status: (if few { Tone::Warning } else { Tone::Success }, &account.passkeys.len().to_string()),
                },
                ui::Task {
                    title: shell.t("Wiederherstellungscodes", "Recovery codes"),
                    path: Some("/account/recovery"),
                    status: (if left < 3 { Tone::Warning } else { Tone::Success }, &left.to_string()),
                },
            ]))
            @if !account.logins.is_empty() {
                (Table::new(shell.t("Andere Wege", "Other ways"), [
                    Column::new(shell.t("Weg", "Way in")), Column::new(shell.t("Niveau", "Level")),
                    Column::new(shell.t("Zuletzt", "Last used")), Column::new(shell.t("Entfernen", "Remove")),
                ]).rows(account.logins.iter().map(|it| vec![
                    html! { (way_title(shell, &it.way, identity.ways())) },
                    html! { (shell.text(it.level.title())) },
                    html! { @if let Some(at) = it.used_at { (format::time(shell.lang(), at)) } @else { "–" } },
                    html! {
                        @let path = format!("/account/passkeys/{}/remove", it.id);
                        (ui::post_button(&path, &[], ui::button(shell.t("Entfernen", "Remove")).tertiary()))
                    },
                ])))
            }
            div.app-row { (ui::link_button("/sign-in?add=1&to=/account", shell.t("Weiteren Weg hinzufügen", "Add a way in"))) }
        },
    )
}

fn tenants(shell: &Shell, ctx: &Ctx, account: &Account) -> Markup {
    let tenants = account.tenants(ctx.now());
    html! {
        @if !tenants.is_empty() {
            (ui::section(shell.t("Für wen Sie handeln", "For whom you act"), html! {
                (Table::new(shell.t("Ihre Rollen", "Your roles"), [
                    Column::new(shell.t("Mandant", "Tenant")), Column::new(shell.t("Rollen", "Roles")), Column::new(shell.t("Jetzt", "Now")),
                ]).quiet_caption().rows(tenants.iter().map(|tenant| {
                    let roles: Vec<String> = account.memberships.iter().filter(|it| it.tenant == *tenant)
                        .map(|it| match it.until {
                            Some(until) => format!("{} ({} {})", role_title(shell, &it.role), shell.t("bis", "until"), format::date(shell.lang(), until)),
                            None => role_title(shell, &it.role),
                        }).collect();
                    vec![
                        html! { (tenant_title(shell, tenant)) },
                        html! { (roles.join(", ")) },
                        html! {
                            @if ctx.tenant() == tenant { (ui::badge(Tone::Success, shell.t("aktiv", "active"))) }
                            @else { (ui::post_button("/account/tenant", &[("tenant", tenant)], ui::button(shell.t("Wechseln", "Switch")).tertiary())) }
                        },
                    ]
                })))
            }))
        }
    }
}

fn sessions(shell: &Shell, ctx: &Ctx, identity: &Identity, sessions: &[Session]) -> Markup {
    ui::section(
        shell.t("Wo Sie angemeldet sind", "Where you are signed in"),
        html! {
            (Table::new(shell.t("Sitzungen", "Sessions"), [
                Column::new(shell.t("Gerät", "Device")), Column::new(shell.t("Weg", "Way in")),
                Column::new(shell.t("Zuletzt", "Last used")), Column::new(shell.t("Beenden", "End")),
            ]).quiet_caption().rows(sessions.iter().map(|it| vec![
                html! { (if it.device.is_empty() { shell.t("unbekannt", "unknown") } else { it.device.as_str() }) },
                html! { (way_title(shell, &it.way, identity.ways())) },
                html! { (format::time(shell.lang(), it.seen_at)) },
                html! {
                    @if ctx.actor().session == Some(it.id) { (ui::badge(Tone::Success, shell.t("diese", "this one"))) }
                    @else {
                        @let path = format!("/account/sessions/{}/end", it.id);
                        (ui::post_button(&path, &[], ui::button(shell.t("Beenden", "End")).tertiary()))
                    }
                },
            ])))
            @if sessions.len() > 1 {
                (ui::post_button("/account/sessions/end-others", &[], ui::button(shell.t("Alle anderen beenden", "End all others")).secondary()))
            }
        },
    )
}

#[derive(Deserialize)]
struct Name {
    name: String,
}

async fn rename(State(identity): State<Identity>, ctx: Ctx, Form(it): Form<Name>) -> Result<Redirect> {
    identity.rename(&ctx, &it.name).await?;
    Ok(back("/account"))
}

#[derive(Deserialize)]
struct Tenant {
    tenant: String,
}

async fn act_for(State(identity): State<Identity>, ctx: Ctx, Form(it): Form<Tenant>) -> Result<Redirect> {
    identity.act_for(&ctx, &it.tenant).await?;
    Ok(back("/account"))
}

async fn end_session(State(identity): State<Identity>, ctx: Ctx, Path(id): Path<Uuid>) -> Result<Redirect> {
    identity.end_session(&ctx, &id).await?;
    Ok(back("/account"))
}

async fn end_others(State(identity): State<Identity>, ctx: Ctx) -> Result<Redirect> {
    identity.end_other_sessions(&ctx).await?;
    Ok(back("/account"))
}

async fn confirm_removal(State(identity): State<Identity>, shell: Shell, ctx: Ctx) -> Result<Markup> {
    identity.account(&ctx).await?;
    Ok(ui::confirm_page(
        &shell,
        shell.t("Konto wirklich löschen?", "Really delete the account?"),
        shell.t(
            "Ihre Angaben, alle Wege in das Konto und alle Sitzungen werden gelöscht. Das lässt sich nicht rückgängig machen. Vorgänge, die nur über dieses Konto erreichbar sind, erreichen Sie dann nicht mehr; die Links, die Sie beim Absenden bekommen haben, gelten weiter.",
            "Your data, all ways into the account and all sessions are deleted. This cannot be undone. Cases that are reached by this account only cannot be reached any more; the links you got when sending stay good.",
        ),
        "/account/delete",
        &ui::button(shell.t("Konto löschen", "Delete the account")),
        "/account",
    ))
}

async fn remove(State(identity): State<Identity>, ctx: Ctx) -> Result<Response> {
    identity.remove_me(&ctx).await?;
    let cookie = identity.sign_out(&ctx).await.ok();
    Ok(super::sign_in::with_cookies(Redirect::to("/").into_response(), cookie))
}
