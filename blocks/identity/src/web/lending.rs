//! Who stands in for whom: one's own role, lent for some days.

use super::{areas, back, role_title, tenant_title};
use crate::{Identity, operations::people::PeopleSought};
use axum::{
    Router,
    extract::State,
    response::Redirect,
    routing::{get, post},
};
use kernel::{Ctx, Result, http::Form};
use serde::Deserialize;
use ui::{Choice, Column, Markup, Shell, Table, format, html};
use uuid::Uuid;

pub fn router(identity: &Identity) -> Router {
    Router::new()
        .route("/admin/lending", get(show).post(lend))
        .route("/admin/lending/take-back", post(take_back))
        .with_state(identity.clone())
}

async fn show(State(identity): State<Identity>, shell: Shell, ctx: Ctx) -> Result<Markup> {
    let roles = identity.lendable(&ctx).await?;
    let lent = identity.lent(&ctx).await?;
    let sought = PeopleSought { limit: 200, ..PeopleSought::default() };
    let (_, people) = identity.people(&ctx, &sought).await?;
    let titles: Vec<(String, String)> = roles.iter().map(|it| (it.clone(), role_title(&shell, it))).collect();
    let roles: Vec<Choice<'_>> = titles.iter().map(|(name, title)| Choice::new(name, title)).collect();
    let ids: Vec<(String, &str)> = people
        .iter()
        .filter(|it| Some(it.id) != ctx.actor().person && it.locked_at.is_none())
        .map(|it| (it.id.to_string(), it.name.as_str()))
        .collect();
    let people: Vec<Choice<'_>> = ids.iter().map(|(id, name)| Choice::new(id, name)).collect();
    let title = shell.t("Vertretungen", "Stand-ins");
    Ok(shell.page(title, html! {
        (ui::title(title))
        (areas(&shell, &ctx))
        (ui::lead(shell.t("Geben Sie Ihre Rolle für einige Tage jemand anderem, zum Beispiel im Urlaub. Sie endet von selbst.",
            "Give your role to somebody else for some days, for example while you are on leave. It ends by itself.")))
        @if !lent.is_empty() {
            (Table::new(shell.t("Zurzeit", "At present"), [
                Column::new(shell.t("Wer", "Who")), Column::new(shell.t("Rolle", "Role")), Column::new(shell.t("Mandant", "Tenant")),
                Column::new(shell.t("Bis", "Until")), Column::new(shell.t("Beenden", "End")),
            ]).rows(lent.iter().map(|(it, name)| vec![
                html! { (name) },
                html! { (role_title(&shell, &it.role)) },
                html! { (tenant_title(&shell, &it.tenant)) },
                html! { @if let Some(until) = it.until { (format::time(shell.lang(), until)) } },
                html! { (ui::post_button("/admin/lending/take-back",
                    &[("person", &it.person.to_string()), ("tenant", &it.tenant), ("role", &it.role)],
                    ui::button(shell.t("Beenden", "End")).tertiary())) },
            ])))
        }
        @if roles.is_empty() || people.is_empty() {
            (ui::paragraph(shell.t("Sie haben hier keine Rolle, die Sie vergeben können, oder es gibt niemanden, der sie nehmen kann.",
                "You have no role here that you can lend, or there is nobody who can take it.")))
        } @else {
            form.app-form action="/admin/lending" method="post" {
                (ui::select("person", shell.t("Wer vertritt Sie?", "Who stands in for you?"), &people).required())
                (ui::select("role", shell.t("Mit welcher Rolle?", "With which role?"), &roles).required())
                (ui::number_field("days", shell.t("Wie viele Tage?", "For how many days?")).hint(shell.t("1 bis 90", "1 to 90")).narrow(4).value("14").required())
                (ui::button(shell.t("Vertretung beginnen", "Begin")))
            }
        }
    }))
}

#[derive(Deserialize)]
struct Lending {
    person: Uuid,
    role: String,
    days: i64,
}

async fn lend(State(identity): State<Identity>, ctx: Ctx, Form(it): Form<Lending>) -> Result<Redirect> {
    identity.lend(&ctx, &it.person, &it.role, it.days).await?;
    Ok(back("/admin/lending"))
}

#[derive(Deserialize)]
struct Lent {
    person: Uuid,
    tenant: String,
    role: String,
}

async fn take_back(State(identity): State<Identity>, ctx: Ctx, Form(it): Form<Lent>) -> Result<Redirect> {
    identity.take_back(&ctx, &it.person, &it.tenant, &it.role).await?;
    Ok(back("/admin/lending"))
}
