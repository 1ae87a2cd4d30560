//! The list of what was received.

use super::{AppState, words};
use crate::{
    model::{Asked, State as Progress},
    operations::Listed,
    rules::fold,
};
use axum::{
    extract::State,
    response::{IntoResponse as _, Redirect, Response},
};
use kernel::{Ctx, Result, http::Query};
use serde::Deserialize;
use ui::{Choice, Column, Markup, Paging, Shell, Table, Tone, html};

#[derive(Deserialize)]
pub(super) struct Wanted {
    state: Option<String>,
    q: Option<String>,
    sort: Option<String>,
    limit: Option<i64>,
    offset: Option<i64>,
}

pub(super) async fn list(
    State(desk): AppState,
    shell: Shell,
    ctx: Ctx,
    Query(wanted): Query<Wanted>,
) -> Result<Response> {
    if ctx.actor().is_nobody() {
        return Ok(Redirect::to("/sign-in").into_response());
    }
    let words = wanted.q.unwrap_or_default();
    let asked = Asked {
        state: wanted.state.filter(|it| Progress::parse(it).is_some()).unwrap_or_default(),
        words: fold(words.trim()),
        sort: wanted.sort.unwrap_or_else(|| "-at".to_owned()),
        limit: wanted.limit.unwrap_or(25).clamp(1, 200),
        offset: wanted.offset.unwrap_or(0).max(0),
    };
    let listed = desk.list(&ctx, &asked).await?;
    let look = desk.last_look();
    let title = shell.t("Eingänge", "Submissions");
    let filtered = !asked.state.is_empty() || !asked.words.is_empty();
    let body = html! {
        (ui::title(title))
        @if let Some(trouble) = &look.trouble {
            (ui::Alert::new(Tone::Warning, shell.t("Der Zustelldienst wurde nicht erreicht", "The delivery service could not be reached")).text(trouble))
        }
        div.app-row {
            (ui::post_button("/collect", &[], ui::button(shell.t("Jetzt abholen", "Fetch now"))))
            @if look.at > 0 {
                (ui::note(html! { (shell.t("Zuletzt nachgesehen: ", "Last looked: ")) (ui::format::time(shell.lang(), look.at))
                    ". " (shell.t("Neues wird alle paar Sekunden von selbst abgeholt; laden Sie die Seite neu, um es zu sehen.",
                        "New submissions are fetched by themselves every few seconds; reload the page to see them.")) }))
            }
        }
        (filter(&shell, &asked, &words, &listed))
        @if listed.lines.is_empty() {
            @if filtered {
                (ui::empty_state(shell.t("Nichts gefunden", "Nothing found"),
                    shell.t("Zu Filter und Suche passt kein Eingang.", "No submission fits filter and search."),
                    Some(ui::link_button("/", shell.t("Alle zeigen", "Show all")))))
            } @else {
                (ui::empty_state(shell.t("Noch keine Eingänge", "No submissions yet"),
                    shell.t("Sobald jemand etwas einreicht, erscheint es hier von selbst.", "As soon as somebody submits something, it appears here by itself."),
                    None))
            }
        } @else {
            (table(&shell, &asked, &listed))
            (ui::pagination(&shell, Paging {
                offset: u64::try_from(asked.offset).unwrap_or(0),
                limit: u64::try_from(asked.limit).unwrap_or(25),
                total: u64::try_from(listed.total).unwrap_or(0),
            }))
        }
    };
    Ok(shell.draw(title).wide().body(body).into_response())
}

fn filter(shell: &Shell, asked: &Asked, words: &str, listed: &Listed) -> Markup {
    let shown =
        [Progress::Received, Progress::Faulty, Progress::Accepted, Progress::Replied, Progress::Rejected];
    let count = |state: Progress| listed.counts.iter().find(|it| it.0 == state.name()).map_or(0, |it| it.1);
    let labels: Vec<String> = shown
        .iter()
        .map(|it| format!("{} ({})", words::state(*it).1.get(shell.lang()), count(*it)))
        .collect();
    let choices: Vec<Choice<'_>> =
        shown.iter().zip(&labels).map(|(state, label)| Choice::new(state.name(), label)).collect();
    let field = ui::search_field(
        "q",
        shell.t("Suchen in Daten, Dateinamen und Nummern", "Search in data, file names and numbers"),
    );
    html! {
        form.app-search role="search" action="/" method="get" {
            (field.value(words))
            (ui::select("state", shell.t("Zustand", "State"), &choices)
                .empty_choice(shell.t("alle", "all")).value(asked.state.as_str()))
            input type="hidden" name="sort" value=(asked.sort);
            (ui::button(shell.t("Suchen", "Search")).secondary())
        }
    }
}

fn table(shell: &Shell, asked: &Asked, listed: &Listed) -> Markup {
    let lang = shell.lang();
    let rows = listed.lines.iter().map(|line| {
        let (tone, text) = words::state(line.state);
        vec![
            html! { a.kern-link href={ "/submissions/" (line.id) } { (line.public_service) } },
            ui::format::time(lang, line.at),
            ui::badge(tone, text.get(lang)),
            html! { (ui::format::number(lang, line.attachments)) },
            html! { (ui::code(line.id.get(..8).unwrap_or(&line.id))) },
        ]
    });
    let columns = [
        Column::new(shell.t("Leistung", "Public service")).sortable(shell, "name", &asked.sort),
        Column::new(shell.t("Eingegangen", "Received")).sortable(shell, "at", &asked.sort),
        Column::new(shell.t("Zustand", "State")),
        Column::new(shell.t("Anlagen", "Attachments")).numeric(),
        Column::new(shell.t("Nummer", "Number")),
    ];
    html! { (Table::new(shell.t("Eingänge", "Submissions"), columns).quiet_caption().rows(rows)) }
}

pub(super) async fn collect(State(desk): AppState, ctx: Ctx) -> Result<Response> {
    // What went wrong stands on the list.
    if let Err(error) = desk.collect(&ctx).await
        && error.code() != crate::names::fault::DELIVERY
    {
        return Err(error);
    }
    Ok(Redirect::to("/").into_response())
}
