//! The programs that people sign in to: list, page, removal.

use super::{areas, back, operator, program_form as form};
use crate::{
    Identity,
    model::client::{AuthMethod, Party, Registration},
    rules::permission,
};
use axum::{Router, extract::State, response::Redirect, routing::get};
use kernel::{
    Ctx, Level, Result,
    http::{Path, Query},
};
use serde::Deserialize;
use ui::{Alert, Column, Markup, Paging, Shell, Table, Tone, format, html};

pub fn router(identity: &Identity) -> Router {
    Router::new()
        .route("/admin/programs", get(list))
        .route("/admin/programs/new", get(form::new).post(form::register))
        .route("/admin/programs/{id}", get(show))
        .route("/admin/programs/{id}/remove", get(confirm).post(remove))
        .with_state(identity.clone())
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Sought {
    q: String,
    offset: i64,
    limit: Option<i64>,
    /// What has just been done.
    done: String,
}

/// The page of a program.
pub fn address(id: &str) -> String {
    format!("/admin/programs/{id}")
}

/// How a program proves itself, in words and by its name in OpenID Connect.
pub fn method_title(shell: &Shell, method: AuthMethod) -> &'static str {
    match method {
        AuthMethod::PrivateKeyJwt => {
            shell.t("eigener Schlüssel (private_key_jwt)", "its own key (private_key_jwt)")
        }
        AuthMethod::TlsClientAuth => shell.t(
            "Zertifikat einer ausstellenden Stelle (tls_client_auth)",
            "certificate of an authority (tls_client_auth)",
        ),
        AuthMethod::SelfSignedTlsClientAuth => shell.t(
            "ein bestimmtes Zertifikat (self_signed_tls_client_auth)",
            "one certain certificate (self_signed_tls_client_auth)",
        ),
        AuthMethod::ClientSecretPost => {
            shell.t("Geheimnis (client_secret_post)", "secret (client_secret_post)")
        }
        AuthMethod::None => shell.t("gar nicht (none)", "not at all (none)"),
    }
}

/// What a scope or a permission that a program may ask for means.
pub fn scope_title(shell: &Shell, scope: &str) -> String {
    let words = match scope {
        "openid" => shell.t("Wer sich angemeldet hat", "Who has signed in"),
        "profile" => {
            shell.t("Name, Geburtsdatum, Geschlecht, Sprache", "Name, date of birth, gender, language")
        }
        "email" => shell.t("E-Mail-Adresse", "E-mail address"),
        "phone" => shell.t("Telefonnummer", "Telephone number"),
        "address" => shell.t("Anschrift", "Address"),
        "offline_access" => {
            shell.t("Zugriff auch nach dem Abmelden", "Access after the person has signed out too")
        }
        permission => return permission::label(permission, shell.lang()),
    };
    words.to_owned()
}

async fn list(
    State(identity): State<Identity>,
    shell: Shell,
    ctx: Ctx,
    Query(it): Query<Sought>,
) -> Result<Markup> {
    let (offset, limit) = (it.offset.max(0), it.limit.unwrap_or(25).clamp(1, 200));
    let (total, found) = identity.parties(&ctx, it.q.trim(), offset, limit).await?;
    let title = shell.t("Programme", "Programs");
    let whole = |it: i64| u64::try_from(it).unwrap_or(0);
    let new = || ui::link_button("/admin/programs/new", shell.t("Programm eintragen", "Register a program"));
    Ok(shell.draw(title).wide().body(html! {
        (ui::title(title))
        (areas(&shell, &ctx))
        (ui::lead(shell.t("Fachverfahren und andere Programme, bei denen sich Menschen mit ihrem Konto anmelden (OpenID Connect) oder die Schnittstellen benutzen.",
            "Casework systems and other programs to which people sign in with their account (OpenID Connect), or which use the interfaces.")))
        @if it.done == "removed" {
            (Alert::new(Tone::Success, shell.t("Das Programm wurde gelöscht. Was es bekommen hatte, gilt nicht mehr.",
                "The program was removed. What it was given is void.")).live())
        }
        @if total == 0 && it.q.trim().is_empty() {
            (ui::empty_state(shell.t("Noch kein Programm", "No program yet"),
                shell.t("Tragen Sie das erste ein. Sie brauchen dafür seine Rücksprungadresse und seinen öffentlichen Schlüssel.",
                    "Register the first one. You need its redirect address and its public key."), Some(new().primary())))
        } @else {
            (ui::search_form("/admin/programs",
                ui::search_field("q", shell.t("Name oder Kennung", "Name or id")).value(it.q.as_str()),
                ui::button(shell.t("Suchen", "Search")).secondary(), html! {}))
            (ui::row(new().primary()))
            @if found.is_empty() {
                (ui::empty_state(shell.t("Nichts gefunden", "Nothing found"),
                    shell.t("Suchen Sie mit weniger Wörtern.", "Search with fewer words."), None))
            } @else {
                (table(&shell, &ctx, &found))
                (ui::pagination(&shell, Paging { offset: whole(offset), limit: whole(limit), total: whole(total) }))
            }
        }
    }))
}

