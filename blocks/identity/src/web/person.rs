//! One person, as administrators see them.

use super::{areas, back, operator, people, role_title, tenant_title, way_title};
use crate::{Identity, names::may, operations::account::Account};
use axum::{
    Router,
    extract::State,
    response::{Redirect, Response},
    routing::{get, post},
};
use kernel::{
    Ctx, Result,
    http::{Form, Path},
};
use serde::Deserialize;
use ui::{Choice, Column, Markup, Shell, Table, Tone, format, html};
use uuid::Uuid;

pub fn router(identity: &Identity) -> Router {
    Router::new()
        .route("/admin/people/{id}", get(show))
        .route("/admin/people/{id}/lock", post(lock))
        .route("/admin/people/{id}/unlock", post(unlock))
        .route("/admin/people/{id}/link", post(link))
        .route("/admin/people/{id}/end-sessions", post(end_sessions))
        .route("/admin/people/{id}/roles", post(give))
        .route("/admin/people/{id}/roles/take", post(take))
        .route("/admin/people/{id}/certificates", post(bind))
        .route("/admin/people/{id}/logins/{login}/remove", post(remove_login))
        .route("/admin/people/{id}/remove", get(confirm).post(remove))
        .with_state(identity.clone())
}

async fn show(
    State(identity): State<Identity>,
    shell: Shell,
    ctx: Ctx,
    Path(id): Path<Uuid>,
) -> Result<Markup> {
    let account = identity.person(&ctx, &id).await?;
    let roles = people::role_choices(&identity, &shell, &ctx).await?;
    let name = account.person.name.clone();
    Ok(shell.draw(name.as_str()).trail(shell.t("Personen", "People"), "/admin/people").body(html! {
        (ui::title(&name))
        (areas(&shell, &ctx))
        (about(&shell, &account))
        (memberships(&shell, &ctx, &account, &roles))
        (ways(&shell, &ctx, &identity, &account))
        @if ctx.may(may::MANAGE_PEOPLE) { (acts(&shell, &ctx, &account)) }
    }))
}

fn about(shell: &Shell, account: &Account) -> Markup {
    let person = &account.person;
    ui::description_list(&[
        (shell.t("Kennung", "Id"), html! { (ui::code(&person.id.to_string())) }),
        (
            shell.t("Gehört zu", "Belongs to"),
            html! { @if person.tenant.is_empty() { "–" } @else { (person.tenant) } },
        ),
        (shell.t("Konto seit", "Account since"), html! { (format::time(shell.lang(), person.created_at)) }),
        (
            shell.t("Zuletzt da", "Last seen"),
            html! { @if let Some(at) = person.seen_at { (format::time(shell.lang(), at)) } @else { "–" } },
        ),
        (
            shell.t("Zustand", "State"),
            html! {
                @if person.locked_at.is_some() { (ui::badge(Tone::Danger, shell.t("gesperrt", "locked"))) }
                @else { (ui::badge(Tone::Success, shell.t("aktiv", "active"))) }
            },
        ),
        (shell.t("Offene Sitzungen", "Open sessions"), html! { (account.sessions.len()) }),
    ])
}

