//! What needs a second person, and what happened in emergencies.

use super::{areas, back};
use crate::{
    Identity,
    model::{Alarm, Approval},
};
use axum::{
    Router,
    extract::State,
    response::Redirect,
    routing::{get, post},
};
use kernel::{Ctx, Result, http::Path};
use std::collections::BTreeMap;
use ui::{Markup, Shell, Tone, format, html};
use uuid::Uuid;

pub fn router(identity: &Identity) -> Router {
    Router::new()
        .route("/admin/approvals", get(approvals))
        .route("/admin/approvals/{id}/approve", post(approve))
        .route("/admin/approvals/{id}/decline", post(decline))
        .route("/admin/alarms", get(alarms))
        .route("/admin/alarms/{id}/acknowledge", post(acknowledge))
        .with_state(identity.clone())
}

async fn approvals(State(identity): State<Identity>, shell: Shell, ctx: Ctx) -> Result<Markup> {
    let (all, names) = identity.approvals(&ctx).await?;
    let waits = |it: &&Approval| it.decision.is_none() && ctx.now() < it.until;
    let title = shell.t("Zustimmungen", "Approvals");
    Ok(shell.page(title, html! {
        (ui::title(title))
        (areas(&shell, &ctx))
        (ui::lead(shell.t("Gefährliche Handlungen, denen eine zweite Person zustimmen muss. Eine Zustimmung gilt eine Stunde und einmal.",
            "Dangerous acts to which a second person has to agree. An approval is good for an hour and once.")))
        h2.kern-heading-medium { (shell.t("Offen", "Waiting")) }
        @if !all.iter().any(|it| waits(&it)) { (ui::paragraph(shell.t("Nichts wartet.", "Nothing waits."))) }
        @for it in all.iter().filter(waits) { (waiting(&shell, &ctx, it, &names)) }
        h2.kern-heading-medium { (shell.t("Bisher", "So far")) }
        @if all.iter().all(|it| waits(&it)) { (ui::paragraph(shell.t("Noch nichts.", "Nothing yet."))) }
        (ui::timeline(shell.lang(), &all.iter().filter(|it| !waits(it)).map(|it| {
            let (tone, word) = outcome(&shell, it);
            (it.requested_at, it.act.get(shell.lang()), tone, html! {
                (ui::note(html! { (word) " · " (person(&names, &it.requester)) @if let Some(by) = &it.decided_by { " → " (person(&names, by)) } }))
            })
        }).collect::<Vec<_>>()))
    }))
}

/// Somebody by name, and by the number that the record knows them by.
fn person(names: &BTreeMap<String, String>, id: &str) -> Markup {
    html! {
        @if let Some(name) = names.get(id) { (name) " " small { (ui::code(id)) } } @else { (ui::code(id)) }
    }
}

fn waiting(shell: &Shell, ctx: &Ctx, it: &Approval, names: &BTreeMap<String, String>) -> Markup {
    let path = |what: &str| format!("/admin/approvals/{}/{what}", it.id);
    let mine = ctx.actor().name == it.requester;
    html! {
        div id=(it.id) {
            (ui::card(it.act.get(shell.lang())).body(ui::description_list(&[
                (shell.t("Wer", "Who"), html! { (person(names, &it.requester)) }),
                (shell.t("Recht", "Permission"), html! { (ui::code(&it.permission)) }),
                (shell.t("Bis", "Until"), html! { (format::time(shell.lang(), it.until)) }),
            ])).foot(html! {
                @if mine { (ui::note(shell.t("Sie haben das beantragt; zustimmen muss jemand anderes.", "You asked for this; somebody else has to agree."))) }
                @else {
                    (ui::post_button(&path("approve"), &[], ui::button(shell.t("Zustimmen", "Agree"))))
                    (ui::post_button(&path("decline"), &[], ui::button(shell.t("Ablehnen", "Decline")).secondary()))
                }
            }))
        }
    }
}

fn outcome<'s>(shell: &'s Shell, it: &Approval) -> (Tone, &'s str) {
    match (it.decision.as_deref(), it.used_at) {
        (Some("approved"), Some(_)) => {
            (Tone::Success, shell.t("zugestimmt und ausgeführt", "agreed to and done"))
        }
        (Some("approved"), None) => (Tone::Info, shell.t("zugestimmt", "agreed to")),
        (Some(_), _) => (Tone::Danger, shell.t("abgelehnt", "declined")),
        (None, _) => (Tone::Warning, shell.t("verfallen", "expired")),
    }
}

async fn approve(State(identity): State<Identity>, ctx: Ctx, Path(id): Path<Uuid>) -> Result<Redirect> {
    identity.decide(&ctx, &id, true).await?;
    Ok(back("/admin/approvals"))
}

async fn decline(State(identity): State<Identity>, ctx: Ctx, Path(id): Path<Uuid>) -> Result<Redirect> {
    identity.decide(&ctx, &id, false).await?;
    Ok(back("/admin/approvals"))
}

async fn alarms(State(identity): State<Identity>, shell: Shell, ctx: Ctx) -> Result<Markup> {
    let all = identity.alarms(&ctx).await?;
    let title = shell.t("Alarme", "Alarms");
    Ok(shell.page(title, html! {
        (ui::title(title))
        (areas(&shell, &ctx))
        (ui::lead(shell.t("Jeder Gebrauch des Notfallzugangs. Eine andere Verwalterin oder ein anderer Verwalter bestätigt, dass der Grund geprüft ist.",
            "Every use of the emergency access. Another administrator confirms that the reason has been checked.")))
        @if all.is_empty() { (ui::paragraph(shell.t("Noch nie gebraucht.", "Never used."))) }
        @for it in &all { (alarm(&shell, &ctx, it)) }
    }))
}

fn alarm(shell: &Shell, ctx: &Ctx, it: &Alarm) -> Markup {
    let path = format!("/admin/alarms/{}/acknowledge", it.id);
    let own = ctx.actor().person.is_none() || ctx.actor().person == it.person;
    let used = it.person.map_or_else(|| shell.t("nicht benutzt", "not used").to_owned(), |it| it.to_string());
    let card = ui::card(&it.reason)
        .level(2)
        .body(html! {
            (ui::description_list(&[
                (shell.t("Wann", "When"), html! { (format::time(shell.lang(), it.at)) }),
                (shell.t("Wirkt bis", "In force until"), html! { (format::time(shell.lang(), it.active_until)) }),
                (shell.t("Sitzung", "Session"), html! { (ui::code(&used)) }),
                (shell.t("Bestätigt", "Acknowledged"), html! {
                    @match (&it.acknowledged_by, it.acknowledged_at) {
                        (Some(by), Some(at)) => { (ui::badge(Tone::Success, shell.t("ja", "yes"))) " " (format::time(shell.lang(), at)) " " (ui::code(by)) },
                        _ => (ui::badge(Tone::Danger, shell.t("noch nicht", "not yet"))),
                    }
                }),
            ]))
        })
        .foot(html! {
            @if it.acknowledged_at.is_none() {
                @if own { (ui::note(shell.t("Bestätigen kann nur, wer als andere Person angemeldet ist.", "Only somebody signed in as another person can acknowledge."))) }
                @else { (ui::post_button(&path, &[], ui::button(shell.t("Geprüft", "Checked")))) }
            }
        });
    html! { (card) }
}

async fn acknowledge(State(identity): State<Identity>, ctx: Ctx, Path(id): Path<Uuid>) -> Result<Redirect> {
    identity.acknowledge(&ctx, &id).await?;
    Ok(back("/admin/alarms"))
}
