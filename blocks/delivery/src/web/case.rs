//! Cases: what happened when, from the signed log. Never content.

use super::{Asked, home};
use crate::{Delivery, model::LoggedEvent, names::may};
use axum::extract::State;
use kernel::{
    Ctx, Result,
    http::{Path, Query},
};
use ports::ids::{CaseId, DestinationId};
use serde_json::Value;
use ui::{
    Column, Markup, Shell, Table, Tone, code, description_list, empty_state, format, html, lead, link,
    link_button, note, pagination, row, section, timeline, title,
};

/// Cases of the tenant, or of one destination.
pub(super) async fn list(
    State(delivery): State<Delivery>,
    ctx: Ctx,
    shell: Shell,
    Query(asked): Query<Asked>,
) -> Result<Markup> {
    ctx.require(may::ADMINISTER)?;
    let (offset, limit) = asked.part();
    let destination: Option<DestinationId> = asked.destination.parse().ok();
    let (total, found) = delivery.list_cases(&ctx, destination.as_ref(), offset, limit).await?;
    let heading = shell.t("Vorgänge", "Cases");
    let columns = [
        Column::new(shell.t("Vorgang", "Case")),
        Column::new(shell.t("Leistung", "Public service")),
        Column::new(shell.t("Begonnen", "Begun")),
        Column::new(shell.t("Zuletzt", "Last")),
        Column::new(shell.t("Ereignisse", "Events")).numeric(),
    ];
    let rows = found.iter().map(|it| {
        let name =
            if it.public_service_name.is_empty() { &it.public_service } else { &it.public_service_name };
        vec![
            link(&format!("/delivery/cases/{}", it.id), it.id.as_str()),
            html! { (name) },
            format::time(shell.lang(), it.opened_at),
            format::time(shell.lang(), it.changed_at),
            html! { (it.events) },
        ]
    });
    let (up, path) = home(&shell);
    Ok(shell.draw(heading).trail(up, path).wide().body(html! {
        (title(heading))
        @if destination.is_some() {
            (row(link_button("/delivery/cases", shell.t("Alle Zustellpunkte", "All destinations")).tertiary()))
        }
        @if found.is_empty() {
            (empty_state(
                shell.t("Noch kein Vorgang", "No case yet"),
                shell.t("Mit der ersten Einreichung beginnt ein Vorgang.", "A case begins with the first submission."),
                None,
            ))
        } @else {
            (Table::new(heading, columns).quiet_caption().rows(rows))
            (pagination(&shell, asked.paging(total)))
        }
    }))
}

/// What happened in a case.
pub(super) async fn show(
    State(delivery): State<Delivery>,
    ctx: Ctx,
    shell: Shell,
    Path(id): Path<CaseId>,
) -> Result<Markup> {
    let view = delivery.view_case(&ctx, &id).await?;
    let heading = shell.t("Vorgang", "Case");
    let (up, path) = home(&shell);
    let entries: Vec<(i64, &str, Tone, Markup)> = view
        .events
        .iter()
        .map(|it| (it.at, words(&shell, &it.kind), tone(&it.kind), more(&shell, it)))
        .collect();
    let destination = format!("/delivery/destinations/{}", view.case.destination);
    let page = shell.draw(heading).trail(up, path).trail(shell.t("Vorgänge", "Cases"), "/delivery/cases");
    Ok(page.body(html! {
        (title(heading))
        (lead(shell.t(
            "Das Protokoll dieses Vorgangs. Jeder Eintrag ist signiert; Inhalte stehen nicht darin.",
            "The log of this case. Every entry is signed; there is no content in it.",
        )))
        (description_list(&[
            (shell.t("Kennung", "Id"), code(view.case.id.as_str())),
            (shell.t("Leistung", "Public service"), html! { (view.case.public_service_name) " " (code(&view.case.public_service)) }),
            (shell.t("Zustellpunkt", "Destination"), link(&destination, &view.destination_name)),
            (shell.t("Absender", "Sender"), code(&view.case.sender)),
        ]))
        (section(shell.t("Ereignisse", "Events"), timeline(shell.lang(), &entries)))
    }))
}

fn more(shell: &Shell, event: &LoggedEvent) -> Markup {
    html! {
        (note(html! {
            (code(&event.subject)) ", "
            @if event.issuer.starts_with("http") { (shell.t("vom Knoten", "by the node")) }
            @else { (shell.t("vom Zustellpunkt", "by the destination")) }
            @if event.token.is_empty() { ", " (shell.t("Signatur folgt", "signature follows")) }
        }))
        @for problem in problems(&event.claims) { (note(html! { (problem) })) }
    }
}

/// The titles of the problems that an event names.
fn problems(claims: &str) -> Vec<String> {
    let claims: Value = serde_json::from_str(claims).unwrap_or_default();
    let events = claims.get("events").and_then(Value::as_object);
    let Some(payload) = events.and_then(|it| it.values().next()) else { return Vec::new() };
    let problems = payload.get("problems").and_then(Value::as_array).cloned().unwrap_or_default();
    problems
        .iter()
        .map(|it| {
            let text = |name: &str| it.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
            let kind = text("type");
            let kind = kind.rsplit('/').next().unwrap_or_default();
            format!("{kind}: {} {}", text("title"), text("detail")).trim().to_owned()
        })
        .collect()
}

fn tone(kind: &str) -> Tone {
    match kind.split('-').next() {
        Some("accept") => Tone::Success,
        Some("reject") => Tone::Danger,
        Some("delete") => Tone::Warning,
        _ => Tone::Info,
    }
}

fn words<'s>(shell: &'s Shell, kind: &'s str) -> &'s str {
    match kind {
        "create-submission" => shell.t("Einreichung angelegt", "Submission opened"),
        "submit-submission" => shell.t("Einreichung gesendet", "Submission sent"),
        "notify-submission" => shell.t("Zustellpunkt benachrichtigt", "Destination told"),
        "forward-submission" => shell.t("Einreichung weitergeleitet", "Submission forwarded"),
        "accept-submission" => shell.t("Einreichung angenommen", "Submission accepted"),
        "reject-submission" => shell.t("Einreichung zurückgewiesen", "Submission rejected"),
        "delete-submission" => shell.t("Einreichung gelöscht", "Submission deleted"),
        "create-reply" => shell.t("Antwort angelegt", "Reply opened"),
        "submit-reply" => shell.t("Antwort gesendet", "Reply sent"),
        "notify-reply" => shell.t("Empfänger der Antwort benachrichtigt", "Reader of the reply told"),
        "accept-reply" => shell.t("Antwort angenommen", "Reply accepted"),
        "reject-reply" => shell.t("Antwort zurückgewiesen", "Reply rejected"),
        "delete-reply" => shell.t("Antwort gelöscht", "Reply deleted"),
        other => other,
    }
}
