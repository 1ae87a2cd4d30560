//! One submission: what was checked, what it says, what happened.

use super::{AppState, back, words};
use crate::{
    model::{Attachment, Entry, Handover, Reply},
    operations::Detail,
    rules,
    rules::show::Row,
};
use axum::{extract::State, response::Response};
use kernel::{Ctx, Result, http::Path};
use ui::{Markup, Shell, Tone, html};

pub(super) async fn detail(
    State(desk): AppState,
    shell: Shell,
    ctx: Ctx,
    Path(id): Path<String>,
) -> Result<Markup> {
    let detail = desk.detail(&ctx, &id).await?;
    let entry = &detail.entry;
    let (tone, state) = words::state(entry.state);
    let title = name(entry);
    let body = html! {
        (ui::title(title))
        (ui::row(html! {
            (ui::badge(tone, shell.text(state)))
            (ui::note(html! { (shell.t("Eingegangen ", "Received ")) (ui::format::time(shell.lang(), entry.at)) }))
        }))
        @if let Some(trouble) = &entry.trouble {
            (ui::Alert::new(Tone::Warning, shell.t("Die Entscheidung ist noch nicht gemeldet", "The decision is not reported yet"))
                .text(trouble))
        }
        (problems(&shell, entry))
        (actions(&shell, entry))
        (ui::section(shell.t("Angaben", "Data"), data(&shell, &detail)))
        (ui::section(shell.t("Anlagen", "Attachments"), attachments(&shell, &id, &detail.attachments)))
        (ui::section(shell.t("Prüfungen", "Checks"), checks(&shell, entry)))
        @if !detail.replies.is_empty() {
            (ui::section(shell.t("Antworten", "Replies"), replies(&shell, &id, &detail.replies)))
        }
        (ui::section(shell.t("Verlauf", "History"), history(&shell, entry)))
        @if !detail.handovers.is_empty() {
            (ui::section(shell.t("Weitergabe an Fachverfahren", "Handed on to casework systems"), handovers(&shell, &detail.handovers)))
        }
        (ui::section(shell.t("Nummern", "Numbers"), numbers(&shell, entry)))
    };
    Ok(shell.draw(title).trail(shell.t("Eingänge", "Submissions"), "/").body(body))
}

/// The same on paper: no buttons, nothing to open.
pub(super) async fn print(
    State(desk): AppState,
    shell: Shell,
    ctx: Ctx,
    Path(id): Path<String>,
) -> Result<Markup> {
    let detail = desk.detail(&ctx, &id).await?;
    let entry = &detail.entry;
    let title = name(entry);
    let names: Vec<&str> = detail.attachments.iter().map(|it| it.name.as_str()).collect();
    let body = html! {
        (ui::title(title))
        (ui::note(shell.t("Zum Drucken: Strg+P oder über das Menü des Browsers.", "To print: Ctrl+P or the menu of your browser.")))
        (numbers(&shell, entry))
        (ui::section(shell.t("Angaben", "Data"), data(&shell, &detail)))
        @if !names.is_empty() {
            (ui::section(shell.t("Anlagen", "Attachments"), html! {
                ul.kern-list.kern-list--bullet { @for name in names { li { (name) } } }
            }))
        }
        (ui::section(shell.t("Prüfungen", "Checks"), checks(&shell, entry)))
        (ui::section(shell.t("Verlauf", "History"), history(&shell, entry)))
        (ui::link_button(format!("/submissions/{id}"), shell.t("Zurück", "Back")).tertiary())
    };
    Ok(shell.draw(title).trail(shell.t("Eingänge", "Submissions"), "/").body(body))
}

/// Reads the log of the case again.
pub(super) async fn refresh(State(desk): AppState, ctx: Ctx, Path(id): Path<String>) -> Result<Response> {
    ctx.require(crate::names::may::COLLECT)?;
    desk.follow(&ctx, &id).await?;
    Ok(back(&id))
}

pub(super) fn name(entry: &Entry) -> &str {
    if entry.public_service_name.is_empty() { &entry.public_service } else { &entry.public_service_name }
}

fn problems(shell: &Shell, entry: &Entry) -> Markup {
    let lang = shell.lang();
    html! {
        @if !entry.problems.is_empty() {
            (ui::Alert::new(Tone::Danger, shell.t("Was nicht in Ordnung ist", "What is wrong")).heading().body(html! {
                ul.kern-list.kern-list--bullet {
                    @for problem in &entry.problems {
                        li { strong { (words::problem(&problem.kind, lang)) } ": " (problem.detail)
                            @if !problem.instance.is_empty() { " (" (ui::code(&problem.instance)) ")" } }
                    }
                }
            }))
        }
    }
}

fn actions(shell: &Shell, entry: &Entry) -> Markup {
    let to = |what: &str| format!("/submissions/{}/{what}", entry.id);
    ui::row(html! {
        @if rules::acceptable(entry.state) { (ui::link_button(to("accept"), shell.t("Annehmen", "Accept")).primary()) }
        @if rules::undecided(entry.state) { (ui::link_button(to("reject"), shell.t("Zurückweisen", "Reject"))) }
        @if entry.reply_key.is_some() { (ui::link_button(to("reply"), shell.t("Antworten", "Reply"))) }
        (ui::link_button(to("print"), shell.t("Druckansicht", "Print view")).tertiary())
    })
}

