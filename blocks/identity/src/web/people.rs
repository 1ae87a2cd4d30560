//! The people of a tenant: list, invitation, organisations.

use super::{areas, operator, role_title, tenant_title};
use crate::{
    Identity,
    names::may,
    operations::people::{Invitation, MadeLink, PeopleSought},
    rules::rights::BUILTIN,
};
use axum::{Router, extract::State, response::IntoResponse, response::Response, routing::get};
use kernel::{
    Ctx, Level, Result,
    http::{Form, Query},
};
use serde::Deserialize;
use ui::{Alert, Choice, Column, Markup, Paging, Shell, Table, Tone, format, html};

pub fn router(identity: &Identity) -> Router {
    Router::new()
        .route("/admin/people", get(list))
        .route("/admin/people/new", get(new).post(invite))
        .route("/admin/organisations", get(organisations))
        .with_state(identity.clone())
}

#[derive(Deserialize)]
struct Sought {
    q: Option<String>,
    sort: Option<String>,
    offset: Option<i64>,
    limit: Option<i64>,
}

async fn list(
    State(identity): State<Identity>,
    shell: Shell,
    ctx: Ctx,
    Query(it): Query<Sought>,
) -> Result<Markup> {
    let sought = PeopleSought {
        words: it.q.unwrap_or_default(),
        sort: it.sort.unwrap_or_else(|| "name".to_owned()),
        offset: it.offset.unwrap_or(0).max(0),
        limit: it.limit.unwrap_or(25).clamp(1, 200),
    };
    let (total, people) = identity.people(&ctx, &sought).await?;
    let title = shell.t("Personen", "People");
    let lang = shell.lang();
    let whole = |it: i64| u64::try_from(it).unwrap_or(0);
    Ok(shell.draw(title).wide().body(html! {
        (ui::title(title))
        (areas(&shell, &ctx))
        (ui::search_form("/admin/people",
            ui::search_field("q", shell.t("Name", "Name")).value(sought.words.as_str()),
            ui::button(shell.t("Suchen", "Search")).secondary(), html! {}))
        @if ctx.may(may::MANAGE_PEOPLE) {
            div.app-row { (ui::link_button("/admin/people/new", shell.t("Person einladen", "Invite a person")).primary()) }
        }
        @if people.is_empty() {
            (ui::empty_state(shell.t("Niemand gefunden", "Nobody found"),
                shell.t("Ändern Sie die Suche oder laden Sie jemanden ein.", "Change the search or invite somebody."), None))
        } @else {
            (Table::new(shell.t("Personen", "People"), [
                Column::new("Name").sortable(&shell, "name", &sought.sort),
                Column::new(shell.t("Mandant", "Tenant")),
                Column::new(shell.t("Konto seit", "Account since")),
                Column::new(shell.t("Zuletzt da", "Last seen")).sortable(&shell, "seen", &sought.sort),
                Column::new(shell.t("Zustand", "State")),
            ]).quiet_caption().rows(people.iter().map(|it| vec![
                html! { (ui::link(&format!("/admin/people/{}", it.id), if it.name.is_empty() { shell.t("ohne Namen", "without a name") } else { &it.name })) },
                html! { @if it.tenant.is_empty() { "–" } @else { (it.tenant) } },
                html! { (format::day(lang, it.created_at)) },
                html! { @if let Some(at) = it.seen_at { (format::time(lang, at)) } @else { "–" } },
                html! {
                    @if it.locked_at.is_some() { (ui::badge(Tone::Danger, shell.t("gesperrt", "locked"))) }
                    @else if it.seen_at.is_none() { (ui::badge(Tone::Info, shell.t("eingeladen", "invited"))) }
                    @else { (ui::badge(Tone::Success, shell.t("aktiv", "active"))) }
                },
            ])))
        }
        (ui::pagination(&shell, Paging { offset: whole(sought.offset), limit: whole(sought.limit), total: whole(total) }))
    }))
}