fn memberships(shell: &Shell, ctx: &Ctx, account: &Account, roles: &[(String, String)]) -> Markup {
    let id = account.person.id;
    let (give, take) = (format!("/admin/people/{id}/roles"), format!("/admin/people/{id}/roles/take"));
    let shown = account.memberships.iter().filter(|it| operator(ctx) || it.tenant == ctx.tenant());
    let choices: Vec<Choice<'_>> = roles.iter().map(|(name, title)| Choice::new(name, title)).collect();
    ui::section(
        shell.t("Rollen", "Roles"),
        html! {
            (Table::new(shell.t("Rollen", "Roles"), [
                Column::new(shell.t("Rolle", "Role")), Column::new(shell.t("Mandant", "Tenant")),
                Column::new(shell.t("Bis", "Until")), Column::new(shell.t("Entziehen", "Take away")),
            ]).quiet_caption().rows(shown.map(|it| vec![
                html! { (role_title(shell, &it.role)) },
                html! { (tenant_title(shell, &it.tenant)) },
                html! { @if let Some(until) = it.until { (format::time(shell.lang(), until)) } @else { (shell.t("unbefristet", "open-ended")) } },
                html! {
                    @if ctx.may(may::MANAGE_PEOPLE) {
                        (ui::post_button(&take, &[("tenant", &it.tenant), ("role", &it.role)], ui::button(shell.t("Entziehen", "Take away")).tertiary()))
                    } @else { "–" }
                },
            ])))
            @if ctx.may(may::MANAGE_PEOPLE) {
                form.app-form action=(give) method="post" {
                    (ui::select("role", shell.t("Rolle geben", "Give a role"), &choices).required())
                    @if operator(ctx) {
                        (ui::text_field("tenant", shell.t("Mandant", "Tenant")).hint(shell.t("Leer für den ganzen Knoten.", "Empty for the whole node."))
                            .autocomplete("off").optional())
                    }
                    (ui::button(shell.t("Geben", "Give")).secondary())
                }
            }
        },
    )
}

fn ways(shell: &Shell, ctx: &Ctx, identity: &Identity, account: &Account) -> Markup {
    let id = account.person.id;
    let certificates = format!("/admin/people/{id}/certificates");
    ui::section(
        shell.t("Wege in das Konto", "Ways into the account"),
        html! {
            (ui::paragraph(html! {
                "Passkeys: " (account.passkeys.len()) ", " (shell.t("Wiederherstellungscodes: ", "recovery codes: "))
                (account.recovery.all - account.recovery.used)
            }))
            @if !account.logins.is_empty() {
                (Table::new(shell.t("Andere Wege", "Other ways"), [
                    Column::new(shell.t("Weg", "Way in")), Column::new(shell.t("Seit", "Since")),
                    Column::new(shell.t("Zuletzt", "Last used")), Column::new(shell.t("Entfernen", "Remove")),
                ]).rows(account.logins.iter().map(|it| vec![
                    html! { (way_title(shell, &it.way, identity.ways())) },
                    html! { (format::day(shell.lang(), it.created_at)) },
                    html! { @if let Some(at) = it.used_at { (format::time(shell.lang(), at)) } @else { "–" } },
                    html! {
                        @if ctx.may(may::MANAGE_PEOPLE) {
                            @let path = format!("/admin/people/{id}/logins/{}/remove", it.id);
                            (ui::post_button(&path, &[], ui::button(shell.t("Entfernen", "Remove")).tertiary()))
                        } @else { "–" }
                    },
                ])))
            }
            @if ctx.may(may::MANAGE_PEOPLE) {
                (ui::details(shell.t("Zertifikat verbinden", "Bind a certificate"), html! {
                    form.app-form action=(certificates) method="post" {
                        (ui::textarea("certificate", shell.t("Zertifikat oder Fingerabdruck", "Certificate or fingerprint"))
                            .hint(shell.t("Die Datei mit -----BEGIN CERTIFICATE----- oder die 64 Zeichen, die der Person bei der Anmeldung angezeigt wurden.",
                                "The file with -----BEGIN CERTIFICATE----- or the 64 characters that the person was shown when signing in.")).required())
                        (ui::button(shell.t("Verbinden", "Bind")).secondary())
                    }
                }))
            }
        },
    )
}

fn acts(shell: &Shell, ctx: &Ctx, account: &Account) -> Markup {
    let id = account.person.id;
    let path = |what: &str| format!("/admin/people/{id}/{what}");
    ui::section(
        shell.t("Handeln", "Act"),
        html! {
            div.app-row {
                (ui::post_button(&path("link"), &[], ui::button(shell.t("Neuer Link zur Anmeldung", "New link to sign in")).secondary()))
                @if !account.sessions.is_empty() {
                    (ui::post_button(&path("end-sessions"), &[], ui::button(shell.t("Sitzungen beenden", "End sessions")).secondary()))
                }
                @if account.person.locked_at.is_some() {
                    (ui::post_button(&path("unlock"), &[], ui::button(shell.t("Entsperren", "Unlock")).secondary()))
                } @else {
                    (ui::post_button(&path("lock"), &[], ui::button(shell.t("Sperren", "Lock")).secondary()))
                }
                @if ctx.may(may::REMOVE_PERSON) {
                    (ui::link_button(path("remove"), shell.t("Konto löschen", "Remove the account")).tertiary())
                }
            }
        },
    )
}