fn data(shell: &Shell, detail: &Detail) -> Markup {
    if let Some(raw) = &detail.raw {
        return html! { pre.app-code tabindex="0" { (raw) } };
    }
    if detail.rows.is_empty() {
        return ui::paragraph(shell.t("Keine lesbaren Angaben.", "No readable data."));
    }
    let mut parts: Vec<(&[String], Vec<&Row>)> = Vec::new();
    for row in &detail.rows {
        match parts.last_mut() {
            Some((above, rows)) if *above == row.above.as_slice() => rows.push(row),
            _ => parts.push((&row.above, vec![row])),
        }
    }
    html! {
        @for (above, rows) in &parts {
            @if !above.is_empty() { (ui::subheading(&above.join(" – "))) }
            @let items: Vec<(&str, Markup)> = rows.iter().map(|it| (it.label.as_str(), html! { (it.value) })).collect();
            (ui::description_list(&items))
        }
    }
}

fn attachments(shell: &Shell, id: &str, all: &[Attachment]) -> Markup {
    if all.is_empty() {
        return ui::paragraph(shell.t("Keine.", "None."));
    }
    html! {
        ul.kern-list {
            @for it in all {
                @let path = format!("/submissions/{id}/attachments/{}", it.id);
                @let size = ui::format::size(shell.lang(), u64::try_from(it.size).unwrap_or(0));
                li {
                    @if rules::shown_inline(&it.media) {
                        (ui::link(&path, &it.name))
                        " (" (it.media) ", " (size) ") "
                        (ui::link(&format!("{path}?save=1"), &format!("{} {}", it.name, shell.t("speichern", "– save"))))
                    } @else {
                        (ui::link(&format!("{path}?save=1"), &format!("{} {}", it.name, shell.t("speichern", "– save"))))
                        " (" (it.media) ", " (size) ")"
                    }
                }
            }
        }
    }
}

fn checks(shell: &Shell, entry: &Entry) -> Markup {
    let list: Vec<_> =
        entry.checks.iter().map(|it| words::check(it.step, it.outcome, shell.lang())).collect();
    html! {
        (ui::check_list(shell.lang(), &list))
        @if list.iter().any(|it| it.0 == Tone::Warning) {
            (ui::note(shell.t("Ein Hinweis bedeutet: Es gab nichts zu prüfen, oder das Schema lag nicht vor.",
                "A note means: there was nothing to check, or the schema was not at hand.")))
        }
    }
}

fn replies(shell: &Shell, id: &str, all: &[Reply]) -> Markup {
    let lang = shell.lang();
    html! {
        @for it in all {
            @let (tone, state) = match (it.state.as_str(), it.read_at) {
                ("sent", Some(_)) => (Tone::Success, shell.t("gelesen", "read")),
                ("sent", None) => (Tone::Info, shell.t("gesendet", "sent")),
                _ => (Tone::Warning, shell.t("wird gesendet", "being sent")),
            };
            (ui::card(&it.subject).body(html! {
                (ui::row(ui::badge(tone, state)))
                (ui::note(html! { (shell.t("Geschrieben ", "Written ")) (ui::format::time(lang, it.at)) }))
                @if let Some(at) = it.read_at { (ui::note(html! { (shell.t("Gelesen ", "Read ")) (ui::format::time(lang, at)) })) }
                @if let Some(name) = &it.attachment_name { p { (ui::link(&format!("/submissions/{id}/replies/{}", it.id), name)) } }
                @if let Some(trouble) = &it.trouble { (ui::note(trouble)) }
            }))
        }
    }
}

fn history(shell: &Shell, entry: &Entry) -> Markup {
    let lang = shell.lang();
    let lines: Vec<(i64, &str, Tone, Markup)> = entry
        .log
        .iter()
        .map(|it| {
            let tone = match it.kind.as_str() {
                "reject-submission" | "reject-reply" => Tone::Danger,
                "accept-submission" | "accept-reply" => Tone::Success,
                _ => Tone::Info,
            };
            let reasons = html! { @for problem in &it.problems { (ui::note(html! { (words::problem(&problem.kind, lang)) ": " (problem.detail) })) } };
            (it.at, words::event(&it.kind, lang), tone, reasons)
        })
        .collect();
    html! {
        (ui::timeline(lang, &lines))
        (ui::post_button(&format!("/submissions/{}/refresh", entry.id), &[],
            ui::button(shell.t("Verlauf aktualisieren", "Refresh the history")).tertiary()))
    }
}

fn handovers(shell: &Shell, all: &[Handover]) -> Markup {
    let lang = shell.lang();
    let rows = all.iter().map(|it| {
        let (tone, state) = if it.state == "done" {
            (Tone::Success, shell.t("übergeben", "handed on"))
        } else {
            (Tone::Warning, shell.t("wartet", "waiting"))
        };
        let receipt = html! {
            @if let Some(receipt) = &it.receipt { (receipt) }
            @if let Some(at) = it.receipt_at { " (" (ui::format::time(lang, at)) ")" }
            @if let Some(trouble) = &it.trouble { (trouble) " (" (it.attempts) "×)" }
        };
        vec![html! { (it.target) }, ui::badge(tone, state), receipt]
    });
    let columns = [
        ui::Column::new(shell.t("Ziel", "Target")),
        ui::Column::new(shell.t("Zustand", "State")),
        ui::Column::new(shell.t("Quittung", "Receipt")),
    ];
    html! { (ui::Table::new(shell.t("Weitergabe", "Handing on"), columns).quiet_caption().rows(rows)) }
}

fn numbers(shell: &Shell, entry: &Entry) -> Markup {
    ui::description_list(&[
        (shell.t("Einreichung", "Submission"), ui::code(&entry.id)),
        (shell.t("Vorgang", "Case"), ui::code(&entry.case_id)),
        (shell.t("Leistung", "Public service"), ui::code(&entry.public_service)),
        (shell.t("Schema", "Schema"), ui::code(entry.schema_uri.as_deref().unwrap_or("–"))),
    ])
}