async fn new(State(identity): State<Identity>, shell: Shell, ctx: Ctx) -> Result<Markup> {
    ctx.require(may::MANAGE_PEOPLE)?;
    let roles = role_choices(&identity, &shell, &ctx).await?;
    let title = shell.t("Person einladen", "Invite a person");
    let choices: Vec<Choice<'_>> = roles.iter().map(|(name, title)| Choice::new(name, title)).collect();
    let levels = [
        Choice::new(
            "normal",
            shell.t("normal: ich kenne die Person nicht näher", "normal: I do not know the person closely"),
        ),
        Choice::new(
            "substantial",
            shell.t(
                "substanziell: ich habe ihren Ausweis oder Dienstausweis geprüft",
                "substantial: I have checked their identity card or service card",
            ),
        ),
    ];
    Ok(shell.draw(title).trail(shell.t("Personen", "People"), "/admin/people").body(html! {
        (ui::title(title))
        (ui::lead(shell.t("Sie bekommen einen Link, den Sie der Person geben. Er gilt drei Tage und einmal.",
            "You get a link to give to the person. It is good for three days and once.")))
        form.app-form action="/admin/people/new" method="post" {
            (ui::text_field("name", "Name").attribute("maxlength", "100").autocomplete("off").required())
            @if operator(&ctx) {
                (ui::text_field("tenant", shell.t("Mandant", "Tenant")).hint(shell.t(
                    "Leer für den ganzen Knoten.", "Empty for the whole node.")).autocomplete("off").optional())
            }
            (ui::select("role", shell.t("Rolle", "Role"), &choices).empty_choice(shell.t("keine", "none")))
            (ui::radios("level", shell.t("Wie sicher ist, wer das ist?", "How sure is it who this is?"), &levels).value("normal"))
            div.app-row { (ui::button(shell.t("Einladen", "Invite"))) }
        }
    }))
}

#[derive(Deserialize)]
struct Inviting {
    name: String,
    tenant: Option<String>,
    role: Option<String>,
    level: Option<String>,
}

async fn invite(
    State(identity): State<Identity>,
    shell: Shell,
    ctx: Ctx,
    Form(it): Form<Inviting>,
) -> Result<Response> {
    let invitation = Invitation {
        name: it.name.clone(),
        tenant: it.tenant.unwrap_or_default(),
        role: it.role.unwrap_or_default(),
        level: it.level.as_deref().and_then(Level::parse).map(|it| it.min(Level::Substantial)),
    };
    let made = identity.invite(&ctx, &invitation).await?;
    Ok(link_page(&shell, &it.name, &made))
}

/// The page that shows a link this once.
pub fn link_page(shell: &Shell, name: &str, made: &MadeLink) -> Response {
    let title = shell.t("Link für die Anmeldung", "Link to sign in");
    let page = shell.draw(title).script("copy").trail(shell.t("Personen", "People"), "/admin/people").body(html! {
        (ui::title(title))
        (Alert::new(Tone::Success, shell.t("Link gemacht", "Link made")).text(shell.t(
            "Er ist nur jetzt zu sehen. Geben Sie ihn auf einem Weg weiter, bei dem Sie sicher sind, wer ihn bekommt.",
            "It can be seen only now. Pass it on by a way on which you are sure who gets it.")))
        (ui::copy_field(shell.lang(), "link", &format!("{} {name}", shell.t("Link für", "Link for")), &made.url))
        (ui::paragraph(html! { (shell.t("Gültig bis ", "Good until ")) (format::time(shell.lang(), made.until)) "." }))
        div.app-row { (ui::link_button(format!("/admin/people/{}", made.person), shell.t("Zur Person", "To the person"))) }
    });
    super::sign_in::with_cookies(page.into_response(), None)
}

/// The roles that can be given, with their titles.
pub async fn role_choices(identity: &Identity, shell: &Shell, ctx: &Ctx) -> Result<Vec<(String, String)>> {
    let builtin = BUILTIN.iter().map(|it| ((*it).to_owned(), role_title(shell, it)));
    let own = identity.roles(ctx).await?.into_iter().map(|it| (it.name, it.title));
    Ok(builtin.chain(own).collect())
}

async fn organisations(State(identity): State<Identity>, shell: Shell, ctx: Ctx) -> Result<Markup> {
    let all = identity.organisations(&ctx).await?;
    let title = shell.t("Organisationen", "Organisations");
    Ok(shell.draw(title).wide().body(html! {
        (ui::title(title))
        (areas(&shell, &ctx))
        (ui::lead(shell.t("Unternehmen und andere Stellen, für die sich Menschen mit einem Unternehmenskonto angemeldet haben.",
            "Companies and others for which people have signed in with a company account.")))
        @if all.is_empty() {
            (ui::empty_state(shell.t("Noch keine", "None yet"),
                shell.t("Sie erscheinen hier, sobald sich jemand für eine Organisation anmeldet.", "They appear here as soon as somebody signs in for an organisation."), None))
        } @else {
            (Table::new(title, [
                Column::new("Name"), Column::new(shell.t("Angaben", "Facts")), Column::new(shell.t("Mandant", "Tenant")),
                Column::new(shell.t("Personen", "People")).numeric(), Column::new(shell.t("Zuletzt", "Last seen")),
            ]).quiet_caption().rows(all.iter().map(|it| vec![
                html! { (it.name) },
                html! { (it.facts.iter().map(|(name, value)| format!("{name}: {value}")).collect::<Vec<_>>().join("; ")) },
                html! { (tenant_title(&shell, &it.tenant)) },
                html! { (it.people) },
                html! { (format::time(shell.lang(), it.seen_at)) },
            ])))
        }
    }))
}