fn table(shell: &Shell, ctx: &Ctx, found: &[Party]) -> Markup {
    let all = operator(ctx);
    let mut columns = vec![Column::new("Name"), Column::new(shell.t("Kennung", "Id"))];
    if all {
        columns.push(Column::new(shell.t("Mandant", "Tenant")));
    }
    columns.extend([
        Column::new(shell.t("Weist sich aus durch", "Proves itself by")),
        Column::new(shell.t("Rücksprungadressen", "Redirect addresses")),
        Column::new("FAPI 2.0"),
        Column::new(shell.t("Vertrauensniveau", "Level of assurance")),
        Column::new(shell.t("Eingetragen", "Registered")),
    ]);
    let rows = found.iter().map(|it| {
        let mut cells =
            vec![ui::link(&address(&it.client.id), &it.client.name), html! { (ui::code(&it.client.id)) }];
        if all {
            cells.push(html! { (it.client.tenant) });
        }
        cells.extend([
            html! { (method_title(shell, it.method)) },
            addresses(&it.registration.redirect_uris),
            html! { @if it.registration.fapi { (ui::badge(Tone::Success, shell.t("ja", "yes"))) } @else { (shell.t("nein", "no")) } },
            html! { (level(shell, &it.registration)) },
            format::day(shell.lang(), it.client.created_at),
        ]);
        cells
    });
    html! { (Table::new(shell.t("Programme", "Programs"), columns).quiet_caption().rows(rows)) }
}

fn addresses(all: &[String]) -> Markup {
    html! { @if all.is_empty() { "–" } @else { @for it in all { div { (ui::code(it)) } } } }
}

fn level(shell: &Shell, it: &Registration) -> &'static str {
    let known = it.level.as_deref().and_then(Level::parse);
    known.map_or(shell.t("keine Vorgabe", "none asked for"), |it| shell.text(it.title()))
}

async fn show(
    State(identity): State<Identity>,
    shell: Shell,
    ctx: Ctx,
    Path(id): Path<String>,
    Query(it): Query<Sought>,
) -> Result<Markup> {
    let party = identity.managed_party(&ctx, &id).await?;
    let name = party.client.name.as_str();
    let page = shell.draw(name).trail(shell.t("Programme", "Programs"), "/admin/programs").script("copy");
    Ok(page.body(html! {
        (ui::title(name))
        @if it.done == "made" {
            (Alert::new(Tone::Success, shell.t("Das Programm ist eingetragen", "The program is registered")).live().text(shell.t(
                "Geben Sie seinem Betrieb die Kennung (client_id).", "Give its operator the id (client_id).")))
        }
        (ui::copy_field(shell.lang(), "client-id", "client_id", &party.client.id))
        (ui::description_list(&facts(&shell, &party)))
        (ui::row(ui::link_button(format!("{}/remove", address(&party.client.id)), shell.t("Löschen …", "Remove …")).tertiary()))
    }))
}

/// What is registered about a program; no secret is among it.
fn facts<'s>(shell: &'s Shell, party: &Party) -> Vec<(&'s str, Markup)> {
    let (client, it) = (&party.client, &party.registration);
    let yes = |set: bool| html! { (if set { shell.t("ja", "yes") } else { shell.t("nein", "no") }) };
    let keys = it.keys().keys;
    let mut all = vec![
        (shell.t("Mandant", "Tenant"), html! { (client.tenant) }),
        (shell.t("Weist sich aus durch", "Proves itself by"), html! { (method_title(shell, party.method)) }),
    ];
    if !keys.is_empty() {
        let named = keys.iter().map(|it| it.kid.as_deref().unwrap_or("–"));
        all.push((
            shell.t("Öffentliche Schlüssel (kid)", "Public keys (kid)"),
            html! { @for it in named { div { (ui::code(it)) } } },
        ));
    }
    if let Some(certificate) = &it.certificate {
        all.push((shell.t("Zertifikat", "Certificate"), html! { (ui::code(certificate)) }));
    }
    all.extend([
        (shell.t("Rücksprungadressen", "Redirect addresses"), addresses(&it.redirect_uris)),
        (shell.t("Adressen nach dem Abmelden", "Addresses after signing out"), addresses(&it.logout_uris)),
        (
            shell.t("Darf erfragen und tun", "May ask for and do"),
            html! {
                @if it.scopes.is_empty() { "–" }
                @for scope in &it.scopes { div { (scope_title(shell, scope)) " " (ui::code(scope)) } }
            },
        ),
        ("FAPI 2.0", yes(it.fapi)),
        (shell.t("Nur signierte Anfragen", "Signed requests only"), yes(it.signed_requests)),
        (shell.t("Ohne Nachfrage bei den Menschen", "Without asking people"), yes(it.trusted)),
        (shell.t("Niedrigstes Vertrauensniveau", "Lowest level of assurance"), html! { (level(shell, it)) }),
        (shell.t("Eingetragen", "Registered"), format::time(shell.lang(), client.created_at)),
    ]);
    all
}

async fn confirm(
    State(identity): State<Identity>,
    shell: Shell,
    ctx: Ctx,
    Path(id): Path<String>,
) -> Result<Markup> {
    let party = identity.managed_party(&ctx, &id).await?;
    let question = format!("{}: {}", party.client.name, shell.t("löschen?", "remove?"));
    Ok(ui::confirm_page(
        &shell,
        &question,
        shell.t(
            "Niemand kann sich danach noch bei diesem Programm anmelden; was es bekommen hat, gilt sofort nicht mehr. Gilt bei Ihnen das Vier-Augen-Prinzip, muss eine zweite Person zustimmen.",
            "Nobody can sign in to this program any more; what it was given is void at once. Where four eyes are asked for, a second person has to agree.",
        ),
        &format!("{}/remove", address(&party.client.id)),
        &ui::button(shell.t("Löschen", "Remove")),
        &address(&party.client.id),
    ))
}

async fn remove(State(identity): State<Identity>, ctx: Ctx, Path(id): Path<String>) -> Result<Redirect> {
    identity.remove_party(&ctx, &id).await?;
    Ok(back("/admin/programs?done=removed"))
}