fn page_of(id: &Uuid) -> Redirect {
    back(&format!("/admin/people/{id}"))
}

async fn lock(State(identity): State<Identity>, ctx: Ctx, Path(id): Path<Uuid>) -> Result<Redirect> {
    identity.lock(&ctx, &id, true).await?;
    Ok(page_of(&id))
}

async fn unlock(State(identity): State<Identity>, ctx: Ctx, Path(id): Path<Uuid>) -> Result<Redirect> {
    identity.lock(&ctx, &id, false).await?;
    Ok(page_of(&id))
}

async fn link(
    State(identity): State<Identity>,
    shell: Shell,
    ctx: Ctx,
    Path(id): Path<Uuid>,
) -> Result<Response> {
    let made = identity.link_for(&ctx, &id).await?;
    let name = identity.person(&ctx, &id).await?.person.name;
    Ok(people::link_page(&shell, &name, &made))
}

async fn end_sessions(State(identity): State<Identity>, ctx: Ctx, Path(id): Path<Uuid>) -> Result<Redirect> {
    identity.end_sessions_of(&ctx, &id).await?;
    Ok(page_of(&id))
}

#[derive(Deserialize)]
struct Role {
    role: String,
    tenant: Option<String>,
}

async fn give(
    State(identity): State<Identity>,
    ctx: Ctx,
    Path(id): Path<Uuid>,
    Form(it): Form<Role>,
) -> Result<Redirect> {
    identity.give_role(&ctx, &id, &it.tenant.unwrap_or_default(), &it.role).await?;
    Ok(page_of(&id))
}

async fn take(
    State(identity): State<Identity>,
    ctx: Ctx,
    Path(id): Path<Uuid>,
    Form(it): Form<Role>,
) -> Result<Redirect> {
    identity.take_role(&ctx, &id, &it.tenant.unwrap_or_default(), &it.role).await?;
    Ok(page_of(&id))
}

#[derive(Deserialize)]
struct Certificate {
    certificate: String,
}

async fn bind(
    State(identity): State<Identity>,
    ctx: Ctx,
    Path(id): Path<Uuid>,
    Form(it): Form<Certificate>,
) -> Result<Redirect> {
    identity.bind_certificate(&ctx, &id, &it.certificate).await?;
    Ok(page_of(&id))
}

async fn remove_login(
    State(identity): State<Identity>,
    ctx: Ctx,
    Path((id, login)): Path<(Uuid, Uuid)>,
) -> Result<Redirect> {
    identity.remove_login_of(&ctx, &id, &login).await?;
    Ok(page_of(&id))
}

async fn confirm(
    State(identity): State<Identity>,
    shell: Shell,
    ctx: Ctx,
    Path(id): Path<Uuid>,
) -> Result<Markup> {
    ctx.require(may::REMOVE_PERSON)?;
    let name = identity.person(&ctx, &id).await?.person.name;
    Ok(ui::confirm_page(
        &shell,
        shell.t("Konto wirklich löschen?", "Really remove the account?"),
        &format!(
            "{name}: {}",
            shell.t(
                "Alle Wege in das Konto, Rollen und Sitzungen werden gelöscht. Das lässt sich nicht rückgängig machen.",
                "All ways into the account, roles and sessions are deleted. This cannot be undone."
            )
        ),
        &format!("/admin/people/{id}/remove"),
        &ui::button(shell.t("Konto löschen", "Remove the account")),
        &format!("/admin/people/{id}"),
    ))
}

async fn remove(State(identity): State<Identity>, ctx: Ctx, Path(id): Path<Uuid>) -> Result<Redirect> {
    identity.remove_person(&ctx, &id).await?;
    Ok(back("/admin/people"))
}
