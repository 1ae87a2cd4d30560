//! Accepting and rejecting, each asked once more.

use super::{AppState, back, detail::name, words};
use crate::names::fault;
use axum::{
    body::Bytes,
    extract::State,
    http::StatusCode,
    response::{IntoResponse as _, Response},
};
use fitconnect::event::Problem;
use kernel::{Ctx, Result, http::Path};
use ui::{Choice, Markup, Shell, html};

pub(super) async fn ask_accept(
    State(desk): AppState,
    shell: Shell,
    ctx: Ctx,
    Path(id): Path<String>,
) -> Result<Markup> {
    let entry = desk.entry(&ctx, &id).await?;
    let question = format!("{} {}", name(&entry), shell.t("annehmen?", "– accept?"));
    let consequence = shell.t(
        "Damit bestätigen Sie, dass die Einreichung vollständig bei Ihnen ist. Der Zustelldienst löscht sie dann bei sich; \
         das lässt sich nicht zurücknehmen.",
        "This confirms that the submission is completely with you. The delivery service then deletes it on its side; \
         this cannot be taken back.",
    );
    let yes = ui::button(shell.t("Annehmen", "Accept"));
    let path = format!("/submissions/{id}");
    Ok(ui::confirm_page(&shell, &question, consequence, &format!("{path}/accept"), &yes, &path))
}

pub(super) async fn accept(State(desk): AppState, ctx: Ctx, Path(id): Path<String>) -> Result<Response> {
    settled(desk.accept(&ctx, &id).await)?;
    Ok(back(&id))
}

pub(super) async fn ask_reject(
    State(desk): AppState,
    shell: Shell,
    ctx: Ctx,
    Path(id): Path<String>,
) -> Result<Markup> {
    let entry = desk.entry(&ctx, &id).await?;
    let found: Vec<&str> = entry.problems.iter().filter_map(Problem::name).collect();
    Ok(form(&shell, &id, name(&entry), &found, "", None))
}

fn form(shell: &Shell, id: &str, name: &str, chosen: &[&str], text: &str, fault: Option<&str>) -> Markup {
    let title = format!("{name} {}", shell.t("zurückweisen", "– reject"));
    let choices: Vec<Choice<'_>> =
        words::PROBLEMS.iter().map(|(name, label)| Choice::new(name, label.get(shell.lang()))).collect();
    let path = format!("/submissions/{id}");
    let body = html! {
        (ui::title(&title))
        @if let Some(fault) = fault { (ui::error_summary(shell.lang(), &[("problem", fault)])) }
        (ui::paragraph(shell.t(
            "Gründe und Erläuterung stehen danach unverschlüsselt im Ereignisprotokoll: Bitte schreiben Sie nichts \
             Persönliches hinein. Das Zurückweisen lässt sich nicht zurücknehmen.",
            "Reasons and explanation will stand in the event log, which is not encrypted: please write nothing personal. \
             Rejecting cannot be taken back.")))
        form.app-form method="post" action={ (path) "/reject" } novalidate {
            (ui::checkboxes("problem", shell.t("Gründe", "Reasons"), &choices).values(chosen).error(fault))
            (ui::textarea("detail", shell.t("Erläuterung", "Explanation")).value(text).rows(4).optional())
            div.app-row {
                (ui::button(shell.t("Zurückweisen", "Reject")))
                (ui::link_button(path.as_str(), shell.t("Abbrechen", "Cancel")).tertiary())
            }
        }
    };
    shell
        .draw(title.as_str())
        .trail(shell.t("Eingänge", "Submissions"), "/")
        .trail(name, path.as_str())
        .body(body)
}

pub(super) async fn reject(
    State(desk): AppState,
    shell: Shell,
    ctx: Ctx,
    Path(id): Path<String>,
    body: Bytes,
) -> Result<Response> {
    let entry = desk.entry(&ctx, &id).await?;
    let fields: Vec<(String, String)> = url::form_urlencoded::parse(&body).into_owned().collect();
    let chosen: Vec<&str> = fields.iter().filter(|it| it.0 == "problem").map(|it| it.1.as_str()).collect();
    let text = fields.iter().find(|it| it.0 == "detail").map_or("", |it| it.1.trim());
    let problems: Vec<Problem> = words::PROBLEMS
        .iter()
        .filter(|it| chosen.contains(&it.0))
        .map(|(kind, label)| {
            // What the checks found says more than a general explanation.
            let found = entry.problems.iter().find(|it| it.name() == Some(kind));
            let detail = match found {
                Some(found) if text.is_empty() => found.detail.clone(),
                _ if text.is_empty() => label.de.to_owned(),
                _ => text.chars().take(1000).collect(),
            };
            Problem::new(kind, detail, found.map_or("submission", |it| it.instance.as_str()))
        })
        .collect();
    match desk.reject(&ctx, &id, problems).await {
        Err(error) if error.code() == fault::NO_REASON => {
            let page = form(&shell, &id, name(&entry), &chosen, text, Some(&error.detail(shell.lang())));
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
        }
        other => {
            settled(other)?;
            Ok(back(&id))
        }
    }
}

/// What was decided is stored even where the delivery service does not answer; the page of the submission says so.
pub(super) fn settled(outcome: Result<()>) -> Result<()> {
    match outcome {
        Err(error) if error.code() == fault::DELIVERY => Ok(()),
        other => other,
    }
}
