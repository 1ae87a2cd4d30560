//! Roles: those that exist everywhere, and a tenant's own.

use super::{areas, back};
use crate::{
    Identity,
    model::OwnRole,
    names::may,
    rules::{permission, rights},
};
use axum::{
    Router,
    body::Body,
    extract::State,
    response::Redirect,
    routing::{get, post},
};
use kernel::{Ctx, Result, http::Path, http::read_body};
use ui::{Choice, Column, Markup, Shell, Table, html};
use url::form_urlencoded;

pub fn router(identity: &Identity) -> Router {
    Router::new()
        .route("/admin/roles", get(list).post(save))
        .route("/admin/roles/{name}", get(edit))
        .route("/admin/roles/{name}/remove", post(remove))
        .with_state(identity.clone())
}

async fn list(State(identity): State<Identity>, shell: Shell, ctx: Ctx) -> Result<Markup> {
    let own = identity.roles(&ctx).await?;
    let title = shell.t("Rollen", "Roles");
    let columns = || [Column::new(shell.t("Rolle", "Role")), Column::new(shell.t("Darf", "May"))];
    Ok(shell.page(title, html! {
        (ui::title(title))
        (areas(&shell, &ctx))
        (Table::new(shell.t("Rollen, die es überall gibt", "Roles that exist everywhere"), columns())
            .row([html! { (shell.t("Verwaltung", "Administration")) " " (ui::code("admin")) },
                html! { (shell.t("Personen einladen, Rollen vergeben, die Anmeldung einrichten, und alles, was die Sachbearbeitung darf. Am ganzen Knoten: alles.",
                    "Invite people, give roles, set up the sign-in, and everything that clerks may. On the whole node: everything.")) }])
            .row([html! { (shell.t("Sachbearbeitung", "Clerk")) " " (ui::code("clerk")) },
                html! { (shell.t("Zustellpunkte, Zuständigkeiten, Formulare und Clients des Mandanten führen.",
                    "Keep destinations, competences, forms and clients of the tenant.")) }])
            .row([html! { (shell.t("Prüfung", "Auditor")) " " (ui::code("auditor")) },
                html! { (shell.t("Das Protokoll lesen und ausleiten; sonst nichts.", "Read and export the record; nothing else.")) }]))
        @if ctx.tenant().is_empty() {
            (ui::paragraph(shell.t("Eigene Rollen gehören zu einem Mandanten. Wechseln Sie im Konto den Mandanten, um welche anzulegen.",
                "Own roles belong to a tenant. Switch the tenant in your account to make some.")))
        } @else {
            @if !own.is_empty() {
                (Table::new(shell.t("Eigene Rollen", "Own roles"), columns()).rows(own.iter().map(|it| vec![
                    html! { (ui::link(&format!("/admin/roles/{}", it.name), &it.title)) " " (ui::code(&it.name)) },
                    html! {
                        ul.kern-list.kern-list--bullet {
                            @for it in &it.permissions { li { (permission::label(it, ctx.lang())) } }
                        }
                    },
                ])))
            }
            @if ctx.may(may::MANAGE_ROLES) { (form(&shell, &ctx, None)) }
        }
    }))
}

fn form(shell: &Shell, ctx: &Ctx, role: Option<&OwnRole>) -> Markup {
    let all = rights::choosable(ctx.frame());
    let own = all.iter().filter(|it| rights::has(ctx.frame(), ctx.actor(), it));
    let labelled: Vec<(&str, String)> = own.map(|it| (*it, permission::label(it, ctx.lang()))).collect();
    let choices: Vec<Choice<'_>> =
        labelled.iter().map(|(name, label)| Choice::new(name, label).hint(name)).collect();
    let ticked: Vec<&str> =
        role.map(|it| it.permissions.iter().map(String::as_str).collect()).unwrap_or_default();
    html! {
        h2.kern-heading-medium {
            (if role.is_some() { shell.t("Rolle ändern", "Change the role") } else { shell.t("Neue Rolle", "New role") })
        }
        form.app-form action="/admin/roles" method="post" {
            @match role {
                Some(it) => input type="hidden" name="name" value=(it.name);,
                None => (ui::text_field("name", shell.t("Kurzname", "Short name")).hint(shell.t(
                    "Kleinbuchstaben, Ziffern, Bindestriche; er bleibt für immer.", "Small letters, digits, hyphens; it stays for ever."))
                    .attribute("pattern", "[a-z0-9\\-]{2,40}").autocomplete("off").required()),
            }
            (ui::text_field("title", shell.t("Bezeichnung", "Title")).value(role.map(|it| it.title.clone()).unwrap_or_default())
                .attribute("maxlength", "100").autocomplete("off").required())
            (ui::checkboxes("permission", shell.t("Darf", "May"), &choices).values(&ticked)
                .hint(shell.t("Nur, was Sie selbst dürfen.", "Only what you may yourself.")))
            div.app-row { (ui::button(shell.t("Speichern", "Save"))) }
        }
    }
}

async fn edit(
    State(identity): State<Identity>,
    shell: Shell,
    ctx: Ctx,
    Path(name): Path<String>,
) -> Result<Markup> {
    ctx.require(may::MANAGE_ROLES)?;
    let all = identity.roles(&ctx).await?;
    let missing = || crate::operations::account::not_there("Diese Rolle", "This role");
    let role = all.iter().find(|it| it.name == name).ok_or_else(missing)?;
    let path = format!("/admin/roles/{name}/remove");
    Ok(shell.draw(role.title.as_str()).trail(shell.t("Rollen", "Roles"), "/admin/roles").body(html! {
        (ui::title(&role.title))
        (form(&shell, &ctx, Some(role)))
        (ui::post_button(&path, &[], ui::button(shell.t("Rolle löschen und allen entziehen", "Remove the role and take it from everybody")).tertiary()))
    }))
}

async fn save(State(identity): State<Identity>, ctx: Ctx, body: Body) -> Result<Redirect> {
    let bytes = read_body(body, 64 * 1024).await?;
    let (mut name, mut title, mut permissions) = (String::new(), String::new(), Vec::new());
    for (key, value) in form_urlencoded::parse(&bytes).into_owned() {
        match key.as_str() {
            "name" => name = value,
            "title" => title = value,
            "permission" => permissions.push(value),
            _ => {}
        }
    }
    identity.save_role(&ctx, &name, &title, permissions).await?;
    Ok(back("/admin/roles"))
}

async fn remove(State(identity): State<Identity>, ctx: Ctx, Path(name): Path<String>) -> Result<Redirect> {
    identity.remove_role(&ctx, &name).await?;
    Ok(back("/admin/roles"))
}
